"""What casework's templates and letters say."""

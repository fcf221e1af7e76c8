"""What people type into casework's pages."""

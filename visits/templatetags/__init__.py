"""What templates of visits need."""

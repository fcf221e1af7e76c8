"""What is kept about people, until when, and what is done when that time is over."""

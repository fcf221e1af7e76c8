"""What people type into the pages of doors and agreements."""

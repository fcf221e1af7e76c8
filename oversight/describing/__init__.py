"""Documents written from the tables themselves: processes and permissions, in English."""

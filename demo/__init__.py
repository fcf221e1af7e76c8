"""The cast and its three months of life; never installed in production."""

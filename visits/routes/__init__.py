"""The addresses of visits: the asking side and the receiving side."""

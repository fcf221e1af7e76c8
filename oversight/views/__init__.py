"""The Department's pages, and the map for everybody."""

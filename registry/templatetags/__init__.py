"""The register's own template filters."""

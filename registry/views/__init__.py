"""The register's pages: the catalogue, the register itself, imports."""

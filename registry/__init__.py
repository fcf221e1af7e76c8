"""The register: okrugs, interaction types, procedures, and the reading of old register files."""

"""A bare Django with the least that the product's pages need: what no framework code can beat."""

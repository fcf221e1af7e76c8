"""The knowledge test as arithmetic: drawing a paper, marking it, counting tries. No database."""

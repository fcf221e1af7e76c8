"""Speed: the product measured beside a bare Django on the same engines. Never part of a product.

`python3 -m bootstrap bench` runs it; docs/speed.md says what is measured and how.
"""

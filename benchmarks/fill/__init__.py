"""Fills databases for measuring: rows are written directly, which nothing else may do.

Twenty thousand organisations by registration, and thousands of visits step by step, would take
hours; the shape of the rows is what the steps leave behind.
"""

"""From rows read to rows written: what a file would change, and changing it.

`plans` is common to every kind of file, `kinds` knows which importer belongs to which kind of
batch; the rest is the importer of the register itself.
"""

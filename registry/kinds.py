"""Which kinds of institution are homes of children; stricter rules hold there."""

# Family-support centre, children's internat, rehabilitation centre for minors, family centre.
CHILDREN = frozenset({"C", "D", "R", "F"})


def has_children(kind_code: str) -> bool:
    """Whether children live or stay in institutions of this kind."""
    return kind_code in CHILDREN

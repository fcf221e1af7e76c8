"""What the clocks of a process are called."""

from casework.process import Flow, Text


def label_of(kind: str, name: str) -> Text:
    """What a clock is called; one of an older edition of its process goes by its own name."""
    stages = Flow.by_kind[kind].stages.values()
    clocks = (clock for stage in stages for clock in stage.clocks)
    return next((clock.label for clock in clocks if clock.name == name), name)

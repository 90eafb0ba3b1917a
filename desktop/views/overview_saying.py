"""What a sheet over the window says of an act that was refused."""

from typing import Any

from desktop.views.desk import Desk


def refusal(desk: Desk) -> str:
    """The sentence that the window's bar says: a sheet stands before it, and repeats it."""
    bar: Any = getattr(desk.parent(), "bar", None)
    return str(bar.text) if bar is not None else ""

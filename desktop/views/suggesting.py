"""What was typed before, looked up on the worker for the boxes that offer it."""

from collections.abc import Callable

from desktop.models import register
from desktop.models.engines.sqlite import Connection
from desktop.views.boxes import Source
from desktop.views.desk import Desk

_MOST = 12


def suggestions_from(desk: Desk) -> Callable[[str], Source]:
    """Gives, for a kind of field, the source of its suggestions."""

    def of_kind(kind: str) -> Source:
        def look(words: str, show: Callable[[list[str]], None]) -> None:
            def work(connection: Connection) -> list[str]:
                return register.suggestions(connection, kind, words, _MOST)

            if desk.folder is not None:
                desk.read(work, show, key="suggest")

        return look

    return of_kind

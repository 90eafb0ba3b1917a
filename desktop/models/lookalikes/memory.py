"""The columns of the index of titles in memory, one set for each store that is open, never stale.

They are read when they are first asked for, and follow the store's log: what this or another
process has changed is turned over in memory too, what was rolled back is turned back. A connection
that sees an earlier state of the store than another gets the columns of its own state.
"""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from desktop.models.engines.sqlite import Connection
from desktop.models.lookalikes.bits import PART, Logged, logged, read_column

_FOLLOWED = 200
"""So many changes can be turned back; before that everything is read again."""
_REMEMBERED = 12
_STORES = 2
_NOWHERE = (0, b"")


class Columns:
    """The columns of one store."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._columns: dict[int, list[int]] = {}
        self._head = self._base = _NOWHERE
        self._applied: deque[Logged] = deque(maxlen=_FOLLOWED)
        self._answers: OrderedDict[tuple[str, int, int], tuple[int, list[int]]] = OrderedDict()

    def read(self, connection: Connection, columns: Iterable[int]) -> list[list[int]]:
        """These columns, each in its parts, as the connection sees the store."""
        with self._lock, _one_state(connection):
            self._follow(connection)
            for column in columns:
                if column not in self._columns:
                    self._columns[column] = read_column(connection, column)
            return [[*self._columns[column]] for column in columns]

    def remembered(
        self, connection: Connection, asked: tuple[str, int, int], find: Callable[[], list[int]]
    ) -> list[int]:
        """The answer to a question that was asked a moment ago, or else what ``find`` gives.

        What has changed since then is added to the answer, which is looked at more closely anyway.
        """
        with self._lock, _one_state(connection):
            self._follow(connection)
            if asked in self._answers:
                seq, known = self._answers[asked]
                return [*known, *(one.initiative_id for one in self._applied if one.seq > seq)]
            head = self._head
        found = find()
        with self._lock:
            if self._head == head:
                self._answers[asked] = head[0], found
            while len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
        return found

    def _follow(self, connection: Connection) -> None:
        """Bring the columns to the state that the connection sees."""
        lines = logged(connection, self._head[0])
        if not lines or lines[0].mark != self._head:
            lines = self._turn_back(connection)
        for line in lines[1:]:
            self._apply(line)

    def _turn_back(self, connection: Connection) -> list[Logged]:
        """Undo what the connection does not see; the log from the line on that both know."""
        lines = logged(connection, self._base[0])
        seen = {line.mark: place for place, line in enumerate(lines)}
        self._answers.clear()
        while self._applied and self._head not in seen:
            self._turn(self._applied.pop())
            self._head = self._applied[-1].mark if self._applied else self._base
        if self._head in seen:
            return lines[seen[self._head] :]
        newest = logged(connection, 0)[-1:]
        self._begin_anew(newest[0].mark if newest else _NOWHERE)
        return newest

    def _begin_anew(self, head: tuple[int, bytes]) -> None:
        self._columns.clear()
        self._answers.clear()
        self._applied.clear()
        self._head = self._base = head

    def _apply(self, line: Logged) -> None:
        if line.columns is None:
            self._begin_anew(line.mark)
            return
        if len(self._applied) == _FOLLOWED:
            self._base = self._applied[0].mark
            self._forget_answers(self._base[0])
        self._turn(line)
        self._applied.append(line)
        self._head = line.mark

    def _forget_answers(self, seq: int) -> None:
        for asked in [one for one, (given, _ids) in self._answers.items() if given <= seq]:
            del self._answers[asked]

    def _turn(self, line: Logged) -> None:
        """Turn over the bit of an initiative in the columns that are in memory."""
        part, bit = divmod(line.initiative_id, PART)
        for column in line.columns or ():
            parts = self._columns.get(column)
            if parts is not None:
                parts.extend([0] * (part + 1 - len(parts)))
                parts[part] ^= 1 << bit


@contextmanager
def _one_state(connection: Connection) -> Iterator[None]:
    """Meanwhile the connection sees one state of the store, whoever writes."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


_stores: OrderedDict[str, Columns] = OrderedDict()
_guard = threading.Lock()


def columns_in(connection: Connection) -> Columns:
    """The columns of the store that a connection is to."""
    (_number, _name, path) = connection.execute("PRAGMA database_list").fetchone()
    with _guard:
        found = _stores.pop(path, None) or Columns()
        _stores[path] = found
        while len(_stores) > _STORES:
            _stores.popitem(last=False)
        return found


def forget() -> None:
    """Let go of all columns."""
    with _guard:
        _stores.clear()

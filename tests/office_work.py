"""What an office does all day, by chance: the same seed does the same."""

import random
from pathlib import Path

from desktop.models.actions.initiatives import (
    AttachFile,
    ImportInitiatives,
    RecordInitiative,
    RemoveInitiatives,
    ReviseInitiative,
    ReviseMany,
)
from desktop.models.attachments import keep
from desktop.models.store import Store
from tests.stores import complete


class Worker:
    """Does chosen acts, each as an office would; each is one entry at most."""

    def __init__(self, store: Store, seed: int, scan: Path) -> None:
        self.store, self.dice, self.scan, self.number = store, random.Random(seed), scan, 0

    def act(self) -> None:
        kinds = (self.record, self.record, self.revise, self.undo, self.bulk, self.remove)
        self.dice.choice((*kinds, self.attach, self.many))()

    def _ids(self) -> list[int]:
        with self.store.reading() as connection:
            rows = connection.execute("SELECT id FROM initiative WHERE removed_at IS NULL")
            return [row[0] for row in rows.fetchall()]

    def record(self) -> None:
        self.number += 1
        draft = complete(title=f"Việc {self.number} {self.dice.random()}")
        self.store.journal.do(RecordInitiative(draft))

    def revise(self) -> None:
        if ids := self._ids():
            draft = complete(title=f"Sửa {self.dice.random()}", benefit=self.dice.randrange(10**9))
            self.store.journal.do(ReviseInitiative(self.dice.choice(ids), draft))

    def undo(self) -> None:
        journal = self.store.journal
        if self.dice.random() < 0.4 and journal.redoable() is not None:
            journal.redo()
        elif (line := journal.undoable()) is not None:
            journal.undo(line.entry)

    def bulk(self) -> None:
        drafts = tuple(complete(title=f"Nhập {self.dice.random()}") for _each in range(3))
        self.store.journal.do(ImportInitiatives(drafts, "a.xlsx"))

    def remove(self) -> None:
        if ids := self._ids():
            self.store.journal.do(RemoveInitiatives((self.dice.choice(ids),)))

    def attach(self) -> None:
        if ids := self._ids():
            self.scan.write_bytes(b"%PDF-1.4 " + str(self.dice.random()).encode())
            kept = keep(self.store.folder, self.scan)
            self.store.journal.do(AttachFile(self.dice.choice(ids), kept, "decision"))

    def many(self) -> None:
        if ids := self._ids():
            self.store.journal.do(ReviseMany(tuple(ids[:5]), {"category": "1.2"}))

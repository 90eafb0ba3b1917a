"""A power cut: what a program asked of its disk, recorded, and what a disk may hold of it after.

A disk keeps of what was written since the last sync any part, in any order, in sectors of 512
bytes; and of what was done to a folder since that folder was synced, any beginning. Nothing more is
promised to a program, and nothing less is tried here. A disk that *lies* does what a sync demands
only some while later.
"""

import base64
import json
import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
Op = tuple[str, str, int, bytes]
"""What was done (create, write, size, sync, rename, remove, mkdir, ack), where, an offset, content.

A rename has its new name as content; an acknowledgement its words as the place.
"""
Image = dict[str, bytes]
"""What a disk holds: the content of each file by its path below the root."""


@dataclass
class File:
    """A file: what is surely on the disk, and what was written since in the order of writing.

    ``pending`` holds the number of the operation, an offset and content; None as content sets the
    size.
    """

    stable: bytearray = field(default_factory=bytearray)
    size: int = 0
    pending: deque[tuple[int, int, bytes | None]] = field(default_factory=deque)

    def settle(self, before: int) -> None:
        """What was written before an operation is surely on the disk."""
        while self.pending and self.pending[0][0] < before:
            _number, offset, content = self.pending.popleft()
            put(self.stable, offset, content)

    def after_cut(self, dice: random.Random) -> bytes:
        """What may be there after a power cut."""
        found, pending = bytearray(self.stable), list(self.pending)
        keep = dice.choice((0.1, 0.5, 0.9))
        if dice.random() < 0.3:
            # As far as it came, in order.
            pending, keep = pending[: dice.randint(0, len(pending))], 1.0
        for _number, offset, content in pending:
            if dice.random() > keep:
                continue
            if content is not None and len(content) > SECTOR and dice.random() < 0.15:
                for start in range(0, len(content), SECTOR):
                    if dice.random() < 0.5:
                        put(found, offset + start, content[start : start + SECTOR])
                continue
            put(found, offset, content)
        return bytes(found)


def put(content: bytearray, offset: int, written: bytes | None) -> None:
    """Write into a file's content, or set its size where nothing is written."""
    end = offset + (len(written) if written is not None else 0)
    if len(content) < (offset if written is None else end):
        content.extend(bytes((offset if written is None else end) - len(content)))
    if written is None:
        del content[offset:]
    else:
        content[offset:end] = written


class Folder:
    """A folder: each state since it was surely on the disk, with the operation that made it."""

    def __init__(self) -> None:
        self.states: deque[tuple[int, dict[str, File | Folder]]] = deque([(-1, {})])

    @property
    def now(self) -> dict[str, "File | Folder"]:
        return self.states[-1][1]

    def change(self, number: int, name: str, node: "File | Folder | None") -> None:
        changed = dict(self.now)
        if node is None:
            changed.pop(name, None)
        else:
            changed[name] = node
        self.states.append((number, changed))

    def settle(self, before: int) -> None:
        """What was done to it before an operation is surely on the disk."""
        while len(self.states) > 1 and self.states[1][0] < before:
            self.states.popleft()


class Disk:
    """A disk at which a recording arrives, operation by operation.

    ``lag`` is how many operations later a sync takes effect: 0 on an honest disk.
    """

    def __init__(self, before: Image, lag: int = 0) -> None:
        self.root, self.lag, self.number = Folder(), lag, 0
        self._due: deque[tuple[int, File | Folder]] = deque()
        for path, content in before.items():
            *folders, name = path.split("/")
            place = self.root
            for each in folders:
                inner = place.now.get(each)
                if not isinstance(inner, Folder):
                    inner = Folder()
                    place.now[each] = inner
                place = inner
            if name:
                place.now[name] = File(bytearray(content), len(content))

    def find(self, path: str) -> File | Folder | None:
        """What is there now; the root for a blank path."""
        node: File | Folder | None = self.root
        for name in path.split("/") if path else ():
            node = node.now.get(name) if isinstance(node, Folder) else None
        return node

    def do(self, op: Op) -> None:
        """Let an operation arrive; what the system itself would have refused does nothing."""
        kind, path, offset, content = op
        self.number += 1
        above, _slash, name = path.rpartition("/")
        node, place = self.find(path), self.find(above)
        if kind == "write" and isinstance(node, File):
            at = node.size if offset < 0 else offset
            node.pending.append((self.number, at, content))
            node.size = max(node.size, at + len(content))
        elif kind == "size" and isinstance(node, File):
            node.pending.append((self.number, offset, None))
            node.size = offset
        elif kind == "sync" and node is not None:
            self._due.append((self.number, node))
        elif kind in {"create", "mkdir"} and node is None and isinstance(place, Folder):
            place.change(self.number, name, File() if kind == "create" else Folder())
        elif kind == "remove" and node is not None and isinstance(place, Folder):
            place.change(self.number, name, None)
        elif kind == "rename" and node is not None and isinstance(place, Folder):
            self._rename(node, place, name, content.decode())
        while self._due and self._due[0][0] <= self.number - self.lag:
            number, node = self._due.popleft()
            node.settle(number)

    def _rename(self, node: File | Folder, place: Folder, name: str, new: str) -> None:
        above, _slash, new_name = new.rpartition("/")
        target = self.find(above)
        if not isinstance(target, Folder):
            return
        if target is place:
            states = dict(place.now)
            del states[name]
            states[new_name] = node
            place.states.append((self.number, states))
            return
        target.change(self.number, new_name, node)
        place.change(self.number, name, None)

    def after_cut(self, dice: random.Random) -> Image:
        """What may be there if the power is cut now."""
        return dict(_files(self.root, "", dice))

    def settled(self) -> Image:
        """What is there when everything has reached the disk."""
        return dict(_all(self.root, ""))


def _all(folder: Folder, path: str) -> Iterator[tuple[str, bytes]]:
    for name, node in folder.now.items():
        if isinstance(node, Folder):
            yield from _all(node, f"{path}{name}/")
        else:
            node.settle(2**62)
            yield f"{path}{name}", bytes(node.stable)


def _files(folder: Folder, path: str, dice: random.Random) -> Iterator[tuple[str, bytes]]:
    state = dice.choice(folder.states)[1]
    if not state:
        yield path, b""
    for name, node in state.items():
        if isinstance(node, Folder):
            yield from _files(node, f"{path}{name}/", dice)
        else:
            yield f"{path}{name}", node.after_cut(dice)


@dataclass(frozen=True)
class Recording:
    """What a folder held before, what was done to it then, and what it held after."""

    before: Image
    ops: list[Op]
    after: Image

    def save(self, path: Path) -> None:
        """Keep it in a file."""
        lines = [[*op[:3], _text(op[3])] for op in self.ops]
        images = [
            {name: _text(each) for name, each in image.items()}
            for image in (self.before, self.after)
        ]
        path.write_text(json.dumps([*images, lines]), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Recording":
        """Read one from its file."""
        before, after, lines = json.loads(path.read_text(encoding="utf-8"))
        ops = [(kind, place, at, base64.b64decode(content)) for kind, place, at, content in lines]
        first, last = (
            {name: base64.b64decode(each) for name, each in image.items()}
            for image in (before, after)
        )
        return cls(first, ops, last)

    def _moment(self, dice: random.Random, after: str) -> int:
        """How many operations there were before a cut; often right after an acknowledgement."""
        if not after and dice.random() < 0.75:
            return dice.randint(0, len(self.ops))
        told = (at for at, op in enumerate(self.ops, 1) if op[0] == "ack" and after in op[1])
        return dice.choice([*told])

    def cuts(
        self, count: int, dice: random.Random, *, lag: int = 0, after: str = ""
    ) -> Iterator[tuple[Image, list[str]]]:
        """Images of the disk after cuts at random moments, each with what was acknowledged then.

        With ``after`` each cut comes right after an acknowledgement with that word.
        """
        disk, acknowledged, done = Disk(self.before, lag), [], 0
        for at in sorted(self._moment(dice, after) for _each in range(count)):
            for op in self.ops[done:at]:
                if op[0] == "ack":
                    acknowledged.append(op[1])
                else:
                    disk.do(op)
            done = at
            yield disk.after_cut(dice), acknowledged.copy()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def image_of(folder: Path) -> Image:
    """What a folder holds; an empty folder stands as its name with a slash."""
    found: Image = {}
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder))
        if path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[f"{name}/"] = b""
    return found


def write_image(image: Image, folder: Path) -> None:
    """Put an image into an empty folder."""
    for name, content in image.items():
        path = folder / name
        if name.endswith("/") or not name:
            path.mkdir(parents=True, exist_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

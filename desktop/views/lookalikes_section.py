"""Look-alikes among the settings: what makes two initiatives look alike, and comparing anew."""

from contextlib import suppress
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLayout, QWidget

from desktop.models.actions.lookalikes import ReviseLookalikeKeys
from desktop.models.engines.sqlite import Connection
from desktop.models.lookalikes import renewing
from desktop.models.lookalikes.keys import NAMES, Keys, read_keys
from desktop.models.store import Store
from desktop.progress import CancelledError, Progress
from desktop.tasks.lookalikes import Compared, compare, count_due
from desktop.text import _, counted
from desktop.views.boxes import NumberBox, TextBox
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.forms import first_trouble
from desktop.views.widgets import button, column, label, line, name, rule, tell

_PER_CENT = ("same_decision", "same_unit", "other_unit", "same_author", "same_text")
_NUMBERS = ("author_days", "most")


class LookalikesForm(QWidget):
    """What the office calls alike."""

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__()
        self._desk, self._doing = desk, doing
        self._shown = Keys()
        self.boxes: dict[str, NumberBox] = {key: NumberBox(None, 50, 100) for key in _PER_CENT}
        self.boxes |= {"author_days": NumberBox(None, 0, 3660), "most": NumberBox(None, 1, 200)}
        self.ticks = {key: QCheckBox(words) for key, words in _named_keys().items()}
        for tick in self.ticks.values():
            name(tick, tick.text())
        self.stop_words, self.boiler_plate = TextBox(3), TextBox(4)
        self.keep = button(_("Save"), self.save, kind="primary")
        self.usual = button(_("The usual values"), self.show_usual, kind="link")
        self.again = button(_("Compare everything anew"), self.compare_everything)
        self.waiting = label(wrap=True)
        for box in self.boxes.values():
            box.setFixedWidth(70)
        self._compose()
        desk.changed.connect(self._follow)

    def _compose(self) -> None:
        head = line(label(_("Look-alikes"), role="heading"), None, self.usual, self.keep)
        said = _(
            "Two initiatives are shown as possibly the same where one of these holds. An officer "
            "decides; what was called no duplicate is not shown again."
        )
        words = _("Words that say nothing in a title, parted by commas")
        phrases = _("Phrases left out of titles and descriptions, one a line")
        self.setLayout(
            column(
                *(head, label(said, tone="quiet", wrap=True), *self._rows(), rule()),
                *(_over(words, self.stop_words), _over(phrases, self.boiler_plate)),
                *(rule(), self.waiting, line(self.again, None)),
                spacing=6,
            )
        )

    def _rows(self) -> list[QLayout]:
        """A line for each key: whether it is looked for, and from how much on."""
        alike, other = _("titles alike from, %"), _("In another unit, for information: from, %")
        return [
            line(self.ticks["K1"], None),
            self._row("K2", ("same_decision", alike)),
            self._row("K3", ("same_unit", alike)),
            self._row("", ("other_unit", other)),
            self._row("K4", ("same_author", alike)),
            self._row("", ("author_days", _("Days of use at most so many days apart"))),
            line(self.ticks["K5"], None),
            self._row("K6", ("same_text", _("of the text from, %"))),
            self._row("", ("most", _("Shown of each initiative: at most"))),
        ]

    def _row(self, key: str, asked: tuple[str, str]) -> QLayout:
        box, words = self.boxes[asked[0]], label(asked[1], tone="quiet")
        words.setBuddy(box)
        named = self.ticks[key].text() if key else ""
        name(box, f"{named}, {asked[1]}" if key else asked[1])
        return line(*([self.ticks[key]] if key else []), None, words, box, spacing=8)

    def read(self) -> None:
        """Show what is kept, and how many wait to be compared."""
        if self._desk.store is None:
            return

        def work(connection: Connection) -> tuple[Keys, int]:
            return read_keys(connection), renewing.count_due(connection)

        self._desk.read(work, lambda found: self._show(*found), key="lookalikes")

    def _follow(self, touched: dict[str, frozenset[int]]) -> None:
        if self.isVisible() and touched.keys() & {"setting", "initiative"}:
            self.read()

    def _show(self, keys: Keys, waiting: int) -> None:
        self._shown = keys
        self.show_keys(keys)
        if waiting:
            words = counted(
                "{count} initiative waits to be compared.",
                "{count} initiatives wait to be compared.",
                waiting,
            )
            tell(self.waiting, words.format(count=waiting), "warn")
        else:
            tell(self.waiting, _("Every initiative has been compared."), "good")

    def show_keys(self, keys: Keys) -> None:
        """Show these in the boxes."""
        for key in _PER_CENT:
            self.boxes[key].set_value(round(100 * getattr(keys, key)))
        for key in _NUMBERS:
            self.boxes[key].set_value(getattr(keys, key))
        for key, tick in self.ticks.items():
            tick.setChecked(key not in keys.off)
        self.stop_words.set_value(", ".join(keys.stop_words))
        self.boiler_plate.set_value("\n".join(keys.boiler_plate))

    def show_usual(self) -> None:
        """Show what counts where an office has set nothing; it counts once it is saved."""
        self.show_keys(Keys())
        self._desk.say(_("These are the values of a new store. Save to let them count."), "calm")

    def keys(self) -> Keys:
        """What stands in the boxes."""
        values: dict[str, Any] = {key: self.boxes[key].value() for key in _NUMBERS}
        values |= {key: self.boxes[key].value() / 100 for key in _PER_CENT}
        return Keys(
            **values,
            off=tuple(key for key, tick in self.ticks.items() if not tick.isChecked()),
            stop_words=_phrases(self.stop_words.value().replace("\n", ",").split(",")),
            boiler_plate=_phrases(self.boiler_plate.value().splitlines()),
        )

    def save(self) -> None:
        """Save, and compare anew what has to be."""
        missing = next((one for one in self.boxes.values() if not one.text().strip()), None)
        _key, trouble = first_trouble(self.boxes)
        if missing is not None or trouble:
            told = trouble or _("Write a number into each box of the look-alikes.")
            self._desk.say(told, "bad")
            return
        keys = self.keys()
        if keys == self._shown:
            self._desk.say(_("Nothing was changed."), "calm")
        elif self._doing.do(
            ReviseLookalikeKeys(keys), _("Saved. Look-alikes are found by it from now on.")
        ):
            self._compare(everything=False)

    def compare_everything(self) -> None:
        """Compare everything, changed or not."""
        self._compare(everything=True)

    def _compare(self, *, everything: bool) -> None:
        def work(store: Store, progress: Progress) -> tuple[Compared | None, int]:
            done = None
            if everything or count_due(store):
                with suppress(CancelledError):
                    done = compare(store, everything=everything, progress=progress)
            return done, count_due(store)

        self._doing.work(_("Looking for look-alikes"), work, lambda found: self._compared(*found))

    def _compared(self, done: Compared | None, left: int) -> None:
        """Say what was compared; what was stopped goes on where it was."""
        if left:
            words = counted(
                "Stopped. {count} initiative still waits to be compared.",
                "Stopped. {count} initiatives still wait to be compared.",
                left,
            )
            self._desk.say(words.format(count=left), "warn", ((_("Go on"), self._go_on),))
        elif done is not None:
            words = counted(
                "{count} initiative was compared with all others.",
                "{count} initiatives were compared with all others.",
                done.initiatives,
            )
            self._desk.say(words.format(count=done.initiatives))
        if done is not None or left:
            self._desk.announce({"initiative": frozenset()})
        self.read()

    def _go_on(self) -> None:
        self._compare(everything=False)


def _named_keys() -> dict[str, str]:
    """The keys as they are asked for."""
    words = (
        *(_("Same title, unit and author"), _("Same decision"), _("Same unit")),
        *(_("Same author"), _("Same attached file"), _("Same description")),
    )
    return dict(zip(NAMES, words, strict=True))


def _over(words: str, box: QWidget) -> QLayout:
    """A box under its words."""
    head = label(words)
    head.setBuddy(box)
    name(box, words)
    return column(head, box, spacing=2)


def _phrases(texts: list[str]) -> tuple[str, ...]:
    """What is written there, without blanks and repeats."""
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))

"""Before a paper is issued: the number it will get, its day and signer, and what is for good."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from desktop.errors import UserError
from desktop.models.journal import Outcome
from desktop.progress import Progress
from desktop.tasks import issuing
from desktop.tasks.issuing import Planned, Wanted
from desktop.text import _, counted
from desktop.vietnamese.dates import PartialDate
from desktop.views.boxes import DateBox
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.widgets import button, column, label, line, name, tell

_WIDTH = 560


class IssuingSheet(QDialog):
    """What issuing a paper would give, seen beforehand; one button gives the number.

    ``wanted`` is the paper; once it is issued, ``issued`` is called with the ids.
    """

    def __init__(
        self,
        parent: QWidget | None,
        desk: Desk,
        doing: Doing,
        wanted: Wanted,
        issued: Callable[[tuple[int, ...]], object],
    ) -> None:
        super().__init__(parent)
        self._desk, self._doing = desk, doing
        self._wanted, self._issued = wanted, issued
        self.planned: Planned | None = None
        self.setWindowTitle(_("Give a number and issue"))
        self.number = label(_("Reading…"), role="title", wrap=True)
        self.subject = label(wrap=True)
        self.day = DateBox()
        name(self.day, _("Date of the paper"))
        self.day.setFixedWidth(120)
        self.day.editingFinished.connect(self.refresh)
        self.signer = label(wrap=True)
        self.note = label(tone="warn", wrap=True)
        self.anyway = QCheckBox(_("This date is meant, out of the order of the numbers"))
        self.anyway.toggled.connect(lambda _on: self._update())
        self.by_hand = QCheckBox(_("The blanks will be written in by hand"))
        self.by_hand.toggled.connect(lambda _on: self._update())
        self.trouble = label(tone="bad", wrap=True)
        self._compose()
        self.refresh()

    def _compose(self) -> None:
        for_good = label(
            _(
                "This cannot be undone: the number stays used, and the paper is kept as it is now, "
                "whatever is changed later. A mistake is mended by voiding it and issuing another."
            ),
            tone="quiet",
            wrap=True,
        )
        self.go = button(_("Issue"), self.issue, kind="primary")
        self.go.setDefault(True)
        date_line = line(label(_("Date of the paper")), self.day, None)
        foot = line(None, button(_("Cancel"), self.reject), self.go)
        self.setLayout(
            column(
                *(self.number, self.subject, 4, date_line, self.signer, self.note, self.anyway),
                *(self.by_hand, self.trouble, 4, for_good, 6, foot),
                margins=18,
                spacing=7,
            )
        )
        self.setFixedWidth(_WIDTH)
        self._update()

    def refresh(self) -> None:
        """Work out the number for the day in the box."""
        store = self._desk.store
        day = self.day.value()
        if store is None or self.day.trouble():
            self._refused(UserError(self.day.trouble(), code="issue.date"))
            return
        if isinstance(day, PartialDate) and day.day is None:
            self._refused(UserError(_("Give the whole day, such as 04/08/2023."), code="issue.day"))
            return
        on = day.first if isinstance(day, PartialDate) else self._wanted.on
        if self.planned is not None and on == self.planned.day:
            return
        self.planned = None
        self._update()
        wanted = Wanted(self._wanted.key, self._wanted.ids, on, self._wanted.offset)
        resources = self._desk.app.resources

        def work(_progress: Progress) -> Planned:
            return issuing.plan(store, wanted, resources)

        self._desk.papers.run(work, self._show, self._refused, key="issuing plan")

    def _show(self, planned: Planned) -> None:
        self.planned = planned
        day = planned.day
        self.day.set_value(PartialDate(day.year, day.month, day.day))
        tell(self.trouble, "", "bad")
        self._update()
        self.go.setFocus()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.planned = None
        tell(self.trouble, str(error), "bad")
        self._update()

    def _update(self) -> None:
        """Say what is planned, and whether it can be done."""
        planned = self.planned
        said = planned.said if planned else ""
        trouble = bool(self.trouble.text())
        self.number.setText(said or ("–" if trouble else _("Reading…")))
        self.subject.setText(self._subject(planned) if planned else "")
        self.signer.setText(self._signer(planned) if planned else "")
        disorder = planned.disorder if planned else ""
        unfinished = planned.unfinished if planned else ""
        self.anyway.setVisible(bool(disorder))
        self.by_hand.setVisible(bool(unfinished))
        notes = [planned.passed, disorder, unfinished] if planned else []
        tell(self.note, "\n".join(filter(None, notes)), "warn")
        self.note.setVisible(any(notes))
        self.trouble.setVisible(trouble)
        confirmed = not disorder or self.anyway.isChecked()
        confirmed &= not unfinished or self.by_hand.isChecked()
        self.go.setEnabled(planned is not None and confirmed)
        self.go.setText(_("Issue {numbers}").format(numbers=said) if said else _("Issue"))
        box = self.layout()
        if box is not None:
            # Sentences come and go: as high as they need, at this width.
            box.activate()
            self.setFixedHeight(box.totalHeightForWidth(_WIDTH))

    @staticmethod
    def _subject(planned: Planned) -> str:
        count = len(planned.units)
        if count == 1:
            return planned.subject
        many = counted("{count} paper: {name}", "{count} papers: {name}", count)
        return many.format(count=count, name=planned.kind.name)

    @staticmethod
    def _signer(planned: Planned) -> str:
        """Who signs, and what is still to be written by hand."""
        said = _("Signed by: {name}").format(name=planned.signer or "–")
        if planned.blanks:
            left = counted(
                "{count} blank (……) is left to be written in by hand.",
                "{count} blanks (……) are left to be written in by hand.",
                planned.blanks,
            )
            said += "\n" + left.format(count=planned.blanks)
        return said

    def issue(self) -> None:
        """Issue what is planned, on the worker, and close."""
        planned = self.planned
        if planned is None or not self.go.isEnabled():
            return
        wanted = Wanted(self._wanted.key, self._wanted.ids, planned.day, self._wanted.offset)
        resources = self._desk.app.resources
        anyway, by_hand = self.anyway.isChecked(), self.by_hand.isChecked()

        def done(result: tuple[Outcome, Planned]) -> None:
            outcome, made = result
            self._desk.announce(outcome.touched)
            said = _("Issued {numbers}.").format(numbers=made.said)
            tone = "warn" if outcome.unsaved_copy else "good"
            self._desk.say(" ".join(filter(None, (said, outcome.unsaved_copy))), tone)
            self._issued(tuple(outcome.result))

        self._doing.work(
            _("Issuing"),
            lambda store, progress: issuing.issue(
                *(store, wanted, resources),
                expected=planned.numbers,
                out_of_order=anyway,
                with_blanks=by_hand,
                progress=progress,
            ),
            done,
        )
        self.accept()

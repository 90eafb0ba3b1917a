"""Before a paper is issued: the number it will get, its day and signer, and what is for good."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from desktop.errors import UserError
from desktop.models.journal import Outcome
from desktop.models.store import Store
from desktop.progress import Progress
from desktop.tasks import issuing, recording
from desktop.tasks.issuing import Planned, Wanted
from desktop.tasks.recording import Recordable, Recorded
from desktop.text import _, counted
from desktop.vietnamese.dates import PartialDate
from desktop.views.boxes import ChoiceBox, DateBox
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.initiative_form import recogniser_choices
from desktop.views.messages import Offer
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
        self.found: Recordable | None = None
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
        self.record = QCheckBox()
        self.record.setChecked(True)
        self.record.toggled.connect(lambda _on: self._update())
        self.recogniser = ChoiceBox(recogniser_choices())
        name(self.recogniser, _("Recognised by"))
        self.recogniser.setMinimumContentsLength(18)
        self.kept = label(tone="quiet", wrap=True)
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
        self.who = QWidget()
        self.who.setLayout(line(24, label(_("Recognised by")), self.recogniser, None))
        self.setLayout(
            column(
                *(self.number, self.subject, 4, date_line, self.signer, self.note, self.anyway),
                *(
                    self.by_hand,
                    self.record,
                    self.who,
                    self.kept,
                    self.trouble,
                    4,
                    for_good,
                    6,
                    foot,
                ),
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

        def work(_progress: Progress) -> tuple[Planned, Recordable | None]:
            planned = issuing.plan(store, wanted, resources)
            dated = Wanted(wanted.key, wanted.ids, planned.day)
            return planned, recording.recordable(store, dated, resources)

        self._desk.papers.run(work, self._show, self._refused, key="issuing plan")

    def _show(self, read: tuple[Planned, Recordable | None]) -> None:
        planned, found = read
        self.planned, self.found = planned, found
        day = planned.day
        if found is not None and not self.recogniser.value():
            self.recogniser.set_value(found.recogniser)
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
        told = [planned.spoilt, planned.misfit, planned.passed] if planned else []
        notes = [*told, disorder, unfinished]
        tell(self.note, "\n".join(filter(None, notes)), "warn")
        self.note.setVisible(any(notes))
        self.trouble.setVisible(trouble)
        self._update_record(self.found if planned else None)
        confirmed = not disorder or self.anyway.isChecked()
        confirmed &= not unfinished or self.by_hand.isChecked()
        self.go.setEnabled(planned is not None and confirmed)
        self.go.setText(_("Issue {numbers}").format(numbers=said) if said else _("Issue"))
        box = self.layout()
        if box is not None:
            # Sentences come and go: as high as they need, at this width.
            box.activate()
            self.setFixedHeight(box.totalHeightForWidth(_WIDTH))

    def _update_record(self, found: Recordable | None) -> None:
        """Offer to record the decision with those that it lists, where there are any."""
        count = len(found.ids) if found else 0
        self.record.setVisible(count > 0)
        self.who.setVisible(count > 0 and self.record.isChecked())
        said = counted(
            "Record the decision with the {count} initiative that it lists (undone on its own)",
            "Record the decision with the {count} initiatives that it lists (undone on its own)",
            count,
        )
        self.record.setText(said.format(count=count))
        tell(self.kept, found.kept_words if found else "", "quiet")
        self.kept.setVisible(bool(self.kept.text()))

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
        return "\n".join(filter(None, (said, planned.blanks_words)))

    def issue(self) -> None:
        """Issue what is planned, on the worker, and close."""
        planned = self.planned
        if planned is None or not self.go.isEnabled():
            return
        wanted = Wanted(self._wanted.key, self._wanted.ids, planned.day, self._wanted.offset)
        resources = self._desk.app.resources
        anyway, by_hand = self.anyway.isChecked(), self.by_hand.isChecked()

        wished = self.record.isChecked() and self.found is not None and self.found.ids
        found = self.found if wished else None
        recogniser = str(self.recogniser.value() or "")

        def work(store: Store, progress: Progress) -> tuple[Outcome, Planned, Recorded]:
            outcome, made, _told = issuing.issue(
                *(store, wanted, resources),
                expected=planned.numbers,
                out_of_order=anyway,
                with_blanks=by_hand,
                progress=progress,
            )
            return outcome, made, recording.record(store, made, found, recogniser)

        self._doing.work(_("Issuing"), work, self._done)
        self.accept()

    def _done(self, result: tuple[Outcome, Planned, Recorded]) -> None:
        """Say what was issued and recorded; what was recorded can be taken back."""
        outcome, made, recorded = result
        self._desk.announce(outcome.touched)
        said = _("Issued {numbers}.").format(numbers=made.said)
        offers: tuple[Offer, ...] = ()
        if recorded.outcome is not None:
            self._desk.announce(recorded.outcome.touched)
            offers = ((_("Undo the record"), self._doing.undo),)
        failed = bool(outcome.unsaved_copy) or (bool(recorded.said) and recorded.outcome is None)
        words = " ".join(filter(None, (said, recorded.said, outcome.unsaved_copy)))
        self._desk.say(words, "warn" if failed else "good", offers)
        self._issued(tuple(outcome.result))

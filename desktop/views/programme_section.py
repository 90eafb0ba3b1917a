"""The programme in force, among the settings: documents, the office's own values, changes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import UserError
from desktop.programme.overrides import overridable
from desktop.programme.shape import Overridden
from desktop.progress import Progress
from desktop.tasks import adopting
from desktop.tasks.adopting import Proposal, Standing, shown_value
from desktop.text import _
from desktop.views.amounts import shown_date
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.programme_change import AskOverride, ReviewSheet
from desktop.views.widgets import button, clear, column, label, line, name, plain, rule


class ProgrammeForm(QWidget):
    """What the store is judged by, and the ways to change it; each leads to a review first."""

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__()
        self._desk, self._doing = desk, doing
        self.title = label(wrap=True)
        self.version = label(tone="quiet", wrap=True)
        self.documents = label(tone="quiet", wrap=True)
        self.offer = label(tone="calm", wrap=True)
        self.see_offer = button(_("See what would change…"), self.review_shipped, kind="link")
        self.none = label(_("The office sets nothing of its own."), tone="quiet", wrap=True)
        self._own = column(spacing=8)
        self.change = button(_("A value of the office…"), self.ask_override)
        self.file = button(_("Another programme file…"), self.ask_file)
        self.setLayout(
            column(
                label(_("Programme"), role="heading"),
                *(self.title, self.version, self.documents),
                *(self.offer, line(self.see_offer, None)),
                *(rule(), label(_("The office's own values"), role="heading"), self.none),
                self._own,
                line(self.change, self.file, None),
                spacing=6,
            )
        )
        self._offered(None)

    def event(self, event: QEvent) -> bool:
        """Stay as high as the lines need at this width; what scrolls would not see to it."""
        done = super().event(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            inside = self.layout()
            if inside is not None and inside.hasHeightForWidth():
                self.setMinimumHeight(inside.heightForWidth(self.width()))
        return done

    def read(self) -> None:
        """Read what is in force."""
        store = self._desk.store
        if store is None:
            return

        def work(_progress: Progress) -> Standing:
            return adopting.standing(store)

        self._desk.reads.run(work, self._show, self._doing.failed, key="programme")

    def _show(self, now: Standing) -> None:
        programme = now.programme
        self.title.setText(programme.label)
        self.version.setText(
            _("{code} · version {version} · in force here since {day}").format(
                code=programme.code, version=programme.version, day=shown_date(now.line.since)
            )
        )
        numbers = ", ".join(one.number for one in programme.documents)
        self.documents.setText(_("Documents: {numbers}").format(numbers=numbers))
        titles = "\n".join(f"{one.number}: {one.title}" for one in programme.documents)
        self.documents.setToolTip(plain(titles).replace("\n", "<br>"))
        self._offered(now)
        clear(self._own)
        laid = list(programme.overridden.values())
        self.none.setVisible(not laid)
        names = {one.key: one.label for one in overridable(programme)}
        for one in laid:
            self._show_own(one, names.get(one.key, one.key))

    def _offered(self, now: Standing | None) -> None:
        """Say where this installation ships another version of the programme."""
        there = now is not None and now.other is not None
        self.offer.setText(
            _("This PC's program comes with another version of this programme.") if there else ""
        )
        self.offer.setVisible(there)
        self.see_offer.setVisible(there)

    def _show_own(self, one: Overridden, words: str) -> None:
        """A value of the office: what it is, the programme's beside it, and the document."""
        acts = []
        for text, act in ((_("Change…"), self.ask_override), (_("Drop…"), self.drop)):
            link = button(text, self._for_key(one.key, act), kind="link")
            name(link, f"{text} {words}")
            acts.append(link)
        office = _("{name}: {value}").format(name=words, value=shown_value(one.key, one.office))
        own = _("The programme's own: {value} · set by {source}").format(
            value=shown_value(one.key, one.own), source=one.source
        )
        said = label(office, wrap=True, tone="warn")
        head = line(said, *acts, spacing=4)
        head.setStretch(0, 1)
        self._own.addLayout(column(head, label(own, tone="quiet", wrap=True), spacing=0))

    @staticmethod
    def _for_key(key: str, act: Callable[[str], object]) -> Callable[[], object]:
        return lambda: act(key)

    # The changes.

    def ask_override(self, key: str = "") -> None:
        """Ask for a value of the office's own, then show what it would change."""
        store = self._doing.store()
        if store is None:
            return
        question = AskOverride(self.window(), store, key)
        proposed = bool(question.exec())
        question.deleteLater()
        if proposed and question.proposal is not None:
            setting = question.setting
            words = setting.label if setting is not None else key
            given = question.proposal.programme.overridden[setting.key if setting else key]
            said = _("{name}: {value}, by {source}").format(
                name=words, value=shown_value(given.key, given.office), source=given.source
            )
            self.review(question.proposal, said)

    def drop(self, key: str) -> None:
        """Show what changes where the programme's own value counts again."""
        store = self._doing.store()
        if store is None:
            return
        setting = adopting.setting_of(store.programme, key)
        said = _("The programme's own counts again. {name}: {value}").format(
            name=setting.label if setting else key,
            value=shown_value(key, setting.own) if setting else "–",
        )
        self._propose(lambda: adopting.propose_without(store, key), said)

    def ask_file(self) -> None:
        """Ask for a definition, then show what it would change."""
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Another programme file"), "", _("Programme (*.toml)")
        )
        if path:
            self.review_file(Path(path))

    def review_file(self, file: Path) -> None:
        """Show what a definition would change."""
        store, resources = self._doing.store(), self._desk.app.resources
        if store is not None:
            said = _("The programme of the file {file}").format(file=file.name)
            self._propose(lambda: adopting.propose_file(store, file, resources), said)

    def review_shipped(self) -> None:
        """Show what the version that ships would change."""
        store = self._doing.store()
        if store is not None:
            said = _("The version of the programme that this PC's program comes with")
            self._propose(lambda: adopting.propose_shipped(store), said)

    def _propose(self, propose: Callable[[], Proposal | None], said: str) -> None:
        try:
            proposal = propose()
        except UserError as error:
            self._desk.say(str(error), "bad")
            return
        if proposal is not None:
            self.review(proposal, said)

    def review(self, proposal: Proposal, said: str) -> None:
        """Show the sheet with what would change, to accept or to leave."""
        ReviewSheet(self.window(), self._desk, self._doing, proposal, said).open()

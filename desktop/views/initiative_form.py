"""The fields of an initiative, in the order of the application form and the portal."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.models.entry import DecisionDraft, InitiativeDraft
from desktop.models.reading import DecisionLine
from desktop.models.values import PORTAL_STATE_NAMES
from desktop.programme.definition import Programme
from desktop.programme.facts import Protection
from desktop.text import _, language
from desktop.vietnamese.numerals import money_in_words
from desktop.views.authors_table import AuthorsBox
from desktop.views.boxes import (
    ChoiceBox,
    DateBox,
    LineBox,
    MomentBox,
    MoneyBox,
    NumberBox,
    Source,
    TextBox,
    TruthBox,
    next_on_enter,
)
from desktop.views.forms import Asked, FormGrid, first_trouble, read_values, show_values
from desktop.views.widgets import column, label, name, rule, tell

Sources = Callable[[str], Source]
"""Gives the source of suggestions for a kind: unit, superior, person, title, issuer, signer."""


def recogniser_choices() -> list[tuple[str, str]]:
    """Who may recognise (hình thức công nhận)."""
    return [("council", _("Council")), ("head", _("Head of the unit"))]


def decision_fields(sources: Sources) -> list[Asked]:
    """The fields of a decision, for the initiative's form and the decision's own."""
    issuer, signer = LineBox(sources("issuer")), LineBox(sources("signer"))
    recogniser = ChoiceBox(recogniser_choices(), editable=True)
    who, post = _("The council, or the head of the unit."), _("Such as: Giám đốc, Phó Chủ tịch.")
    return [
        Asked("number", _("Decision number"), 3, LineBox(), _("As written: 118/QĐ-HĐSK.")),
        Asked("issued", _("Issued on"), 3, DateBox(), _("The day the decision was signed.")),
        Asked("issuer", _("Issued by"), 6, issuer, _("The organ that issued it.")),
        Asked("recogniser", _("Recognised by"), 3, recogniser, who),
        Asked("signer", _("Signed by"), 4, signer, _("Who signed the decision.")),
        Asked("signer_post", _("Signer's post"), 5, LineBox(), post),
    ]


def _text_fields() -> list[Asked]:
    """The four parts of the description."""
    before, content = _("State before"), _("The solution")
    novelty, use = _("What is new"), _("Where it can be used")
    wrong = _("What was done before, and what was wrong with it.")
    where = _("Where it is used, and where else it could be.")
    return [
        Asked("before", before, 6, TextBox(3), wrong, needed=True),
        Asked("content", content, 6, TextBox(3), _("What is done, step by step."), needed=True),
        Asked(
            "novelty", novelty, 6, TextBox(3), _("What nobody in the unit did before."), needed=True
        ),
        Asked("applicability", use, 6, TextBox(3), where, needed=True),
    ]


def _date_fields() -> list[Asked]:
    """When it was put to use, and what it brought."""
    shapes, blank = (
        _("15/09/2021, 09/2021 or 2021."),
        _("Leave it blank where it cannot be counted in money."),
    )
    months, year = _("For how many months"), _("12 where the amount is for one year.")
    return [
        Asked("trial", _("On trial from"), 2, DateBox(), shapes),
        Asked("use", _("In use from"), 2, DateBox(), shapes, needed=True),
        Asked("benefit", _("Benefit declared (đồng)"), 4, MoneyBox(), blank),
        Asked("benefit_months", months, 4, NumberBox(12, 0, 240), year),
    ]


def _protection_fields() -> list[Asked]:
    """Intellectual property, and public order."""
    states = [
        ("none", _("None")),
        ("pending", _("Applied for")),
        ("protected", _("Protected")),
        ("expired", _("Expired")),
    ]
    rights = _("Whether it is protected by intellectual property rights.")
    order = _("Contrary to public order")
    answer = _("Your own answer; your name and the time are kept with it.")
    return [
        Asked("protection", _("Intellectual property"), 4, _ShieldBox(states), rights),
        Asked("protected_from", _("Protected from"), 2, DateBox()),
        Asked("protected_to", _("Protected until"), 2, DateBox()),
        Asked("public_order_contrary", order, 4, TruthBox(), answer),
    ]


def _topic_fields() -> list[Asked]:
    """What is asked of research topics, and whether there are secrets."""
    levels = _("Only for research topics: state, ministry, province, unit.")
    secret = _("Whether it holds technology kept secret.")
    return [
        Asked("topic_level", _("Level of the topic"), 4, LineBox(), levels),
        Asked("topic_accepted", _("Accepted on"), 2, DateBox(), _("Only for research topics.")),
        Asked("confidential", _("Secret"), 2, TruthBox(), secret),
    ]


def _confirmation_fields() -> list[Asked]:
    """Who confirmed the effect, and when."""
    paper = _("Whether there is a paper that confirms the effect.")
    return [
        Asked("effect_confirmed", _("Effect confirmed"), 4, TruthBox(), paper),
        Asked("effect_confirmed_by", _("Confirmed by"), 8, LineBox()),
        Asked("effect_confirmed_on", _("Confirmed on"), 4, DateBox()),
    ]


class InitiativeForm(QWidget):
    """All fields of an initiative.

    *Signals:* ``edited()`` when the user changes anything.
    """

    edited = Signal()

    def __init__(self, programme: Programme, sources: Sources) -> None:
        super().__init__()
        self._programme, self._sources = programme, sources
        self._decisions: list[DecisionLine] = []
        self._kept = InitiativeDraft()
        self.sections: list[tuple[str, QWidget]] = []
        self._box = column(spacing=4, margins=(14, 8, 14, 14))
        self.boxes: dict[str, Any] = {}
        self._last = 0
        self._grids: list[FormGrid] = []
        self._chosen_scan = ("", "")
        self._section("", self._main_fields())
        self._section(_("Effect"), self._effect_fields())
        self._section(_("Conditions"), self._condition_fields())
        self._decision_section()
        self._section(_("Portal"), self._portal_fields())
        self._section(_("More"), self._more_fields())
        self._box.addStretch(1)
        self.setLayout(self._box)
        self._money_words = label(tone="quiet", wrap=True)
        self._grids[0].add_beside(self._money_words, "benefit", 6)
        for box in (*self.boxes.values(), *self.decision_boxes.values()):
            box.edited.connect(self._changed)
        self._enter = next_on_enter(self)

    def _section(self, title: str, fields: list[Asked]) -> FormGrid:
        grid = FormGrid(fields, self._last + 1)
        self._last = grid.last
        self._grids.append(grid)
        if title:
            head = label(title, role="heading")
            self._box.addSpacing(8)
            self._box.addWidget(rule())
            self._box.addWidget(head)
            self.sections.append((title, head))
        self._box.addWidget(grid)
        self.boxes.update(grid.boxes)
        return grid

    def _main_fields(self) -> list[Asked]:
        return [*self._name_fields(), *self._people_fields(), *_text_fields(), *_date_fields()]

    def _name_fields(self) -> list[Asked]:
        programme = self._programme
        categories = [(one.code, f"{one.code}  {one.label}") for one in programme.categories]
        fields = ChoiceBox([(one.name, one.label) for one in programme.fields], editable=True)
        title, kind, where = _("Title"), _("Category"), _("Field of application")
        shown = LineBox(self._sources("title"))
        return [
            Asked("title", title, 12, shown, _("The full name, not shortened."), needed=True),
            Asked(
                "category",
                kind,
                7,
                ChoiceBox(categories),
                _("1.1 to 1.7 of the guideline."),
                needed=True,
            ),
            Asked("field", where, 5, fields, _("Where the solution is used."), needed=True),
        ]

    def _people_fields(self) -> list[Asked]:
        sources = self._sources
        people, unit = AuthorsBox(sources("person")), LineBox(sources("unit"))
        shares = _("F5 adds a line, F6 takes it out; shares sum up to 100 %.")
        member = _("The union of the author; a new name makes a new unit.")
        above, help_above = _("Superior union"), _("The union directly above.")
        return [
            Asked("authors", _("Authors and shares"), 12, people, shares, needed=True),
            Asked("unit", _("Grassroots union"), 6, unit, member, needed=True),
            Asked("superior", above, 6, LineBox(sources("superior")), help_above),
        ]

    def _effect_fields(self) -> list[Asked]:
        method, social = _("How it was worked out"), _("Benefit for society")
        uncounted = _("What cannot be counted in money.")
        return [
            Asked("benefit_method", method, 6, TextBox(3), _("The sum, with its figures.")),
            Asked("social_benefit", social, 6, TextBox(3), uncounted),
        ]

    def _condition_fields(self) -> list[Asked]:
        return [*_protection_fields(), *_topic_fields(), *_confirmation_fields()]

    def _portal_fields(self) -> list[Asked]:
        states = [(str(state), _(words)) for state, words in PORTAL_STATE_NAMES.items()]
        sent, will_do = (
            _("Time of entry on the portal"),
            _("15/05/2022 09:30; the day alone will do."),
        )
        return [
            Asked("sent", sent, 4, MomentBox(), will_do),
            Asked("portal_code", _("Portal code"), 4, LineBox()),
            Asked("portal_state", _("Portal state"), 4, ChoiceBox(states)),
        ]

    def _more_fields(self) -> list[Asked]:
        programme = self._programme
        groups = ChoiceBox([(one.name, one.label) for one in programme.groups], editable=True)
        regions = ChoiceBox([(one.name, one.label) for one in programme.regions], editable=True)
        blank = _("Leave it blank: the program gives one.")
        paid = _("Where the author is not the one who paid for it.")
        return [
            Asked("code", _("Code of the dossier"), 3, LineBox(), blank),
            Asked("object_group", _("Object group"), 5, groups),
            Asked("region", _("Region"), 4, regions),
            Asked("investor", _("Investor"), 12, LineBox(), paid),
            Asked("origin", _("How it arose"), 6, TextBox(2)),
            Asked("scope", _("Where it is applied"), 6, TextBox(2)),
            Asked("conditions", _("What it needs"), 6, TextBox(2)),
            Asked("secrets", _("What is to be kept secret"), 6, TextBox(2)),
        ]

    def _decision_section(self) -> None:
        """The decision: choose one that is there, or type a new one."""
        self.chooser = QComboBox()
        self.chooser.setMinimumContentsLength(20)
        self.chooser.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.chooser.activated.connect(self._choose_decision)
        grid = FormGrid(decision_fields(self._sources), self._last + 1)
        self._last = grid.last
        self.decision_boxes: dict[str, Any] = dict(grid.boxes)
        head = label(_("Recognition decision"), role="heading")
        self._box.addSpacing(8)
        self._box.addWidget(rule())
        self._box.addWidget(head)
        name(self.chooser, _("Choose a decision that is there"))
        self._box.addWidget(self.chooser)
        self._box.addWidget(grid)
        self.sections.append((_("Decision"), head))

    def show_decisions(self, decisions: list[DecisionLine]) -> None:
        """Offer the decisions that are there."""
        self._decisions = decisions
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            self.chooser.addItem(_("Choose a decision that is there, or type a new one below"))
            for one in decisions:
                day = f" – {one.draft.issued}" if one.draft.issued else ""
                self.chooser.addItem(f"{one.draft.number}{day} – {one.draft.issuer}")

    def _choose_decision(self, at: int) -> None:
        chosen = self._decisions[at - 1].draft if at > 0 else DecisionDraft()
        show_values(self.decision_boxes, chosen)
        self._chosen_scan = chosen.scan, chosen.summary
        self._changed()

    def show_draft(self, draft: InitiativeDraft) -> None:
        """Show a draft."""
        self._kept = draft
        show_values(self.boxes, draft)
        decision = draft.decision or DecisionDraft()
        show_values(self.decision_boxes, decision)
        self._chosen_scan = decision.scan, decision.summary
        with QSignalBlocker(self.chooser):
            self.chooser.setCurrentIndex(0)
        self._tell_money()

    def draft(self) -> InitiativeDraft:
        """What stands in the boxes."""
        scan, summary = self._chosen_scan
        decision = DecisionDraft(**read_values(self.decision_boxes), scan=scan, summary=summary)
        return replace(
            self._kept,
            **read_values(self.boxes),
            decision=None if decision.is_blank() else decision,
        )

    def trouble(self) -> tuple[QWidget | None, str]:
        """The first box that cannot be read, and why."""
        everything = {**self.boxes, **{f"decision.{k}": v for k, v in self.decision_boxes.items()}}
        key, why = first_trouble(everything)
        return (everything[key] if key else None), why

    def _changed(self) -> None:
        self._tell_money()
        self.edited.emit()

    def _tell_money(self) -> None:
        """Say the amount in words, as the papers will."""
        amount = self.boxes["benefit"].value()
        if amount is None:
            tell(self._money_words, "", "quiet")
            return
        text = money_in_words(amount) if language() == "vi" else ""
        months = self.boxes["benefit_months"].value()
        if months not in {None, 12}:
            year = replace(InitiativeDraft(), benefit=amount, benefit_months=months).benefit_year
            one_year = _("{dong} đ in one year").format(dong=f"{year:,}".replace(",", "."))
            text = f"{text} · {one_year}" if text else one_year
        tell(self._money_words, text, "quiet")

    def sizeHint(self) -> QSize:
        """As high as its fields."""
        return QSize(760, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a small screen."""
        return QSize(520, super().minimumSizeHint().height())


class _ShieldBox(ChoiceBox):
    """The state of protection, None where nothing is said."""

    def value(self) -> Any:
        """The state."""
        found = self.currentData()
        return Protection(found) if found else None

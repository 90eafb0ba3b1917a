"""The official papers, one module each: what a paper says. Here stands what there is to print.

Nothing in this package knows how a paper looks, so it is imported without any printing library.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from desktop import text
from desktop.models.dossiers import (
    CollectiveLine,
    CommendationLine,
    Dossier,
    ListHead,
    OfficeSheet,
    OutgoingLine,
    Reception,
    ResultFigures,
    ShownFile,
    Sitting,
    SupportTeamSheet,
)
from desktop.printing.forms import FormSet, Variant
from desktop.printing.paper import Paper
from desktop.printing.papers import application as application_module
from desktop.printing.papers import award_stock as award_module
from desktop.printing.papers import certificate as certificate_module
from desktop.printing.papers import commendation_decision as award_decision_module
from desktop.printing.papers import commendation_list as commendation_module
from desktop.printing.papers import council_minutes as minutes_module
from desktop.printing.papers import description as description_module
from desktop.printing.papers import dossier as dossier_module
from desktop.printing.papers import effect_confirmation as effect_module
from desktop.printing.papers import invitation as invitation_module
from desktop.printing.papers import outgoing_register as outgoing_module
from desktop.printing.papers import progress_report as report_module
from desktop.printing.papers import publicity as publicity_module
from desktop.printing.papers import receipt as receipt_module
from desktop.printing.papers import recognition_decision as recognition_module
from desktop.printing.papers import register_book as book_module
from desktop.printing.papers import reply_slip as reply_module
from desktop.printing.papers import return_slip as return_module
from desktop.printing.papers import score_sheet as score_module
from desktop.printing.papers import share_statement as share_module
from desktop.printing.papers import submission as submission_module
from desktop.printing.papers import summary_list as summary_module
from desktop.printing.papers import support_team as team_module
from desktop.programme.shape import Document

FARTHEST = 50
"""So many millimetres an offset on stock may be at most."""


class Scope(StrEnum):
    """What a paper is printed of."""

    INITIATIVE = "initiative"
    LIST = "list"
    COMMENDATION = "commendation"
    SESSION = "session"
    REPORT = "report"
    OFFICE = "office"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Material:
    """What papers are made of; each kind takes what its scope names.

    INITIATIVE: ``dossiers``, each with its own papers, and ``on``, the day of printing. LIST:
    ``dossiers`` and ``head``. COMMENDATION: ``people``, ``collectives`` and ``head``.
    SESSION: ``dossiers`` and ``sitting``, the council's session about them, where there was one.
    REPORT: ``figures``. OFFICE: ``outgoing`` and ``teams``. NOBODY needs nothing. ``receptions``
    say how the dossiers came in. ``offset`` is what a printer must print further to the right and
    further down on stock, in millimetres. ``office`` and ``forms`` are those of the day ``on``;
    ``dated`` gives those of another day, None where they are the same on every day. ``shown`` says
    how the files of dossiers are printed, ``launched`` by which paper the programme was launched,
    as it follows the programme's name; ``documents`` are those that the programme rests on.
    """

    office: OfficeSheet
    forms: FormSet
    on: date
    dossiers: tuple[Dossier, ...] = ()
    head: ListHead | None = None
    people: tuple[CommendationLine, ...] = ()
    collectives: tuple[CollectiveLine, ...] = ()
    sitting: Sitting | None = None
    figures: ResultFigures | None = None
    receptions: tuple[Reception, ...] = ()
    outgoing: tuple[OutgoingLine, ...] = ()
    teams: tuple[SupportTeamSheet, ...] = ()
    offset: tuple[float, float] = (0.0, 0.0)
    launched: str = ""
    dated: Callable[[date], tuple[OfficeSheet, FormSet]] | None = field(default=None, compare=False)
    shown: Mapping[str, ShownFile] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()

    def as_of(self, day: date | None) -> "Material":
        """With the office and the forms of a paper's own day, where it has one."""
        if self.dated is None or day is None:
            return self
        office, form_set = self.dated(day)
        return replace(self, office=office, forms=form_set)

    @property
    def heading(self) -> ListHead:
        """What stands over a list; the day of printing where nothing else was said."""
        return self.head or ListHead(self.on)

    @property
    def received(self) -> Mapping[int, Reception]:
        """How the initiatives came in, by their ids."""
        return {one.initiative_id: one for one in self.receptions}


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper: its key on the command line, its names, what it is of, how it is made.

    ``build`` yields the papers one by one, so that a thousand dossiers need no memory at once.
    ``council``: it names the council that dealt with the initiatives. ``kept``: it is of the
    commendations that are kept, where there are any. ``receptions``: it says how initiatives
    came in. ``type`` is the abbreviation of its sort (QĐ) where the office issues it under a number
    of its own, blank where it takes none; ``each``: every one of several has a number;
    ``slips``: also each of the two on a sheet.
    """

    key: str
    vietnamese: str
    english: str
    scope: Scope
    build: Callable[[Material], Iterator[Paper]]
    council: bool = False
    kept: bool = False
    receptions: bool = False
    type: str = ""
    each: bool = False
    slips: bool = False

    @property
    def of_initiatives(self) -> bool:
        """Whether it needs initiatives to be chosen."""
        return self.scope not in {Scope.REPORT, Scope.OFFICE, Scope.NOBODY}

    @property
    def on_stock(self) -> bool:
        """Whether it is printed on stock, and moved by what the printer prints beside."""
        return self.key in {"award-paper", "award-calibration"}

    @property
    def name(self) -> str:
        """Its name in the language in use."""
        return self.vietnamese if text.language() == "vi" else self.english


def _applications(material: Material) -> Iterator[Paper]:
    for dossier in material.dossiers:
        paper = application_module.application(dossier, material.office, material.forms)
        yield _placed(paper, dossier, material)


def _descriptions(material: Material) -> Iterator[Paper]:
    for dossier in material.dossiers:
        paper = description_module.description(dossier, material.office, material.forms)
        yield _placed(paper, dossier, material)


def _placed(paper: Paper, dossier: Dossier, material: Material) -> Paper:
    """The paper with a bookmark that tells it from those of the other initiatives."""
    if len(material.dossiers) == 1:
        return paper
    return replace(paper, bookmark=(dossier_module.below(dossier),))


def _dossiers(material: Material) -> Iterator[Paper]:
    for dossier in material.dossiers:
        yield from dossier_module.dossier_papers(
            dossier, material.office, material.forms, material.on, material.shown
        )


def _summary(material: Material) -> Iterator[Paper]:
    material = material.as_of(material.heading.drawn_up)
    yield summary_module.summary_list(
        material.dossiers, material.office, material.forms, material.heading
    )


def _commendation(material: Material) -> Iterator[Paper]:
    material = material.as_of(material.heading.drawn_up)
    yield commendation_module.commendation_list(
        material.people, material.collectives, material.office, material.forms, material.heading
    )


def _of_session(material: Material) -> Material:
    """With the office and the forms of the day of the session, where there was one."""
    return material.as_of(material.sitting.held if material.sitting else None)


def _score_sheets(material: Material) -> Iterator[Paper]:
    material = _of_session(material)
    for dossier in material.dossiers:
        for paper in score_module.score_sheets(
            dossier, material.office, material.forms, material.sitting
        ):
            yield _below(paper, dossier, material)


def _secret_sheets(material: Material) -> Iterator[Paper]:
    material = _of_session(material)
    for dossier in material.dossiers:
        paper = score_module.secret_sheet(
            dossier, material.office, material.forms, material.sitting
        )
        yield _placed(paper, dossier, material)


def _certificates(material: Material) -> Iterator[Paper]:
    for dossier in material.dossiers:
        for paper in certificate_module.certificates(dossier, material.office, material.forms):
            yield _below(paper, dossier, material)


def _below(paper: Paper, dossier: Dossier, material: Material) -> Paper:
    """One of several papers of an initiative, below the bookmark of that initiative."""
    if len(material.dossiers) == 1:
        return paper
    return replace(paper, bookmark=(dossier_module.below(dossier), *paper.bookmark))


def _minutes(material: Material) -> Iterator[Paper]:
    material = _of_session(material)
    yield minutes_module.council_minutes(
        material.sitting, material.dossiers, material.office, material.forms
    )


def _recognition(material: Material) -> Iterator[Paper]:
    yield from recognition_module.recognition_papers(
        material.dossiers, material.sitting, material.office, material.forms, material.on
    )


def _submission(material: Material) -> Iterator[Paper]:
    yield submission_module.submission(
        material.people, material.collectives, material.office, material.forms, material.on
    )
    yield from _commendation(material)


def _commendation_decision(material: Material) -> Iterator[Paper]:
    whom = material.people, material.collectives, material.office, material.forms
    yield award_decision_module.commendation_decision(*whom, material.on)
    yield commendation_module.commended_list(*whom)


def _award_sheets(material: Material) -> Iterator[Paper]:
    yield from award_module.award_sheets(
        material.people,
        material.collectives,
        material.office,
        material.forms,
        material.on,
        material.offset,
    )


def _calibration(material: Material) -> Iterator[Paper]:
    yield award_module.calibration_sheet(material.office, material.forms, material.offset)


def _report(material: Material) -> Iterator[Paper]:
    if material.figures is not None:
        yield from report_module.report_papers(
            material.figures, material.office, material.forms, material.on
        )


def _register_books(material: Material) -> Iterator[Paper]:
    yield from book_module.register_books(
        material.dossiers, material.received, material.office, material.forms, material.on
    )


def _outgoing(material: Material) -> Iterator[Paper]:
    yield from outgoing_module.outgoing_registers(
        material.outgoing, material.office, material.forms, material.on
    )


def _receipts(material: Material) -> Iterator[Paper]:
    for dossier in material.dossiers:
        came = material.received.get(dossier.initiative_id)
        then = material.as_of(came.received if came else None)
        paper = receipt_module.receipt(dossier, came, then.office, then.forms, material.on)
        yield _placed(paper, dossier, material)


def _effects(material: Material) -> Iterator[Paper]:
    for dossier in material.dossiers:
        paper = effect_module.effect_confirmation(dossier, material.office, material.forms)
        yield _placed(paper, dossier, material)


def _shares(material: Material) -> Iterator[Paper]:
    for dossier in material.dossiers:
        paper = share_module.share_statement(dossier, material.office, material.forms)
        yield _placed(paper, dossier, material)


def _return_slips(material: Material) -> Iterator[Paper]:
    for dossier in material.dossiers:
        paper = return_module.return_slip(
            dossier, material.office, material.forms, material.on, material.documents
        )
        yield _placed(paper, dossier, material)


def _reply_slips(material: Material) -> Iterator[Paper]:
    yield from reply_module.reply_slips(
        material.dossiers, material.received, material.office, material.forms, material.on
    )


def _support_teams(material: Material) -> Iterator[Paper]:
    for team in material.teams or (None,):
        then = material.as_of(team.decided if team else None)
        yield from team_module.support_team_decisions(
            *((team,) if team else (), then.office, then.forms, material.on, material.launched)
        )


def _invitations(material: Material) -> Iterator[Paper]:
    yield from invitation_module.invitations(
        material.sitting, material.dossiers, material.office, material.forms, material.on
    )


def _publicity(material: Material) -> Iterator[Paper]:
    for dossier in material.dossiers:
        paper = publicity_module.publicity(dossier, material.office, material.forms)
        yield _placed(paper, dossier, material)


def publicity_text(material: Material) -> str:
    """The publicity sheets as plain text to paste elsewhere, one after another."""
    return "\n".join(
        publicity_module.publicity_text(dossier, material.office, material.forms)
        for dossier in material.dossiers
    )


def _varied(variant: Variant) -> Callable[[Material], Iterator[Paper]]:
    """Applications laid out in this way, whatever the form set has."""

    def build(material: Material) -> Iterator[Paper]:
        form = replace(material.forms.application, variant=variant)
        for paper in _applications(
            replace(material, forms=replace(material.forms, application=form))
        ):
            yield replace(paper, key=f"application-{variant}")

    return build


PAPERS: tuple[PaperKind, ...] = (
    PaperKind(
        "application",
        application_module.NAME,
        "Application for recognition",
        Scope.INITIATIVE,
        _applications,
    ),
    PaperKind(
        "description",
        description_module.NAME,
        "Description of the initiative",
        Scope.INITIATIVE,
        _descriptions,
    ),
    PaperKind(
        "dossier",
        dossier_module.NAME,
        "Whole dossier with its scans",
        Scope.INITIATIVE,
        _dossiers,
    ),
    PaperKind(
        "summary-list", summary_module.NAME, "Summary list of initiatives", Scope.LIST, _summary
    ),
    PaperKind(
        "commendation-list",
        commendation_module.NAME,
        "List put forward for commendation",
        Scope.COMMENDATION,
        _commendation,
    ),
    PaperKind(
        "score-sheet",
        score_module.NAME,
        "Score sheets of the council's members",
        Scope.INITIATIVE,
        _score_sheets,
        council=True,
    ),
    PaperKind(
        "score-sheet-secret",
        score_module.BALLOT_NAME,
        "Score sheet for a secret ballot",
        Scope.INITIATIVE,
        _secret_sheets,
        council=True,
    ),
    PaperKind(
        "council-minutes",
        minutes_module.NAME,
        "Minutes of the council",
        Scope.SESSION,
        _minutes,
        type="BB",
    ),
    PaperKind(
        "recognition-decision",
        recognition_module.NAME,
        "Decision of recognition with its list",
        Scope.SESSION,
        _recognition,
        type="QĐ",
    ),
    PaperKind(
        "certificate",
        certificate_module.NAME,
        "Certificate of an initiative",
        Scope.INITIATIVE,
        _certificates,
        type="GCN",
        each=True,
    ),
    PaperKind(
        "submission",
        submission_module.NAME,
        "Submission for commendation with its list",
        Scope.COMMENDATION,
        _submission,
        type="TTr",
    ),
    PaperKind(
        "commendation-decision",
        award_decision_module.NAME,
        "Decision of commendation with its list",
        Scope.COMMENDATION,
        _commendation_decision,
        kept=True,
        type="QĐ",
    ),
    PaperKind(
        "award-paper",
        award_module.NAME,
        "Commendations on pre-printed stock",
        Scope.COMMENDATION,
        _award_sheets,
        kept=True,
        type="GK",
        each=True,
    ),
    PaperKind(
        "award-calibration",
        award_module.SHEET_NAME,
        "Calibration sheet for pre-printed stock",
        Scope.NOBODY,
        _calibration,
    ),
    PaperKind(
        "progress-report",
        report_module.NAME,
        "Report on the results to the superior",
        Scope.REPORT,
        _report,
        type="BC",
    ),
    PaperKind(
        "register-book",
        book_module.NAME,
        "Register of initiatives",
        Scope.LIST,
        _register_books,
        receptions=True,
    ),
    PaperKind(
        "outgoing-register",
        outgoing_module.NAME,
        "Register of outgoing papers",
        Scope.OFFICE,
        _outgoing,
    ),
    PaperKind(
        "receipt",
        receipt_module.NAME,
        "Receipt for a dossier, two copies",
        Scope.INITIATIVE,
        _receipts,
        receptions=True,
        type="BN",
        each=True,
    ),
    PaperKind(
        "effect-confirmation",
        effect_module.NAME,
        "Confirmation of the effect",
        Scope.INITIATIVE,
        _effects,
    ),
    PaperKind(
        "share-statement",
        share_module.NAME,
        "Statement of the authors' shares",
        Scope.INITIATIVE,
        _shares,
    ),
    PaperKind(
        "return-slip",
        return_module.NAME,
        "Slip that returns a dossier",
        Scope.INITIATIVE,
        _return_slips,
        type="PTHS",
        each=True,
    ),
    PaperKind(
        "reply-slip",
        reply_module.NAME,
        "Slips that answer the authors (A5)",
        Scope.INITIATIVE,
        _reply_slips,
        receptions=True,
        type="PTL",
        each=True,
        slips=True,
    ),
    PaperKind(
        "support-team",
        team_module.NAME,
        "Decision that sets up a support team",
        Scope.OFFICE,
        _support_teams,
        type="QĐ",
    ),
    PaperKind(
        "invitation",
        invitation_module.NAME,
        "Invitation to the council's session",
        Scope.SESSION,
        _invitations,
        type="GM",
    ),
    PaperKind(
        "publicity",
        publicity_module.NAME,
        "Publicity sheet on an initiative",
        Scope.INITIATIVE,
        _publicity,
    ),
    PaperKind(
        "application-enterprise",
        f"{application_module.NAME} (mẫu doanh nghiệp)",
        "Application as enterprises have it",
        Scope.INITIATIVE,
        _varied(Variant.ENTERPRISE),
    ),
    PaperKind(
        "application-education",
        f"{application_module.NAME} (mẫu ngành giáo dục)",
        "Application as schools have it",
        Scope.INITIATIVE,
        _varied(Variant.EDUCATION),
    ),
)
"""All papers, in the order in which an office meets them."""


def kind(key: str) -> PaperKind:
    """The paper of that key; KeyError where there is none."""
    for paper in PAPERS:
        if paper.key == key:
            return paper
    raise KeyError(key)

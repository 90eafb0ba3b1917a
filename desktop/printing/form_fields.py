"""What an office may change on its papers: each field in plain words, its limits, its names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from types import MappingProxyType
from typing import Any, get_args, get_origin, get_type_hints

from desktop.printing.forms import COUNTS, FormSet, Variant
from desktop.text import N_

LONGEST = 600
"""So many letters a sentence may have."""
LONGEST_LINE = 160
"""So many a line, a title or a label."""
MOST_LINES = 40

PLACEHOLDERS: Mapping[str, str] = MappingProxyType(
    {
        "amount": N_("the amount for one"),
        "authority": N_("the line over the signature"),
        "authors": N_("the authors"),
        "book": N_("the number in the book of commendations"),
        "chief": N_("the signer's post"),
        "code": N_("the portal's code"),
        "collectives": N_("how many collectives"),
        "council": N_("the council's name"),
        "count": N_("how many"),
        "day": N_("the day"),
        "decision": N_("the decision's number and day"),
        "each": N_("what each gets"),
        "forms": N_("the forms of commendation"),
        "issued": N_("the programme's paper: number, day, organ"),
        "kill": N_("the condition on single criteria"),
        "kind": N_("initiative or topic"),
        "minutes": N_("the number of the minutes"),
        "named": N_("where the authors are named"),
        "note": N_("the reason"),
        "office": N_("the office's name"),
        "organ": N_("the organ's name"),
        "pass": N_("the points needed"),
        "people": N_("how many persons"),
        "period": N_("the period"),
        "place_date": N_("place and day"),
        "post": N_("post and unit"),
        "programme": N_("the programme's name"),
        "reason": N_("the reason for the commendation"),
        "role": N_("author or co-author"),
        "rules": N_("the conditions not met"),
        "signer": N_("the signer's name"),
        "since": N_("month and year"),
        "sorts": N_("collectives, persons, or both"),
        "state": N_("the state on the portal"),
        "sum": N_("the sum of money"),
        "superior": N_("the superior organ"),
        "symbol": N_("the office's abbreviation"),
        "time": N_("the time of entry"),
        "title": N_("the initiative's name"),
        "total": N_("all points"),
        "unit": N_("the unit's name"),
        "who": N_("who is commended"),
        "whom": N_("how many collectives and persons"),
        "words": N_("the sum in words"),
        "year": N_("the year"),
        "you": N_("sir or madam"),
    }
)
"""The names that papers fill in, and what each stands for."""

_OFFICE = ("programme", "office", "superior", "symbol")
_SPOTS = (
    "organ", "who", "post", "reason", "decision", "book", "place_date", "authority", "chief",
    "signer",
)  # fmt: skip
FILLED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "verdict_sheet.subject": ("programme",),
        "summary_list.subject": ("programme",),
        "summary_list.attached": ("symbol", "office"),
        "commendation_list.subject": ("programme", "sorts"),
        "commendation_list.attached": ("symbol", "office"),
        "commendation_list.closing": ("whom", "collectives", "people"),
        "commended_list.subject": (*_OFFICE, "sorts"),
        "commended_list.attached": _OFFICE,
        "commended_list.closing": ("whom", "collectives", "people"),
        "score_sheet.rule": ("pass", "total", "kill"),
        "council_minutes.subject": ("council",),
        "council_minutes.request": ("count",),
        "council_minutes.closing": ("day",),
        "recognition_decision.symbol": ("symbol",),
        "recognition_decision.proposal": ("council", "minutes", "day"),
        "recognition_decision.recognise_one": ("title", "authors"),
        "recognition_decision.recognise_many": ("count", "people"),
        "recognition_decision.duty": (*_OFFICE, "named"),
        "recognition_decision.recipients": ("superior",),
        "recognition_decision.attached": _OFFICE,
        "recognition_decision.list_closing": ("count", "people"),
        "certificate.claim": ("role",),
        "certificate.symbol": ("symbol",),
        "submission.symbol": ("symbol",),
        "submission.subject": (*_OFFICE, "forms", "sorts"),
        "submission.review": (*_OFFICE, "forms", "sorts", "whom"),
        "submission.request": _OFFICE,
        "submission.closing": _OFFICE,
        "commendation_decision.symbol": ("symbol",),
        "commendation_decision.subject": (*_OFFICE, "forms", "sorts"),
        "commendation_decision.proposal": _OFFICE,
        "commendation_decision.award": (*_OFFICE, "forms", "sorts", "whom"),
        "commendation_decision.money": (*_OFFICE, "each", "sum", "words"),
        "commendation_decision.each_person": ("amount",),
        "commendation_decision.each_collective": ("amount",),
        "commendation_decision.duty": (*_OFFICE, "forms", "sorts"),
        "commendation_decision.recipients": ("superior",),
        "award_stock.giver": ("organ",),
        "award_stock.decision": ("symbol",),
        "award_stock.reason_person": _OFFICE,
        "award_stock.reason_collective": _OFFICE,
        "award_stock.spots": _SPOTS,
        "progress_report.symbol": ("symbol",),
        "progress_report.subject": _OFFICE,
        "progress_report.opening": (*_OFFICE, "period", "day"),
        "progress_report.closing": _OFFICE,
        "progress_report.attached": _OFFICE,
        "register_book.subject": ("year",),
        "outgoing_register.subject": ("year",),
        "receipt.symbol": ("symbol",),
        "effect_confirmation.confirms": ("organ", "kind", "title", "authors", "since"),
        "effect_confirmation.conclusion": ("organ", "kind", "title", "authors", "since"),
        "return_slip.symbol": ("symbol",),
        "return_slip.subject": _OFFICE,
        "return_slip.opening": _OFFICE,
        "return_slip.deadline": ("day",),
        "return_slip.closing": _OFFICE,
        "reply_slip.symbol": ("symbol",),
        "reply_slip.subject": _OFFICE,
        "reply_slip.opening": _OFFICE,
        "reply_slip.recognised": ("decision",),
        "reply_slip.passed": ("day", "note"),
        "reply_slip.failed": ("day", "note"),
        "reply_slip.withdrawn": ("day", "note"),
        "reply_slip.struck": ("day", "note"),
        "reply_slip.eligible": ("rules",),
        "reply_slip.review": ("rules",),
        "reply_slip.ineligible": ("rules",),
        "reply_slip.portal": ("state", "time", "code"),
        "reply_slip.closing": _OFFICE,
        "support_team.symbol": ("symbol",),
        "support_team.bases": ("programme", "issued"),
        "support_team.proposal": ("programme",),
        "support_team.establish": ("unit", "count"),
        "support_team.tasks": ("unit",),
        "support_team.duty": _OFFICE,
        "support_team.recipients": ("superior",),
        "invitation.symbol": ("symbol",),
        "invitation.subject": ("council",),
        "invitation.invites": _OFFICE,
        "invitation.attend": ("council",),
        "invitation.content": ("count",),
        "invitation.closing": ("you",),
        "publicity.closing": _OFFICE,
    }
)
"""The names that a field may hold in braces; a field that is not here holds none."""

_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "organs": N_("Lines at the head, the superior organ first"),
        "place": N_("Place before the day"),
        "office.symbol": N_("Abbreviation in numbers of papers"),
        "signatories": N_("Who signs, and from when to when"),
        "authorities": N_("Lines over signatures to choose from"),
        "code": N_("Form code, top right"),
        "code_secret": N_("Form code of the secret sheet"),
        "symbol": N_("Symbol after the number"),
        "unit_symbol": N_("Abbreviation of other units"),
        "title": N_("Title of the paper"),
        "subject": N_("What it is about, below the title"),
        "bases": N_("Legal bases"),
        "recipients": N_("Recipients"),
        "addressees": N_("Addressed to"),
        "closing": N_("Closing words"),
        "opening": N_("Opening words"),
        "attached": N_("Which paper it goes with"),
        "maker": N_("Who drew it up (left signature)"),
        "signer": N_("Who signs (right)"),
        "hint": N_("Note below who signs"),
        "confirmer": N_("Who confirms (left)"),
        "confirmer_hint": N_("Note below who confirms"),
        "statement": N_("Statement"),
        "notes": N_("Print the notes of the form"),
        "all_sign": N_("Every author signs"),
        "representative": N_("One signs for the group, as"),
        "footnotes": N_("Notes"),
        "variant": N_("Layout"),
        "enterprise_signer": N_("Who signs (enterprises)"),
        "education_signer": N_("Who signs (schools)"),
        "conditions": N_("Line: conditions of use"),
        "benefit_author": N_("Line: benefit as the author sees it"),
        "benefit_others": N_("Line: benefit as users see it"),
        "triers": N_("Line over those who tried it"),
        "triers_columns": N_("Columns: those who tried it"),
        "serial": N_("Line: the council's number"),
        "checker": N_("Who checked"),
        "order": N_("Order of the names"),
        "usual_form": N_("Form of commendation, unless another was said (blank: by level)"),
        "remark": N_("Line for remarks"),
        "rule": N_("When it passes"),
        "secret_note": N_("Note on the secret sheet"),
        "pass_from": N_("Points needed"),
        "rubric": N_("Criteria and points"),
        "score_sheet.total": N_("Line: all points"),
        "conclusion": N_("Line: conclusion"),
        "score_sheet.passed": N_("Word: passed"),
        "score_sheet.failed": N_("Word: failed"),
        "quorum_of": N_("Quorum: at least"),
        "quorum_in": N_("Quorum: out of"),
        "request": N_("Request"),
        "secretary": N_("Who signs on the left"),
        "chair": N_("Who signs on the right"),
        "established": N_("Line: decision that set the council up"),
        "union": N_("Line: who speaks for the union"),
        "present": N_("Line: how many were present"),
        "absent": N_("Line: who was absent"),
        "columns": N_("Titles of the columns"),
        "results": N_("Line over the results"),
        "refused": N_("Line over what was not recognised"),
        "proposal": N_("At whose proposal"),
        "recognise_one": N_("Article 1, one initiative"),
        "recognise_many": N_("Article 1, several"),
        "rights": N_("Article 2: rights"),
        "duty": N_("Article 3: who carries it out"),
        "list_title": N_("Title of the list"),
        "list_subject": N_("What the list is about"),
        "list_closing": N_("Closing words of the list"),
        "certifies": N_("Word: certifies"),
        "holder": N_("Line: the holder"),
        "claim": N_("Line: of which initiative"),
        "investor": N_("Line: investor"),
        "summary": N_("Line: summary"),
        "benefit": N_("Line: benefit"),
        "per_author": N_("One for each author"),
        "summary_letters": N_("Letters of a summary at most"),
        "review": N_("Request to the superior"),
        "award": N_("Article 1: who is commended"),
        "money": N_("Article 2: money"),
        "each_person": N_("For each person"),
        "each_collective": N_("For each collective"),
        "person_amount": N_("Usual amount for a person (đồng)"),
        "collective_amount": N_("Usual amount for a collective (đồng)"),
        "giver": N_("Who gives it"),
        "decision": N_("Line: the decision"),
        "book": N_("Line: the book of commendations"),
        "authority": N_("Lines over the signature"),
        "reason_person": N_("Reason, persons"),
        "reason_collective": N_("Reason, collectives"),
        "sheet": N_("Title of the calibration sheet"),
        "hints": N_("How to calibrate"),
        "spots": N_("Where each text stands"),
        "parts": N_("Parts"),
        "result_parts": N_("Parts of the results"),
        "guidance": N_("Points: guidance"),
        "shortcomings": N_("Points: shortcomings"),
        "directions": N_("Points: directions"),
        "annex_title": N_("Title of the annex"),
        "empty_rows": N_("Empty lines to fill in"),
        "copies": N_("Names of the two copies"),
        "topic_part": N_("What a topic needs besides"),
        "receipt.parts": N_("What a dossier consists of"),
        "parts.name": N_("Part of the dossier"),
        "parts.kind": N_("Shown by files of the kind"),
        "kept_as": N_("How files are kept"),
        "received_from": N_("Line: from whom"),
        "unit": N_("Word: unit"),
        "phone": N_("Word: telephone"),
        "initiative": N_("Line: the initiative"),
        "supplement": N_("Line: until when to add"),
        "complete": N_("Where nothing is missing"),
        "answer": N_("Line: when the answer is due"),
        "supplement_months": N_("Months to add what is missing"),
        "decide_months": N_("Months to decide"),
        "submitter": N_("Who handed it in"),
        "receiver": N_("Who received it"),
        "confirms": N_("What is confirmed"),
        "share_statement.total": N_("Sum of the shares (%)"),
        "reasons": N_("Line over the reasons"),
        "overruled": N_("Line over what was accepted"),
        "deadline": N_("Until when to hand it in again"),
        "months": N_("Months to hand it in again"),
        "recognised": N_("Where it is recognised"),
        "passed": N_("Where the council passed it"),
        "failed": N_("Where the council failed it"),
        "withdrawn": N_("Where it was withdrawn"),
        "struck": N_("Where it was struck off"),
        "eligible": N_("Where it is eligible"),
        "reply_slip.review": N_("Where it is being looked at"),
        "ineligible": N_("Where it is not eligible"),
        "portal": N_("How it stands on the portal"),
        "nobody": N_("Where nobody was absent"),
        "authors_abstain": N_("Authors get no sheet for their own"),
        "half_sheet": N_("Two on a sheet, to be cut apart"),
        "establish": N_("Article 1: the team"),
        "tasks": N_("Article 2: its tasks"),
        "invites": N_("Invitation"),
        "attend": N_("To what"),
        "content": N_("About what"),
        "per_member": N_("One for each member"),
        "person": N_("Head: the person"),
        "origin": N_("Head: the idea"),
        "change": N_("Head: what changed"),
        "reach": N_("Head: where else"),
        "confidential": N_("Instead of what is secret"),
        "letters": N_("Letters on the page"),
        # Parts of lists.
        "text": N_("Words"),
        "valid_from": N_("From the day"),
        "valid_to": N_("To the day"),
        "criterion": N_("Criterion"),
        "sub": N_("Part of it"),
        "max": N_("Points at most"),
        "min_pass": N_("Points needed"),
        "kill_if_fail": N_("Fails without them"),
        "lines": N_("Lines over the signature"),
        "papers": N_("Only on these papers"),
        "x": N_("mm from the left"),
        "y": N_("mm from the top"),
        "width": N_("Width (mm)"),
        "size": N_("Letters (pt)"),
        "spots.lines": N_("Lines"),
        "bold": N_("Bold"),
        "italic": N_("Italic"),
        "align": N_("Alignment"),
        "signatories.signer": N_("Full name"),
    }
)
_NUMBERS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "pass_from": (0, 1000),
        "max": (1, 1000),
        "min_pass": (0, 1000),
        "quorum_of": (1, 20),
        "quorum_in": (1, 20),
        "summary_letters": (40, 2000),
        "person_amount": (0, 10**12),
        "collective_amount": (0, 10**12),
        "empty_rows": (0, 100),
        "supplement_months": (0, 60),
        "decide_months": (0, 60),
        "months": (0, 60),
        "total": (1, 100),
        "letters": (200, 5000),
        "x": (0, 297),
        "y": (0, 297),
        "width": (5, 297),
        "size": (6, 40),
        "lines": (1, 10),
    }
)
_FILE_KINDS = (
    ("", N_("None")),
    ("application", N_("Application")),
    ("description", N_("Description")),
    ("decision", N_("Decision")),
    ("effect", N_("Confirmation of the effect")),
)
_CHOICES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "variant": (
            (Variant.OFFICIAL.value, N_("As prescribed")),
            (Variant.ENTERPRISE.value, N_("As enterprises have it")),
            (Variant.EDUCATION.value, N_("As schools have it")),
        ),
        "kind": _FILE_KINDS,
        "order": (("name", N_("By given names")), ("given", N_("As handed over"))),
        "align": (
            ("left", N_("Left")),
            ("centre", N_("Centred")),
            ("right", N_("Right")),
        ),
    }
)
_SENTENCES = frozenset(
    {
        *("statement", "opening", "closing", "request", "review", "award", "money", "duty", "rule"),
        *("proposal", "recognise_one", "recognise_many", "confirms", "conclusion", "text"),
        *("benefit_author", "benefit_others", "subject", "attached", "establish", "content"),
        *("recognised", "passed", "failed", "withdrawn", "struck", "eligible", "ineligible"),
        *(
            "portal",
            "reason_person",
            "reason_collective",
            "confidential",
            "deadline",
            "secret_note",
        ),
        *("attend", "invites", "reasons", "overruled", "topic_part", "benefit", "triers"),
    }
)
_LONG_LISTS = frozenset({"footnotes", "rights", "tasks", "bases", "hints"})
_BLANK_NEVER = frozenset({"title", "criterion", "text", "list_title", "lines", "name"})
"""Without words in these a paper would say nothing of what it is."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that an office may change: ``key`` is the form and its name, as in "receipt.hint".

    ``hint`` is the type its value has. ``fills`` are the names it may hold in braces, ``longest``
    the letters of a text, ``count`` the lines a list must have (None: any), ``least`` and ``most``
    the bounds of a number, ``choices`` the words to choose from with what they mean. ``parts`` are
    the fields of each entry of a list of entries.
    """

    key: str
    label: str
    hint: Any
    fills: tuple[str, ...] = ()
    longest: int = LONGEST_LINE
    count: int | None = None
    least: float = 0
    most: float = 10**12
    choices: tuple[tuple[str, str], ...] = ()
    needed: bool = False
    parts: tuple["Field", ...] = ()
    entry: Any = None

    @property
    def form(self) -> str:
        """The form it belongs to."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """Its name in the form."""
        return self.key.rpartition(".")[2]

    @property
    def is_list(self) -> bool:
        """Whether it is a list of lines."""
        return bool(self.hint == tuple[str, ...])


def _field(key: str, hint: Any, fills: tuple[str, ...]) -> Field:
    """What is known of a field by its key and its type."""
    _form, _dot, name = key.rpartition(".")
    within = ".".join(key.split(".")[-2:])
    label = _LABELS.get(within) or _LABELS.get(name, "")
    entry = get_args(hint)[0] if get_origin(hint) is tuple else None
    parts: tuple[Field, ...] = ()
    if is_dataclass(entry):
        hints = get_type_hints(entry)
        parts = tuple(
            _field(f"{key}.{one.name}", hints[one.name], fills if one.name == "text" else ())
            for one in fields(entry)
        )
    least, most = _NUMBERS.get(name, (0, 10**12))
    return Field(
        *(key, label, hint, fills),
        longest=LONGEST if name in _SENTENCES | _LONG_LISTS else LONGEST_LINE,
        count=COUNTS.get(key),
        least=least,
        most=most,
        choices=_CHOICES.get(name, ()),
        needed=name in _BLANK_NEVER,
        parts=parts,
        entry=entry if parts else None,
    )


def _all() -> Iterator[Field]:
    """Every field of every form, in the order of the form set."""
    for form, kind in get_type_hints(FormSet).items():
        if is_dataclass(kind):
            hints = get_type_hints(kind)
            for one in fields(kind):
                key = f"{form}.{one.name}"
                yield _field(key, hints[one.name], FILLED.get(key, ()))


FIELDS: Mapping[str, Field] = MappingProxyType({one.key: one for one in _all()})
"""Everything an office may change, by its key."""


@dataclass(frozen=True, slots=True)
class FormName:
    """A form, what it is called in both languages, and the paper on which it is seen.

    ``shows`` is the key of its own paper where several are printed together.
    """

    form: str
    paper: str
    vietnamese: str
    english: str
    shows: str = ""


FORMS: tuple[FormName, ...] = (
    FormName("office", "submission", "Đầu giấy và người ký (mọi giấy tờ)",
             "Head and signatures (all papers)"),
    FormName("application", "application", "Đơn yêu cầu công nhận sáng kiến",
             "Application for recognition"),
    FormName("description", "description", "Mô tả sáng kiến", "Description of the initiative"),
    FormName("verdict_sheet", "dossier", "Phiếu kiểm tra điều kiện", "Check sheet",
             "verdict-sheet"),
    FormName("summary_list", "summary-list", "Danh sách tổng hợp sáng kiến", "Summary list"),
    FormName("commendation_list", "commendation-list", "Danh sách đề nghị khen thưởng",
             "List put forward for commendation"),
    FormName("score_sheet", "score-sheet", "Phiếu đánh giá của Hội đồng", "Score sheet"),
    FormName("council_minutes", "council-minutes", "Biên bản họp Hội đồng",
             "Minutes of the council"),
    FormName("recognition_decision", "recognition-decision", "Quyết định công nhận sáng kiến",
             "Decision of recognition"),
    FormName("certificate", "certificate", "Giấy chứng nhận sáng kiến", "Certificate"),
    FormName("submission", "submission", "Tờ trình đề nghị khen thưởng",
             "Submission for commendation"),
    FormName("commendation_decision", "commendation-decision", "Quyết định khen thưởng",
             "Decision of commendation"),
    FormName("commended_list", "commendation-decision", "Danh sách được khen thưởng",
             "List of those commended", "commended-list"),
    FormName("award_stock", "award-paper", "Giấy khen, Bằng khen in trên phôi",
             "Commendation on pre-printed stock"),
    FormName("progress_report", "progress-report", "Báo cáo kết quả thực hiện Chương trình",
             "Report on the results"),
    FormName("register_book", "register-book", "Sổ theo dõi sáng kiến", "Register of initiatives"),
    FormName("outgoing_register", "outgoing-register", "Sổ đăng ký văn bản đi",
             "Register of outgoing papers"),
    FormName("receipt", "receipt", "Giấy biên nhận hồ sơ", "Receipt for a dossier"),
    FormName("effect_confirmation", "effect-confirmation", "Giấy xác nhận hiệu quả áp dụng",
             "Confirmation of the effect"),
    FormName("share_statement", "share-statement", "Bản xác nhận tỷ lệ đóng góp",
             "Statement of the authors' shares"),
    FormName("return_slip", "return-slip", "Phiếu trả hồ sơ", "Slip that returns a dossier"),
    FormName("reply_slip", "reply-slip", "Phiếu trả lời tác giả", "Slip that answers the author"),
    FormName("support_team", "support-team", "Quyết định thành lập Tổ hỗ trợ sáng kiến",
             "Decision that sets up a support team"),
    FormName("invitation", "invitation", "Giấy mời họp Hội đồng", "Invitation to the council"),
    FormName("publicity", "publicity", "Bài giới thiệu gương sáng tạo", "Publicity sheet"),
)  # fmt: skip
"""The forms, in the order in which an office meets their papers."""


def fields_of(form: str) -> tuple[Field, ...]:
    """The fields of a form."""
    return tuple(one for one in FIELDS.values() if one.form == form)

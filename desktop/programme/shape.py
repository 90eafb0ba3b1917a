"""What a programme's definition holds, as frozen values read from its TOML file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal

from desktop.programme.calendar import ONE_DAY, Days, Hours
from desktop.programme.facts import Recogniser
from desktop.programme.verdict import Severity
from desktop.text import language
from desktop.vietnamese.dates import VIETNAM, PartialDate

COMPUTED = {"computed": True}
"""Marks a field that is worked out when a definition is read and may not stand in the file."""

NO_TIME = datetime.min.replace(tzinfo=VIETNAM)
"""Stands for a time that was not given."""


@dataclass(frozen=True, slots=True)
class Document:
    """An official text that the programme rests on; ``number`` is what a clause is cited under."""

    key: str
    number: str
    title: str
    organ: str = ""
    issued: date | None = None


@dataclass(frozen=True, slots=True)
class Windows:
    """From when to when to apply, be recognised and be entered on the portal (MT-01, MT-02).

    Days are counted at both ends; ``upload_before`` is the first moment that is too late.
    """

    apply_from: PartialDate | None = None
    apply_to: PartialDate | None = None
    recognise_from: PartialDate | None = None
    recognise_to: PartialDate | None = None
    upload_from: datetime | None = None
    upload_before: datetime | None = None

    @property
    def apply(self) -> Days:
        """The days on which an initiative must have been put to use."""
        return _days(self.apply_from, self.apply_to)

    @property
    def recognise(self) -> Days:
        """The days on which it must have been recognised."""
        return _days(self.recognise_from, self.recognise_to)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage (giai đoạn): when to enter on the portal, and when to have qualified for it.

    ``first`` and ``last`` stand for the hours where a document names days, months or years only:
    the portal is then open from 00:00 of the first day to 24:00 of the last one.
    """

    number: int
    name: str
    upload_from: datetime = NO_TIME
    upload_before: datetime = NO_TIME
    first: PartialDate | None = None
    last: PartialDate | None = None
    name_en: str = ""
    qualify_from: PartialDate | None = None
    qualify_to: PartialDate | None = None
    target: int | None = None

    def __post_init__(self) -> None:
        """Work the hours out of the days where only these are given."""
        if self.upload_from == NO_TIME and self.first is not None:
            object.__setattr__(self, "upload_from", _midnight(self.first.first))
        if self.upload_before == NO_TIME and self.last is not None:
            object.__setattr__(self, "upload_before", _midnight(self.last.last + ONE_DAY))

    @property
    def upload(self) -> Hours:
        """The hours in which the portal takes initiatives of this stage."""
        return Hours(self.upload_from, self.upload_before)

    @property
    def qualify(self) -> Days:
        """The days within which an initiative qualifies for this stage."""
        return _days(self.qualify_from, self.qualify_to)

    @property
    def label(self) -> str:
        """The stage's name in the language in use."""
        return _shown(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign (chiến dịch) inside a stage, with the count it started from and its target.

    ``key`` tells an office's own campaigns apart; those of a definition need none.
    """

    name: str
    first: date
    last: date
    name_en: str = ""
    baseline: int | None = None
    target: int | None = None
    key: str = ""

    @property
    def label(self) -> str:
        """The campaign's name in the language in use."""
        return _shown(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of solution (loại giải pháp); ``topic`` marks research topics (đề tài).

    ``clause`` is the place that describes it, document number first, blank where none does.
    """

    code: str
    name: str
    name_en: str = ""
    kinds: tuple[str, ...] = ()
    topic: bool = False
    clause: str = ""

    @property
    def label(self) -> str:
        """The category's name in the language in use."""
        return _shown(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a list to choose from: an object group, a region or a field of application."""

    key: str
    name: str
    name_en: str = ""
    kinds: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The entry's name in the language in use."""
        return _shown(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class Participation:
    """What share of the people is to take part; ``counted`` says whose initiatives count."""

    percent: Decimal
    counted: Literal["credited", "all_authors"] = "credited"


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a percentage is shown: decimals, and whether it is rounded half up or cut (MT-14)."""

    decimals: int = 1
    mode: Literal["half_up", "cut"] = "half_up"


@dataclass(frozen=True, slots=True)
class ReportRounding:
    """How the percentages of one report or document are shown, where it has its own way (MT-14).

    ``report`` is the key of that document, or the name of a report of this program.
    """

    report: str
    decimals: int = 1
    mode: Literal["half_up", "cut"] = "half_up"


PROFILES = ("cong_1tr_v1",)
"""The lists of columns for the portal that this program writes."""


@dataclass(frozen=True, slots=True)
class Portal:
    """Where initiatives are entered, and which list of columns is written for it."""

    address: str = ""
    profile: str = ""


@dataclass(frozen=True, slots=True)
class Switches:
    """How the programme settles what its documents leave open; each with its MT number.

    application_date (MT-06): the earlier of trial and official use, or official use alone.
    recognisers (MT-05): who may recognise. topic_decision (MT-07): whether a topic with acceptance
    and confirmation still needs a decision. credit (MT-08): whether the topic's leader may be
    credited without the highest share. qualify_date (handbook 5.2): the later of application and
    decision, or one of them. crossing (MT-10): whether qualifying in another stage is flagged.
    non_members (MT-13): whether authors outside the union are admitted. quarter_target (MT-11),
    campaign_length (MT-15) and counted (MT-16) serve targets and awards.
    """

    application_date: Literal["earlier", "use"] = "earlier"
    recognisers: tuple[Recogniser, ...] = (Recogniser.COUNCIL, Recogniser.HEAD)
    topic_decision: Literal["not_needed", "needed"] = "not_needed"
    credit: Literal["leader_or_highest", "highest"] = "leader_or_highest"
    qualify_date: Literal["later", "decision", "application"] = "later"
    crossing: Literal["flag", "accept"] = "flag"
    non_members: Literal["allowed", "flagged"] = "allowed"
    quarter_target: Literal["pro_rata", "whole"] = "pro_rata"
    campaign_length: Literal["as_named", "counted"] = "as_named"
    counted: Literal["entered", "eligible", "recorded"] = "entered"


@dataclass(frozen=True, slots=True)
class Parameters:
    """The figures and words a rule may be given; each rule says which of them it reads.

    ``stage``: the number of the stage whose window is checked. ``head_posts``, ``council_posts``,
    ``prefixes``, ``delegations``, ``union_words``, ``union_office_posts``,
    ``union_office_categories`` and ``agencies``: how a signer's post is read. ``levels``,
    ``open_levels`` and ``other_levels``: levels of a topic that pass, are for review, and fail.
    ``accepted_from``: the first day of acceptance of a topic. ``total``: what shares add up to, per
    cent. ``months`` and ``most_months``: for how long a benefit is declared. ``common_words``:
    words that do not tell one organisation from another.

    Of rules on units and persons: ``first``: up to which place, ``least``: how many there must be,
    ``least_benefit``: dong of one-year benefit, ``least_letters``: how long a benefit to society is
    described at least, ``required``: details that a complete record has, ``least_percent``: what
    share of them must be there.
    """

    stage: int = 0
    head_posts: tuple[str, ...] = ()
    council_posts: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    delegations: tuple[str, ...] = ()
    union_words: tuple[str, ...] = ()
    union_office_posts: tuple[str, ...] = ()
    union_office_categories: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    open_levels: tuple[str, ...] = ()
    other_levels: tuple[str, ...] = ()
    accepted_from: PartialDate | None = None
    total: Decimal = Decimal(100)
    months: int = 12
    most_months: int = 120
    common_words: tuple[str, ...] = ()
    first: int = 1
    least: int = 1
    least_benefit: int = 0
    least_letters: int = 1
    required: tuple[str, ...] = ("content", "effect", "value")
    least_percent: Decimal = Decimal(100)


Kind = Literal["eligibility", "target", "award", "process"]
"""What a rule is about: an initiative, a target, an award, or how the work is organised."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A further place that says the same, or that the rule serves as well."""

    document: str
    clause: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the programme: which test it is, how much it weighs, and where it stands.

    ``test`` names the function that decides; ``clause`` is the place in ``document``, ``also`` are
    further places; ``title`` is the rule in a few words, ``quote`` the words of the document
    itself, and ``data`` says in words what is looked at to decide.
    """

    id: str
    test: str
    severity: Severity
    document: str
    clause: str
    title: str
    title_en: str = ""
    quote: str = ""
    data: str = ""
    also: tuple[Citation, ...] = ()
    on: bool = True
    kind: Kind = "eligibility"
    parameters: Parameters = field(default_factory=Parameters)

    @property
    def label(self) -> str:
        """The rule in a few words, in the language in use."""
        return _shown(self.title, self.title_en)


@dataclass(frozen=True, slots=True)
class BenefitTerm:
    """One way to reach the benefit that an award for persons asks for; any one of them is enough.

    ``education``: words of which the author's education has one (none: whatever it is);
    ``leader``: whether it is for those in a leader's post, not given: for both. ``least``: the sum
    of one-year benefits in dong, within ``years`` years in a row.
    """

    least: int
    years: int = 1
    education: tuple[str, ...] = ()
    leader: bool | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """An award (hình thức khen thưởng, ghi nhận) and who is on its shortlist.

    ``rule`` is the rule (KT) that it follows; ``to`` says who receives it, ``period`` over what
    time is counted, ``levels`` which kinds of unit may give it ("" any), ``forms`` what is given.
    ``within`` is the circle in which ranks are given: an emulation group, an object group, a
    grassroots unit, or everybody. ``first``: up to which rank (0: all that qualify).
    ``above_target``: strictly more than the target of that period. ``participation``: the
    programme's rate must be reached. ``honoured``: being listed among the leaders by the superior
    is enough. ``least`` and ``least_benefit``: the smallest count, and the smallest one-year
    benefit in dong. ``counted``: what is counted, by default what the programme's switch says.
    ``benefit_terms``: benefits asked of persons by their education and post.
    """

    key: str
    name: str
    rule: str
    to: Literal["unit", "team", "person"]
    period: Literal["month", "quarter", "stage", "campaign", "programme"]
    name_en: str = ""
    levels: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    within: Literal["all", "emulation_group", "object_group", "grassroots"] = "all"
    ranked_by: Literal["initiatives", "authors", "benefit", "percent"] = "initiatives"
    first: int = 0
    above_target: bool = False
    participation: bool = False
    honoured: bool = False
    least: int = 1
    least_benefit: int = 0
    counted: Literal["entered", "eligible", "recorded", ""] = ""
    selected_by: str = ""
    benefit_terms: tuple[BenefitTerm, ...] = ()

    @property
    def label(self) -> str:
        """The award's name in the language in use."""
        return _shown(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class Authority:
    """Which forms of commendation a level of the union may give (thẩm quyền), and since when."""

    level: str
    forms: tuple[str, ...]
    basis: str
    name: str = ""
    name_en: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Overridden:
    """What an office's own document changed: the programme's own value, and the office's."""

    key: str
    own: object
    office: object
    source: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Where the documents disagree or are silent, and what this program does unless told otherwise.

    ``kept_in`` is the key of this file that holds the answer in force.
    """

    id: str
    question: str
    texts: tuple[str, ...]
    default: str
    kept_in: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme (chương trình) as its definition says; ``version`` changes with its content.

    ``cites`` gives the clause of each rule as it is shown, document number first. ``overridden``
    holds what an office laid over the definition, by key; ``roundings`` the reports that have a
    rounding of their own. ``text`` is the definition as its file has it.
    """

    code: str
    title: str
    organ: str
    windows: Windows
    stages: tuple[Stage, ...]
    categories: tuple[Category, ...]
    rules: tuple[Rule, ...]
    documents: tuple[Document, ...]
    title_en: str = ""
    aliases: tuple[str, ...] = ()
    form_set: str = ""
    portal: Portal = field(default_factory=Portal)
    groups: tuple[Choice, ...] = ()
    regions: tuple[Choice, ...] = ()
    fields: tuple[Choice, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    participation: Participation | None = None
    rounding: Rounding = field(default_factory=Rounding)
    roundings: tuple[ReportRounding, ...] = ()
    switches: Switches = field(default_factory=Switches)
    contradictions: tuple[Contradiction, ...] = ()
    awards: tuple[Award, ...] = ()
    authorities: tuple[Authority, ...] = ()
    version: str = field(default="", metadata=COMPUTED)
    cites: Mapping[str, str] = field(default_factory=dict, metadata=COMPUTED)
    overridden: Mapping[str, Overridden] = field(default_factory=dict, metadata=COMPUTED)
    text: str = field(default="", repr=False, compare=False, metadata=COMPUTED)

    @property
    def label(self) -> str:
        """The programme's title in the language in use."""
        return _shown(self.title, self.title_en)

    def rules_of(self, kind: Kind) -> tuple[Rule, ...]:
        """The rules of that kind which are on, in order."""
        return tuple(rule for rule in self.rules if rule.on and rule.kind == kind)

    def rounding_of(self, report: str) -> Rounding:
        """The rounding of that report or document, the programme's own where it has none."""
        for one in self.roundings:
            if one.report == report:
                return Rounding(one.decimals, one.mode)
        return self.rounding

    def category(self, code: str) -> Category | None:
        """The category of that code, None where the programme has none."""
        wanted = code.strip()
        return next((one for one in self.categories if one.code == wanted), None)

    def stage(self, number: int) -> Stage | None:
        """The stage of that number, None where the programme has none."""
        return next((one for one in self.stages if one.number == number), None)


def _midnight(day: date) -> datetime:
    """The start of a day in Vietnam."""
    return datetime.combine(day, time.min, VIETNAM)


def _days(first: PartialDate | None, last: PartialDate | None) -> Days:
    """The window from the first day of one date to the last day of the other."""
    return Days(first.first if first else None, last.last if last else None)


def _shown(vietnamese: str, english: str) -> str:
    """The name in the language in use; Vietnamese where no English one is given."""
    return english if english and language() == "en" else vietnamese

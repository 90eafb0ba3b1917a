"""The table of rules for the user guide: every clause, and the rule or data that keeps it."""

from collections.abc import Iterable

from desktop.programme.calendar import Days
from desktop.programme.shape import Kind, Programme, Rule
from desktop.programme.verdict import Severity
from desktop.programme.wording import days, share, stage_line
from desktop.text import N_, _

_KINDS: tuple[tuple[Kind, str], ...] = (
    ("eligibility", N_("Conditions of an initiative")),
    ("target", N_("Targets")),
    ("award", N_("Awards")),
    ("process", N_("How the work is organised")),
)
_WEIGHTS = {
    Severity.BLOCK: N_("Required"),
    Severity.WARN: N_("Warning"),
    Severity.INFO: N_("Information"),
}

Line = tuple[str, ...]
"""The cells of one line of a table."""


def places(programme: Programme, rule: Rule) -> tuple[str, ...]:
    """Every clause that a rule stands on, document number first; its own clause leads."""
    numbers = {one.key: one.number for one in programme.documents}
    further = (f"{numbers[one.document]} {one.clause}" for one in rule.also)
    return (f"{numbers[rule.document]} {rule.clause}", *further)


def markdown(programme: Programme) -> str:
    """All rules and what stands as data, as tables in Markdown, in the language in use."""
    head = (_("Rule"), _("Clause"), _("What it says"), _("What is looked at"), _("Weight"))
    parts = []
    for kind, name in _KINDS:
        rules = programme.rules_of(kind)
        if rules:
            parts += [f"### {_(name)}", "", *_table(head, (_line(programme, r) for r in rules)), ""]
    data = (_("Data"), _("Clause"), _("What it says"))
    parts += [f"### {_('What stands as data')}", "", *_table(data, _data(programme))]
    return "\n".join(parts) + "\n"


def _line(programme: Programme, rule: Rule) -> Line:
    """One rule; the words of the document follow its title."""
    text = f"{rule.label}: “{rule.quote}”" if rule.quote else rule.label
    clauses = "; ".join(places(programme, rule))
    return (rule.id, clauses, text, rule.data, _(_WEIGHTS[rule.severity]))


def _data(programme: Programme) -> Iterable[Line]:
    """What the documents give as lists and figures rather than as rules."""
    for one in programme.categories:
        kinds = f" ({'; '.join(one.kinds)})" if one.kinds else ""
        yield _("Kind of solution"), one.clause, f"{one.code} {one.label}{kinds}"
    cited = _by_test(programme)
    for stage in programme.stages:
        yield _("Stage"), cited.get("stage_target", ""), stage_line(stage)
    if programme.windows.apply.first or programme.windows.apply.last:
        clause = cited.get("applied_in_window", "")
        yield _("Put to use"), clause, days(programme.windows.apply)
    if programme.participation is not None:
        clause = cited.get("participation_rate", "")
        yield _("Rate of participation"), clause, share(programme.participation.percent)
    for campaign in programme.campaigns:
        text = f"{campaign.label}: {campaign.first:%d/%m/%Y} – {campaign.last:%d/%m/%Y}"
        yield _("Campaign"), cited.get("campaign_target", ""), text
    clauses = {rule.id: "; ".join(places(programme, rule)) for rule in programme.rules}
    for award in programme.awards:
        forms = f" ({'; '.join(award.forms)})" if award.forms else ""
        yield _("Award"), clauses[award.rule], f"{award.label}{forms}"
    for line in programme.authorities:
        valid = days(Days(line.valid_from, line.valid_to))
        text = f"{line.name or line.level}: {'; '.join(line.forms)} ({valid})"
        yield _("Authority"), line.basis, text


def _by_test(programme: Programme) -> dict[str, str]:
    """The clauses of the first rule with each test."""
    found: dict[str, str] = {}
    for rule in programme.rules:
        found.setdefault(rule.test, "; ".join(places(programme, rule)))
    return found


def _table(head: Line, lines: Iterable[Line]) -> list[str]:
    """A table in Markdown."""
    return [_row(head), "|" + "---|" * len(head), *(_row(line) for line in lines)]


def _row(cells: Line) -> str:
    """One line of a table; a bar in a text would end its cell."""
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"

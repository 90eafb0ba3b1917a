"""A programme changes while records exist: seen beforehand, accepted whole, undone whole."""

import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models import backup
from desktop.models.actions.initiatives import RecordInitiative, RemoveInitiatives
from desktop.models.store import Store, open_store
from desktop.programme.definition import Programme, load_programme
from desktop.progress import CancelledError
from desktop.tasks import adopting
from desktop.tasks.rechecking import Changes, changes_in, recheck
from desktop.tasks.stores import DEFAULT_PROGRAMME, prepare_restore, put_in_place
from desktop.vietnamese.dates import PartialDate
from tests.stores import complete

KEY, SOURCE = "windows.apply_to", "Công văn 12/LĐLĐ"
Derived = tuple[list[tuple[object, ...]], list[tuple[object, ...]]]


@pytest.fixture
def filled(store: Store) -> Store:
    """Two eligible initiatives, one of 2022, an ineligible one, one in the recycle bin."""
    for draft in (
        complete(code="K1"),
        complete(code="K2", use=PartialDate(2022, 1, 5), title="Giá phơi ống nước"),
        complete(code="K3", use=PartialDate(2020, 1, 5), title="Bộ thẻ song ngữ"),
        complete(code="K4", title="Lò sưởi ấm chuồng trại"),
    ):
        store.journal.do(RecordInitiative(replace(draft, sent=None)))
    store.journal.do(RemoveInitiatives((4,)))
    return store


def derived(store: Store) -> Derived:
    """Every kept verdict, and what the list says of it."""
    with store.reading() as connection:
        verdicts = connection.execute("SELECT * FROM verdict ORDER BY 1").fetchall()
        listed = connection.execute("SELECT * FROM listing ORDER BY 1").fetchall()
    return verdicts, listed


def verdicts_of(store: Store) -> dict[str, str]:
    with store.reading() as connection:
        return dict(connection.execute("SELECT code, verdict FROM listing").fetchall())


def moved(found: Changes, store: Store) -> dict[str, tuple[str, str]]:
    with store.reading() as connection:
        lines = changes_in(connection, found, 0, 1000)
    return {line.code: (line.before, line.after) for line in lines}


def test_what_would_change_is_told_with_its_reason_and_nothing_is_written(filled: Store) -> None:
    before = derived(filled)
    proposal = adopting.propose_override(filled, KEY, "31/12/2021", SOURCE)
    found = recheck(filled, proposal.programme)
    with filled.reading() as connection:
        (change,) = changes_in(connection, found, 0, 10)
    assert (change.code, change.before, change.after) == ("K2", "eligible", "ineligible")
    assert found.checked == 3
    assert found.moves == {("eligible", "ineligible"): 1}
    assert [one.rule for one in change.why] == ["DK-07"]
    assert "31/12/2021" in change.why[0].message
    assert derived(filled) == before
    assert filled.programme.overridden == {}


def test_accepting_does_what_was_shown_and_undo_and_redo_put_it_back(filled: Store) -> None:
    before, programme = derived(filled), filled.programme
    proposal = adopting.propose_override(filled, KEY, "31/12/2021", SOURCE)
    shown = moved(recheck(filled, proposal.programme), filled)
    former = verdicts_of(filled)
    filled.journal.do(proposal.action("Theo công văn"))
    assert filled.programme == proposal.programme
    now = verdicts_of(filled)
    assert {code: (former[code], now[code]) for code in now if former[code] != now[code]} == shown
    after = derived(filled)
    assert {row[3] for row in after[0]} == {proposal.programme.version}
    filled.journal.undo()
    assert (filled.programme, derived(filled)) == (programme, before)
    filled.journal.redo()
    assert (filled.programme, derived(filled)) == (proposal.programme, after)


def test_only_changed_verdicts_are_rewritten(filled: Store) -> None:
    with filled.derived_writes() as raw:
        raw.execute("CREATE TEMP TABLE written (initiative_id INTEGER)")
        raw.execute(
            "CREATE TEMP TRIGGER noted AFTER UPDATE OF findings ON main.verdict BEGIN "
            "INSERT INTO written VALUES (new.initiative_id); END"
        )
    proposal = adopting.propose_override(filled, KEY, "31/12/2021", SOURCE)
    filled.journal.do(proposal.action())
    with filled.derived_writes() as raw:
        written = [row[0] for row in raw.execute("SELECT * FROM written").fetchall()]
    # The second turns ineligible; the message of the third names the window, which is another.
    assert written == [2, 3]


def test_a_new_record_is_judged_by_the_accepted_programme(filled: Store) -> None:
    filled.journal.do(adopting.propose_override(filled, KEY, "31/12/2021", SOURCE).action())
    late = complete(code="K9", title="Việc khác hẳn", use=PartialDate(2022, 2, 1), sent=None)
    filled.journal.do(RecordInitiative(late))
    assert verdicts_of(filled)["K9"] == "ineligible"
    filled.journal.do(adopting.propose_without(filled, KEY).action())
    assert verdicts_of(filled)["K9"] == "eligible"


def test_another_reader_sees_what_was_accepted(filled: Store, opened: Callable[..., Store]) -> None:
    reader = opened(filled.folder, write=False)
    assert reader.programme == filled.programme
    filled.journal.do(adopting.propose_override(filled, KEY, "31/12/2021", SOURCE).action())
    assert reader.programme.windows.apply_to == PartialDate(2021, 12, 31)


def test_a_reader_cannot_accept(filled: Store, opened: Callable[..., Store]) -> None:
    reader = opened(filled.folder, write=False)
    proposal = adopting.propose_override(reader, KEY, "31/12/2021", SOURCE)
    assert recheck(reader, proposal.programme).verdicts == 1
    with pytest.raises(UserError) as refused:
        reader.journal.do(proposal.action())
    assert refused.value.code == "store.read_only"


def test_a_copy_works_on_a_pc_that_does_not_have_its_file(
    filled: Store, tmp_path: Path, programmes: dict[str, Programme], resources: Path
) -> None:
    text = programmes[DEFAULT_PROGRAMME].text.replace(f'"{DEFAULT_PROGRAMME}"', '"RIENG"', 1)
    file = tmp_path / "rieng.toml"
    file.write_text(text, encoding="utf-8")
    proposal = adopting.propose_file(filled, file, resources)
    with pytest.raises(UserError) as refused:
        filled.journal.do(proposal.action())
    assert refused.value.code == "programme.another"
    filled.journal.do(proposal.action(another=True))
    file.unlink()
    filled.close()
    clock = filled.clock
    with open_store(filled.folder, user="Mai", clock=clock, programmes=programmes) as store:
        assert store.programme.code == "RIENG"
        assert adopting.standing(store).other is None
        store.journal.do(RecordInitiative(complete(code="K8", title="Thêm một việc")))
        assert verdicts_of(store)["K8"] == "eligible"


def test_an_updated_installation_offers_its_version_and_judges_by_the_accepted_one(
    filled: Store, tmp_path: Path, programmes: dict[str, Programme]
) -> None:
    accepted = filled.programme
    newer = tmp_path / "newer.toml"
    newer.write_text(
        accepted.text.replace("apply_to = 2023-09-01", "apply_to = 2021-12-31", 1), encoding="utf-8"
    )
    updated = {**programmes, DEFAULT_PROGRAMME: load_programme(newer)}
    filled.close()
    clock = filled.clock
    with open_store(filled.folder, user="Mai", clock=clock, programmes=updated) as store:
        assert store.programme == accepted
        proposal = adopting.propose_shipped(store)
        assert proposal is not None
        assert moved(recheck(store, proposal.programme), store) == {
            "K2": ("eligible", "ineligible")
        }
        store.journal.do(proposal.action())
        assert adopting.propose_shipped(store) is None
        assert verdicts_of(store)["K2"] == "ineligible"


@pytest.mark.parametrize(
    ("key", "typed", "source", "code"),
    [
        ("windows.aply_to", "31/12/2021", SOURCE, "override-key"),
        ("rules", "1", SOURCE, "override-key"),
        (KEY, "không rõ", SOURCE, "override-value"),
        (KEY, "31/12/2021", " ", "override-empty"),
        (KEY, "01/01/2020", SOURCE, "override-window"),
        ("switches.credit", "ai cũng được", SOURCE, "override-value"),
        ("stages.2.target", "bảy", SOURCE, "override-value"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_words(
    filled: Store, key: str, typed: str, source: str, code: str
) -> None:
    with pytest.raises(UserError) as refused:
        adopting.propose_override(filled, key, typed, source)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        (KEY, "31/12/2021"),
        (KEY, "2021"),
        ("stages.2.upload_before", "31/08/2023 17:00"),
        ("campaigns.1.last", "30/05/2022"),
        ("participation.percent", "12,5"),
        ("stages.2.target", "650.000"),
        ("switches.credit", "highest"),
        ("switches.recognisers", "head"),
    ],
)
def test_a_value_is_shown_as_it_was_typed(filled: Store, key: str, typed: str) -> None:
    filled.journal.do(adopting.propose_override(filled, key, typed, SOURCE).action())
    laid = filled.programme.overridden[key]
    shown = adopting.shown_value(key, laid.office)
    setting = adopting.setting_of(filled.programme, key)
    assert setting is not None
    assert shown == typed or adopting.read_value(setting, shown) == adopting.read_value(
        setting, typed
    )
    assert (laid.own, laid.source) == (setting.own, SOURCE)
    assert laid.office != laid.own


def test_a_restored_store_is_judged_by_what_was_accepted_after_its_backup(
    filled: Store, opened: Callable[..., Store], programmes: dict[str, Programme]
) -> None:
    kept = backup.back_up(filled)
    filled.journal.do(adopting.propose_override(filled, KEY, "31/12/2021", SOURCE).action())
    programme, (verdicts, _listed) = filled.programme, derived(filled)
    filled.close()
    put_in_place(
        prepare_restore(kept.path, filled.folder, programmes=programmes, clock=filled.clock),
        user="Lan",
        clock=filled.clock,
    )
    again = opened(filled.folder)
    assert again.programme == programme
    assert derived(again)[0] == verdicts


class Impatient:
    """Progress that stops the job once it has begun."""

    def step(self, done: int, total: int, doing: str = "") -> None:
        """Stop."""
        raise CancelledError


def test_a_stopped_check_and_a_stopped_acceptance_change_nothing(filled: Store) -> None:
    before = derived(filled)
    proposal = adopting.propose_override(filled, KEY, "31/12/2021", SOURCE)
    with pytest.raises(CancelledError):
        recheck(filled, proposal.programme, Impatient())
    with pytest.raises(CancelledError):
        filled.journal.do(proposal.action(), Impatient())
    assert derived(filled) == before
    assert filled.programme.overridden == {}


KILLED = """
import sys
from datetime import datetime
from pathlib import Path
from desktop.models.store import open_store
from desktop.programme.definition import load_programmes
from desktop.tasks import adopting
from desktop.tasks.rechecking import recheck
from desktop.vietnamese.dates import VIETNAM
store = open_store(Path(sys.argv[1]), user="Lan", clock=lambda: datetime.now(VIETNAM),
                   programmes=load_programmes(Path("resources/programmes")))
proposal = adopting.propose_override(store, "windows.apply_to", "31/12/2021", "CV 1")
found = recheck(store, proposal.programme)
class Waiting:
    def step(self, done, total, doing=""):
        print(found.verdicts, flush=True)
        sys.stdin.read()
if sys.argv[2] == "accepting":
    store.journal.do(proposal.action(), Waiting())
Waiting().step(0, 0)
"""


@pytest.mark.parametrize("moment", ["seen", "accepting"])
def test_a_program_killed_before_it_was_accepted_has_changed_nothing(
    filled: Store, opened: Callable[..., Store], moment: str
) -> None:
    before = derived(filled)
    filled.close()
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(filled.folder), moment],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "1\n"
        process.send_signal(signal.SIGKILL)
    again = opened(filled.folder)
    assert derived(again) == before
    assert again.programme.overridden == {}


def test_more_changes_than_a_slice_are_told_without_gaps(filled: Store) -> None:
    found = recheck(filled, adopting.propose_override(filled, KEY, "30/09/2021", "CV 1").programme)
    whole = moved(found, filled)
    with filled.reading() as connection:
        pages = [changes_in(connection, found, at, 1)[0].code for at in range(len(found.ids))]
    assert pages == list(whole) == ["K1", "K2"]
    assert replace(found.programme, version="") != replace(filled.programme, version="")


def test_the_history_names_what_the_office_set(filled: Store) -> None:
    proposal = adopting.propose_override(filled, KEY, "31/12/2021", SOURCE)
    filled.journal.do(proposal.action("Theo công văn"))
    label = filled.journal.history(limit=1)[0].label
    assert KEY in label
    assert "2021-12-31" in label or "31/12/2021" in label

"""The wording of a store: changed, undone, reset, handed to another office, borne by its papers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models.actions.initiatives import RecordInitiative
from desktop.models.actions.office import ReviseWording
from desktop.models.office import read_wording
from desktop.models.store import Store
from desktop.printing import papers, pdf
from desktop.printing.form_fields import FIELDS, FORMS, FormName
from desktop.printing.official_forms import Signatory
from desktop.printing.wording import Own
from desktop.tasks import wording as task
from desktop.tasks.papers import BLANK, gather
from desktop.tasks.wording_preview import preview, preview_material, preview_sheet
from tests.stores import complete

KEY, WORDS = "submission.closing", "Kính đề nghị {superior} sớm xem xét./."
TODAY = date(2022, 6, 15)


@pytest.fixture
def change(store: Store, resources: Path) -> Callable[..., None]:
    """Gives a field of the store's papers these values."""

    def changing(key: str, *own: Own) -> None:
        act = task.revise(task.standing(store, resources), {key: own}, resources)
        assert act is not None
        store.journal.do(act)

    return changing


def closing(store: Store, resources: Path) -> str:
    return gather(store, papers.kind("submission"), [BLANK], resources).forms.submission.closing


def kept(store: Store) -> dict[str, str]:
    with store.reading() as connection:
        return read_wording(connection, "tt18-2013")


def test_papers_bear_the_offices_words_until_they_are_undone_or_reset(
    store: Store, resources: Path, change: Callable[..., None]
) -> None:
    shipped = closing(store, resources)
    change(KEY, Own(KEY, WORDS))
    assert closing(store, resources) == WORDS
    store.journal.undo()
    assert closing(store, resources) == shipped
    store.journal.redo()
    act = task.reset(store, KEY)
    assert act is not None
    store.journal.do(act)
    assert (closing(store, resources), kept(store)) == (shipped, {})


def test_the_day_of_printing_chooses(
    store: Store, resources: Path, change: Callable[..., None]
) -> None:
    today = store.clock().date()
    shipped = closing(store, resources)
    change(KEY, Own(KEY, WORDS, valid_from=today.replace(year=today.year + 1)))
    assert closing(store, resources) == shipped
    change(KEY, Own(KEY, WORDS, valid_from=today))
    assert closing(store, resources) == WORDS


def test_the_signer_in_force_signs(
    store: Store, resources: Path, change: Callable[..., None]
) -> None:
    deputy = Signatory(("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH"), "Lương Thị B")
    change("office.signatories", Own("office.signatories", (deputy,)))
    sheet = gather(store, papers.kind("submission"), [BLANK], resources).office
    assert (sheet.signature, sheet.signer) == (deputy.lines, deputy.signer)


def test_what_only_repeats_the_shipped_words_is_not_kept(store: Store, resources: Path) -> None:
    now = task.standing(store, resources)
    same = Own(KEY, now.shipped.submission.closing)
    assert task.revise(now, {KEY: [same]}, resources) is None


def test_saving_the_same_again_changes_nothing(
    store: Store, resources: Path, change: Callable[..., None]
) -> None:
    change(KEY, Own(KEY, WORDS))
    now = task.standing(store, resources)
    assert task.revise(now, {KEY: now.of(KEY)}, resources) is None


def test_history_names_the_paper_and_the_field(store: Store, change: Callable[..., None]) -> None:
    change(KEY, Own(KEY, WORDS))
    line = store.journal.undoable()
    assert line is not None
    assert "Tờ trình đề nghị khen thưởng – Câu kết" in line.label


@pytest.mark.parametrize(("word", "left"), [("submission", 1), (None, 0), (KEY, 2)])
def test_a_reset_is_of_a_field_a_paper_or_all(
    store: Store, change: Callable[..., None], word: str | None, left: int
) -> None:
    change(KEY, Own(KEY, WORDS))
    change("submission.code", Own("submission.code", "Mẫu 02"))
    change("receipt.code", Own("receipt.code", "Mẫu 05"))
    act = task.reset(store, word)
    assert act is not None
    store.journal.do(act)
    assert len(kept(store)) == left


def test_a_reset_of_what_is_not_there_is_none_or_refused(store: Store) -> None:
    assert task.reset(store, KEY) is None
    with pytest.raises(UserError, match="poster"):
        task.reset(store, "poster")


def test_another_value_ends_the_one_before_it(store: Store, resources: Path) -> None:
    now = task.standing(store, resources)
    first, second = Own(KEY, "a"), Own(KEY, "b", TODAY)
    laid = replace(first, valid_to=date(2022, 6, 14))
    wording = type(now)(now.shipped, [first])
    assert task.with_value(wording, second) == [laid, second]
    assert task.with_value(wording, Own(KEY, "c")) == [Own(KEY, "c")]


def test_a_changed_shipped_value_that_is_hidden_is_said_until_it_is_accepted(
    store: Store, resources: Path, change: Callable[..., None]
) -> None:
    change(KEY, Own(KEY, WORDS))
    now = task.standing(store, resources)
    newer = replace(now.shipped, submission=replace(now.shipped.submission, closing="Bản mới."))
    later = type(now)(newer, now.own)
    assert ([one.key for one in now.hidden()], [one.key for one in later.hidden()]) == ([], [KEY])
    store.journal.do(task.accept_shipped(later, KEY))
    assert type(now)(newer, task.standing(store, resources).own).hidden() == ()


def test_another_office_takes_the_wording_over_but_not_who_signs(
    store: Store, resources: Path, change: Callable[..., None], tmp_path: Path
) -> None:
    change(KEY, Own(KEY, WORDS, TODAY))
    change("office.signatories", Own("office.signatories", (Signatory(("CHỦ TỊCH",), "A"),)))
    file = tmp_path / "cau-chu.toml"
    now = task.standing(store, resources)
    assert task.hand_out(now, file) == 1
    assert "signatories" not in file.read_text(encoding="utf-8")
    act = task.take_in(type(now)(now.shipped), file, resources)
    assert act is not None
    assert [key for key, _text in act.values] == [KEY]
    assert task.take_in(now, file, resources) is None


def test_a_file_with_a_value_that_does_not_fit_is_not_taken(
    store: Store, resources: Path, change: Callable[..., None], tmp_path: Path
) -> None:
    change(KEY, Own(KEY, WORDS))
    file = tmp_path / "cau-chu.toml"
    now = task.standing(store, resources)
    task.hand_out(now, file)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("{superior}", "{unit}"), encoding="utf-8")
    with pytest.raises(UserError, match=KEY):
        task.take_in(now, file, resources)
    file.write_text(text.replace("tt18-2013", "2030"), encoding="utf-8")
    with pytest.raises(UserError, match="2030"):
        task.take_in(now, file, resources)
    with pytest.raises(UserError, match="khong-co"):
        task.take_in(now, tmp_path / "khong-co.toml", resources)


def spoil(store: Store, key: str = KEY, kept: str = "[3]") -> None:
    store.journal.do(ReviseWording("tt18-2013", ((key, kept),), "x"))


def test_what_another_version_kept_is_left_alone(store: Store, resources: Path) -> None:
    spoil(store, "poster.title", "[]")
    found = task.standing(store, resources)
    assert (found.own, found.spoilt) == ((), {})


def test_with_an_unusable_value_papers_are_printed_as_shipped_and_that_is_told(
    store: Store, resources: Path, change: Callable[..., None]
) -> None:
    shipped = closing(store, resources)
    change("submission.code", Own("submission.code", "Mẫu 02"))
    assert task.spoilt_words(task.standing(store, resources)) == ""
    spoil(store)
    assert closing(store, resources) == shipped
    found = task.standing(store, resources)
    assert [one.value for one in found.own] == ["Mẫu 02"]
    assert "Câu kết" in task.spoilt_words(found)


@pytest.mark.parametrize("words", [WORDS, "as shipped"])
def test_a_new_value_takes_the_place_of_one_that_cannot_be_used(
    store: Store, resources: Path, words: str
) -> None:
    spoil(store)
    now = task.standing(store, resources)
    value = now.shipped.submission.closing if words == "as shipped" else words
    act = task.revise(now, {KEY: task.with_value(now, Own(KEY, value))}, resources)
    assert act is not None
    store.journal.do(act)
    assert (closing(store, resources), task.standing(store, resources).spoilt) == (value, {})


def test_what_is_nested_without_end_is_no_value(tmp_path: Path, resources: Path) -> None:
    for deep in ("[" * 50_000, "[" * 300 + "]" * 300, "[" * 450 + "]" * 450):
        with pytest.raises(UserError, match=KEY) as caught:
            task.read_value(FIELDS[KEY], deep)
        assert len(str(caught.value)) < 300
        (tmp_path / "a.toml").write_text(f"a = {deep}")
        with pytest.raises(UserError, match=r"a\.toml"):
            task.check_file(tmp_path / "a.toml", resources)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_can_be_looked_at_in_an_empty_store(
    form: FormName, store: Store, resources: Path, tmp_path: Path
) -> None:
    material = preview_material(store, form.paper, resources)
    now, sheet = task.standing(store, resources), preview_sheet(store)
    out = tmp_path / "x.pdf"
    preview(material, form, now, sheet, TODAY, out, resources / "fonts")
    assert out.read_bytes().startswith(b"%PDF")


def test_what_is_looked_at_bears_the_words_of_its_day(
    store: Store, resources: Path, tmp_path: Path
) -> None:
    store.journal.do(RecordInitiative(complete()))
    material = preview_material(store, "submission", resources)
    now = task.standing(store, resources)
    laid = type(now)(now.shipped, [Own(KEY, WORDS, valid_to=TODAY)])
    files = [tmp_path / name for name in ("a.pdf", "b.pdf", "c.pdf")]
    for file, wording, day in zip(
        files, (now, laid, laid), (TODAY, TODAY, date(2022, 6, 16)), strict=True
    ):
        preview(
            *(material, FORMS[0], wording, preview_sheet(store), day, file),
            resources / "fonts",
        )
    assert files[0].read_bytes() != files[1].read_bytes()


def test_a_store_without_words_of_its_own_prints_the_shipped_set(
    store: Store, resources: Path
) -> None:
    material = gather(store, papers.kind("submission"), [BLANK], resources)
    assert material.forms == task.standing(store, resources).shipped
    assert material.office == preview_sheet(store)
    undated = replace(material, dated=None)
    for key in (kind.key for kind in papers.PAPERS):
        if key != "progress-report":
            first, _p = pdf.render(papers.kind(key).build(material), fonts=resources / "fonts")
            second, _p = pdf.render(papers.kind(key).build(undated), fonts=resources / "fonts")
            assert first == second


def test_a_value_is_read_as_its_field_wants_it() -> None:
    read = {
        "receipt.months": None,
        "certificate.per_author": ("không", False),
        "score_sheet.pass_from": ("70", 70),
        "submission.recipients": ("- Như trên;|- Lưu: VT.", ("- Như trên;", "- Lưu: VT.")),
        "progress_report.parts": ('["a", "b|c"]', ("a", "b|c")),
        KEY: ("  x ", "x"),
    }
    for key, pair in read.items():
        if pair is not None:
            assert task.read_value(FIELDS[key], pair[0]) == pair[1]
    with pytest.raises(UserError, match=r"score_sheet\.pass_from"):
        task.read_value(FIELDS["score_sheet.pass_from"], "bảy mươi")

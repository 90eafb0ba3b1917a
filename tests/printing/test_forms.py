"""Form sets: read whole or refused with the entry that is wrong; filled by name only."""

import shutil
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.printing import forms
from desktop.printing.papers import PAPERS

SHIPPED = Path(__file__).parents[2] / "resources" / "forms"


def test_every_shipped_set_can_be_read_and_bears_its_own_code() -> None:
    codes = forms.sets(SHIPPED)
    assert "tt18-2013" in codes
    assert [forms.read(SHIPPED, code).code for code in codes] == list(codes)


def test_the_statement_of_the_application_is_the_prescribed_one() -> None:
    assert forms.read(SHIPPED, "tt18-2013").application.statement == (
        "Tôi (chúng tôi) xin cam đoan mọi thông tin nêu trong đơn là trung thực, đúng sự thật và "
        "hoàn toàn chịu trách nhiệm trước pháp luật."
    )


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ('title = "PHIẾU', 'tilte = "PHIẾU', "tilte"),
        ("notes = false", 'notes = "không"', "notes"),
        ('variant = "official"', 'variant = "school"', "variant"),
        ('variant = "official"', "variant = 1", "variant"),
        ("all_sign = true", "", "all_sign"),
        ("[description]", "description = 3\n[thing]", "thing|description"),
        ("valid_from = 2013-09-15", 'valid_from = "2013"', "valid_from"),
        ("footnotes = [", "footnotes = [3, ", "footnotes"),
        ("code = ", "code ", "tt18-2013"),
    ],
)
def test_a_wrong_entry_is_named(before: str, after: str, named: str, tmp_path: Path) -> None:
    source = (SHIPPED / "tt18-2013.toml").read_text(encoding="utf-8")
    assert before in source
    (tmp_path / "tt18-2013.toml").write_text(source.replace(before, after), encoding="utf-8")
    with pytest.raises(UserError, match=named) as caught:
        forms.read(tmp_path, "tt18-2013")
    assert caught.value.code == "forms-unreadable"


def test_a_missing_set_is_said() -> None:
    with pytest.raises(UserError, match=r"2030\.toml"):
        forms.read(SHIPPED, "2030")


def test_an_office_may_change_a_sentence(tmp_path: Path) -> None:
    shutil.copy(SHIPPED / "tt18-2013.toml", tmp_path / "rieng.toml")
    file = tmp_path / "rieng.toml"
    text = file.read_text(encoding="utf-8").replace("NGƯỜI LẬP BIỂU", "NGƯỜI TỔNG HỢP")
    file.write_text(text, encoding="utf-8")
    assert forms.read(tmp_path, "rieng").summary_list.maker == "NGƯỜI TỔNG HỢP"


def test_filling_knows_names_and_nothing_else() -> None:
    text = "{programme} {office.name} {0} {programme!r} {unknown} {}"
    filled = forms.fill(text, programme="{stage}", stage="1")
    assert filled == "{stage} {office.name} {0} {programme!r} {unknown} {}"


def test_every_departure_from_the_rules_names_papers_that_there_are(resources: Path) -> None:
    (code,) = forms.sets(resources / "forms")
    departures = forms.read(resources / "forms", code).departures
    known = {one.key for one in PAPERS}
    assert departures
    for one in departures:
        assert set(one.papers) <= known
        assert one.rule
        assert one.text.endswith((".", "”."))

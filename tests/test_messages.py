"""The Vietnamese catalogue is what the rooms' fragments give, whole and fitting."""

import gettext
import io
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import messages


def fragment(**texts: str) -> Catalog:
    catalogue = messages.new_catalogue()
    for source, translated in texts.items():
        catalogue.add(source.replace("_", " "), translated)
    return catalogue


@pytest.fixture(scope="module")
def merged() -> tuple[Catalog, list[str]]:
    return messages.merge(messages.wanted(), messages.read_fragments())


def test_every_text_of_the_program_is_translated_and_no_translation_is_left_over(
    merged: tuple[Catalog, list[str]],
) -> None:
    catalogue, problems = merged
    assert problems == []
    assert len(catalogue) > 0


def test_the_committed_catalogue_is_what_the_fragments_give(
    merged: tuple[Catalog, list[str]],
) -> None:
    assert messages.CATALOGUE.read_bytes() == messages.compiled(merged[0]), "run: make messages"


def test_the_program_reads_the_catalogue_as_gettext_does() -> None:
    with messages.CATALOGUE.open("rb") as file:
        words = gettext.GNUTranslations(file)
    for message in messages.wanted():
        singular, *plural = messages.forms(message.id)
        if plural:
            assert words.ngettext(singular, plural[0], 2) != plural[0]
        elif singular:
            assert words.gettext(singular)


def test_names_in_braces_are_the_same_in_both_languages(
    merged: tuple[Catalog, list[str]],
) -> None:
    formatter = string.Formatter()
    for message in merged[0]:
        source = messages.forms(message.id)[-1]
        for translated in messages.forms(message.string):
            names = {name for _, name, _, _ in formatter.parse(translated) if name}
            assert names == {name for _, name, _, _ in formatter.parse(source) if name}, source


def test_a_text_without_translation_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "room.py").write_text('title = _("Save")\n', encoding="utf-8")
    _, problems = messages.merge(messages.wanted(tmp_path), {})
    assert problems == [f"no fragment translates 'Save' ({tmp_path.name}/room.py:1)"]


def test_a_translation_that_nobody_asks_for_is_told() -> None:
    _, problems = messages.merge(fragment(), {"room.po": fragment(Gone="Đã bỏ")})
    assert problems == ["no longer in the source: 'Gone'"]


def test_two_rooms_that_contradict_each_other_are_told() -> None:
    rooms = {"one.po": fragment(Save="Cất"), "two.po": fragment(Save="Lưu")}
    _, problems = messages.merge(fragment(Save=""), rooms)
    assert problems == ["one.po and two.po contradict each other: 'Save'"]


def test_two_rooms_may_share_one_translation() -> None:
    rooms = {"one.po": fragment(Save="Cất"), "two.po": fragment(Save="Cất")}
    catalogue, problems = messages.merge(fragment(Save=""), rooms)
    assert problems == []
    assert catalogue["Save"].string == "Cất"


def test_a_translation_with_another_name_in_braces_is_told() -> None:
    needed = messages.new_catalogue()
    needed.add("{count} records")
    room = messages.new_catalogue()
    room.add("{count} records", "{number} hồ sơ")
    _, problems = messages.merge(needed, {"room.po": room})
    assert problems == ["other names in braces: '{count} records'"]


def test_an_empty_or_doubtful_translation_counts_as_none() -> None:
    room = fragment(Save="")
    room.add("Close", "Đóng", flags=["fuzzy"])
    _, problems = messages.merge(fragment(Save="", Close=""), {"room.po": room})
    assert problems == ["not translated: 'Close'", "not translated: 'Save'"]


def test_a_text_translated_twice_in_one_file_is_refused(tmp_path: Path) -> None:
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    entry = 'msgid "Save"\nmsgstr "{}"\n\n'
    path = tmp_path / "room.po"
    path.write_text(header + entry.format("Cất") + entry.format("Lưu"), encoding="utf-8")
    with pytest.raises(ValueError, match="translated twice"):
        messages.read_fragment(path)


def test_a_counted_text_has_one_form_in_vietnamese(tmp_path: Path) -> None:
    source = 'counted("one record", "{n} records", n)\n'
    (tmp_path / "room.py").write_text(source, encoding="utf-8")
    room = messages.new_catalogue()
    room.add(("one record", "{n} records"), ("{n} hồ sơ",))
    catalogue, problems = messages.merge(messages.wanted(tmp_path), {"room.po": room})
    words = gettext.GNUTranslations(io.BytesIO(messages.compiled(catalogue)))
    assert problems == []
    assert words.ngettext("one record", "{n} records", 1) == "{n} hồ sơ"
    assert words.ngettext("one record", "{n} records", 5) == "{n} hồ sơ"

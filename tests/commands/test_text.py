"""The command ``text``, with arguments and with standard input."""

import argparse
import io
import sys
from collections.abc import Callable

import pytest

from desktop.commands import text
from desktop.errors import UserError
from desktop.vietnamese.legacy import encode
from tests.vietnamese.texts import PROSE, cells

Run = Callable[..., list[str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command; texts are arguments, ``given`` is standard input; the lines it prints."""

    def lines(command: str, *texts: str, given: str | bytes = b"") -> list[str]:
        data = given.encode() if isinstance(given, str) else given
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        parser = argparse.ArgumentParser()
        text.configure(parser, "text")
        assert text.run(parser.parse_args([*command.split(), *texts])) == 0
        return capsys.readouterr().out.split("\n")[:-1]

    return lines


def test_texts_come_as_arguments_or_line_by_line(run: Run) -> None:
    assert run("fold", "Hòa Bình", "ĐỀ ÁN") == ["hoa binh", "de an"]
    assert run("fold", given="\ufeffHòa Bình\r\nĐỀ ÁN") == ["hoa binh", "de an"]
    assert run("fold", given="") == []


def test_keys_are_equal_where_they_should_be(run: Run) -> None:
    for option in ("", "--people", "--same", "--alike"):
        one, other = run(f"key {option}", "hòa", "hoà")
        assert one == other
    assert len(set(run("key --same", "kỹ", "kĩ"))) == 2
    assert len(set(run("key --alike", "kỹ", "kĩ"))) == 1


def test_lines_are_sorted_as_words_or_as_people(run: Run) -> None:
    lines = "Đào Văn Đê\nLò Thị Ân\nNguyễn Văn An\nĂn\n"
    assert run("sort", given=lines) == ["Ăn", "Đào Văn Đê", "Lò Thị Ân", "Nguyễn Văn An"]
    assert run("sort --people", given=lines) == ["Nguyễn Văn An", "Ăn", "Lò Thị Ân", "Đào Văn Đê"]


def test_sorting_keys_bytewise_is_sorting_the_lines(run: Run) -> None:
    lines = cells(1, 50, (2, 3))
    keys = dict(zip(lines, run("key", *lines), strict=True))
    assert run("sort", *lines) == sorted(lines, key=lambda line: (keys[line].encode(), line))


@pytest.mark.parametrize(
    ("command", "number", "words"),
    [
        ("words", "104", "Một trăm linh bốn"),
        ("words", "1.234,5", "Một nghìn hai trăm ba mươi tư phẩy năm"),
        (
            "words --linh lẻ --thousand ngàn --four bốn",
            "24105",
            "Hai mươi bốn ngàn một trăm lẻ năm",
        ),
        ("words --money", "104300000", "Một trăm linh bốn triệu ba trăm nghìn đồng"),
        ("words --money", "104.300.000", "Một trăm linh bốn triệu ba trăm nghìn đồng"),
        ("words --money", "37,5 triệu", "Ba mươi bảy triệu năm trăm nghìn đồng"),
        ("words --money", "500", "Năm trăm đồng"),
    ],
)
def test_numbers_and_money_in_words(run: Run, command: str, number: str, words: str) -> None:
    assert run(command, number) == [words]
    assert run(command, given=f"{number}\n") == [words]


@pytest.mark.parametrize(
    ("command", "line"),
    [("words", "năm"), ("words", ""), ("words --money", "0,5"), ("words", "1" * 20)],
)
def test_what_is_no_number_is_said(run: Run, command: str, line: str) -> None:
    with pytest.raises(UserError, match="không phải là số") as caught:
        run(command, line)
    assert caught.value.code == "text.number"


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_prose_is_encoded_and_decoded_back(run: Run, encoding: str) -> None:
    prose = PROSE.read_text(encoding="utf-8")
    old = run(f"encode --to {encoding}", given=prose)
    assert old == encode(prose, encoding).split("\n")[:-1]
    for source in (encoding, "auto"):
        back = run(f"decode --from {source}", given="\n".join(old) + "\n")
        assert back == prose.split("\n")[:-1]


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_auto_decides_once_for_the_whole_input(run: Run, encoding: str) -> None:
    lines = [encode(cell, encoding) for cell in cells(4, 20, (2,))]
    assert run("decode", given="\n".join([*lines, encode("công", encoding)])) == [
        *cells(4, 20, (2,)),
        "công",
    ]


def test_unicode_passes_through_auto_as_it_is(run: Run) -> None:
    lines = cells(5, 20, (1, 2))
    assert run("decode --from auto", *lines) == lines
    assert run("decode", "công") == ["công"]


def test_the_bytes_of_an_old_file_are_read(run: Run) -> None:
    old = encode("Quyết định số 15", "tcvn3").encode("latin-1") + b" \x93" + b"A\x94\r\n"
    assert run("decode --from tcvn3", given=old) == ["Quyết định số 15 “A”"]


def test_bytes_that_are_no_text_are_refused_elsewhere(run: Run) -> None:
    with pytest.raises(UserError, match="Dòng 2") as caught:
        run("fold", given=b"a\n\xff\n")
    assert caught.value.code == "text.input"


def test_capitals_of_tcvn3_are_repaired(run: Run) -> None:
    assert run("decode --from tcvn3", "KÕ HO¹CH") == ["KẾ HOẠCH"]

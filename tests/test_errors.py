"""What the system refuses is said in words of the language in use."""

import errno
import tomllib

import pytest

from desktop.errors import reason_of, syntax_words
from desktop.models.engines import sqlite
from desktop.models.faults import engine_reason, explain

USUAL = "EBUSY EMFILE ENAMETOOLONG ENODEV ENOTEMPTY ENOLCK ESTALE ETIMEDOUT EXDEV EINVAL ENOMEM"


@pytest.mark.parametrize("name", [*USUAL.split(), "EPROTO"])
def test_no_words_of_the_system_stand_in_a_vietnamese_sentence(name: str) -> None:
    error = OSError(getattr(errno, name), "Words of the system")
    said = str(explain(error, None))
    assert "Words of the system" not in said
    assert reason_of(error) in said
    assert reason_of(error) != reason_of(OSError(errno.ENOSPC, ""))


def test_what_has_no_number_keeps_its_own_words() -> None:
    assert reason_of(OSError("no picture")) == "no picture"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("SQLITE_FULL", errno.ENOSPC),
        ("SQLITE_IOERR_WRITE", errno.ENOSPC),
        ("SQLITE_IOERR_FSYNC", errno.EIO),
        ("SQLITE_READONLY_DIRECTORY", errno.EROFS),
        ("SQLITE_CANTOPEN", errno.EACCES),
        ("SQLITE_BUSY_SNAPSHOT", errno.EBUSY),
    ],
)
def test_the_engines_errors_are_said_as_the_systems(name: str, number: int) -> None:
    error = sqlite.Error("disk I/O error")
    error.sqlite_errorname = name
    assert engine_reason(error) == reason_of(OSError(number, ""))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('a = "x', "dấu ngoặc kép"),
        ("a = 1\na = 2\n", "dòng 2, cột 6: khóa này ghi hai lần"),
        ("[a]\n[a]", "bảng này ghi hai lần"),
        ("a = [1, 2", "cuối tệp: “[” chưa có “]”"),
        ("a 1", "thiếu dấu “=”"),
        ("a = chưa", "đây không phải là giá trị"),
        ("a = 1 b", "dòng này có thừa"),
        ("a = 2022-02-30", "đây không phải là ngày"),
        ("= 1", "không phải là khóa"),
        ('a = "C:\\xin"', "“\\” phải viết hai lần"),
        ("[a", "ngoặc vuông"),
    ],
)
def test_what_the_parser_of_toml_says_is_said_in_vietnamese(text: str, said: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    assert said in syntax_words(caught.value)


def test_a_text_that_is_not_utf8_or_unknown_is_said_in_vietnamese() -> None:
    with pytest.raises(UnicodeDecodeError) as caught:
        "Đơn".encode("utf-16").decode("utf-8")
    assert syntax_words(caught.value) == "tệp không được lưu ở dạng UTF-8"
    assert (
        syntax_words(ValueError("quux (at line 3, column 4)")) == "dòng 3, cột 4: không hiểu được"
    )

"""Vietnamese text on the command line: fold, key, sort, words, decode, encode.

Each argument is a text; without arguments every line of standard input is one. Output is one line
for each, in UTF-8.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator

from desktop.app import App
from desktop.errors import UserError
from desktop.text import _
from desktop.vietnamese.collation import person_key, sort_key
from desktop.vietnamese.detection import restore_column
from desktop.vietnamese.folding import fold, lookalike_key, syllable_key
from desktop.vietnamese.legacy import Encoding, encode, restore
from desktop.vietnamese.money import parse_money, parse_number
from desktop.vietnamese.numerals import NumeralStyle, in_words, money_in_words
from desktop.vietnamese.unreadable import Unreadable

AUTO = "auto"
_OLD = [Encoding.TCVN3.value, Encoding.VNI.value]


def configure(parser: argparse.ArgumentParser, verb: str) -> None:  # noqa: ARG001 - as every verb
    """The arguments of ``text``: what to do, its options, and the texts."""
    doing = parser.add_subparsers(dest="doing", metavar="DOING", required=True)
    _texts(doing.add_parser("fold", help=_("without marks and capitals, for searching")))
    key = _texts(doing.add_parser("key", help=_("the key that a database sorts by")))
    kinds = key.add_mutually_exclusive_group()
    kinds.add_argument("--people", action="store_true", help=_("by given name first"))
    kinds.add_argument("--same", action="store_true", help=_("the key of equal spellings"))
    kinds.add_argument("--alike", action="store_true", help=_("the key of look-alikes"))
    sort = _texts(doing.add_parser("sort", help=_("in the order of the Vietnamese alphabet")))
    sort.add_argument("--people", action="store_true", help=_("by given name first"))
    _configure_words(doing.add_parser("words", help=_("numbers in words")))
    decode = _texts(doing.add_parser("decode", help=_("old letters to Unicode")))
    decode.add_argument("--from", dest="source", choices=[*_OLD, AUTO], default=AUTO)
    back = _texts(doing.add_parser("encode", help=_("Unicode to old letters")))
    back.add_argument("--to", dest="target", choices=_OLD, required=True)


def _texts(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument(
        "texts", nargs="*", metavar="TEXT", help=_("without any: the lines of standard input")
    )
    return parser


def _configure_words(parser: argparse.ArgumentParser) -> None:
    _texts(parser)
    parser.add_argument("--money", action="store_true", help=_("an amount in đồng"))
    parser.add_argument("--linh", choices=["linh", "lẻ"], default="linh")
    parser.add_argument("--thousand", choices=["nghìn", "ngàn"], default="nghìn")
    parser.add_argument("--four", choices=["tư", "bốn"], default="tư")


def run(arguments: argparse.Namespace, app: App | None = None) -> int:  # noqa: ARG001 - as every verb
    """Do it; 0, or UserError where a number cannot be read or the input is not text."""
    lines = iter(arguments.texts) if arguments.texts else _input_lines(arguments.doing)
    doing: Callable[[argparse.Namespace, Iterator[str]], Iterable[str]] = {
        "fold": _fold,
        "key": _key,
        "sort": _sort,
        "words": _words,
        "decode": _decode,
        "encode": _encode,
    }[arguments.doing]
    for line in doing(arguments, lines):
        print(line)
    return 0


def _input_lines(doing: str) -> Iterator[str]:
    """Standard input line by line: UTF-8, or for decode also the bytes of old files."""
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        line = raw.removesuffix(b"\n").removesuffix(b"\r")
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            if doing != "decode":
                message = _("Line {number} of the input is not text in UTF-8.")
                raise UserError(message.format(number=number), code="text.input") from None
            yield _old_bytes(line)


def _old_bytes(line: bytes) -> str:
    """Bytes of an old file as the characters that its fonts drew; quotes are those of Windows."""
    return "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) if byte < 0xA0 else chr(byte)
        for byte in line
    )


def _fold(_arguments: argparse.Namespace, lines: Iterator[str]) -> Iterable[str]:
    return map(fold, lines)


def _key(arguments: argparse.Namespace, lines: Iterator[str]) -> Iterable[str]:
    if arguments.same:
        return map(syllable_key, lines)
    if arguments.alike:
        return map(lookalike_key, lines)
    return map(person_key if arguments.people else sort_key, lines)


def _sort(arguments: argparse.Namespace, lines: Iterator[str]) -> Iterable[str]:
    key = person_key if arguments.people else sort_key
    return sorted(lines, key=lambda line: (key(line), line))


def _words(arguments: argparse.Namespace, lines: Iterator[str]) -> Iterable[str]:
    style = NumeralStyle(arguments.linh, arguments.thousand, arguments.four)
    for line in lines:
        try:
            yield (
                _money(line, style)
                if arguments.money
                else in_words(parse_number(line), style=style)
            )
        except ValueError:
            message = _("“{text}” is not a number that can be put into words.")
            raise UserError(message.format(text=line), code="text.number") from None


def _money(line: str, style: NumeralStyle) -> str:
    """A bare number is đồng here, however small; with a unit of its own it is read as money."""
    try:
        amount = parse_number(line)
    except Unreadable:
        amount = parse_money(line)
    if not isinstance(amount, int):
        raise Unreadable("money.fraction", line)
    return money_in_words(amount, style=style)


def _decode(arguments: argparse.Namespace, lines: Iterator[str]) -> Iterable[str]:
    if arguments.source != AUTO:
        return (restore(line, arguments.source) for line in lines)
    return restore_column(list(lines)).texts


def _encode(arguments: argparse.Namespace, lines: Iterator[str]) -> Iterable[str]:
    return (encode(line, arguments.target) for line in lines)

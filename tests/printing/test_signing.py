"""Signed papers: valid to a reader of others, still archive files, stamped where one signs."""

import re
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from desktop.errors import UserError
from desktop.printing import papers, pdf, seals, signing, stamps
from desktop.printing.paper import Paper, Signatures, Signer, Text, plain
from desktop.printing.papers import Material
from tests.certificates import DAY, NAME, NOW, ORGAN, PASSWORD, made
from tests.printing.conftest import FONTS, MM, Leaf
from tests.printing.preflight import faults

Sign = Callable[..., bytes]


@pytest.fixture
def sign() -> Sign:
    """Signs a file with the certificate of the chairwoman."""
    held = signing.certificate(made(), PASSWORD, NOW)

    def signed(data: bytes, reason: str = "", office: str = "") -> bytes:
        return signing.signed(data, signing.Signature(held, office, reason, NOW, FONTS))

    return signed


def printed(*names: str, text: str = "Một câu.") -> bytes:
    """A paper that these people are to sign."""
    signers = tuple(Signer(("TM. BAN CHẤP HÀNH", "CHỦ TỊCH"), name) for name in names)
    blocks = (Text(plain(text)), *((Signatures(signers),) if signers else ()))
    return pdf.render([Paper("x", "Danh sách", blocks)], fonts=FONTS)[0]


def told(data: bytes, folder: Path) -> str:
    """What poppler says of the signatures of a file."""
    file = folder / "signed.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False)
    return done.stdout


def stamp(data: bytes) -> tuple[int, Leaf, str]:
    """The page that is stamped, as it reads with its stamp, and what the stamp says."""
    file = pdfium.PdfDocument(data)
    file.init_forms()
    for number, page in enumerate(file):
        letters = Leaf(page).text
        page.flatten()
        flat = Leaf(file.get_page(number))
        if flat.text != letters:
            return number, flat, flat.text[flat.text.index("Ký bởi") :]
    raise AssertionError("no page is stamped")


def test_a_signature_is_valid_and_covers_the_whole_file(
    material: Material, tmp_path: Path, sign: Sign
) -> None:
    (paper,) = papers.kind("summary-list").build(material)
    data = sign(pdf.render([paper], fonts=FONTS)[0], "Ký ban hành")
    said = told(data, tmp_path)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert f"Signer Certificate Common Name: {NAME}" in said
    assert "ETSI.CAdES.detached" in said


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_changed_byte_makes_it_invalid(share: float, tmp_path: Path, sign: Sign) -> None:
    before = printed(NAME)
    data = bytearray(sign(before))
    data[round(len(before) * share)] ^= 1
    assert "Signature is Valid." not in told(bytes(data), tmp_path)


def test_what_was_printed_stays_byte_for_byte(sign: Sign) -> None:
    before = printed(NAME)
    assert sign(before).startswith(before)


def test_signed_papers_are_archive_files_still(
    material: Material, tmp_path: Path, sign: Sign
) -> None:
    keys = ("summary-list", "dossier", "council-minutes", "certificate")
    files = {
        key: sign(pdf.render(papers.kind(key).build(material), fonts=FONTS)[0], "Lý do")
        for key in keys
    }
    assert faults(files, tmp_path) == {key: [] for key in keys}


def test_the_stamp_stands_between_authority_and_name(sign: Sign) -> None:
    number, leaf, said = stamp(sign(printed(NAME), "Ký ban hành", "CĐCS Chè Bản Bo"))
    assert number == 0
    assert said.split("\n")[:4] == [
        f"Ký bởi: {NAME}",
        "Cơ quan: CĐCS Chè Bản Bo",
        "Thời gian ký: 04/08/2023 14:05:09 +07:00",
        "Lý do: Ký ban hành",
    ]
    first, last = leaf.box("Ký bởi"), leaf.box("Lý do")
    assert leaf.box("CHỦ TỊCH").bottom < first.top < last.bottom
    names = [leaf.placed(*leaf.letters.get_charbox(at)) for at in places(leaf, NAME)]
    assert last.bottom < max(box.top for box in names)


def places(leaf: Leaf, words: str) -> list[int]:
    """Where words begin in the text of a page."""
    text = leaf.letters.get_text_range()
    return [found.start() for found in re.finditer(re.escape(words), text)]


def test_without_an_office_the_certificate_names_the_organ(sign: Sign) -> None:
    assert f"Cơ quan: {ORGAN}" in stamp(sign(printed(NAME)))[2]


def test_of_two_signers_the_own_name_is_found_whatever_its_case(sign: Sign) -> None:
    left = stamps.place(printed(NAME.upper(), "Giàng A Chu"), (NAME,))
    right = stamps.place(printed("Giàng A Chu", NAME.upper()), (NAME,))
    assert left
    assert right
    assert left.right < right.left + 1
    assert left.top == pytest.approx(right.top, abs=1)


@pytest.mark.parametrize("names", [(), ("Giàng A Chu",)])
def test_without_the_name_the_stamp_stands_free_on_the_last_page(names: tuple[str, ...]) -> None:
    data = printed(*names, text="Một câu ngắn. " * 700)
    spot = stamps.place(data, (NAME,))
    file = pdfium.PdfDocument(data)
    assert spot
    assert spot.page == len(file) - 1
    leaf = Leaf(file[spot.page])
    ink = [leaf.letters.get_charbox(at) for at in range(leaf.letters.count_chars())]
    assert not any(
        left < spot.right and right > spot.left and low < spot.top and high > spot.bottom
        for left, low, right, high in ink
    )


def test_the_stamp_keeps_off_the_foot_of_a_sealed_paper() -> None:
    paper = Paper("x", "x", (Text(plain("Một câu.")),), seal=seals.seal(bytes(32)))
    spot = stamps.place(pdf.render([paper], fonts=FONTS)[0], (NAME,))
    assert spot
    assert spot.bottom > 33 * MM or spot.right < (210 - 45) * MM


def refusal(code: str, act: Callable[[], object]) -> str:
    """What is said when it is refused."""
    with pytest.raises(UserError) as caught:
        act()
    assert caught.value.code == code
    return str(caught.value)


def test_a_wrong_password_is_said() -> None:
    assert refusal("certificate.password", lambda: signing.certificate(made(), "x", NOW))


def test_a_certificate_that_ran_out_is_said_with_its_day() -> None:
    old = made(NOW - 9 * DAY, NOW - DAY)
    words = refusal("certificate.expired", lambda: signing.certificate(old, PASSWORD, NOW))
    assert "03/08/2023" in words
    early = made(NOW + DAY, NOW + 9 * DAY)
    assert "05/08/2023" in refusal(
        "certificate.early", lambda: signing.certificate(early, PASSWORD, NOW)
    )


def test_a_certificate_without_its_key_is_said() -> None:
    bare = made(keyed=False)
    assert refusal("certificate.no-key", lambda: signing.certificate(bare, PASSWORD, NOW))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x30\x82", made()[:-9], made() + b"x"])
def test_what_is_no_certificate_is_said(data: bytes) -> None:
    refusal("certificate.unreadable", lambda: signing.certificate(data, PASSWORD, NOW))


def test_a_signed_file_is_not_signed_again(sign: Sign) -> None:
    once = sign(printed(NAME))
    assert refusal("sign.signed", lambda: sign(once))


def foreign(folder: Path) -> bytes:
    """A PDF of some other program."""
    canvas = Canvas(str(folder / "other.pdf"))
    canvas.drawString(50, 50, NAME)
    canvas.save()
    return (folder / "other.pdf").read_bytes()


def test_files_of_other_programs_and_damaged_ones_are_refused(tmp_path: Path, sign: Sign) -> None:
    ours = printed(NAME)
    for data in (foreign(tmp_path), b"", b"%PDF-1.4", ours[: len(ours) // 2], ours[500:]):
        refusal("sign.foreign", partial(sign, data))


def test_a_page_without_room_is_said(sign: Sign) -> None:
    full = pdf.render([Paper("x", "x", (Text(plain("Chữ " * 640)),))], fonts=FONTS)[0]
    if stamps.place(full, (NAME,)) is None:
        refusal("sign.no-room", lambda: sign(full))
    else:
        raise AssertionError("the page is not full")

"""Files for the archive: every paper is PDF/A-1b, and says the same of itself everywhere."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageCms
from reportlab.pdfgen.canvas import Canvas

from desktop.models.dossiers import Dossier
from desktop.printing import colours, papers, pdf, seals, voiding
from desktop.printing.paper import Paper, Scan, Text, plain
from desktop.printing.papers import Material
from tests.printing.conftest import FONTS
from tests.printing.preflight import faults
from tests.printing.test_scans import jpeg

DC = "{http://purl.org/dc/elements/1.1/}"
NASTY = "A <b> & ]]> “y”\x00\x1b \ud800 \ufffe 👍\n(chữ)\\"


def every_paper(material: Material, dossiers: tuple[Dossier, ...]) -> Iterator[tuple[str, bytes]]:
    """All papers of the program as they are printed."""
    many = replace(material, dossiers=dossiers)
    for kind in papers.PAPERS:
        yield kind.key, pdf.render(kind.build(many), fonts=FONTS)[0]


def pictured(picture: bytes, _scan: Scan) -> bytes:
    """The same picture for every scan."""
    return picture


def odd_ones() -> Iterator[tuple[str, bytes]]:
    """Pictures, names that no file should have to hold, and a paper of nothing."""
    scans = (Scan("a"), Text(plain("Hết.")))
    for name, mode in (("grey", "L"), ("colours", "RGB")):
        paper = Paper("x", "Ảnh", scans)
        yield name, pdf.render([paper], fonts=FONTS, pictures=partial(pictured, jpeg(mode=mode)))[0]
    yield (
        "nasty",
        pdf.render([Paper("x", NASTY, (), author=NASTY, bookmark=(NASTY, NASTY))], fonts=FONTS)[0],
    )
    sealed = Paper("x", "Danh sách", scans[1:] * 90, seal=seals.seal(bytes(32), "05/QĐ-CĐCS"))
    yield "sealed", pdf.render([sealed, sealed], fonts=FONTS)[0]
    yield "nothing", pdf.render([Paper("x", "", ())], fonts=FONTS)[0]


def voided_ones(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Papers that went out and were voided, upright, across, of several pages, with a seal."""
    for name in ("submission", "recognition-decision", "register-book", "award-paper", "sealed"):
        reason = "Sai tên tác giả ở dòng 2 👍"
        yield (
            f"voided-{name}",
            voiding.mark(files[name], day=date(2022, 6, 15), reason=reason, fonts=FONTS),
        )


def broken_ones(good: bytes) -> Iterator[tuple[str, bytes]]:
    """Files that are no PDF/A, each for a reason of its own, to try the judge."""
    plain_file = BytesIO()
    canvas = Canvas(plain_file)
    canvas.drawString(50, 50, "A")
    canvas.save()
    yield "broken-plain", plain_file.getvalue()
    yield "broken-colours", good.replace(b"/OutputIntents", b"/OutputIntentz")
    yield "broken-title", good.replace(b'xml:lang="x-default">\xc4\x90', b'xml:lang="x-default">DD')
    yield "broken-part", good.replace(b"<pdfaid:part>1", b"<pdfaid:part>7")
    yield "broken-font", good.replace(b"/FontFile2", b"/FontFilez")


def test_every_paper_is_an_archive_file_and_what_is_none_is_found(
    material: Material, dossiers: tuple[Dossier, ...], tmp_path: Path
) -> None:
    files = dict([*every_paper(material, dossiers), *odd_ones()])
    files |= dict(voided_ones(files))
    broken = dict(broken_ones(files["application"]))
    judged = faults({**files, **broken}, tmp_path)
    assert judged.keys() == files.keys() | broken.keys()
    assert {name: judged[name] for name in files if judged[name]} == {}
    assert [name for name in broken if not judged[name]] == []


def test_the_properties_and_the_metadata_agree(material: Material) -> None:
    data, _pages = pdf.render(papers.kind("dossier").build(material), fonts=FONTS)
    said = pdfium.PdfDocument(data).get_metadata_dict()
    found = re.search(rb"<x:xmpmeta.*?</x:xmpmeta>", data, re.DOTALL)
    assert found
    packet = ET.fromstring(found[0])
    told = {
        name: "".join(next(packet.iter(DC + name)).itertext()).strip()
        for name in ("title", "creator", "description", "language")
    }
    assert (
        told["title"] == said["Title"].strip() == "SK22-0001 – " + material.dossiers[0].entry.title
    )
    assert told["creator"] == said["Author"]
    assert told["description"] == said["Subject"]
    assert told["language"] == "vi-VN"
    assert said["CreationDate"] == said["ModDate"] == ""


def test_equal_papers_are_equal_files_and_others_have_another_name() -> None:
    ids = []
    for text in ("một", "một", "hai"):
        data, _pages = pdf.render([Paper("x", "x", (Text(plain(text)),))], fonts=FONTS)
        ids += re.findall(rb"/ID \[<(\w{32})><\1>\]", data)
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.parametrize(
    "forbidden", [b"/Encrypt", b"/JavaScript", b"/JS", b"/SMask", b"/ca ", b"/LZW", b"ASCII85"]
)
def test_no_file_holds_what_an_archive_forbids(forbidden: bytes, material: Material) -> None:
    data, _pages = pdf.render(papers.kind("dossier").build(material), fonts=FONTS)
    assert forbidden not in re.sub(rb"stream\n.*?endstream", b"", data, flags=re.DOTALL)


def test_the_colours_are_those_that_others_call_srgb() -> None:
    ours = ImageCms.ImageCmsProfile(BytesIO(colours.profile()))
    theirs = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    colour = Image.effect_noise((64, 64), 120)
    picture = Image.merge("RGB", (colour, colour.rotate(90), colour.rotate(180)))
    seen = ImageCms.profileToProfile(picture, ours, theirs)
    assert seen is not None
    off = [abs(a - b) for a, b in zip(picture.tobytes(), seen.tobytes(), strict=True)]
    assert max(off) <= 1


def test_the_profile_is_one_that_pdf_a_1_may_hold() -> None:
    made = colours.profile()
    assert int.from_bytes(made[:4], "big") == len(made) < 2000
    assert made[8:10] == b"\x02\x10"
    assert made[36:40] == b"acsp"

"""Drawing what strangers scanned, page by page, as flat pictures; runs only inside the worker.

A PDF or a picture is drawn at 200 dots an inch at most, on white, in grey where it has no colours.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from desktop.exchange.worker import RefusedError

DOTS = 200
"""Dots an inch at most: what Nghị định 30/2020 asks of a scan."""
ACROSS, DOWN = 1260, 2024
"""Dots of what papers have room for, 160 x 257 mm; longer sides are made smaller."""
MOST_DOTS = 40_000_000
"""Dots of a picture; what claims more is not opened."""
MOST_PAGES = 60
"""So many pages of one file are drawn."""
FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP")
QUALITY = 74
_COLOURLESS = 12
"""A picture whose colours differ by less is grey: scanners tint paper."""
_POINTS = 72
_SMALL = 256
"""Dots across of the picture that is looked at for colours."""
_FLAT = {"1": "L", "L": "L", "I;16": "L", "RGB": "RGB", "CMYK": "RGB", "YCbCr": "RGB"}
"""What a picture of a mode is made, before it is laid on white."""


def draw_scans(*arguments: str) -> Iterator[dict[str, Any]]:
    """Draw several files, given as path and folder in turn; one line each, in their order.

    A line has the ``pages`` that ``draw_scan`` gives of the file, or why it was ``refused``.
    """
    for path, folder in zip(arguments[0::2], arguments[1::2], strict=True):
        try:
            yield {"pages": list(draw_scan(path, folder)), "refused": ""}
        except RefusedError as refused:
            yield {"pages": [], "refused": refused.code}


def draw_scan(path: str, folder: str) -> Iterator[dict[str, Any]]:
    """Draw the file into ``folder`` as 1.jpg, 2.jpg …; what each page is, and how many there are.

    Raises RefusedError with why nothing can be drawn: ``scan-encrypted``, ``scan-damaged``,
    ``scan-too-large``, ``scan-other`` (a Word file, or anything else that is no scan).
    """
    with Path(path).open("rb") as file:
        head = file.read(1024)
    drawn = _of_pdf(path) if b"%PDF-" in head else _of_picture(path)
    for number, (picture, pages) in enumerate(drawn, 1):
        flat = _flat(picture)
        flat.save(Path(folder) / f"{number}.jpg", "JPEG", quality=QUALITY)
        yield {"page": number, "across": flat.width > flat.height, "pages": pages}


def _of_pdf(path: str) -> Iterator[tuple[Image.Image, int]]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        encrypted = "password" in str(error).lower() or "security" in str(error).lower()
        raise RefusedError("scan-encrypted" if encrypted else "scan-damaged") from error
    pages = len(document)
    if not pages:
        raise RefusedError("scan-damaged")
    for number in range(min(pages, MOST_PAGES)):
        try:
            page = document[number]
            longer, shorter = max(page.get_size()), min(page.get_size())
            if shorter <= 0:
                raise RefusedError("scan-damaged")
            scale = min(DOTS / _POINTS, DOWN / longer, ACROSS / shorter)
            picture = page.render(scale=scale).to_pil()
            page.close()
        except pypdfium2.PdfiumError as error:
            raise RefusedError("scan-damaged") from error
        yield picture, pages


def _of_picture(path: str) -> Iterator[tuple[Image.Image, int]]:
    Image.MAX_IMAGE_PIXELS = MOST_DOTS // 2
    try:
        with Image.open(path, formats=FORMATS) as opened:
            pages = getattr(opened, "n_frames", 1)
            for number in range(min(pages, MOST_PAGES)):
                opened.seek(number)
                if opened.width * opened.height > MOST_DOTS:
                    raise RefusedError("scan-too-large")
                opened.draft("RGB", (ACROSS, DOWN))
                yield ImageOps.exif_transpose(opened), pages
                if opened.format == "GIF":
                    return
    except UnidentifiedImageError as error:
        raise RefusedError("scan-other") from error
    except Image.DecompressionBombError as error:
        raise RefusedError("scan-too-large") from error
    except (OSError, SyntaxError, ValueError, EOFError, ArithmeticError) as error:
        raise RefusedError("scan-damaged") from error


def _flat(picture: Image.Image) -> Image.Image:
    """The picture on white, no larger than an A4 page, grey where it has no colours."""
    upright = picture.height >= picture.width
    whole = picture.convert(_FLAT.get(picture.mode, "RGBA"))
    whole.thumbnail((ACROSS, DOWN) if upright else (DOWN, ACROSS), Image.Resampling.LANCZOS)
    if whole.mode == "RGBA":
        ground = Image.new("RGB", whole.size, "white")
        ground.paste(whole, mask=whole.getchannel("A"))
        whole = ground
    return whole if whole.mode == "L" or not _is_grey(whole) else whole.convert("L")


def _is_grey(picture: Image.Image) -> bool:
    """Whether no part of the picture has a colour worth printing."""
    small = picture.copy()
    small.thumbnail((_SMALL, _SMALL))
    red, green, blue = small.split()
    difference = ImageChops.lighter(
        ImageChops.difference(red, green), ImageChops.difference(green, blue)
    )
    return not any(difference.histogram()[_COLOURLESS + 1 :])

"""Drawing what strangers scanned, page by page, as flat pictures; runs only inside the worker.

A PDF or a picture is drawn at 200 dots an inch at most, on white, in grey where it has no colours.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import ExifTags, Image, ImageChops, UnidentifiedImageError

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
_FLAT = {"1": "L", "L": "L", "RGB": "RGB", "CMYK": "RGB", "YCbCr": "RGB"}
"""What a picture of a mode is made, before it is laid on white."""
_TURNS: Mapping[object, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a picture is turned upright, by the orientation that its camera noted (EXIF 0x0112)."""


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
    for number, (flat, pages) in enumerate(drawn, 1):
        flat.save(Path(folder) / f"{number}.jpg", "JPEG", quality=QUALITY)
        yield {"page": number, "across": flat.width > flat.height, "pages": pages}


def _of_pdf(path: str) -> Iterator[tuple[Image.Image, int]]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        encrypted = "password" in str(error).lower() or "security" in str(error).lower()
        raise RefusedError("scan-encrypted" if encrypted else "scan-damaged") from error
    with closing(document), _damaged():
        # Before any page: seals, signatures and what was filled in are fields of a form.
        document.init_forms()
        pages = len(document)
        if not pages:
            raise RefusedError("scan-damaged")
        for number in range(min(pages, MOST_PAGES)):
            page = document[number]
            longer, shorter = max(page.get_size()), min(page.get_size())
            if shorter <= 0:
                raise RefusedError("scan-damaged")
            scale = min(DOTS / _POINTS, DOWN / longer, ACROSS / shorter)
            picture = _flat(page.render(scale=scale).to_pil())
            page.close()
            yield picture, pages


def _of_picture(path: str) -> Iterator[tuple[Image.Image, int]]:
    Image.MAX_IMAGE_PIXELS = MOST_DOTS // 2
    with _damaged(), Image.open(path, formats=FORMATS) as opened:
        pages = getattr(opened, "n_frames", 1)
        for number in range(min(pages, MOST_PAGES)):
            opened.seek(number)
            if opened.width * opened.height > MOST_DOTS:
                raise RefusedError("scan-too-large")
            opened.draft("RGB", (ACROSS, DOWN))
            opened.load()
            yield _flat(_upright(opened)), pages
            if opened.format == "GIF":
                return


@contextmanager
def _damaged() -> Iterator[None]:
    """Refuse as damaged whatever makes a reader stumble.

    Readers of strangers' files raise what they like (KeyError, TypeError, struct.error …), and one
    bad file must not keep all others from being printed.
    """
    try:
        yield
    except (RefusedError, MemoryError):
        raise
    except UnidentifiedImageError as error:
        raise RefusedError("scan-other") from error
    except Image.DecompressionBombError as error:
        raise RefusedError("scan-too-large") from error
    except Exception as error:
        raise RefusedError("scan-damaged") from error


def _upright(picture: Image.Image) -> Image.Image:
    """The picture turned as its camera says, or as it lies where that cannot be read."""
    try:
        turn = _TURNS.get(picture.getexif().get(ExifTags.Base.Orientation))
    except MemoryError:
        raise
    except Exception:
        return picture
    return picture if turn is None else picture.transpose(turn)


def _flat(picture: Image.Image) -> Image.Image:
    """The picture on white, no larger than an A4 page, grey where it has no colours."""
    upright = picture.height >= picture.width
    if picture.mode[0] in "IF":
        whole = _eight_bits(picture)
    else:
        whole = picture.convert(_FLAT.get(picture.mode, "RGBA"))
    whole.thumbnail((ACROSS, DOWN) if upright else (DOWN, ACROSS), Image.Resampling.LANCZOS)
    if whole.mode == "RGBA":
        ground = Image.new("RGB", whole.size, "white")
        ground.paste(whole, mask=whole.getchannel("A"))
        whole = ground
    return whole if whole.mode == "L" or not _is_grey(whole) else whole.convert("L")


def _eight_bits(picture: Image.Image) -> Image.Image:
    """A grey picture of 12 or 16 bits a dot in the 8 that are printed; others are no scans."""
    if picture.mode == "F":
        raise RefusedError("scan-other")
    deep = picture if picture.mode == "I;16" else picture.convert("I")
    lowest, highest = (int(level) for level in deep.getextrema())  # type: ignore[arg-type]  # one channel
    if lowest < 0 or highest >= 1 << 16:
        raise RefusedError("scan-other")
    step = 1 << (4 if highest < 1 << 12 else 8)
    return deep.point(lambda level: level / step).convert("L")


def _is_grey(picture: Image.Image) -> bool:
    """Whether no part of the picture has a colour worth printing."""
    small = picture.copy()
    small.thumbnail((_SMALL, _SMALL))
    red, green, blue = small.split()
    difference = ImageChops.lighter(
        ImageChops.difference(red, green), ImageChops.difference(green, blue)
    )
    return not any(difference.histogram()[_COLOURLESS + 1 :])

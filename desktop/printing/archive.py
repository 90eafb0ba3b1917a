"""What makes a printed file one that an archive can keep (PDF/A-1b, ISO 19005-1), and its bytes.

The drawing library collects the objects of a file; here they are written down. Nothing tells the
time, so that equal papers are equal files.
"""

import hashlib
import re
import zlib
from functools import lru_cache
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFIndirectObject,
    PDFName,
    PDFStream,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas

from desktop.printing import colours

# Streams need not pass as text: a quarter less of each.
rl_config.useA85 = 0

_OPENING = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
_UNTOLD = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{program}</xmp:CreatorTool>
<pdf:Producer>{program}</pdf:Producer>
<pdfaid:part>1</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


class Properties(NamedTuple):
    """What a file says of itself."""

    title: str
    author: str
    subject: str
    program: str
    language: str


def said(text: str) -> str:
    """Text as properties and outline of a file can hold it: one line, no half characters."""
    return " ".join(_UNTOLD.sub(" ", text).split())


def finished(canvas: Canvas, properties: Properties) -> bytes:
    """The bytes of the file whose last page the canvas has shown."""
    file: Any = canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001 - the library writes no PDF/A
    for font in file.delayedFonts:
        font.addObjects(file)
    told = Properties(*map(said, properties))
    catalogue = file.Catalog
    catalogue.Lang = PDFString(told.language)
    catalogue.Metadata = _metadata(told)
    catalogue.OutputIntents = PDFArray([_intent(file)])
    catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "OutputIntents"]
    root, info = file.Reference(catalogue), file.Reference(_information(told))
    file.Outlines.prepare(file, canvas)
    if file.Outlines.ready < 0:
        catalogue.Outlines = None
    return _written(file, root, info)


def _information(told: Properties) -> PDFDictionary:
    """The properties as readers of before XMP look for them; the two must agree."""
    return PDFDictionary(
        {
            "Title": PDFString(told.title),
            "Author": PDFString(told.author),
            "Subject": PDFString(told.subject),
            "Creator": PDFString(told.program),
            "Producer": PDFString(told.program),
        }
    )


def _metadata(told: Properties) -> PDFStream:
    """The properties as XMP, which nothing may compress."""
    named = {name: escape(value) for name, value in told._asdict().items()}
    head = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    return PDFStream(head, _PACKET.format_map(named).encode("utf-8"))


def _intent(file: Any) -> PDFDictionary:
    """For what colours the file was made."""
    head = PDFDictionary({"N": 3, "Filter": PDFName("FlateDecode")})
    return PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString(colours.NAME),
            "Info": PDFString(colours.NAME),
            "DestOutputProfile": file.Reference(PDFStream(head, _profile())),
        }
    )


@lru_cache(maxsize=1)
def _profile() -> bytes:
    """The profile of the colours, compressed once for all files."""
    return zlib.compress(colours.profile(), 9)


def _written(file: Any, root: Any, info: Any) -> bytes:
    """All objects one after another, the table of their places, and where to begin reading.

    Objects may add others while they are written.
    """
    parts, places, length = [_OPENING], [0], len(_OPENING)
    while (number := len(places)) in file.numberToId:
        name = file.numberToId[number]
        part = _object(PDFIndirectObject(name, file.idToObject[name]).format(file))
        places.append(length)
        parts.append(part)
        length += len(part)
    identity = hashlib.sha256(b"".join(parts)).hexdigest()[:32]
    rows = "".join(f"{place:010d} 00000 n \n" for place in places[1:])
    size = len(places)
    parts.append(
        f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer\n<<\n/Size {size}\n"
        f"/Root {root.format(file).decode()}\n/Info {info.format(file).decode()}\n"
        f"/ID [<{identity}><{identity}>]\n>>\nstartxref\n{length}\n%%EOF\n".encode("ascii")
    )
    return b"".join(parts)


def _object(written: bytes) -> bytes:
    """An object as PDF/A wants it: a line end between a stream and the word that ends it."""
    end = b"endstream\nendobj\n"
    return b"%b\n%b" % (written[: -len(end)], end) if written.endswith(end) else written

"""PDFs as viewers read them, the damaged ones included: what they do by themselves, and a copy that
does nothing and says nothing of who made it, when and with what."""

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

# PDF 2.0, 12.6.4: what starts, sends or fetches something. A link to a page on the internet is
# followed by a click, after the viewer has asked.
_ACTS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound"}
    | {"/RichMediaExecute", "/GoTo3DView", "/GoToE"}
)
_PLAYS = frozenset({"/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"})
_OF_A_MAKER = ("/Metadata", "/PieceInfo", "/LastModified", "/AA")
_OF_THE_WHOLE = (*_OF_A_MAKER, "/AF", "/Collection", "/Perms", "/Legal", "/SpiderInfo", "/URI")
_OF_A_WRITER = ("/T", "/M", "/CreationDate", "/NM")
_LONGEST_CHAIN = 50


def look(file: BinaryIO) -> set[str]:
    """``password``, ``broken``, ``acts``, ``files``, ``fetches``, ``form``; nothing if harmless."""
    try:
        with pikepdf.open(file) as pdf:
            return set(_findings(pdf))
    except pikepdf.PasswordError:
        return {"password"}
    except pikepdf.PdfError:
        return {"broken"}


def _findings(pdf: Pdf) -> Iterator[str]:
    root = pdf.Root
    if not len(pdf.pages):
        yield "broken"
    names = root.get("/Names", Dictionary())
    if "/JavaScript" in names or _acts(root.get("/OpenAction")) or "/AA" in root:
        yield "acts"
    if "/EmbeddedFiles" in names or "/AF" in root:
        yield "files"
    if root.get("/NeedsRendering", False):
        yield "form"
    for each in pdf.objects:
        yield from _of_object(each)


def _of_object(each: Any) -> Iterator[str]:
    if not isinstance(each, Dictionary | Stream):
        return
    if isinstance(each, Stream) and "/F" in each:
        yield "fetches"
    if each.get("/Type") == Name.EmbeddedFile:
        yield "files"
    if each.get("/Type") == Name.Page and "/AA" in each:
        yield "acts"
    for one in (each, *_annotations(each)):
        yield from _of_annotation(one)


def _of_annotation(each: Any) -> Iterator[str]:
    kind = each.get("/Subtype")
    if kind == Name.FileAttachment:
        yield "files"
    if kind is not None and str(kind) in _PLAYS and "/Rect" in each:
        yield "acts"
    is_field = kind == Name.Widget or "/FT" in each
    action = each.get("/A")
    found = set(_kinds(action)) if action is not None else set()
    # Scripts of a form's fields add up and check dates: they are let in, and left out of copies.
    if found & (_ACTS - {"/JavaScript", "/SubmitForm"} if is_field else _ACTS):
        yield "acts"
    if str(each.get("/S", "")) == "/Launch":
        yield "acts"


def _annotations(page: Any) -> list[Any]:
    """Those that are written into the page itself; the others are objects of their own."""
    found = page.get("/Annots")
    if not isinstance(found, Array):
        return []
    return [each for each in found if isinstance(each, Dictionary) and not each.is_indirect]


def _acts(action: Any) -> bool:
    return bool(_ACTS & set(_kinds(action))) if isinstance(action, Dictionary) else False


def _kinds(action: Any, left: int = _LONGEST_CHAIN) -> Iterator[str]:
    """Of an action and of those that follow it."""
    if isinstance(action, Array):
        for each in list(action)[:left]:
            yield from _kinds(each, left - 1)
    elif isinstance(action, Dictionary) and left:
        yield str(action.get("/S", ""))
        if "/Next" in action:
            yield from _kinds(action["/Next"], left - 1)


def copy(file: BinaryIO, out: BinaryIO, cleaned: Callable[[bytes], bytes]) -> None:
    with pikepdf.open(file) as pdf:
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        _clean_whole(pdf.Root)
        for each in pdf.objects:
            if isinstance(each, Dictionary | Stream):
                _clean(each, cleaned)
                for one in _annotations(each):
                    _clean(one, cleaned)
        # What an earlier saving left behind is not written again: nothing leads to it.
        pdf.save(out, deterministic_id=True, encryption=False)


def _clean_whole(root: Any) -> None:
    _without(root, _OF_THE_WHOLE)
    if isinstance(root.get("/OpenAction"), Dictionary):
        _without(root, ("/OpenAction",))
    if "/Names" in root:
        _without(root["/Names"], ("/JavaScript", "/EmbeddedFiles", "/Renditions"))
    if "/AcroForm" in root:
        _without(root["/AcroForm"], ("/XFA", "/SigFlags"))


def _without(held: Any, names: tuple[str, ...]) -> None:
    for name in names:
        if name in held:
            del held[name]


def _clean(each: Any, cleaned: Callable[[bytes], bytes]) -> None:
    _without(each, _OF_A_MAKER)
    if set(_kinds(each.get("/A"))) & _ACTS:
        _without(each, ("/A",))
    is_field = each.get("/Subtype") == Name.Widget or "/FT" in each
    if "/Rect" in each and "/Subtype" in each and not is_field:
        _without(each, _OF_A_WRITER)
        if each.Subtype == Name.FileAttachment:
            _without(each, ("/FS", "/Contents"))
    if each.get("/FT") == Name.Sig:
        # It names who signed and where, and no copy is what was signed.
        _without(each, ("/V",))
    if isinstance(each, Stream) and each.get("/Filter") in (
        Name.DCTDecode,
        Array([Name.DCTDecode]),
    ):
        _clean_photograph(each, cleaned)


def _is_photograph(stream: Any) -> bool:
    filters = stream.get("/Filter")
    if isinstance(filters, Array):
        return len(filters) == 1 and filters[0] == Name.DCTDecode
    return bool(filters == Name.DCTDecode)


def _clean_photograph(image: Any, cleaned: Callable[[bytes], bytes]) -> None:
    raw = image.read_raw_bytes()
    try:
        picture = cleaned(raw)
    except ValueError:  # viewers show what there is of it
        return
    if len(picture) < len(raw):
        image.write(picture, filter=image.Filter, decode_parms=image.get("/DecodeParms"))

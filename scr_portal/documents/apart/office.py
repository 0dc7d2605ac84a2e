"""Word, Excel and PowerPoint files without who wrote them, where and with what.

What was written stays, deletions that are still tracked and comments included, but their writers
are "Author 1", "Author 2". Parts that hold nothing else are left out, with every mention of them.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO, Any

from lxml import etree

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REVISION = re.compile(r"rsid\w*", re.I)
_TYPES = "[Content_Types].xml"
# By what a part is to the whole, in the words of its type or of a relationship to it.
_LEFT_OUT = re.compile(
    r"/(core-properties|extended-properties|custom-properties|thumbnail|classificationlabels"
    r"|people|printerSettings|attachedTemplate|digital-signature/(origin|signature))$",
    re.I,
)
_LEFT_OUT_PATHS = re.compile(r"^(docProps|docMetadata|_xmlsignatures)/|/printerSettings/", re.I)
# Where a program keeps what a server knows of the file; anything else there may be shown in it.
_OF_A_SERVER = re.compile(
    rb"schemas\.microsoft\.com/(office/2006/metadata|sharepoint|office/2006/customDocument)"
)
_WRITER = {"author", "userName"}
# A table of a workbook has a display name as well, which its formulas call it by.
_OF_PEOPLE = {"displayName", "name", "userId"}
_PEOPLE = re.compile(r"(persons/person\d*|commentAuthors|/authors)\.xml$", re.I)
_ITEM = re.compile(r"customXml/item\d+\.xml$", re.I)
_PICTURE = re.compile(r"\.(jpe?g|png)$", re.I)
_OFFICE = re.compile(r"/embeddings/.*\.(docx|xlsx|pptx)$", re.I)

# What a reader of the page does not see, and of the file does.
_UNSEEN = {
    "changes": re.compile(rb"<w:(ins|del|moveFrom|moveTo)\b|<x?:?rrc\b"),
    "hidden": re.compile(rb"<w:vanish\s*/>|state=\"(hidden|veryHidden)\"|<p:sld\b[^>]*show=\"0\""),
}
_SAID_ASIDE = re.compile(r"/(comments|threadedComments?|notesSlides)[^/]*(/|\.xml$)", re.I)


def look(file: IO[bytes]) -> set[str]:
    """``changes``, ``hidden`` and ``comments``, where there are any."""
    found = set()
    with zipfile.ZipFile(file) as parts:
        for path in parts.namelist():
            if _SAID_ASIDE.search(path):
                found.add("comments")
            elif path.lower().endswith(".xml"):
                content = parts.read(path)
                found |= {what for what, mark in _UNSEEN.items() if mark.search(content)}
    return found


def copy(file: IO[bytes], out: IO[bytes], cleaned: Callable[[bytes], bytes]) -> None:
    Copying(cleaned).write(file, out)


class Copying:
    def __init__(self, cleaned: Callable[[bytes], bytes]) -> None:
        self.cleaned = cleaned
        self.writers: dict[str, str] = {}

    def write(self, file: IO[bytes], out: IO[bytes]) -> None:
        with zipfile.ZipFile(file) as parts, zipfile.ZipFile(out, "w") as copied:
            left_out = _left_out(parts)
            gone = {path: set(_gone(parts, path, left_out)) for path in parts.namelist()}
            for part in parts.infolist():
                if part.filename in left_out:
                    continue
                content = self._part(parts.read(part), part.filename, left_out, gone)
                # No time of its own, and no field that another program added.
                plain = zipfile.ZipInfo(part.filename)
                plain.compress_type = zipfile.ZIP_DEFLATED
                copied.writestr(plain, content)

    def _part(
        self, content: bytes, path: str, left_out: set[str], gone: dict[str, set[str]]
    ) -> bytes:
        if _PICTURE.search(path):
            # Of one that is cut off, programs show what there is.
            with suppress(ValueError):
                return self.cleaned(content)
            return content
        if _OFFICE.search(path):
            inner = io.BytesIO()
            self.write(io.BytesIO(content), inner)
            return inner.getvalue()
        if not path.lower().endswith((".xml", ".rels")):
            return content
        root = _parsed(content)
        if path == _TYPES:
            _drop(each for each in root if _of_type(each) in left_out)
        elif path.endswith(".rels"):
            _drop(each for each in root if _is_gone(each, path, left_out))
        else:
            self._clean(root, path, gone.get(_rels_of(path), set()))
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _clean(self, root: Any, path: str, gone: set[str]) -> None:
        is_people = bool(_PEOPLE.search(path))
        for each in list(root.iter(etree.Element)):
            self._clean_attributes(each, is_people)
            name = etree.QName(each).localname
            if each.get(f"{{{_RELATION}}}id") in gone:
                if name == "pageSetup":
                    del each.attrib[f"{{{_RELATION}}}id"]
                else:
                    _drop([each])
            elif name in {"rsids", "absPath"}:
                _drop([each])
            elif name == "author" and each.text:
                # A comment in a workbook begins with its writer's name.
                said, each.text = f"{each.text}:", self._writer(each.text)
                for text in root.iter("{*}t"):
                    if (text.text or "").startswith(said):
                        text.text = f"{each.text}:{text.text[len(said) :]}"

    def _clean_attributes(self, element: Any, is_people: bool) -> None:
        for attribute in list(element.attrib):
            name = etree.QName(attribute).localname
            if name in _WRITER or (is_people and name in _OF_PEOPLE):
                element.set(attribute, self._writer(element.get(attribute)))
            elif name == "initials":
                element.set(attribute, "A")
            elif is_people and name == "providerId":
                element.set(attribute, "None")
            elif _REVISION.fullmatch(name) or (name == "date" and _is_word(attribute)):
                del element.attrib[attribute]

    def _writer(self, name: str) -> str:
        return self.writers.setdefault(name, f"Author {len(self.writers) + 1}") if name else ""


def _is_word(attribute: str) -> bool:
    """``w:date`` is when a change was made; elsewhere a date may be what is shown."""
    return "wordprocessingml" in (etree.QName(attribute).namespace or "")


def _parsed(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise ValueError("a document type")
    return root


def _left_out(parts: zipfile.ZipFile) -> set[str]:
    names = set(parts.namelist())
    found = {name for name in names if _LEFT_OUT_PATHS.search(name)}
    for path in names:
        if path.endswith(".rels"):
            found |= {
                _target(path, each.get("Target", ""))
                for each in _parsed(parts.read(path))
                if _LEFT_OUT.search(each.get("Type", "")) and each.get("TargetMode") != "External"
            }
        elif _ITEM.match(path) and _OF_A_SERVER.search(parts.read(path)):
            found |= {path, path.replace("item", "itemProps"), _rels_of(path)}
    return found & names


def _gone(parts: zipfile.ZipFile, path: str, left_out: set[str]) -> Iterator[str]:
    """Ids of the relationships that a part loses, which its own text must no longer name."""
    if path.endswith(".rels") and path not in left_out:
        for each in _parsed(parts.read(path)):
            if _is_gone(each, path, left_out):
                yield each.get("Id", "")


def _is_gone(relationship: Any, path: str, left_out: set[str]) -> bool:
    if _LEFT_OUT.search(relationship.get("Type", "")):
        return True
    is_inside = relationship.get("TargetMode") != "External"
    return is_inside and _target(path, relationship.get("Target", "")) in left_out


def _target(rels: str, target: str) -> str:
    """The part that a relationship leads to, as the archive names it."""
    if target.startswith("/"):
        return target[1:]
    folder = posixpath.dirname(posixpath.dirname(rels))
    return posixpath.normpath(posixpath.join(folder, target))


def _rels_of(path: str) -> str:
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _of_type(element: Any) -> str:
    return str(element.get("PartName", "")).removeprefix("/")


def _drop(elements: Any) -> None:
    for each in list(elements):
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)

"""A file that came back: whether it is one of ours, and what was written into it."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from quality_markers.assessments.models import Answer, Pass
from quality_markers.assessments.queries import Leave
from quality_markers.assessments.rules import LONGEST
from quality_markers.packs import layout, queries, rules
from quality_markers.packs.models import Pack
from quality_markers.packs.queries import Slot
from scr_portal.core.fill_in import Filled
from scr_portal.core.reasons import Refused
from scr_portal.documents import names
from scr_portal.documents.content import inspect
from scr_portal.documents.kinds import MIB, Kind


@dataclass(frozen=True)
class Read:
    """``changed``: what the file says otherwise than it did when it was handed out."""

    pack: Pack
    sha256: str
    changed: list[tuple[Slot, dict[str, str]]]
    missing: list[Slot]


def content_of(upload: Any) -> tuple[bytes, Pack.Form]:
    """Looked at from outside, and not parsed. Raises Refused."""
    name = names.cleaned(upload.name or "")
    if upload.size > rules.LARGEST:
        raise Refused(
            _("The file is larger than %(limit)d MB, and no pack is. Take out what was put in.")
            % {"limit": rules.LARGEST // MIB}
        )
    kind = getattr(upload, "inspected_as", None) or inspect(upload.file, name)
    if kind not in (Kind.DOCX, Kind.XLSX):
        raise Refused(_("A pack comes back as the Word or Excel file that it was handed out as."))
    with zipfile.ZipFile(upload.file) as parts:
        _look_into(parts)
    upload.seek(0)
    return upload.read(), Pack.Form(kind.value)


def _look_into(parts: zipfile.ZipFile) -> None:
    """Each part was unpacked while the file was inspected: it is as large as it says."""
    if sum(part.file_size for part in parts.infolist()) > rules.LARGEST_UNPACKED:
        raise Refused(_("The file unpacks to more than any pack holds, and was not read."))
    # Entities are defined in a document type, and no Word or Excel file has one.
    if any(b"<!DOCTYPE" in parts.read(part).replace(b"\0", b"") for part in parts.infolist()):
        raise Refused(_("The file is not as Word or Excel save it, and was not read."))


def read(assessment: Pass, form: Pack.Form, content: bytes) -> Read:
    """Raises Refused where it is not a pack of this pass, or not as it was handed out."""
    returned = layout.read(form, content)
    pack = Pack.objects.filter(key=rules.key_in(returned.key), assessment=assessment).first()
    if pack is None:
        raise Refused(_foreign(returned.key))
    pack.assessment = assessment
    slots = {slot.key: slot for slot in queries.slots(assessment, Leave(everything=True))}
    known = {
        key: slots[slot]
        for key, slot in rules.item_keys(pack.key, pack.texts).items()
        if slot in slots
    }
    _require_untouched(returned.items, known)
    found = {known[item.key].key: item for item in returned.items}
    wanted = [slots[key] for key in pack.texts if key in slots]
    return Read(
        pack=pack,
        sha256=sha256(content).hexdigest(),
        changed=list(_changed(pack, [slot for slot in wanted if slot.key in found], found)),
        missing=[slot for slot in wanted if slot.key not in found],
    )


def _require_untouched(items: list[Filled], known: dict[str, Slot]) -> None:
    met: set[str] = set()
    for item in items:
        slot = known.get(item.key)
        if slot is None:
            raise Refused(_tampered())
        if item.key in met or item.twice:
            raise Refused(_("%(name)s stands in the file twice.") % {"name": _name(slot)})
        if not rules.same_words(item.heading, slot.heading):
            raise Refused(
                _(
                    "%(name)s reads otherwise in the file than in the self-assessment, so its "
                    "answer would be one to another question. Bring back a file whose questions "
                    "are as they were handed out."
                )
                % {"name": _name(slot)}
            )
        met.add(item.key)


def _changed(
    pack: Pack, slots: list[Slot], found: dict[str, Filled]
) -> Iterator[tuple[Slot, dict[str, str]]]:
    for slot in slots:
        changed = rules.changed(queries.given(pack, slot), _texts(slot, found[slot.key]))
        if any(len(text) > LONGEST for text in changed.values()):
            raise Refused(
                _("%(name)s is longer than the 100,000 characters that a text may hold.")
                % {"name": _name(slot)}
            )
        if changed:
            yield slot, changed


def _texts(slot: Slot, item: Filled) -> dict[str, str]:
    """By the names of the fields. Raises Refused for a box that we did not make."""
    if not slot.question:
        return {"text": item.texts.get("narrative", "")}
    if item.texts.keys() - set(Answer.FIELDS):
        raise Refused(_tampered())
    texts = dict(item.texts)
    # A list that was emptied says nothing: the judgement is left as it was.
    if words := texts.pop("judgement", "").strip():
        texts["judgement"] = _judgement(slot, words)
    return texts


def _judgement(slot: Slot, words: str) -> str:
    by_words = {layout.judgement(value).casefold(): value for value in Answer.Judgement.values}
    if words.casefold() not in by_words:
        raise Refused(
            _("%(name)s: “%(words)s” is no judgement. Choose one of: %(list)s.")
            % {
                "name": _name(slot),
                "words": words[:60],
                "list": ", ".join(str(label) for label in Answer.Judgement.labels),
            }
        )
    return str(by_words[words.casefold()])


def _name(slot: Slot) -> str:
    if slot.question:
        return _("Question %(number)s") % {"number": slot.number}
    return _("The overall reflection on marker %(number)s") % {"number": slot.number}


def _foreign(said: str) -> str:
    if rules.key_in(said):
        return _("This file was handed out for another self-assessment. Bring it back there.")
    return _(
        "This is not a pack that was handed out here, or its hidden key is lost. Bring back the "
        "file that was downloaded from this page."
    )


def _tampered() -> str:
    return _(
        "The hidden keys beside the questions are not as they were handed out, so nothing in the "
        "file can be trusted to belong where it stands. Nothing of it was read."
    )

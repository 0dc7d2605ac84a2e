"""The content of a file as rows, one for what each pass says to each question."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from scr_portal.core import csv_table
from scr_portal.core.book import Book, Chapter, Closing, Entry, Said, Voice

_WIDE = {"narrative": 60, "notes": 30, "evidence": 40, "comments": 40, "why": 40}


def to_csv(book: Book) -> bytes:
    """Every row says what it is of, so that rows of several files can be put together."""
    last = [book.wording, book.marking, book.for_whom]
    heads = [*_heads(book), _("This copy"), _("Protective marking"), _("This copy is for")]
    made = [book.made, *last[1:]]
    return csv_table.write(heads, ([*row, *made] for row in _rows(book)))


def to_excel(book: Book) -> bytes:
    from scr_portal.core import excel  # not before it is wanted: openpyxl is large

    about = excel.Table(_("About"), [_("About"), ""], _about(book), widths=[30, 90])
    answers = excel.Table(_("Answers"), _heads(book), list(_rows(book)), widths=_widths(book))
    return excel.write(
        [about, answers],
        title=book.name,
        made_at=book.made_at,
        made_by=book.board,
        marking=f"{book.marking}. {book.for_whom}",
    )


def _heads(book: Book) -> list[str]:
    return [
        _("Reference"),
        _("Self-assessment"),
        _("Cluster"),
        _("Marker"),
        _("Number"),
        _("Question"),
        _("Judgement"),
        *book.kinds.values(),
        _("Written by"),
        _("When"),
        _("Wording"),
    ]


def _widths(book: Book) -> list[int]:
    kinds = [_WIDE.get(kind, 30) for kind in book.kinds]
    return [14, 9, 18, 22, 9, 40, 16, *kinds, 20, 20, 30]


def _rows(book: Book) -> Iterator[list[str | int]]:
    yield from _of_the_whole(book, book.said)
    for part in book.parts:
        yield from _of_the_whole(book, part.said, f"{part.eyebrow}, {part.title}")
        for chapter in part.chapters:
            for entry in chapter.entries:
                for voice in entry.voices:
                    yield _row(book, chapter, entry, voice)


def _row(book: Book, chapter: Chapter, entry: Entry, voice: Voice) -> list[str | int]:
    said = {each.kind: each.text for each in voice.said}
    return [
        book.reference,
        voice.number,
        chapter.cluster,
        f"{chapter.number}. {chapter.title}",
        entry.reference,
        "\n".join(each for each in (entry.text, entry.note) if each),
        voice.judgement,
        *(said.get(kind, "") for kind in book.kinds),
        voice.by,
        voice.at,
        voice.wording,
    ]


def _of_the_whole(book: Book, said: Sequence[Said], of: str = "") -> Iterator[list[str | int]]:
    """What is said of all questions together stands before them, under its own label."""
    for each in said:
        empty = ["" for _kind in book.kinds]
        column = list(book.kinds).index("narrative")
        empty[column] = each.text
        yield [book.reference, of, "", "", "", each.label, "", *empty, "", "", book.wording]


def _about(book: Book) -> list[list[str]]:
    rows = [
        [_("Board"), book.board],
        [_("Reference"), f"{book.reference} {book.pseudonym}"],
        [_("Of"), ", ".join(each for each in (book.title, book.subtitle) if each)],
        *([label, value] for label, value in book.facts),
        *_closing(book.closing),
    ]
    for part in book.parts:
        if part.facts:
            rows.append(["", f"{part.eyebrow}, {part.title}"])
            rows += [[label, value] for label, value in part.facts]
            rows += _closing(part.closing)
    return [*rows, ["", book.note]] if book.note else rows


def _closing(closing: Closing | None) -> list[list[str]]:
    if closing is None:
        return []
    rows = [[_("Signatures"), closing.words], *([label, value] for label, value in closing.rows)]
    if closing.link:
        rows.append([_("Verify at"), closing.link])
    return [*rows, ["", closing.note]] if closing.note else rows

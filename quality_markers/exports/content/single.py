"""One pass, or one marker of it."""

from quality_markers.exports.content import chapters, fronts, voices
from quality_markers.exports.content.frame import frame
from quality_markers.exports.content.names import Names
from quality_markers.exports.content.wish import Wish
from scr_portal.core.book import Book


def book(wish: Wish) -> Book:
    one, markers = wish.assessment, chapters.markers_of(wish)
    names = Names(one.review, wish.is_named)
    found = chapters.of_pass(wish, markers, names)
    numbers = [marker.number for marker in markers]
    is_whole = one.markers.count() == len(markers)
    title = fronts.pass_title(one)
    return Book(
        title=f"{title}, {wish.marker}" if wish.marker else title,
        subtitle=fronts.subtitle(one),
        version=title,
        wording=voices.wording(one),
        facts=[*fronts.of_pass(wish, names), *fronts.of_copy(wish, names, numbers)],
        parts=chapters.by_cluster(found, [chapters.cluster(each) for each in markers]),
        closing=fronts.closing(wish, names, is_whole=is_whole),
        **frame(wish, names),
    )

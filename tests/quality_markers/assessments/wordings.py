"""Another version of a catalogue, as an edition that came later would be."""

from quality_markers.catalogue.models import CatalogueVersion, Marker, Question
from quality_markers.catalogue.operations import storing

REWORDED = "How was the family asked, and by whom?"
NEW = "Who told the family about the newer wording?"


def a_newer_one(old: CatalogueVersion, *, dropped: str = "12.5") -> CatalogueVersion:
    """12.4 reads otherwise, 12.5 is gone, 12.49 is new, and marker 18 is left out."""
    version = CatalogueVersion.objects.create(
        title="Newer", source="own", edition=old.edition, framework=old.framework, state="draft"
    )
    for marker in old.markers.exclude(number=18).prefetch_related("questions"):
        questions = list(marker.questions.all())
        _copied(marker, version)
        for each in questions:
            reference = f"{marker.number}.{each.number}"
            if reference != dropped:
                text = REWORDED if reference == "12.4" else each.text
                Question.objects.create(marker=marker, number=each.number, text=text)
        if marker.number == 12:
            Question.objects.create(marker=marker, number=49, text=NEW)
    storing.publish(version, "b" * 64, is_current=True)
    return version


def _copied(marker: Marker, version: CatalogueVersion) -> None:
    marker.pk, marker._state.adding, marker.version = None, True, version
    marker.save()

import pytest
from django.db import IntegrityError, transaction

from quality_markers.catalogue import operations
from quality_markers.catalogue.models import CatalogueVersion, Marker, Question, Source
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused
from tests.cast import person
from tests.quality_markers.catalogue import invented

pytestmark = pytest.mark.django_db

CONTENT = invented.text().encode()


def counts() -> tuple[int, int, int]:
    return CatalogueVersion.objects.count(), Marker.objects.count(), Question.objects.count()


def test_our_own_wording_is_loaded_once():
    version = operations.load_own()
    assert operations.load_own() == version
    assert counts() == (1, 18, 107)
    assert version.source == Source.OWN and version.is_current
    assert CatalogueVersion.objects.current() == version


def test_our_own_wording_does_not_push_out_what_is_current():
    official = operations.import_published(content=CONTENT)
    own = operations.load_own()
    assert CatalogueVersion.objects.current() == official
    assert not own.is_current


def test_the_published_text_becomes_current_and_the_old_version_stays():
    own = operations.load_own()
    official = operations.import_published(content=CONTENT)
    own.refresh_from_db()
    assert (own.is_current, official.is_current) == (False, True)
    assert counts() == (2, 36, 214)
    assert own.markers.get(number=4).title == "Informing the family"


def test_markers_know_their_cluster_and_whether_they_are_about_the_family():
    version = operations.import_published(content=CONTENT)
    markers = list(version.markers.all())
    assert [m.number for m in markers if m.is_family] == [4, 12]
    assert [m.cluster_number for m in markers] == [1] * 5 + [2] * 8 + [3] * 5
    assert {m.cluster_title for m in markers} == set(invented.CLUSTERS.values())
    assert markers[11].questions.get(number=4).reference == "12.4"


def test_an_import_is_recorded():
    importer = person("Ida Importer")
    version = operations.import_published(content=CONTENT, by=importer)
    event = AuditEvent.objects.latest("pk")
    assert event.kind == "catalogue_imported"
    assert event.target_id == str(version.pk)
    assert version.imported_by == importer


def test_the_same_text_twice_changes_nothing():
    operations.import_published(content=CONTENT)
    with pytest.raises(operations.AlreadyImported, match="already in the catalogue"):
        operations.import_published(content=CONTENT)
    assert counts() == (1, 18, 107)


def test_a_refusal_changes_nothing():
    own = operations.load_own()
    events = AuditEvent.objects.count()
    short = CONTENT.replace(b"7. Is lantern 8.7 lit in time?\n", b"")
    with pytest.raises(Refused, match=r"Quality Marker 8, line \d+: it has 6 questions"):
        operations.import_published(content=short)
    assert counts() == (1, 18, 107)
    assert CatalogueVersion.objects.current() == own
    assert AuditEvent.objects.count() == events


def test_text_that_is_not_utf8_is_refused_with_its_line():
    lines = CONTENT.split(b"\n")
    lines[41] += "é".encode("latin-1")
    with pytest.raises(Refused, match="Line 42 is not UTF-8"):
        operations.import_published(content=b"\n".join(lines))


def test_the_database_holds_one_current_version():
    operations.load_own()
    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogueVersion.objects.create(
            title="x", source=Source.OWN, edition="2016", sha256="0" * 64, is_current=True
        )


@pytest.mark.parametrize(
    "fields", [{"source": "borrowed"}, {"sha256": "short"}, {"sha256": "Z" * 64}]
)
def test_the_database_refuses_a_version_that_makes_no_sense(fields):
    with pytest.raises(IntegrityError):
        CatalogueVersion.objects.create(
            **{"title": "x", "source": "own", "edition": "2016", "sha256": "1" * 64, **fields}
        )


def test_the_database_refuses_a_marker_or_question_twice():
    marker = operations.load_own().markers.get(number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        marker.questions.create(number=1, text="Again?")
    marker.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        marker.save(force_insert=True)

import pytest
from django.urls import reverse

from quality_markers.catalogue import operations
from quality_markers.catalogue.models import CatalogueVersion
from tests.cast import person
from tests.quality_markers.catalogue.unlocking import unlocked

LIST = "quality_markers:catalogue_list"
MARKER = "quality_markers:catalogue_marker"


@pytest.fixture
def version(db) -> CatalogueVersion:
    return operations.load_own()


@pytest.fixture
def client(sign_in):
    return sign_in(person("Nobody In Particular"))


def test_the_list_names_every_marker_under_its_cluster(client, version):
    page = client.get(reverse(LIST)).content.decode()
    for marker in version.markers.all():
        assert reverse(MARKER, args=[marker.number]) in page
    assert page.count('id="cluster-') == 3
    assert "11 questions" in page


def test_without_a_catalogue_the_list_says_what_to_do(client):
    assert "script/manage load_catalogue" in client.get(reverse(LIST)).content.decode()
    assert client.get(reverse(MARKER, args=[1])).status_code == 404


@pytest.mark.parametrize("number", [1, 12, 18])
def test_a_marker_shows_its_questions_and_folds_its_guidance(client, version, number):
    marker = version.markers.get(number=number)
    page = client.get(reverse(MARKER, args=[number])).content.decode()
    for question in marker.questions.all():
        assert f">{question.reference}<" in page
    assert page.count("<details") == (4 if marker.knowledge else 3)


@pytest.mark.parametrize("number", [0, 19])
def test_a_marker_that_is_not_there(client, version, number):
    assert client.get(reverse(MARKER, args=[number])).status_code == 404


def test_pages_take_few_queries(client, version, django_assert_max_num_queries):
    client.get(reverse(LIST))
    with django_assert_max_num_queries(12):
        client.get(reverse(LIST))
    with django_assert_max_num_queries(12):
        client.get(reverse(MARKER, args=[13]))


@pytest.mark.parametrize(("name", "args"), [(LIST, []), (MARKER, [1])])
def test_nobody_reads_it_without_signing_in(client, version, name, args):
    client.logout()
    response = client.get(reverse(name, args=args))
    assert response.status_code == 302 and "next=" in response["Location"]


def test_words_of_a_marker_are_text(client, version):
    with unlocked():
        version.markers.filter(number=2).update(
            rationale="<script>alert(1)</script>\n\n- <b>oil</b>"
        )
    page = client.get(reverse(MARKER, args=[2])).content.decode()
    assert "<script>alert" not in page and "<b>oil" not in page
    assert "&lt;b&gt;oil&lt;/b&gt;" in page

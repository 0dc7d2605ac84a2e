"""The pages of taking part: with one person and forty, for who keeps them and who only looks."""

from django.urls import reverse


def page(client, user, name, review, *args):
    client.force_login(user)
    return client.get(reverse(f"families:{name}", args=[review.pk, *args]))


def test_an_empty_register_says_what_to_do_first(client, cast, review):
    review.family.all().delete()
    said = page(client, cast.liaison, "involvement", review).content.decode()
    assert "Nobody is on the family register yet" in said
    assert "Grandparents: nobody is on the record" in said


def test_who_was_not_considered_is_visible(client, cast, review, family):
    said = page(client, cast.liaison, "involvement", review).content.decode()
    assert said.count("Not considered") >= 3
    assert "Grandparents: nobody" not in said
    response = page(client, cast.liaison, "involved", review, family.mother.pk)
    assert response.status_code == 200

"""Every URL says who may open it, or it does not ship."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from reviews.permissions import Permission


def patterns(
    resolver: URLResolver | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with its full name (``namespace:name``)."""
    resolver = resolver or get_resolver()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from patterns(entry, space)
        else:
            yield f"{prefix}{entry.name}", entry


def test_every_view_is_marked_with_who_may_open_it():
    known = {"public", "signed in", "signing in", "administrator", "guest", *Permission}
    for name, pattern in patterns():
        access = getattr(pattern.callback, "access", None)
        assert access is not None, f"{name} is not marked"
        assert set(access.split(" or ")) <= known, (name, access)


def test_every_url_has_a_name_of_its_own():
    names = [name for name, _ in patterns()]
    assert not [name for name in names if name.endswith("None")]
    assert len(names) == len(set(names))

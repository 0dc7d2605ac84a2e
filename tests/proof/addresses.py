"""Every address of the portal, with something behind it."""

from collections.abc import Iterator

from django.urls import reverse

from tests.architecture.test_urls import patterns
from tests.matrix.test_urls import arguments
from tests.matrix.world import World


def every_address(world: World) -> Iterator[tuple[str, str]]:
    """Name and path of each URL; what asks for a thing of its own that is not there gets a 1."""
    for name, pattern in patterns():
        known = world.arguments | world.special.get(name, {})
        kwargs = {key: known.get(key, 1) for key in arguments(pattern, name)}
        yield name, reverse(name, kwargs=kwargs)

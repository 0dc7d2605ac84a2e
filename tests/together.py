"""Acts of several people at the same moment, each on a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def at_once(*acts):
    """What each act gave or raised, all begun at the same moment."""
    start = Barrier(len(acts))

    def run(act):
        start.wait(timeout=10)
        try:
            return act()
        except Exception as error:  # the test looks at what it was
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))

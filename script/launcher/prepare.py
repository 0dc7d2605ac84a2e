"""Makes the database and the static files ready. Runs inside `.venv`, unlike its neighbours.

Each part costs next to nothing when there is nothing to do.
"""

import hashlib
import io
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def prepare(sign_ins: Path) -> None:
    django.setup()
    migrate()
    collect_static()
    if settings.DEMONSTRATION:
        load_demonstration(sign_ins)


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("- Bringing the database up to date", flush=True)
        call_command("migrate", interactive=False, verbosity=0)


def collect_static() -> None:
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name(f"{root.name}.stamp")
    digest = sources_digest()
    if root.exists() and stamp.exists() and stamp.read_text() == digest:
        return
    print("- Collecting the static files", flush=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest)


def sources_digest() -> str:
    """Of every static file's name, size and time."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_demonstration(sign_ins: Path) -> None:
    """Leaves alone what is there already."""
    if not get_user_model().objects.exists():
        print("- Loading the demonstration board", flush=True)
    shown = io.StringIO()
    call_command("load_demonstration", stdout=shown)
    sign_ins.write_text(shown.getvalue())


if __name__ == "__main__":
    prepare(Path(sys.argv[1]))

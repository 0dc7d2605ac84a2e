"""The same pages as the libraries' own guides would have them, on our tables: a second baseline.

Its packages are installed into a folder of the run's own, so that the portal never has them.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
TABLE = """
import django
django.setup()
from auditlog.models import LogEntry
from django.db import connection
if LogEntry._meta.db_table not in connection.introspection.table_names():
    with connection.schema_editor() as editor:
        editor.create_model(LogEntry)
"""
"""The one table of its packages: migrating would first picture all of ours."""


def environment(env: Mapping[str, str], folder: Path) -> dict[str, str]:
    """As the owner of the tables, who is behind no wall. Raises CalledProcessError."""
    target = folder / "practice"
    install = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps"]
    where = ["--require-hashes", "--target", target, "-r", HERE / "requirements.txt"]
    subprocess.run([*install, *where], check=True)
    own = {
        **env,
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "DJANGO_SETTINGS_MODULE": "bench.practice.settings",
        "PYTHONPATH": os.pathsep.join([str(target), os.environ.get("PYTHONPATH", "")]),
    }
    subprocess.run([sys.executable, "-c", TABLE], env=own, cwd=HERE.parents[1], check=True)
    return own

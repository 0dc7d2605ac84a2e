"""P11: script/server from nothing but its packages, and again on what it left."""

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from bench.claims import Found
from bench.web import free_port

ROOT = Path(__file__).parents[1]
READY = "SCR Portal is at"
OWN = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "DEMONSTRATION")
OWN += ("APP_DATABASE_URL", "DOCUMENTS_ROOT", "PYTHONPATH", "DJANGO_SETTINGS_MODULE")


def measure(found: Found) -> None:
    with tempfile.TemporaryDirectory(prefix="scr-portal-bench-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        cold, warm = _started(folder), _started(folder)
    found.say("P11", f"cold {cold:.0f} s, warm {warm:.1f} s", cold <= 90 and warm <= 5)


def _started(folder: str) -> float:
    env = {name: value for name, value in os.environ.items() if name not in OWN}
    began = time.perf_counter()
    server = subprocess.Popen(
        [ROOT / "script" / "server", "--port", str(free_port())],
        env={**env, "SCR_PORTAL_STATE": folder},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    )
    said = []
    try:
        for line in server.stdout or ():
            said.append(line)
            if READY in line:
                return time.perf_counter() - began
        raise RuntimeError("".join(said[-5:]))
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)

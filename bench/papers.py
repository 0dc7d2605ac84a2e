"""P7: a full pass as PDF, in processes of their own, and the page that asks for one."""

import json
import subprocess
import sys
import time
from typing import Any

from django.urls import reverse

from bench import seed, web
from bench.claims import Found
from quality_markers.exports.models import Export


def measure(bench: Any, found: Found) -> None:
    seed.fill(bench.assessment)
    both = _made(bench, "both")
    ratio = both["ours"] / both["theirs"]
    memory = _made(bench, "peak")
    asked = _asked(bench)
    gain = _two(bench)
    words = (
        f"{ratio:.2f} times ({both['ours']:.1f} to {both['theirs']:.1f} s, {both['pages']} pages), "
        f"{web.memory_in_words(**memory)}; asked for in {asked:.0f} ms; "
        f"two workers {gain:.2f} times one"
    )
    holds = ratio <= 1.1 and memory["share"] <= 160 and asked <= 30 and gain >= 1.8
    found.say("P7", words, holds)


def _begun(bench: Any, what: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.paper", str(bench.assessment.pk), what]
    env = bench.env()
    return subprocess.Popen(command, env=env, text=True, stdout=subprocess.PIPE)


def _made(bench: Any, what: str) -> dict[str, Any]:
    said, _none = _begun(bench, what).communicate()
    return dict(json.loads(said.splitlines()[-1]))


def _two(bench: Any) -> float:
    """How many more files two processes make in a second than one; each times itself."""
    alone = _made(bench, "two")["each"]
    both = [json.loads(one.communicate()[0].splitlines()[-1]) for one in _pair(bench)]
    return float(2 * alone / (sum(each["each"] for each in both) / 2))


def _pair(bench: Any) -> list[subprocess.Popen[str]]:
    return [_begun(bench, "two") for _each in range(2)]


def _asked(bench: Any) -> float:
    """Each time for the first time: the row of the time before is gone."""
    place = [bench.review.pk, bench.assessment.number]
    path = reverse("quality_markers:export_new", args=place)
    heard = bench.heard(bench.people.lead)
    at = iter(range(10**6))

    def ask() -> float:
        Export.objects.all().delete()
        began = time.perf_counter()
        sent = {"of": "pass", "form": "pdf", "names": "yes", "token": f"asked-{next(at)}"}
        browser.ask(path, sent, expect=302)
        return time.perf_counter() - began

    with web.Web("scr_portal.wsgi", bench.env(), bench.folder / "asked.log") as portal:
        browser = web.Browser(portal.port, heard["session"])
        return web.medians(ask, times=20)[0]

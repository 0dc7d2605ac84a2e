"""Where one request ends and the next begins: whatever is doubtful is refused (ASVS 5, 4.2.1).

Raw bytes to a real web server. Behind each doubtful request stands a second one, hidden where two
servers could differ about the end of the first. It may get no answer, and the server's own log may
not know of it.
"""

import re
import socket
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOST = "Host: 127.0.0.1"
HIDDEN = f"GET /smuggled HTTP/1.1\r\n{HOST}\r\n\r\n"
LONG = f"Content-Length: {len(HIDDEN)}"
# What the server says itself: no page of the portal was asked.
REFUSED = {400, 413, 414, 417, 431, 501, 505}
PLACES = ["Dockerfile", "docker-compose.yml", "script/launcher/serving.py"]
LOGGED = ["--access-logfile", "-", "--logger-class", "scr_portal.web_log.AccessLog"]


def post(*headers: str, body: str = "", ends: str = "\r\n") -> str:
    return ends.join(["POST /cookies HTTP/1.1", HOST, *headers, "", ""]) + body


def chunked(chunks: str) -> str:
    return post("Transfer-Encoding: chunked", body=chunks + HIDDEN)


# Refused before any page is asked.
DOUBTFUL = {
    "both lengths, the chunked one shorter": post(
        *(LONG, "Transfer-Encoding: chunked"), body="0\r\n\r\n" + HIDDEN
    ),
    "both lengths, the counted one shorter": post(
        *("Transfer-Encoding: chunked", "Content-Length: 4"),
        body=f"{len(HIDDEN):x}\r\n{HIDDEN}\r\n0\r\n\r\n",
    ),
    "two lengths that differ": post("Content-Length: 0", LONG, body=HIDDEN),
    "two lengths alike": post("Content-Length: 0", "Content-Length: 0", body=HIDDEN),
    "two lengths in one line": post("Content-Length: 0, 43", body=HIDDEN),
    "a length with a plus": post("Content-Length: +0", body=HIDDEN),
    "a length below nothing": post("Content-Length: -1", body=HIDDEN),
    "a length in another notation": post("Content-Length: 0x0", body=HIDDEN),
    "a length with an underscore": post("Content-Length: 0_0", body=HIDDEN),
    "a length of other digits": post("Content-Length: ²", body=HIDDEN),
    "no length": post("Content-Length: ", body=HIDDEN),
    "an unknown coding": post("Transfer-Encoding: xchunked", body="0\r\n\r\n" + HIDDEN),
    "chunked twice": post("Transfer-Encoding: chunked, chunked", body="0\r\n\r\n" + HIDDEN),
    "chunked twice in two lines": post(
        *("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"), body="0\r\n\r\n" + HIDDEN
    ),
    "chunked and then something else": post(
        "Transfer-Encoding: chunked, identity", body="0\r\n\r\n" + HIDDEN
    ),
    "chunked behind a control character": post(
        "Transfer-Encoding: \x0bchunked", body="0\r\n\r\n" + HIDDEN
    ),
    "chunked in the old protocol": post(
        "Transfer-Encoding: chunked", body="0\r\n\r\n" + HIDDEN
    ).replace("HTTP/1.1", "HTTP/1.0", 1),
    "a folded line": post("X-One: a", f" {LONG}", body=HIDDEN),
    "a folded coding": post("Transfer-Encoding:", " chunked", body="0\r\n\r\n" + HIDDEN),
    "a space before the first header": f"POST /cookies HTTP/1.1\r\n {HOST}\r\n\r\n{HIDDEN}",
    "a space before the colon": post(LONG.replace(":", " :"), body=HIDDEN),
    "a tab before the colon": post("Transfer-Encoding\t: chunked", body="0\r\n\r\n" + HIDDEN),
    "a name with a space": post(f"X {LONG}", body=HIDDEN),
    "a line without a colon": post("Content-Length", body=HIDDEN),
    "no name": post(": 60", body=HIDDEN),
    "a bare line feed within a header": post(f"X-One: a\n{LONG}", body=HIDDEN),
    "a bare carriage return within a header": post(f"X-One: a\r{LONG}", body=HIDDEN),
    "a NUL within a header": post("X-One: a\0b", body=HIDDEN),
    "bare line feeds alone": post(LONG, body=HIDDEN, ends="\n"),
    "a bare line feed behind the first line": f"GET /cookies HTTP/1.1\n{HOST}\r\n\r\n{HIDDEN}",
    "a very long header": post("X-One: " + "a" * 100_000, body=HIDDEN),
    "very many headers": post(*(f"X-{number}: a" for number in range(500)), body=HIDDEN),
    "a very long line": f"GET /{'a' * 100_000} HTTP/1.1\r\n{HOST}\r\n\r\n{HIDDEN}",
    "no version": f"GET /cookies\r\n{HOST}\r\n\r\n{HIDDEN}",
    "a version that is none": f"GET /cookies HTTP/1.10\r\n{HOST}\r\n\r\n{HIDDEN}",
    "two spaces in the first line": f"GET  /cookies HTTP/1.1\r\n{HOST}\r\n\r\n{HIDDEN}",
}
# The page may answer before its body is read to the end. What is wrong with that is then the last
# that is said, and nothing behind it is read.
BAD_CHUNKS = {
    "a size that is no number": chunked("G\r\nabc\r\n0\r\n\r\n"),
    "no size": chunked("\r\nabc\r\n0\r\n\r\n"),
    "a size below nothing": chunked("-1\r\nabc\r\n0\r\n\r\n"),
    "a size with a plus": chunked("+3\r\nabc\r\n0\r\n\r\n"),
    "a size in another notation": chunked("0x3\r\nabc\r\n0\r\n\r\n"),
    "a size with an underscore": chunked("0_3\r\nabc\r\n0\r\n\r\n"),
    "a size behind a space": chunked(" 3\r\nabc\r\n0\r\n\r\n"),
    "an extension behind a size that is none": chunked("3 3;a=b\r\nabc\r\n0\r\n\r\n"),
    "an extension with a bare line feed": chunked("3;a\nabc\r\n0\r\n\r\n"),
    "an extension with a bare carriage return": chunked("3;a\rb\r\nabc\r\n0\r\n\r\n"),
    "more than was said": chunked("3\r\nabcdef\r\n0\r\n\r\n"),
    "an end by a bare line feed": chunked("3\nabc\n0\n\n"),
}


@pytest.fixture
def server(processes):
    processes.env["GUNICORN_CMD_ARGS"] = " ".join(LOGGED)
    processes.web()
    return processes


def say(server, words: str) -> list[int]:
    """The answers until the server closes. Raises TimeoutError where it waits for more."""
    host, _, port = server.address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as there:
        try:
            there.sendall(words.encode("latin-1", "replace"))
            heard = b"".join(iter(lambda: there.recv(65536), b""))
        except (ConnectionResetError, BrokenPipeError):
            return []
    return [int(code) for code in re.findall(rb"HTTP/1\.[01] (\d{3})", heard)]


def test_what_is_doubtful_is_refused_and_what_hides_behind_it_not_heard(server):
    good = f"GET /cookies HTTP/1.1\r\n{HOST}\r\n\r\n"
    last = f"GET /heard HTTP/1.1\r\n{HOST}\r\nConnection: close\r\n\r\n"
    assert say(server, good + last) == [200, 404], "two that are clear are both answered"
    assert say(server, chunked("3;a=b\r\nabc\r\n0\r\n\r\n").replace(HIDDEN, last))[-1] == 404
    wrong = {}
    for name, words in DOUBTFUL.items():
        answers = say(server, words)
        if len(answers) > 1 or not set(answers) <= REFUSED:
            wrong[name] = answers
    for name, words in BAD_CHUNKS.items():
        answers = say(server, words)
        if len(answers) > 2 or not set(answers[1:]) <= REFUSED:
            wrong[name] = answers
    assert not wrong
    assert say(server, good + last) == [200, 404], "and it goes on serving"
    log = server.log("web")
    assert log.count('"GET /heard ') == log.count("Not Found: /heard") == 3
    assert '"GET /smuggled' not in log
    assert "Not Found: /smuggled" not in log


@pytest.mark.parametrize(
    "place", ["Dockerfile", "docker-compose.yml", "script/launcher/serving.py"]
)
def test_the_web_server_is_told_nowhere_to_be_lenient(place):
    lenient = r"--(permit|header-map|casefold|strip-header|limit-request|forwarder|proxy-protocol)"
    assert not re.search(lenient, (ROOT / place).read_text())

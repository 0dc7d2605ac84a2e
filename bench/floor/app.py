"""The floor under our times: the same SQL by hand with psycopg2, and a plain template.

It knows no people, no permissions and no words: it carries out, one by one, the statements that the
portal was heard to send for a page, and puts the rows of one of them into a page of the same size.
"""

import json
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import psycopg2
from django.conf import settings
from django.template import Context, Engine

HERE = Path(__file__).parent
TEMPLATES = Engine(dirs=[str(HERE)])
VERSION = 424242
"""Of the answer when the save was heard: it stands for whatever the version is now."""
NARRATIVE = "THE-NARRATIVE"


class Floor:
    def __init__(self) -> None:
        settings.configure(USE_I18N=False)
        self.pages = json.loads(Path(os.environ["FLOOR_PAGES"]).read_text())
        self.connection = psycopg2.connect(os.environ["DATABASE_URL"])
        self.connection.autocommit = True
        cursor = self.connection.cursor()
        cursor.execute("SELECT oid, relname FROM pg_class WHERE relkind = 'r'")
        self.tables = dict(cursor.fetchall())
        names = {page["template"] for page in self.pages.values() if page.get("template")}
        self.templates = {name: TEMPLATES.get_template(name) for name in names}

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        page = self.pages[environ["PATH_INFO"].strip("/")]
        if environ["REQUEST_METHOD"] == "POST":
            sent = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
            body = self.saved(page, sent["narrative"][0])
        else:
            body = self.read(page)
        start(page["status"], [("Content-Type", page["type"]), ("Content-Length", str(len(body)))])
        return [body]

    def read(self, page: dict[str, Any]) -> bytes:
        cursor, rows = self.connection.cursor(), []
        for statement in page["sent"]:
            cursor.execute(statement)
            found = cursor.fetchall() if cursor.description else []
            if page.get("main") and page["main"] in statement:
                rows = [self.row(cursor.description, each) for each in found]
        if not page.get("template"):
            return page["body"].encode()
        context = {"rows": rows, "head": page["head"], "tail": page["tail"]}
        # Of the same size, byte for byte: what the plain rows do without, blanks stand for.
        return self.render(page["template"], context).encode().ljust(len(page["body"].encode()))

    def render(self, name: str, context: dict[str, Any]) -> str:
        return self.templates[name].render(Context(context))

    def row(self, columns: Any, values: Any) -> dict[str, Any]:
        found: dict[str, dict[str, Any]] = {}
        for column, value in zip(columns, values, strict=True):
            table = self.tables.get(column.table_oid, "computed")
            found.setdefault(table, {}).setdefault(column.name, value)
        return found

    def saved(self, page: dict[str, Any], narrative: str) -> bytes:
        cursor, version = self.connection.cursor(), VERSION
        for statement in page["sent"]:
            text = statement.replace(str(VERSION + 1), str(version + 1))
            text = text.replace(str(VERSION), str(version)).replace(NARRATIVE, narrative)
            cursor.execute(text)
            if re.search(r'FROM "quality_markers_answer" ', text) and cursor.description:
                rows = [self.row(cursor.description, each) for each in cursor.fetchall()]
                version = rows[0]["quality_markers_answer"]["version"]
        return json.dumps({"version": version + 1, "saved_at": "", "by": "", "words": {}}).encode()

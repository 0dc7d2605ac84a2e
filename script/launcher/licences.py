"""What the portal is made of, by whom it may be used, and how: docs/licences.md, docs/sbom.json.

From requirements/run.txt and local.txt, and what static/ holds of others. Nothing is asked of any
server. ``script/licences`` writes both; a test says when they are no longer true.
"""

import json
import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent.parent
LIST, SBOM = CHECKOUT / "docs" / "licences.md", CHECKOUT / "docs" / "sbom.json"

# Read by a person, where a package does not say it in the words of SPDX, or is not installed
# everywhere.
READ = {
    "BSD-3-Clause": """amqp billiard click-plugins colorama cssselect2 django-csp olefile
        prompt-toolkit pydyf qrcode sqlparse tinycss2 vine weasyprint webencodings""",
    "BSD-2-Clause AND Apache-2.0 AND MPL-2.0": "fido2",
    "BSD-3-Clause OR Apache-2.0": "python-dateutil",
    "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1": "pyphen",
    "LGPL-3.0-or-later WITH openvpn-openssl-exception": "psycopg2-binary",
    "PSF-2.0": "defusedxml",
    "Apache-2.0": "async-timeout s3transfer tzdata",
    "MIT": "brotlicffi tinyhtml5 valkey wcwidth",
}
IN_STATIC = [
    ("govuk-frontend", "MIT", "static/css, static/js/vendor"),
    ("@ministryofjustice/frontend", "MIT", "static/css"),
    ("@fontsource/source-sans-3", "OFL-1.1", "static/fonts"),
]
FONTS = "OFL-1.1"
# Nothing that asks for the whole portal to be given on under the same terms: of pyphen's three it
# takes the Mozilla one, and psycopg2 is used as a library, unchanged.
MAY_BE_USED = re.compile(
    r"MIT(-0|-CMU)?|BSD-[23]-Clause|Apache-2\.0|MPL-[12]\.[01]|PSF-2\.0|OFL-1\.1"
    r"|LGPL-[23]\.[01]-or-later"
)


@dataclass(frozen=True, order=True)
class Part:
    name: str
    version: str
    licence: str
    where: str
    """``run`` or ``local``, its lock; or the folders that hold it."""

    @property
    def purl(self) -> str:
        if self.where in {"run", "local"}:
            return f"pkg:pypi/{self.name}@{self.version}"
        if self.name.endswith(".ttf"):
            return f"pkg:generic/{self.name}@{self.version}"
        return f"pkg:npm/{self.name.replace('@', '%40')}@{self.version}"


def parts() -> list[Part]:
    """Raises KeyError for a package whose licence nobody has read."""
    return [*sorted(_packages()), *_static(), *_fonts()]


def _packages() -> list[Part]:
    run, local = pins("run"), pins("local")
    return [
        Part(name, version, licence_of(name), "run" if name in run else "local")
        for name, version in local.items()
    ]


def pins(lock: str) -> dict[str, str]:
    text = (CHECKOUT / "requirements" / f"{lock}.txt").read_text()
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE))


def licence_of(name: str) -> str:
    for licence, names in READ.items():
        if name in names.split():
            return licence
    said: Any = metadata.metadata(name)
    found = str(said.get("License-Expression") or said.get("License") or "").strip()
    if not MAY_BE_USED.match(found) or "\n" in found:
        raise KeyError(f"What is the licence of {name}? Read it, and write it into licences.py.")
    return found


def _static() -> list[Part]:
    package = json.loads((CHECKOUT / "static" / "src" / "package.json").read_text())
    versions = package["devDependencies"]
    return [Part(name, versions[name], licence, where) for name, licence, where in IN_STATIC]


def _fonts() -> list[Part]:
    from fontTools.ttLib import TTFont

    found = []
    for path in sorted((CHECKOUT / "static" / "print" / "fonts").glob("*.ttf")):
        said = TTFont(path, lazy=True)["name"].getDebugName(5) or ""
        version = re.search(r"\d+\.\d+", said)
        found.append(Part(path.name, version[0] if version else "0", FONTS, "static/print/fonts"))
    return found


def sbom(found: list[Part]) -> str:
    """CycloneDX 1.6, without a date of its own: the same parts are the same bytes."""
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "scr-portal",
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": [_component(each) for each in found],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _component(part: Part) -> dict[str, Any]:
    return {
        "type": "library" if part.where in {"run", "local"} else "file",
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
        "scope": "optional" if part.where == "local" else "required",
        "licenses": [{"expression": part.licence}],
        "purl": part.purl,
        "properties": [{"name": "scr-portal:where", "value": part.where}],
    }


def listed(found: list[Part]) -> str:
    head = (CHECKOUT / "docs" / "licences.md").read_text() if LIST.exists() else ""
    before, mark, _rest = head.partition(_MARK)
    rows = [f"| {each.name} | {each.version} | {each.licence} | {each.where} |" for each in found]
    table = ["| what | version | licence | where |", "|---|---|---|---|", *rows]
    return f"{before if mark else ''}{_MARK}\n" + "\n".join(table) + "\n"


_MARK = "<!-- written by script/licences -->"


if __name__ == "__main__":
    everything = parts()
    LIST.write_text(listed(everything), encoding="utf-8")
    SBOM.write_text(sbom(everything), encoding="utf-8")
    print(f"{len(everything)} parts are written to docs/licences.md and docs/sbom.json.")

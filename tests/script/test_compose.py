"""No engine and no Compose here: its file is read, and the settings in it are tried."""

import os
import re
import subprocess
import sys
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

import pytest
import yaml
from launcher.state import CHECKOUT

COMPOSE = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SECRETS = {
    "secret_key": bytes(range(32)).hex(),
    "field_encryption_keys": urlsafe_b64encode(bytes(range(32))).decode(),
    "audit_anchor_key": bytes(range(32)).hex(),
    "database_url": "postgres://scr_portal:pass@postgres/scr_portal",
    "redis_url": "redis://:pass@valkey:6379/0",
    "email_url": "smtp+tls://USER:PASSWORD@mail.example.org:587",
}


def resolved(value: str) -> str:
    """As Compose does it, with an empty `.env`."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)


def test_it_has_the_parts_of_the_portal() -> None:
    wanted = {"web", "worker", "beat", "postgres", "valkey", "proxy", "migrate", "backup"}
    assert set(SERVICES) == wanted


@pytest.mark.parametrize("name", SERVICES)
def test_each_part_is_confined(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert "privileged" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert int(service["user"].split(":")[0]) > 0
    assert "healthcheck" in service or service["restart"] == "no"


@pytest.mark.parametrize("name", SERVICES)
def test_no_part_has_a_secret_in_its_environment(name: str) -> None:
    for key, value in SERVICES[name].get("environment", {}).items():
        if re.search("PASSWORD|SECRET|KEY|_URL", key) and key != "PORTAL_URL":
            assert key.endswith("_FILE"), key
            assert value.removeprefix("/run/secrets/") in SERVICES[name]["secrets"]


def test_secrets_are_files_that_git_does_not_see() -> None:
    ignored = (CHECKOUT / ".gitignore").read_text().splitlines()
    assert "/secrets/" in ignored
    for name, secret in COMPOSE["secrets"].items():
        assert secret == {"file": f"./secrets/{name}"}


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inner"]["internal"] is True
    for name in ("postgres", "valkey"):
        assert SERVICES[name]["networks"] == ["inner"]


def test_all_that_is_named_exists() -> None:
    for service in SERVICES.values():
        assert set(service.get("secrets", ())) <= set(COMPOSE["secrets"])
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        assert set(service.get("depends_on", ())) <= set(SERVICES)
        for volume in service.get("volumes", ()):
            assert volume.split(":")[0] in COMPOSE["volumes"]


def test_dollars_are_meant() -> None:
    """Compose replaces a single one; a doubled one reaches the shell or the proxy."""
    text = (CHECKOUT / "docker-compose.yml").read_text()
    body = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for found in re.findall(r"\$+[^$]{0,25}", body):
        assert found.startswith("$$") or re.match(r"\$\{\w+:-", found), found


def test_the_image_holds_the_product_and_no_more() -> None:
    allowed = (CHECKOUT / ".dockerignore").read_text().splitlines()
    assert allowed[0] == "*"
    for name in (
        "manage.py",
        "scr_portal",
        "reviews",
        "families",
        "quality_markers",
        "templates",
        "static",
    ):
        assert f"!{name}" in allowed


def test_check_deploy_is_silent_with_its_settings(tmp_path: Path) -> None:
    env = {key: resolved(value) for key, value in SERVICES["web"]["environment"].items()}
    for name, text in SECRETS.items():
        (tmp_path / name).write_text(text + "\n")
        env[f"{name.upper()}_FILE"] = str(tmp_path / name)
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "DEBUG"],
        cwd=CHECKOUT,
        env={"PATH": os.environ["PATH"], **env},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "System check identified no issues" in done.stdout + done.stderr

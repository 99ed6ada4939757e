"""The container files, which no test can start here: against the Compose schema, and against our own promises."""

from __future__ import annotations

import importlib.resources
import json
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
INSTRUCTIONS = [line.split(maxsplit=1) for line in DOCKERFILE.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


def arguments(instruction: str) -> list[str]:
    return [rest for name, rest in INSTRUCTIONS if name == instruction]


def test_compose_file_follows_the_compose_schema(compose: dict[str, Any]) -> None:
    text = importlib.resources.files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    validator = Draft202012Validator(schema)
    assert [error.message for error in validator.iter_errors(compose)] == []
    compose["services"]["app"]["port"] = "8000"  # the schema really is one that refuses
    assert [error.message for error in validator.iter_errors(compose)] == ["Unevaluated properties are not allowed ('port' was unexpected)"]
    del compose["services"]["app"]["port"]


def test_services_are_bound_to_this_machine(compose: dict[str, Any]) -> None:
    ports = {name: service["ports"] for name, service in compose["services"].items()}
    assert ports == {"elasticsearch": ["127.0.0.1:9200:9200"], "app": ["127.0.0.1:8000:8000"]}


def test_the_app_waits_for_a_healthy_engine(compose: dict[str, Any]) -> None:
    app, engine = compose["services"]["app"], compose["services"]["elasticsearch"]
    assert app["depends_on"] == {"elasticsearch": {"condition": "service_healthy"}}
    assert app["environment"]["BAOCAO_ENGINE"] == "http://elasticsearch:9200"
    for service, address in ((engine, "http://127.0.0.1:9200/_cluster/health"), (app, "http://127.0.0.1:8000/healthz")):
        assert any(address in word for word in service["healthcheck"]["test"])
        assert {"interval", "timeout", "retries", "start_period"} <= service["healthcheck"].keys()


def test_images_are_pinned_and_the_server_has_the_client_major(compose: dict[str, Any]) -> None:
    images = [service["image"] for service in compose["services"].values()] + [rest.split()[0] for rest in arguments("FROM")]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert images == ["elasticsearch:9.5.3", f"baocao:{project['version']}", "python:3.11-slim-bookworm", "python:3.11-slim-bookworm"]
    assert [d for d in project["dependencies"] if d.startswith("elasticsearch")] == ["elasticsearch>=9.5,<10"]
    assert project["requires-python"] == ">=3.11,<3.12"


def test_the_image_installs_only_hashed_packages_and_runs_as_nobody_special() -> None:
    installs = [shlex.split(command) for command in arguments("RUN") if "pip install" in command]
    assert [sorted({"--require-hashes", "--no-deps", "--no-build-isolation"} & set(words)) for words in installs] == [
        ["--require-hashes"],
        ["--no-build-isolation", "--no-deps"],
    ]
    assert arguments("USER") == ["10001"]
    assert "http://127.0.0.1:8000/healthz" in arguments("HEALTHCHECK")[0]
    assert json.loads(arguments("ENTRYPOINT")[0]) == ["baocao"]
    assert json.loads(arguments("CMD")[0]) == ["serve", "--host", "0.0.0.0", "--port", "8000"]


def test_what_the_image_copies_exists_and_is_let_through() -> None:
    copied = {word for rest in arguments("COPY") if not rest.startswith("--from") for word in rest.split()[:-1]}
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")}
    assert copied == allowed
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_requirements_are_hashed_and_name_no_host() -> None:
    runtime, dev = ((ROOT / name).read_text(encoding="utf-8") for name in ("requirements.txt", "requirements-dev.txt"))
    for text in (runtime, dev):
        pins = re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+) \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
        assert len(pins) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)) > 40
        assert re.findall(r"://|^--|/(?:home|root|work|tmp|opt)/", text, re.MULTILINE) == []
    versions = [dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", text, re.MULTILINE)) for text in (runtime, dev)]
    assert versions[0].items() <= versions[1].items()

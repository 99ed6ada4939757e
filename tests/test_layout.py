"""The map of the project, read from the syntax tree: who may import what, and what each file must look like.

The linter says the same by its banned imports (pyproject.toml, indexer/ruff.toml, api/ruff.toml), a file at a time; here
the rules are exact, and nothing can be waved through by a comment.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("analyzers", "indexer", "api")  # each may import those before it
MAX_LINES = 400

# Who may import what is heavy or belongs to one part.
OWNERS: dict[str, tuple[str, ...]] = {
    "pyvi": ("analyzers/words.py",),
    "elasticsearch": ("indexer/engine/elastic*.py",),
    "elastic_transport": ("indexer/engine/elastic*.py",),
    "tantivy": ("indexer/engine/embedded*.py",),
    "lxml": ("indexer/html_tree.py",),
    "fastapi": ("api/app.py", "api/routes.py", "api/models.py", "api/errors.py"),
    "starlette": ("api/app.py", "api/routes.py", "api/models.py", "api/errors.py"),
    "uvicorn": ("api/cli*.py",),
    "typer": ("api/cli*.py",),
    "click": ("api/cli*.py",),
}
# Loaded inside functions only, so that `baocao --help` and a search pay for nothing that they do not use.
LAZY = ("pyvi", "sklearn", "numpy", "uvicorn")
# Words of the engines' own languages: Elasticsearch's JSON never leaves its files.
ENGINE_WORDS = {"aggs", "aggregations", "bool", "dis_max", "hits", "match_phrase", "_source", "search_after", "track_total_hits"}


def sources() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), name_of(path))


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Top-level names of what is imported, however deep inside, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import on line {node.lineno}: write it from the top"
            assert node.module
            yield node.module.split(".")[0], node.lineno
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("__import__", "import_module", "importlib.import_module"):
            assert isinstance(node.args[0], ast.Constant), f"import of a name made at run time on line {node.lineno}"
            yield str(node.args[0].value).split(".")[0], node.lineno


every_source = pytest.mark.parametrize("path", sources(), ids=name_of)


@every_source
def test_imports_go_one_way(path: Path) -> None:
    package = PACKAGES.index(name_of(path).split("/")[0])
    assert [f"line {line}: {name}" for name, line in imports(tree_of(path)) if name in PACKAGES[package + 1 :] or name == "tests"] == []


@every_source
def test_each_part_is_imported_by_its_owners_only(path: Path) -> None:
    strangers = [
        f"line {line}: {name}"
        for name, line in imports(tree_of(path))
        if name in OWNERS and not any(PurePosixPath(name_of(path)).match(pattern) for pattern in OWNERS[name])
    ]
    assert strangers == []


@every_source
def test_heavy_parts_are_imported_inside_functions(path: Path) -> None:
    tree = tree_of(path)
    top = ast.Module([node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))], [])
    assert [f"line {line}: {name}" for name, line in imports(top) if name in LAZY] == []


@every_source
def test_each_file_says_what_it_is_for_and_stays_short(path: Path) -> None:
    tree = tree_of(path)
    assert len(ast.get_docstring(tree) or "") > 20, "open the file with what it is for"
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES, "split the file at its second noun"


@every_source
def test_elasticsearch_json_stays_in_its_own_files(path: Path) -> None:
    if PurePosixPath(name_of(path)).match("indexer/engine/elastic*.py"):
        return
    keys = {ast.unparse(key) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Dict) for key in node.keys if isinstance(key, ast.Constant)}
    asked = {ast.unparse(node.slice) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant)}
    allowed = {"hits"} if path.parent.name == "api" else set()  # our own answer has a list of that name
    assert {word for word in ENGINE_WORDS - allowed if repr(word) in keys | asked} == set()


@every_source
def test_no_engine_is_asynchronous(path: Path) -> None:
    if name_of(path) == "api/app.py":
        return  # lifespan and the middleware are asynchronous by the server's contract; the endpoints are not
    assert [node.lineno for node in ast.walk(tree_of(path)) if isinstance(node, (ast.AsyncFunctionDef, ast.Await))] == []


def test_every_data_file_is_packed() -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]["*"]
    data = [p for package in PACKAGES for p in (ROOT / package).rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc", ".toml", ".so")]
    assert [name_of(p) for p in data if not any(p.match(pattern) for pattern in patterns)] == []


def test_the_linter_bans_what_this_file_bans() -> None:
    bans = {
        package: tomllib.loads((ROOT / file).read_text(encoding="utf-8"))
        for package, file in (("analyzers", "pyproject.toml"), ("indexer", "indexer/ruff.toml"), ("api", "api/ruff.toml"))
    }
    bans["analyzers"] = bans["analyzers"]["tool"]["ruff"]
    banned = {package: bans[package]["lint"]["flake8-tidy-imports"]["banned-api"] for package in PACKAGES}
    parts = {"pyvi", "elasticsearch", "tantivy", "fastapi", "typer"}
    assert {package: set(names) for package, names in banned.items()} == {"analyzers": {"indexer", "api", *parts}, "indexer": {"api", *parts}, "api": parts}
    assert all(len(ban["msg"]) > 30 for names in banned.values() for ban in names.values())


def test_no_file_names_a_machine_or_a_registry() -> None:
    files = [p for p in ROOT.iterdir() if p.is_file()] + [
        p for folder in (*PACKAGES, "tests", "docs", ".ci") for p in (ROOT / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts
    ]
    names = re.compile(r"(?<![\w.-])/(?:work|farm|root|tmp/w)/|https?://[^ \"]*(?:/simple\b|maven2|registry\.|hosted\.org)")
    texts = {
        p: p.read_text(encoding="utf-8", errors="replace") for p in files if p.suffix in ("", ".py", ".md", ".toml", ".txt", ".yml", ".sh", ".json", ".tsv")
    }
    assert [f"{name_of(p)}: {found.group()}" for p, text in texts.items() for found in names.finditer(text) if p != Path(__file__)] == []

"""Versions of an index, which must be those of this process, and the names of generations.

A name is prefix, schema version, analyzer version and build time, joined by `-`; there is an inverse parser.

    baocao-1-3-20261122t035100123456z

Lower case, as Elasticsearch wants its index names. Names of one prefix sort by build time when the versions are equal;
`IndexName.built` sorts them always.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import analyzers
from indexer.engine import schema
from indexer.errors import IndexMismatch

# A `-` would move the borders between the parts; a prefix without `.` keeps `<prefix>.lock` from being a prefix of somebody's own.
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_]*")
_VERSION = re.compile(r"[a-z0-9][a-z0-9._]*")
_TIME = "%Y%m%dt%H%M%S%fz"
_TIME_FORM = re.compile(r"\d{8}t\d{12}z", re.ASCII)


@dataclass(frozen=True, slots=True)
class IndexName:
    """What the name of a generation says. `built` is UTC."""

    prefix: str
    schema_version: str
    analyzer_version: str
    built: datetime


def build_index_name(prefix: str, schema_version: str, analyzer_version: str, built: datetime | None = None) -> str:
    """The name of a generation; `built` (aware, default now) goes down to the microsecond. Raises ValueError for a part that would not parse back."""
    check_prefix(prefix)
    for version in (schema_version, analyzer_version):
        if not _VERSION.fullmatch(version):
            raise ValueError(f"a version may hold lower-case letters, digits, '.' and '_', not {version!r}")
    time = (datetime.now(UTC) if built is None else built).astimezone(UTC)
    return f"{prefix}-{schema_version}-{analyzer_version}-{time.year:04}{time:%m%dt%H%M%S%fz}"  # %Y would not pad a year below 1000


def parse_index_name(name: str) -> IndexName:
    """Inverse of build_index_name. Raises ValueError for every name that it would not give."""
    parts = name.split("-")
    if len(parts) != 4 or not _TIME_FORM.fullmatch(parts[3]):
        raise ValueError(f"not the name of a generation: {name!r}")
    prefix, schema_version, analyzer_version, time = parts
    built = datetime.strptime(time, _TIME).replace(tzinfo=UTC)
    if build_index_name(prefix, schema_version, analyzer_version, built) != name:
        raise ValueError(f"not the name of a generation: {name!r}")
    return IndexName(prefix, schema_version, analyzer_version, built)


def check_versions(schema_version: str, analyzer_version: str) -> None:
    """Raises IndexMismatch unless an index of these versions has the fields and tokens that this process asks for: answers would be wrong, and silently."""
    if (schema_version, analyzer_version) != (schema.SCHEMA_VERSION, analyzers.ANALYZER_VERSION):
        raise IndexMismatch(
            f"the index was built with schema {schema_version} and analyzer {analyzer_version}, "
            f"this version of baocao has {schema.SCHEMA_VERSION} and {analyzers.ANALYZER_VERSION}: run `baocao rebuild`"
        )


def check_prefix(prefix: str) -> None:
    """Raises ValueError unless `prefix` can begin a name."""
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"a prefix may hold lower-case letters, digits and '_', and starts with a letter or digit, not {prefix!r}")

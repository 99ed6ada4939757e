"""The shapes a report takes on its way in: RawArticle -> CleanArticle -> Report -> StoredReport.

All frozen. Offsets are character offsets (not bytes), half-open, into `original`: the decoded text as it was read,
before any normalisation.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

PartKind = Literal["title", "dateline", "byline", "caption", "body"]


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One document as it was read.

    `id` is final here (manifest's, else URL, else name of what was given plus the path below it). `path` is the absolute
    path that --prune compares (empty for standard input). `title`, `url`, `published` are what a sidecar, a JSON record or
    a page's metadata said. `original` of an HTML page is its extracted text, `sha256` always that of the bytes read.
    """

    id: str
    original: str
    encoding: str
    sha256: str
    path: str = ""
    source: str = ""
    url: str | None = None
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A run of the article with one role. `text` is NFC and trimmed; `start`/`end` slice `original`.

    `offsets[i]` is where character i of `text` begins in `original`; None when text == original[start:end].
    """

    kind: PartKind
    text: str
    start: int
    end: int
    offsets: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Slice [start, end) of `text` as offsets into the original."""
        if self.offsets is None:
            return self.start + start, self.start + end
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else self.end
            return at, at
        return self.offsets[start], self.offsets[end] if end < len(self.offsets) else self.end


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """An article without its portal's noise. `title` part comes first where the page has a headline; then reading order.

    `noise` holds the spans of `original` that were left out (menus, footers, tool bars), for `show` and for tests.
    """

    raw: RawArticle
    parts: tuple[Part, ...]
    noise: tuple[tuple[int, int], ...] = ()

    @property
    def title(self) -> Part | None:
        return next((p for p in self.parts if p.kind == "title"), None)

    @property
    def body(self) -> str:
        """Captions and paragraphs, one a line: what is stored as `body` and what is searched."""
        return "\n".join(p.text for p in self.parts if p.kind in ("body", "caption"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a value stands in the record: `original[start:end]` supports `value` of `field` by `rule`.

    `part` is the kind of the part that the slice lies in, or "address" (url), "sidecar" (manifest or JSON field), where start = end = 0.
    """

    field: str
    value: str
    part: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Official:
    """A living office holder named by the report. `mention` is the key that link.py resolves to a person."""

    name: str
    posts: tuple[str, ...] = ()
    mention: str = ""


@dataclass(frozen=True, slots=True)
class Province:
    id: str
    name: str
    now: tuple[str, ...] = ()
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Locality:
    """A district or commune named. `id` is None and `candidates` filled where it stays ambiguous."""

    name: str
    level: str
    id: str | None = None
    province: str | None = None
    now: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The extracted record: one JSON object a line of `baocao extract`. Field meanings: docs/record.md."""

    id: str
    source: str
    url: str | None
    encoding: str
    sha256: str
    title: str
    title_inferred: bool
    body: str
    published: str | None = None
    date: str | None = None
    date_inferred: bool = False
    period: str | None = None
    officials: tuple[Official, ...] = ()
    authors: tuple[str, ...] = ()
    provinces: tuple[Province, ...] = ()
    localities: tuple[Locality, ...] = ()
    topics: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Report:
        """Inverse of as_dict, also after a trip through JSON (lists become tuples)."""
        values = dict(data)
        values["officials"] = tuple(Official(o["name"], tuple(o["posts"]), o["mention"]) for o in data["officials"])
        values["provinces"] = tuple(Province(p["id"], p["name"], tuple(p["now"]), p["inferred"]) for p in data["provinces"])
        values["localities"] = tuple(
            Locality(p["name"], p["level"], p["id"], p["province"], tuple(p["now"]), tuple(p["candidates"])) for p in data["localities"]
        )
        values["evidence"] = tuple(Evidence(**e) for e in data["evidence"])
        for name in ("authors", "topics", "documents"):
            values[name] = tuple(data[name])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class StoredReport:
    """What the index keeps of a report, enough to rebuild it without its file.

    `fingerprint` covers the bytes, the sidecar and the rules of extraction: an equal one means that nothing has to be written. `persons` maps a
    mention key to the person's key (link.py). `sketch` is what near-duplicates are told by (groups.py), "" until the document is built; `group` is the id
    of the first report of its group, "" for a report that has no near-duplicate. Times are UTC, ISO 8601, seconds.
    """

    report: Report
    raw: RawArticle
    fingerprint: str
    first_seen: str
    indexed_at: str
    persons: dict[str, str] = field(default_factory=dict)
    sketch: str = ""
    group: str = ""

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> StoredReport:
        data = json.loads(text)
        return cls(
            report=Report.from_dict(data["report"]),
            raw=RawArticle(**data["raw"]),
            fingerprint=data["fingerprint"],
            first_seen=data["first_seen"],
            indexed_at=data["indexed_at"],
            persons=data["persons"],
            sketch=data.get("sketch", ""),  # an index of schema 1 has neither, and a rebuild reads it
            group=data.get("group", ""),
        )

"""The parameters of the HTTP API and the page: one table that reads them, refuses the rest, and describes them in OpenAPI.

Their meaning and limits are those of the command line (parameters.py). What is strict here: bytes that are no UTF-8, a
name that the route does not have, and a single-valued parameter given twice are errors, never guesses.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args
from urllib.parse import unquote_to_bytes

from api.labels import FACET_LABELS, field_of
from api.parameters import (
    MAX_FACET_LIMIT,
    MAX_LIMIT,
    MAX_OFFERED,
    MAX_OFFSET,
    MAX_VALUE_LENGTH,
    OPEN_CURSOR,
    Matching,
    build_query,
    check_list,
    check_offered,
    name_of,
    one_of,
    typed_of,
)
from api.query import MAX_LENGTH
from api.visible import shortened
from indexer.engine.schema import FACETS, NO_VALUE
from indexer.errors import InvalidFilter
from indexer.query import WINDOW, SearchQuery, Sort
from indexer.suggest import KINDS, OFFERED


@dataclass(frozen=True, slots=True)
class Parameter:
    """`schema` is JSON Schema of one value; a `repeated` parameter may be given several times."""

    name: str
    help: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    repeated: bool = False
    example: str = ""
    required: bool = False

    def openapi(self) -> dict[str, Any]:
        schema = {"type": "array", "items": dict(self.schema)} if self.repeated else dict(self.schema)
        described: dict[str, Any] = {"name": self.name, "in": "query", "description": self.help, "required": self.required, "schema": schema}
        if self.repeated:
            described |= {"style": "form", "explode": True}
        if self.example:
            described["example"] = [self.example] if self.repeated else self.example
        return described


Parameters = Mapping[str, Parameter]


def _table(*parameters: Parameter) -> dict[str, Parameter]:
    return {parameter.name: parameter for parameter in parameters}


EXAMPLES = {
    "official": "Nguyễn Đình Trung",
    "post": "Bí thư Tỉnh ủy",
    "province": "Đắk Lắk",
    "province_now": "gia lai",
    "district": "huyện Lắk",
    "commune": "xã Nam Ka",
    "topic": "xay-dung-dang",
    "document": "35-CT/TW",
    "author": "Kim Bảo",
    "year": "2024",
    "month": "2024-06",
    "period": "2024-H1",
    "source": "daklak.gov.vn",
}


def _filters() -> list[Parameter]:
    value = {"type": "string", "minLength": 1, "maxLength": MAX_VALUE_LENGTH}
    meaning = f"an id or a name, accents or not; `{NO_VALUE}` for reports without one; any of several"
    wanted = [Parameter(name, f"{FACET_LABELS[name][1]}: {meaning}", value, True, EXAMPLES[name]) for name in FACETS]
    return wanted + [Parameter(f"not_{name}", f"without this {name.replace('_', ' ')}", value, True) for name in FACETS]


_QUERY = Parameter(
    "q",
    'words, "phrases", AND OR NOT, prefix*, a NEAR/5 b, field:value, year:2019..2021',
    {"type": "string", "maxLength": MAX_LENGTH, "default": ""},
    example="cải cách hành chính",
)
_DATE = "`2024`, `2024-03`, `2024-03-15` or `15/03/2024`"
_SELECTION = (
    _QUERY,
    Parameter("from", f"reports whose dates reach this day or later: {_DATE}", example="2024"),
    Parameter("to", f"reports whose dates begin on this day or before: {_DATE}", example="30/06/2024"),
    *_filters(),
    Parameter("match", "all words of the query or any of them", {"type": "string", "enum": list(get_args(Matching)), "default": "all"}),
    Parameter("group", "a group of near-duplicates is one hit, and counts once", {"type": "boolean", "default": False}),
    Parameter("in_group", "only reports of this group: `group` of a hit", {"type": "string", "minLength": 1, "maxLength": MAX_VALUE_LENGTH}),
)


def _facet_limit(default: int) -> Parameter:
    return Parameter("facet_limit", "values of each facet", {"type": "integer", "minimum": 1, "maximum": MAX_FACET_LIMIT, "default": default})


PAGE = _table(
    *_SELECTION,
    _facet_limit(10),
    Parameter("sort", "order; undated reports come last", {"type": "string", "enum": list(get_args(Sort)), "default": "relevance"}),
    Parameter("limit", "hits of a page", {"type": "integer", "minimum": 0, "maximum": MAX_LIMIT, "default": 10}),
    Parameter("offset", f"hits to pass over; offset + limit within {WINDOW}", {"type": "integer", "minimum": 0, "maximum": WINDOW, "default": 0}),
    Parameter("explain", "say how the query was read and what each score is made of", {"type": "boolean", "default": False}),
)
_OF_SIMILAR = ("from", "to", *FACETS, *(f"not_{name}" for name in FACETS), "group", "in_group", "limit", "offset", "explain")
SIMILAR = {name: PAGE[name] for name in _OF_SIMILAR}
SEARCH = PAGE | _table(
    Parameter("facet", "count the values of this facet", {"type": "string", "enum": list(FACETS)}, True),
    Parameter("cursor", f"`{OPEN_CURSOR}` opens a walk over a frozen view; then the `cursor` of the answer before; it has no end", example="*"),
)
FACET_VALUES = _table(
    *_SELECTION, _facet_limit(50), Parameter("prefix", "only values with a word that begins so", {"type": "string", "maxLength": MAX_VALUE_LENGTH})
)


def _list(default: int) -> tuple[Parameter, Parameter]:
    return (
        Parameter("limit", "entries of a page", {"type": "integer", "minimum": 0, "maximum": MAX_LIMIT, "default": default}),
        Parameter("offset", "entries to pass over", {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0}),
    )


OFFICIALS_SHOWN, PLACES_SHOWN, SUGGESTIONS_SHOWN = 20, 10, 10
_NAME = {"type": "string", "maxLength": MAX_VALUE_LENGTH}
OFFICIALS = _table(
    Parameter("q", "part of a name or a post, from a word's beginning on, accents or not", _NAME | {"default": ""}, example="Bí thư Tỉnh ủy"),
    *_list(OFFICIALS_SHOWN),
)
PLACES = _table(Parameter("q", "name or id of a place, accents or not", _NAME | {"minLength": 1}, example="huyện Lắk", required=True), *_list(PLACES_SHOWN))
SUGGEST = _table(
    Parameter("q", "what is typed so far, from a word's beginning on, accents or not; empty: what most reports have", _NAME | {"default": ""}, example="dak l"),
    Parameter("kind", "only values of this facet; without it officials, places, topics and documents", {"type": "string", "enum": list(KINDS)}, True),
    Parameter("limit", "values to offer", {"type": "integer", "minimum": 1, "maximum": MAX_OFFERED, "default": SUGGESTIONS_SHOWN}),
)
NONE: Parameters = {}

# What other interfaces call things, so that a habit or its misprint is answered with the right name.
_HABITS = {
    "page": "offset", "start": "offset", "skip": "offset", "size": "limit", "per_page": "limit", "count": "limit", "rows": "limit", "query": "q", "search": "q",
    "date_from": "from", "since": "from", "date_to": "to", "until": "to", "order": "sort", "order_by": "sort", "filter": "topic", "facets": "facet",
    "after": "cursor", "scroll": "cursor",
}  # fmt: skip


def decode(raw: bytes, where: str) -> str:
    """Percent-encoded bytes as text, decoded once. Raises InvalidFilter for what is no UTF-8."""
    try:
        return unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidFilter(f"{where} holds bytes that are no UTF-8: {shortened(raw.decode('ascii', 'replace'))}", where) from None


def read(query_string: bytes, known: Parameters, *, drop_empty: bool = False) -> dict[str, list[str]]:
    """The values of each parameter as typed. `drop_empty`: a form sends its empty fields too, and they mean nothing.

    Raises InvalidFilter for a name that is not among `known` (with the nearest right one) and for a second value of one.
    """
    values: dict[str, list[str]] = {}
    for pair in query_string.split(b"&"):
        if not pair:
            continue
        raw_name, _, raw_value = pair.replace(b"+", b" ").partition(b"=")
        name = decode(raw_name, "the query string")
        parameter = known.get(name)
        if parameter is None:
            raise _unknown(name, known)
        value = decode(raw_value, name)
        if drop_empty and not value.strip():
            continue
        if name in values and not parameter.repeated:
            raise InvalidFilter(f"{name} may be given once only", name)
        values.setdefault(name, []).append(value)
    return values


def _unknown(name: str, known: Parameters) -> InvalidFilter:
    facet = field_of(name)
    names = [*known, *(habit for habit, right in _HABITS.items() if right in known)]
    near = [facet] if facet is not None and facet in known else difflib.get_close_matches(name[:50], names, 1)
    right = _HABITS.get(near[0], near[0]) if near else None
    hint = f"did you mean {right!r}?" if right else f"parameters are {', '.join(known)}" if known else "there are none here"
    return InvalidFilter(f"there is no parameter '{shortened(name)}'; {hint}", shortened(name), right)


def query_of(
    values: Mapping[str, Sequence[str]], *, facets: Sequence[str] | None = None, facet_limit: int = 10, limit: int = 10, highlight: bool = True
) -> SearchQuery:
    """The question that parameters ask; `facets`, `facet_limit` and `limit` stand in for what was not given. Raises UsageError."""
    single = {name: given[0] for name, given in values.items()}
    return build_query(
        single.get("q", ""),
        include={name: values[name] for name in FACETS if name in values},
        exclude={name: values[f"not_{name}"] for name in FACETS if f"not_{name}" in values},
        date_from=single.get("from"),
        date_to=single.get("to"),
        match=single.get("match", "all"),
        facets=values.get("facet", ()) if facets is None else facets,
        facet_limit=_number(single, "facet_limit", facet_limit),
        facet_prefix=single.get("prefix", ""),
        sort=single.get("sort", "relevance"),
        limit=_number(single, "limit", limit),
        offset=_number(single, "offset", 0),
        cursor=single.get("cursor"),
        explain=_switch(single, "explain"),
        highlight=highlight,
        group=_switch(single, "group"),
        in_group=single.get("in_group"),
    )


def list_of(values: Mapping[str, Sequence[str]], default: int) -> tuple[str, int, int]:
    """(q, limit, offset) of a list of officials or places. Raises InvalidFilter."""
    single = {name: given[0] for name, given in values.items()}
    limit, offset = _number(single, "limit", default), _number(single, "offset", 0)
    check_list(limit, offset)
    return name_of(single.get("q", ""), "q"), limit, offset


def offer_of(values: Mapping[str, Sequence[str]]) -> tuple[str, tuple[str, ...], int]:
    """(q, kinds, limit) of what is to be offered. Raises InvalidFilter."""
    single = {name: given[0] for name, given in values.items()}
    limit = _number(single, "limit", SUGGESTIONS_SHOWN)
    check_offered(limit)
    return typed_of(single.get("q", ""), "q"), tuple(dict.fromkeys(one_of(kind, "kind", KINDS) for kind in values.get("kind", OFFERED))), limit


def _switch(values: Mapping[str, str], name: str) -> bool:
    return one_of(values.get(name, "false"), name, ("true", "false")) == "true"


def _number(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise InvalidFilter(f"{name} must be a whole number, not '{shortened(text)}'", name)
    return int(text)

"""Option and parameter values -> SearchQuery: the one place for the command line, the HTTP API and the page.

Values come as the user typed them; what is wrong raises a UsageError that names the parameter by its outside name
(`from`, not `date_from`). Whether a filter's value exists is answered later, with the index at hand.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Literal, TypeVar, get_args

from api.labels import facet_of
from api.query import parse
from api.times import FORMS, day
from api.visible import shortened, visible
from indexer.engine.schema import FACETS
from indexer.errors import InvalidFilter, WindowExceeded
from indexer.query import WINDOW, Filter, SearchQuery, Sort

Matching = Literal["all", "any"]
Choice = TypeVar("Choice", bound=str)

MAX_LIMIT = 500  # hits a page: 500 stored reports are some 10 MB on the wire from Elasticsearch
MAX_FACET_LIMIT = 1_000
MAX_OFFSET = 1_000_000  # in a list of officials or places
MAX_OFFERED = 100  # values offered for what is typed so far
MAX_VALUES = 500  # filter values of one query, all facets together
MAX_VALUE_LENGTH = 512  # as long as an id may be
OPEN_CURSOR = "*"  # opens a walk; search.py knows it as ""


def build_query(
    q: str = "",
    *,
    include: Mapping[str, Sequence[str]] | None = None,
    exclude: Mapping[str, Sequence[str]] | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
    match: str = "all",
    facets: Sequence[str] = (),
    facet_limit: int = 10,
    facet_prefix: str = "",
    sort: str = "relevance",
    limit: int = 10,
    offset: int = 0,
    cursor: str | None = None,
    explain: bool = False,
    highlight: bool = True,
    group: bool = False,
    in_group: str | None = None,
) -> SearchQuery:
    """One question from what was typed.

    `include` and `exclude`: facet -> values (ids or names); `date_from`/`date_to`: `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or
    `DD/MM/YYYY`, a coarse one meaning its first or last day; `limit` 0 asks for counts only; `cursor`: None, `*` to
    begin a walk, or the cursor of the page before; `in_group`: id of a group of near-duplicates.

    Raises QuerySyntaxError, InvalidFilter (with the parameter's name) and WindowExceeded.
    """
    first, last = _day(date_from, "from"), _day(date_to, "to")
    if first is not None and last is not None and first > last:
        raise InvalidFilter(f"from ({first}) is after to ({last}); swap them", "to")
    _check_number(facet_limit, "facet_limit", 1, MAX_FACET_LIMIT)
    _check_page(limit, offset, cursor)
    return SearchQuery(
        tree=parse(q),
        text=q,
        filters=_filters(include or {}, exclude or {}),
        date_from=first,
        date_to=last,
        match=one_of(match, "match", get_args(Matching)),
        facets=tuple(dict.fromkeys(facet_of(name) for name in facets)),
        facet_limit=facet_limit,
        facet_prefix=_text(facet_prefix, "prefix") if facet_prefix else "",
        sort=one_of(sort, "sort", get_args(Sort)),
        offset=offset,
        limit=limit,
        cursor="" if cursor == OPEN_CURSOR else cursor,
        explain=explain,
        highlight=highlight,
        group=group,
        in_group="" if in_group is None else _text(in_group, "in_group"),
    )


def one_of(value: str, parameter: str, choices: Sequence[Choice]) -> Choice:
    """`value` as one of `choices`. Raises InvalidFilter with the nearest one."""
    for choice in choices:
        if value == choice:
            return choice
    near: list[str] = difflib.get_close_matches(value[:100], [str(choice) for choice in choices], 1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise InvalidFilter(f"{parameter} must be {' or '.join(choices)}, not '{shortened(value)}'{hint}", parameter, near[0] if near else None)


def _filters(include: Mapping[str, Sequence[str]], exclude: Mapping[str, Sequence[str]]) -> tuple[Filter, ...]:
    """Filters in the order of the facets, wanted ones first; the same value twice counts once."""
    filters: list[Filter] = []
    for given, excluded in ((include, False), (exclude, True)):
        values = {facet_of(name): (name, texts) for name, texts in given.items() if texts}
        for facet in FACETS:
            if facet in values:
                name, texts = values[facet]
                parameter = f"not_{name}" if excluded else name
                filters.append(Filter(facet, tuple(dict.fromkeys(_text(text, parameter) for text in texts)), excluded))
    if sum(len(f.values) for f in filters) > MAX_VALUES:
        raise InvalidFilter(f"a query may have {MAX_VALUES} filter values at most", filters[-1].facet)
    return tuple(filters)


def _text(value: str, parameter: str) -> str:
    """A filter's value without surrounding blanks. Raises InvalidFilter if it is empty, too long or holds control characters."""
    if not value.strip():
        raise InvalidFilter(f"{parameter} is empty; give a value or leave it out ('none' finds reports that have no value)", parameter)
    return name_of(value, parameter)


def name_of(value: str, parameter: str) -> str:
    """A name or id as typed, without surrounding blanks, "" for none. Raises InvalidFilter if it is too long or holds control characters."""
    text = value.strip()
    if len(text) > MAX_VALUE_LENGTH:
        raise InvalidFilter(f"{parameter} is longer than {MAX_VALUE_LENGTH} characters", parameter)
    if any(c < " " or "\x7f" <= c < "\xa0" or "\ud800" <= c <= "\udfff" for c in text):
        raise InvalidFilter(f"{parameter} holds a character that no value has: '{shortened(text)}'", parameter)
    return text


def typed_of(value: str, parameter: str) -> str:
    """What is typed so far of a name: as name_of, but a blank at its end stays as one, for it ends a word. Raises InvalidFilter."""
    text = name_of(value, parameter)
    return f"{text} " if text and value[-1].isspace() else text


def _day(value: str | None, parameter: str) -> str | None:
    """An ISO date; for `from` the first day of what was given, for `to` the last."""
    if value is None:
        return None
    found = day(value.strip(), last=parameter == "to")
    if found is None:
        raise InvalidFilter(f"{parameter} must be a date such as {FORMS}, not '{shortened(value)}'", parameter)
    return found


def _check_number(value: int, parameter: str, least: int, most: int) -> None:
    if not least <= value <= most:
        raise InvalidFilter(f"{parameter} must be between {least:,} and {most:,}, not {shortened(str(value), 20)}", parameter)


def check_list(limit: int, offset: int) -> None:
    """The page of a list that is held in memory. Raises InvalidFilter."""
    _check_number(limit, "limit", 0, MAX_LIMIT)
    _check_number(offset, "offset", 0, MAX_OFFSET)


def check_offered(limit: int) -> None:
    """How many values are offered for what is typed. Raises InvalidFilter."""
    _check_number(limit, "limit", 1, MAX_OFFERED)


def _check_page(limit: int, offset: int, cursor: str | None) -> None:
    _check_number(limit, "limit", 0, MAX_LIMIT)
    if offset < 0:
        raise InvalidFilter(f"offset must be 0 or more, not {shortened(str(offset), 20)}", "offset")
    if cursor is not None:
        if offset:
            raise InvalidFilter("offset and cursor exclude each other: a cursor knows its place", "offset")
        if not limit:
            raise InvalidFilter("limit must be 1 or more with a cursor", "limit")
        if not cursor or visible(cursor) != cursor:
            raise InvalidFilter(f"cursor must be {OPEN_CURSOR} to begin, then the cursor of the page before", "cursor")
    elif offset + limit > WINDOW:
        way = f"walk further by cursor (cursor={OPEN_CURSOR} on the first page, --all on the command line)"
        raise WindowExceeded(f"offset + limit may not pass {WINDOW:,}; {way}")

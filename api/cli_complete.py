"""Shell completion: values of filters and arguments from the index, while somebody presses Tab.

`values` and `reports` make what Typer calls with the words so far. Whatever is wrong (no index, an engine that is away, a word that cannot be a
name) offers nothing and says nothing: an error would be printed into the line that is being typed.

Shells differ in what they make of an offer. zsh and fish drop what does not begin with the word as it is typed and show the help beside it; so
`dak` is offered `dak lak`, which means the same, with "Đắk Lắk" beside it. bash puts in the beginning that all offers have in common and quotes
nothing; so there the names are offered with their marks, quoted, as long as that beginning takes nothing away from the word.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

import typer

from api.parameters import MAX_OFFERED, name_of, typed_of
from indexer.errors import BaocaoError

if TYPE_CHECKING:
    from indexer.engine.contract import Engine
    from indexer.suggest import Suggestion

COMPLETION = "_BAOCAO_COMPLETE"  # set by the shell's completion script: complete_bash, complete_zsh, ...
_PATIENCE = 1.0  # seconds for an engine that does not answer: who waits longer types on
_WILD = re.compile(r"[^\w @%+=:,./·-]")
_D = str.maketrans("đĐ", "dD")

Offers = Callable[[typer.Context, str], list[tuple[str, str]]]  # the words so far, the word being typed -> (value, help)


class _Offer(str):
    """A value that Typer does not drop for beginning otherwise than what is typed: with marks, or with a quote."""

    __slots__ = ()

    def startswith(self, *_: object) -> bool:
        return True


def values(*kinds: str, keys: bool = False) -> Offers:
    """What completes a value of these facets, those with most reports first. `keys`: only by the id, where no name is taken."""

    def offers(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        from indexer.suggest import suggest

        with suppress(BaocaoError, OSError), _asked(ctx) as engine:
            found = suggest(engine, typed_of(incomplete, "value"), kinds, MAX_OFFERED)
            return _for_shell([(_names(one, keys), f"{one.label} · {one.count:,}") for one in found], incomplete)
        return []

    return offers


def _names(one: Suggestion, keys: bool) -> tuple[str, ...]:
    """Officials by their keys first, which tell namesakes apart; the rest by names, places below a province also without the word for what they are."""
    if one.kind == "official":
        return (one.value,) if keys else (one.value, one.name)
    if one.kind in ("district", "commune"):
        from indexer.gazetteer.load import parse_type

        return (one.name, parse_type(one.name)[1])
    return (one.name,)


def reports(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """What completes the id of a report: ids that begin so, the newest first, with their titles."""
    from indexer.engine.contract import HasPrefix, MatchAll, Request
    from indexer.engine.schema import ID

    with suppress(BaocaoError, OSError), _asked(ctx) as engine:
        prefix = name_of(incomplete, "ID")
        found = engine.execute(Request(HasPrefix(ID, prefix) if prefix else MatchAll(), sort="newest", limit=MAX_OFFERED))
        return _for_shell([((hit.id,), hit.stored.report.title) for hit in found.hits if _tame(hit.id) == hit.id], incomplete)
    return []


@contextmanager
def _asked(ctx: typer.Context) -> Iterator[Engine]:
    """The engine that the words so far name, with less patience than a search has."""
    from api.cli_common import opened, settings_of  # which takes the completion of its filters from here

    given = ctx.params.get("engine") or (ctx.parent.params.get("engine") if ctx.parent is not None else None)
    settings = settings_of(ctx, given)
    with opened(replace(settings, read_timeout=min(settings.read_timeout, _PATIENCE))) as engine:
        yield engine


# ---------------------------------------------------------------- as each shell needs it


def _for_shell(found: Sequence[tuple[Sequence[str], str]], typed: str) -> list[tuple[str, str]]:
    """`found`: the names of one value, the best first, and the help beside it."""
    shell = os.environ.get(COMPLETION, "").rpartition("_")[2]
    quoted = {"bash": _in_bash, "powershell": _in_powershell, "pwsh": _in_powershell}.get(shell, str)
    tame = [([name for name in map(_tame, names) if name and name[0] != "-"], _tame(text)) for names, text in found]
    offered = {names[0]: text for names, text in tame if names}
    if shell == "zsh" or shell == "fish" or (shell == "bash" and _takes_away(list(offered), typed)):
        offered = {}
        for names, text in tame:
            spelled = next((name for name in (_as_typed(name, typed) for name in names) if name is not None), None)
            if spelled is not None:
                offered.setdefault(spelled, text)
    if shell == "fish":  # in the form that fish wants: Typer would load rich for the same, a quarter of the time until the answer
        return [(_Offer(f"{name}\t{text}"), "") for name, text in offered.items()]
    return [(_Offer(quoted(name)), text) for name, text in offered.items()]


def _takes_away(names: Sequence[str], typed: str) -> bool:
    """Whether bash, which puts in what all names begin with, would leave less than what is typed: "Đ" of "dak" where one has Đắk and one Đăk."""
    common = _parted("".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(min(names), max(names), strict=False)))) if len(names) > 1 else ""
    return common != "" and not common.startswith(_parted(typed))


def _as_typed(name: str, typed: str) -> str | None:
    """`name` beginning literally as typed, and without marks where those are left out; None if it cannot, for it begins otherwise or with other marks."""
    form = unicodedata.normalize("NFC", typed)
    begun, rest = name[: len(form)].lower(), name[len(form) :]
    if begun != form.lower():
        if _plain(begun) != form.lower():
            return None
        rest = _plain(rest)
    return typed + (rest.lower() if form.islower() else rest)


def _plain(text: str) -> str:
    """Without marks, a character for a character."""
    return "".join(unicodedata.normalize("NFD", character)[0] for character in text).translate(_D)


def _parted(text: str) -> str:
    """For comparing: without marks and case, blanks for what is no letter and no digit."""
    return re.sub(r"\W", " ", _plain(unicodedata.normalize("NFC", text)).lower())


def _tame(text: str) -> str:
    """Without what a shell may act upon: reports are written by strangers, and the scripts of some shells evaluate what they are given.

    A name with a blank instead has the same key; an id that would change is given up by its caller.
    """
    return " ".join(_WILD.sub(" ", unicodedata.normalize("NFC", text)).split())


def _in_bash(name: str) -> str:
    words, at = os.environ.get("COMP_WORDS", "").split("\n"), os.environ.get("COMP_CWORD", "")
    word = words[int(at)] if at.isdecimal() and int(at) < len(words) else ""
    return name if word[:1] in ("'", '"') else name.replace(" ", "\\ ")


def _in_powershell(name: str) -> str:
    return f"'{name}'" if " " in name else name

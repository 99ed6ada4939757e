"""One key for all the ways in which a place name is spelt; for matching only, never shown.

On top of `analyzers.fold.key` (case, tone placement, i/y, look-alikes of đ, apostrophes): the highland syllables that
papers spell by ear (Đắk, Đăk, Đak, Đắc) and part as they like, and numbers with a leading zero (quận 02).
"""

from __future__ import annotations

import unicodedata
from sys import intern

from analyzers.fold import key
from indexer.gazetteer.kept import Kept

# What is heard -> how papers spell it. The right sides are canonical only for the key; no two units of one parent and type
# become equal by it (tests/indexer/test_gazetteer.py).
_HEARD_AS = {
    "đắk": "đăk đak đắc đăc đác dak",
    "lắk": "lăk lak lắc lăc",
    "pắc": "păk pắk păc pak",
    "drắk": "đrắk đrăk drăk đrắc drak đrak",
}
_HEARD = {key(variant): key(form) for form, variants in _HEARD_AS.items() for variant in variants.split()}


def syllable_key(syllable: str) -> str:
    """Key of one word of a text as written; "" if it holds no letter or digit."""
    return _SYLLABLE_KEYS[syllable]


def make_key(syllable: str) -> str:
    """The same, made anew: for who keeps it himself."""
    pieces = key(syllable).split()
    return intern("".join(p.lstrip("0") or "0" if p.isdigit() else _HEARD.get(p, p) for p in pieces))  # one object for one key, however it is written


_SYLLABLE_KEYS = Kept(make_key)


def place_key(text: str) -> str:
    """Key of a name: its syllables' keys without anything between, for papers part highland names as they like.

    "Đăk R’lấp" and "ĐẮK R'LẤP" have the same, and so have "Krông A Na" and "Krông Ana", "Ea Rbin" and "Ea R'bin".
    """
    return "".join(syllable_key(word) for word in text.split())


def squeeze(text: str) -> str:
    """The key that vietnamadminunits has for former names: no marks, no spaces, no punctuation, lower case."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in plain if c.isalnum())

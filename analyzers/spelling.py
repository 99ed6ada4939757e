"""Vietnamese spelling: what a syllable is, one place for its tone mark, one of i and y, and the form without marks.

Everything that decides (is it a syllable, does i become y) looks at the letters without marks, so that a text typed
without accents is treated as the accented one is: strip_marks(canonical(x)) == canonical(strip_marks(x)).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise

_ONSETS = (
    "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x", "",
)  # fmt: skip
# Every rime of the language without its marks; "ac" stands for ac, ăc, âc and so on.
_RIMES = frozenset(
    """a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oem oen oeo oet oi om on ong ooc oong op ot u ua uan uang uat uay uc ue uech uenh
    ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uynh uyp uyt uyu y ych yem yen yeng yet yeu ynh yt""".split()
)
_OPEN_GLIDES = ("oa", "oe", "uy")  # hòa or hoà, khỏe or khoẻ, thủy or thuỷ: the only rimes whose tone has two accepted places

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SHAPES = frozenset("\u0302\u0306\u031b")  # of â ê ô, ă, ơ ư

# kỹ=kĩ, lý=lí, quý=quí, Mỹ=Mĩ ...: syllables written both ways. Others keep theirs (Vy is not Vi, thúy is not thúi).
_I_TO_Y = {"hi": "hy", "ki": "ky", "li": "ly", "mi": "my", "si": "sy", "ti": "ty", "qui": "quy"}

_LONGEST_SYLLABLE = 7  # nghiêng
_SHORTEST_GLUED = 5  # letters of a glued run: "hanoi" may be Hà Nội, but "data" is not đã ta, nor "HoSE" họ sẽ
_SHORTEST_PIECE = 2  # letters of each of its syllables: "iPhone" and "eTax" are not i + Phone, e + Tax
_MOST_PIECES = 4  # syllables that one glued run may hold
_MOST_SPLITS = 12


@lru_cache(maxsize=65536)
def strip_marks(text: str) -> str:
    """`text` without diacritics, đ as d; other letters stay: "Đắk Lắk" -> "Dak Lak"."""
    if text.isascii():
        return text
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.replace("đ", "d").replace("Đ", "D"))


@lru_cache(maxsize=65536)
def canonical(run: str) -> str:
    """The one spelling under which a run of letters is indexed: lower case, tone on its traditional place (hòa, thủy, quý), y for i where both are written.

    What is no Vietnamese syllable is only put into lower case.
    """
    lower = unicodedata.normalize("NFC", run.casefold())
    base = strip_marks(lower)
    if base in _I_TO_Y:
        head, _, marks = unicodedata.normalize("NFD", lower).rpartition("i")
        lower = unicodedata.normalize("NFC", f"{head}y{marks}")
        base = _I_TO_Y[base]
    parsed = parse(base)
    if lower == base or parsed is None:
        return lower
    letters, tone = _letters(lower)
    if len(letters) != len(base):
        return lower
    return _spell(letters, tone, *parsed, traditional=True)


@lru_cache(maxsize=65536)
def modern(syllable: str) -> str:
    """A canonical syllable with the tone where pyvi's dictionary and Decision 1989/QĐ-BGDĐT put it: hoà, khoẻ, thuỷ."""
    base = strip_marks(syllable)
    parsed = parse(base)
    if parsed is None or parsed[1] not in _OPEN_GLIDES:
        return syllable
    letters, tone = _letters(syllable)
    return _spell(letters, tone, *parsed, traditional=False) if len(letters) == len(base) else syllable


@lru_cache(maxsize=65536)
def parse(base: str) -> tuple[str, str] | None:
    """(onset, rime) of a syllable given in lower case without marks; None if it is none. "gia" is gi + a, "gin" is g + in."""
    if len(base) > _LONGEST_SYLLABLE:
        return None
    for size in (3, 2, 1, 0):
        if base[:size] in _ONSETS and base[size:] in _RIMES:
            return base[:size], base[size:]
    return None


def is_syllable(text: str) -> bool:
    """Whether `text`, in any case and with or without marks, can be a Vietnamese syllable."""
    return len(text) <= _LONGEST_SYLLABLE and parse(strip_marks(text.casefold())) is not None


def unglue(run: str) -> list[int]:
    """Where a run of letters is glued from syllables, told by its case: "NguyệtPhó" -> [6]; [] for "PublishingPortal", "OCOP", "iPhone".

    Only if every piece is a syllable and the whole is none, so that `splits` of the same run in any other case finds the same pieces.
    """
    if not _SHORTEST_GLUED <= len(run) <= _LONGEST_SYLLABLE * _MOST_PIECES or run.islower() or run.isupper():
        return []
    borders = [i for i in range(1, len(run)) if run[i - 1].islower() and run[i].isupper()]
    if not borders or len(borders) >= _MOST_PIECES or is_syllable(run):
        return []
    edges = [0, *borders, len(run)]
    pieces = [run[a:b] for a, b in pairwise(edges)]
    return borders if all(len(piece) >= _SHORTEST_PIECE and is_syllable(piece) for piece in pieces) else []


@lru_cache(maxsize=4096)
def splits(run: str) -> tuple[tuple[str, ...], ...]:
    """The ways in which a run that is no syllable parts into two to four syllables, in their canonical spelling, fewest pieces first; at most 12."""
    lower = unicodedata.normalize("NFC", run.casefold())
    base = strip_marks(lower)
    if len(lower) != len(base) or not _SHORTEST_GLUED <= len(base) <= _LONGEST_SYLLABLE * _MOST_PIECES or parse(base) is not None:
        return ()
    # cuts[i]: ways to part lower[:i], as tuples of borders; the lists stay short since a syllable has at most 7 letters.
    cuts: list[list[tuple[int, ...]]] = [[()]]
    for end in range(1, len(base) + 1):
        ways = [
            (*way, end)
            for start in range(max(0, end - _LONGEST_SYLLABLE), end - _SHORTEST_PIECE + 1)
            if parse(base[start:end]) is not None
            for way in cuts[start]
            if len(way) < _MOST_PIECES
        ]
        cuts.append(sorted(ways, key=len)[: 4 * _MOST_SPLITS])
    found = sorted(cuts[-1], key=lambda way: (len(way), way))[:_MOST_SPLITS]
    return tuple(tuple(canonical(lower[a:b]) for a, b in pairwise((0, *way))) for way in found)


def _letters(lower: str) -> tuple[list[str], str | None]:
    """Letters with their shape mark first, and the one tone. A second tone, or a mark that is not Vietnamese, stays on its letter."""
    letters: list[str] = []
    tone: str | None = None
    for char in unicodedata.normalize("NFD", lower):
        if not unicodedata.combining(char):
            letters.append(char)
        elif char in _TONES and tone is None:
            tone = char
        elif char in _SHAPES:
            letters[-1] = letters[-1][0] + char + letters[-1][1:]
        else:
            return [], None
    return letters, tone


def _spell(letters: list[str], tone: str | None, onset: str, rime: str, *, traditional: bool) -> str:
    if tone is not None:
        letters[len(onset) + _tone_place(letters[len(onset) :], rime, traditional)] += tone
    return unicodedata.normalize("NFC", "".join(letters))


def _tone_place(letters: list[str], rime: str, traditional: bool) -> int:
    """Index of the letter of the rime that bears the tone."""
    shaped = [i for i, letter in enumerate(letters) if len(letter) > 1]
    if shaped:
        return shaped[-1]  # ươ -> ơ, uyê -> ê
    vowels = len(rime.rstrip("bcdghklmnpqrstvx"))
    if vowels < len(rime) or vowels == 3:
        return vowels - 1 if vowels < 3 else 1  # toàn, hoành; ngoài, khuỷu
    if rime in _OPEN_GLIDES:
        return 0 if traditional else 1
    return 0  # của, tài, mía

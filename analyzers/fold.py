"""Keys: what two spellings of one name have in common. For ids, for looking names up, for filters."""

from __future__ import annotations

from analyzers.syllables import tokens


def key(text: str) -> str:
    """Canonical tokens, one space between: "Cao  Thị Hoà An" -> "cao thị hòa an". Equal for every spelling of the same marks; key(key(x)) == key(x)."""
    return " ".join([token.text for token in tokens(text)])


def fold(text: str) -> str:
    """The same without diacritics: "Đắk Lắk" -> "dak lak"."""
    return " ".join([token.folded for token in tokens(text)])


def has_marks(text: str) -> bool:
    """Whether a letter of `text` bears a diacritic or is đ."""
    return any(token.text != token.folded for token in tokens(text))

"""TCVN3 (ABC) and VNI, in which offices wrote before Unicode: signs of Western Europe stand for Vietnamese letters, and only the font shows them.

Never guessed: the user names them (`--encoding tcvn3`, `--encoding vni`), or a page does. A file holds such text as bytes, or, copied or exported since,
as the same signs in UTF-8 ("Céng hoµ", "Coäng hoøa"). TCVN 5712:1993 with the letters of its fonts .VnTime; VNI as of VNI-Times for Windows.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Mapping

# A sign a letter. Only seven capitals have signs; with the others a font of capitals (.VnTimeH) shows the signs of the small letters.
_TCVN3: Mapping[str, str] = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ\u03bc",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵà",
        strict=True,
    )
)
# VNI writes a mark behind a vowel: of tone, of shape, or of both. The letters that have no such mark are signs of their own.
_TONES = dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323", strict=True))
_CIRCUMFLEX = dict(zip("âàáåãä", ("", *_TONES.values()), strict=True))
_BREVE = dict(zip("êèéúüë", ("", *_TONES.values()), strict=True))
_OWN = dict(zip("ôöîìíæóòñ", "ơưỵìíỉĩịđ", strict=True))


def _vni_letters() -> dict[str, str]:
    """Small and capital: what VNI writes -> the letter."""
    small = dict(_OWN)
    for vowel, shown in (*zip("aeouy", "aeouy", strict=True), ("ô", "ơ"), ("ö", "ư")):
        small |= {vowel + mark: shown + tone for mark, tone in _TONES.items()}
    small |= {vowel + mark: f"{vowel}\u0302{tone}" for vowel in "aeo" for mark, tone in _CIRCUMFLEX.items()}
    small |= {f"a{mark}": f"a\u0306{tone}" for mark, tone in _BREVE.items()}
    composed = {written: unicodedata.normalize("NFC", letter) for written, letter in small.items()}
    capital = {written.upper(): letter.upper() for written, letter in composed.items()}
    mixed = {written[0].upper() + written[1:]: letter.upper() for written, letter in composed.items() if len(written) == 2}
    return composed | mixed | capital


_VNI = _vni_letters()
_VNI_WRITTEN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]+")
_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ\u0300-\u0323]")  # letters and marks that are no signs of either


def _tcvn3(text: str) -> str:
    return _WORD.sub(_shouted, "".join([_TCVN3.get(sign, sign) for sign in text]))


def _shouted(found: re.Match[str]) -> str:
    """A word with two capitals and no small letter without a mark was set in the font of capitals: "HéI" is HỘI, "Mü" is Mỹ."""
    word = found[0]
    return word.upper() if sum(map(str.isupper, word)) > 1 and not any("a" <= letter <= "z" for letter in word) else word


def _vni(text: str) -> str:
    return _VNI_WRITTEN.sub(lambda found: _VNI[found[0]], text)


LEGACY: Mapping[str, Callable[[str], str]] = {"tcvn3": _tcvn3, "vni": _vni}


def read_legacy(data: bytes, name: str) -> str | None:
    """The text of `data` in an encoding of LEGACY; None for what is Unicode already: a folder may hold files of both times.

    Raises UnicodeDecodeError for bytes that no font shows.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return LEGACY[name](data.decode("cp1252"))
    return None if _UNICODE.search(text) else LEGACY[name](text)

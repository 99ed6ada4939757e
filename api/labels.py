"""What facets are called: headings in both languages, and the names that a query and a parameter may use for them."""

from __future__ import annotations

import difflib
import unicodedata

from api.visible import shortened
from indexer.engine.schema import FACETS
from indexer.errors import InvalidFilter
from indexer.query import DATE

# Headings: Vietnamese, English.
FACET_LABELS: dict[str, tuple[str, str]] = {
    "official": ("Cán bộ", "Official"),
    "post": ("Chức vụ", "Post"),
    "province": ("Tỉnh, thành phố khi đó", "Province then"),
    "province_now": ("Tỉnh, thành phố hiện nay", "Province today"),
    "district": ("Huyện, quận, thị xã", "District"),
    "commune": ("Xã, phường, thị trấn", "Commune"),
    "topic": ("Chủ đề", "Topic"),
    "document": ("Văn bản", "Document"),
    "author": ("Tác giả", "Author"),
    "year": ("Năm", "Year"),
    "month": ("Tháng", "Month"),
    "period": ("Kỳ báo cáo", "Reporting period"),
    "source": ("Nguồn", "Source"),
}
NO_VALUE_LABEL = ("(không có)", "(none)")

# Names of a facet in `name:value`, beside its own. Case and `_` or `-` between syllables make no difference; a name with
# marks is only recognised with the right ones, so that "Phương:" (a speaker) is no commune. `số:` is left out: it stands
# at the head of every document ("Số: 15/BC-UBND") and is text there.
FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "official": ("cán_bộ", "canbo"),
    "post": ("chức_vụ", "chucvu"),
    "province": ("tỉnh", "tinh"),
    "province_now": ("tỉnh_nay", "tinhnay"),
    "district": ("huyện", "huyen"),
    "commune": ("xã", "xa", "phường", "phuong"),
    "topic": ("chủ_đề", "chude"),
    "document": ("văn_bản", "vanban", "số_hiệu", "sohieu"),
    "author": ("tác_giả", "tacgia"),
    "year": ("năm", "nam"),
    "month": ("tháng", "thang"),
    "period": ("kỳ", "kì", "ky"),
    "source": ("nguồn", "nguon"),
}
DATE_NAMES = (DATE, "ngày", "ngay")  # no facet: what --from and --to ask for


def _joined(name: str) -> str:
    return unicodedata.normalize("NFC", name).lower().replace("_", "").replace("-", "")


_FACET_OF = {_joined(name): facet for facet in FACETS for name in (facet, *FIELD_NAMES[facet])}
_LONGEST = 40  # characters of a name, combining marks included: nothing longer is looked up


def field_of(name: str) -> str | None:
    """The facet, or DATE, that `name` stands for before a colon, in either language; None if it is ordinary text."""
    if not name or len(name) > _LONGEST or not name[0].isalpha():
        return None
    joined = _joined(name)
    return DATE if joined in DATE_NAMES else _FACET_OF.get(joined)


def facet_of(name: str, parameter: str = "facet") -> str:
    """The facet that a parameter's value names, in either language. Raises InvalidFilter with the nearest one."""
    facet = field_of(name.strip())
    if facet is not None and facet != DATE:
        return facet
    near = difflib.get_close_matches(_joined(name[:_LONGEST]), _FACET_OF, 1, 0.5)
    suggestion = _FACET_OF[near[0]] if near else None
    hint = f"did you mean {suggestion!r}?" if suggestion else f"facets are {', '.join(FACETS)}"
    raise InvalidFilter(f"there is no facet '{shortened(name)}'; {hint}", parameter, suggestion)

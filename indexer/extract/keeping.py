"""Which of the posts that a report gives to one person are listed: each office once, in one form.

A report says one office in several ways ("Chủ tịch huyện Lắk", "Chủ tịch UBND huyện Lắk"); forms of one kind share a key, of which
the one said most often is kept, and a form that another makes needless is dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from analyzers.fold import fold, key
from analyzers.synonyms import expand
from indexer.extract.posts import Post
from indexer.extract.scan import TEXT_KEYS
from indexer.gazetteer.kept import Kept
from indexer.offices import one_form, with_level

# No abbreviations that search should know: they are "đồng bằng" and "quy hoạch" as well.
_DEPUTY = {"đb": "đại biểu"}
_SAME = (
    ("vụ trưởng vụ ", "vụ trưởng "),
    ("cục trưởng cục ", "cục trưởng "),
    (" vn", " việt nam"),
    ("trung ương hội ", "hội "),
    (" của ", " "),
    ("chủ tich", "chủ tịch"),
    ("thủ tưởng", "thủ tướng"),
    ("giám đôc", "giám đốc"),
)
_BETWEEN = re.compile(r" và(?= )")  # Bộ Kế hoạch (và) Đầu tư
_ELECT = re.compile(r" (?:đắc cử|mới đắc cử)(?= |$)")
_TERM = re.compile(r" khóa (?:[ivx]+|[1-9]\d?)(?= |$)")
_DELEGATES = ("đại biểu", "đbqh")  # of the fourteenth assembly is not of the thirteenth
_FORMER = re.compile("^cựu ")
_NUMBER = re.compile(r"(?<=^tổng thống) thứ \d+")
_ACRONYM = re.compile(r"\(([^\W\d_]{2,8})\)$")
_BRACKET = re.compile(r"\s*\([^()]*\)")
_REPUBLIC = "cộng hòa(?: xã hội chủ nghĩa| dân chủ nhân dân| nhân dân| dân chủ| liên bang| hồi giáo)?"
_STATE_FORM = re.compile(rf"(?<!chủ tịch) (?:nước )?(?:chxhcn|chdcnd|chnd|{_REPUBLIC}|vương quốc)(?= )")
_RULED = re.compile(r" (?:ủy ban nhân dân|(?:tỉnh|thành|huyện|quận|thị|đảng) ủy)(?= |$)")
_LEVELS = re.compile(r" (?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường)(?= |$)")
_MEMBER = key("nghị sĩ")
_CLERKS = frozenset({"trưởng phòng", "phó phòng", "phó trưởng phòng", "trưởng bộ phận", "tổ trưởng"})  # of anything: a company, a school
_COMPANY_TOO = re.compile(r"chủ tịch(?! nước)|(?:phó )?bí thư đảng ủy$")  # bare, it may be a company's
# Posts in associations make nobody an official, but are listed of who is one.
_ASSOCIATION = re.compile(
    r"(?:nguyên |cựu )?(?:phó )?(?:chủ tịch|tổng thư ký|chủ nhiệm|ủy viên (?:bch|ban chấp hành))(?: thường trực)? "
    r"(?:hội|hiệp hội|liên hiệp|tổng hội|liên đoàn|đoàn luật sư) (?!đồng)"
)
_TELLING = 5  # words: "chủ tịch quốc hội" is no short form of "chủ tịch ... quốc hội"
_HEAD_WORDS = 5  # no head has more: phó tổng giám đốc
OVER = ("nguyên ", "cựu ")  # how the key of a post begins that is no longer held


def post_key(post: str) -> str:
    """One key for the spellings of one post: abbreviations written out, "Bộ trưởng Bộ Y tế" = "Bộ trưởng Y tế"."""
    return _POST_KEYS[post]


def _post_key(post: str) -> str:
    return one_form(_SPELT[post])


def _office(post: str) -> str:
    """One key for all forms of one office: without the bracket that spells a body short, without what kind of state a country is."""
    spelt = _FORMER.sub("nguyên ", _STATE_FORM.sub("", post_key(_BRACKET.sub("", post) or post)))
    spelt = _NUMBER.sub("", with_level(spelt if spelt.startswith(_DELEGATES) else _TERM.sub("", spelt)))
    for written, meant in _SAME:
        spelt = spelt.replace(written, meant)
    return _DEPUTY.get(post.lower()) or _BETWEEN.sub("", spelt)


_OFFICES = Kept(_office, most=8192, longest=256)
_POST_KEYS = Kept(_post_key, most=8192, longest=256)  # asked by three extractors in turn: a fiftieth of all the time
_SPELT = Kept(lambda post: key(expand(post)), most=8192, longest=256)


def kept(posts: Sequence[Post], marked: bool) -> list[int] | None:
    """Indices of the posts to list; None if who has them is no official. `marked`: "đồng chí" or a rank speaks of the person."""
    private = any(not post.office and not post.bare for post in posts)
    held = [i for i, post in enumerate(posts) if post.office and not (private and _is_company(post))]
    if not held:
        return [] if marked and not posts else None
    if not marked and all(posts[i].bare and TEXT_KEYS[posts[i].text] in _CLERKS for i in held):
        return None
    held = sorted([*held, *(i for i, post in enumerate(posts) if not post.office and not post.bare and _ASSOCIATION.match(TEXT_KEYS[post.text]))])
    if len(held) == 1:
        return held
    said = Counter(_SPELT[posts[i].text] for i in held)
    offices: dict[str, int] = {}
    spelt: dict[str, str] = {}
    for i in held:
        made = _OFFICES[posts[i].text]
        made = spelt.setdefault(fold(made), made)  # "Bộ trưởng Bộ Y tê"
        known = offices.setdefault(made, i)
        if _weight(posts[known], said) < _weight(posts[i], said):
            offices[made] = i
    short = {_OFFICES[form] for made, i in offices.items() for form in _by_acronym(posts[i].text) if _OFFICES[form] != made}
    return [i for made, i in offices.items() if made not in short and not any(_says_more(other, made) for other in offices)]


def _by_acronym(post: str) -> Iterator[str]:
    """The same post with what stands for its body in brackets alone: "Giám đốc Cục Điều tra Liên bang (FBI)" -> "Giám đốc FBI"."""
    if (letters := _ACRONYM.search(post)) is not None:
        words = post.split()
        yield from (" ".join((*words[:end], letters[1])) for end in range(1, min(len(words) - 1, _HEAD_WORDS)))


def _is_shorter(made: str, other: str) -> bool:
    """Whether words within the body's name are left out: "Phó giám đốc bệnh viện Thường Xuân" of "... bệnh viện đa khoa huyện Thường Xuân"."""
    short, full = made.split(), other.split()
    if len(short) < _TELLING or len(short) >= len(full) or short[:3] != full[:3] or short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(word in rest for word in short)


def _is_company(post: Post) -> bool:
    """Whether a post without a body is the company's that another post of its holder names: "Bí thư Đảng ủy, Tổng Giám đốc Công ty"."""
    made = TEXT_KEYS[post.text]
    return (post.bare or made.endswith(" đảng ủy")) and _COMPANY_TOO.search(made) is not None


def _weight(post: Post, said: Counter[str]) -> tuple[bool, bool, int, int, int]:
    """Whether a form is written out and without a term, how much it tells, how often it is said, how full it is; a mark is left out sooner than put in."""
    spelt = _SPELT[post.text]
    return spelt == TEXT_KEYS[post.text], _TERM.search(spelt) is None, len(post_key(post.text)), said[spelt], len(normalize("NFD", spelt))


def _says_more(other: str, made: str) -> bool:
    """Whether the office `other` of a person makes `made` needless: it goes on with it, says that it is over, or is more than a seat."""
    if other == made:
        return False
    if made == other.replace(" thường trực", ""):
        return True
    if _is_shorter(made, other) or (made.startswith("chủ tịch mặt trận") and other.startswith("chủ tịch ủy ban") and "mặt trận" in other):
        return True
    if made.startswith("ngoại trưởng") and other.startswith(made.replace("ngoại trưởng", "bộ trưởng ngoại giao", 1)):
        return True
    if made == _MEMBER and other.startswith((f"thượng {_MEMBER}", f"hạ {_MEMBER}")):
        return True
    if f"{made} ".startswith(("lãnh đạo ", "nhà lãnh đạo ")) and "đảng" not in made:
        return made == "nhà lãnh đạo" or not f"{other} ".startswith(("lãnh đạo ", "nhà lãnh đạo "))
    if made == other.replace(" đắc cử", "") or (_ELECT.search(made) and (_ELECT.sub("", made) == other or other.startswith(_ELECT.sub("", made) + " "))):
        return " đắc cử" in made  # in office by now
    now = other.partition(" ")[2] if other.startswith(OVER) else other
    if now == made or other.startswith(f"{made} ") or (now.startswith(f"{made} ") and " " not in made.removeprefix("phó ").partition(" ")[2]):
        return True
    short = _LEVELS.sub("", made)  # "Chủ tịch huyện Lắk", "Bí thư Hà Nội" of the press
    return _RULED.search(made) is None and _RULED.search(other) is not None and f"{_LEVELS.sub('', _RULED.sub('', other))} ".startswith(f"{short} ")

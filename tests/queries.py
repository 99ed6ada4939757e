"""Queries made at random from the grammar of the query language, each beside what it means, over reports made at random.

Nothing here knows the analyzer, the parser, plans or engines. A report is made of words that are known one by one, and a query is written out as text
beside a reading of it that looks at every word of a report, as docs/queries.md promises; the few words that have other forms stand in FORMS.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from indexer.models import RawArticle, Report, StoredReport

# Syllables that are alike without their marks, one in two spellings, numbers; no two or three of them are a long form that has an abbreviation.
PLAIN = (
    *("đắk", "đăk", "dak", "lắk", "lạc", "tỉnh", "tính", "tinh", "ủy", "uỷ", "ban", "bản", "bán", "kinh", "kính", "tế", "hội", "họp", "hòa", "hoà", "xã"),
    *("và", "của", "mưa", "lũ", "rừng", "đường", "3", "35", "2020"),
)
# Without marks, every way in which the reports write these: a word of a query stands for all of them.
FORMS: dict[str, tuple[str, ...]] = {
    "UBND": ("ubnd", "uy ban nhan dan"),
    "ubnd": ("ubnd", "uy ban nhan dan"),
    "HĐND": ("hdnd", "hoi dong nhan dan"),
    "129.082": ("129 082", "129082"),
    "129082": ("129 082", "129082"),
    "35-CT/TW": ("35 ct tw",),
}
WRITTEN = (*PLAIN, *PLAIN, *FORMS, "ủy ban nhân dân", "Hội đồng nhân dân", "129,082", "TP. Lắk")
SPELLING = {"uỷ": "ủy", "hoà": "hòa"}  # as typed -> as this project writes it

DATES = ("2018", "2019", "2019-Q2", "2020-04", "2020-04-15", "2020-12-31", "2021-01-01", "2021-06", None)
PERIODS = ("2019", "2020-Q1", "2020-Q3", "2020-H1", "2020-H2", "2020-M09", "2021-Q1", None)
TOPICS = {"kinh-te": ("kinh-te", "KINH-TE"), "doi-ngoai": ("doi-ngoai", "đối-ngoại"), "xay-dung-dang": ("xay-dung-dang",)}
AUTHORS = {"Kim Bảo": ("Kim Bảo", "kim bao", "kim bảo"), "Kim Bao": ("Kim Bao",), "Hà Ny": ("hà ny", "HA NY")}


@dataclass(frozen=True)
class Token:
    """A word as it is typed, in lower case; `sentence` numbers the sentences of its line."""

    text: str
    folded: str
    sentence: int


@dataclass(frozen=True)
class Page:
    """A report and its lines, title first, as its maker wrote them."""

    report: Report
    lines: tuple[tuple[Token, ...], ...]

    @property
    def stored(self) -> StoredReport:
        name = self.report.id
        raw = RawArticle(name, self.report.body, "utf-8", "0" * 64)
        return StoredReport(self.report, raw, name, "2026-01-02T03:04:05+00:00", "2026-01-02T03:04:05+00:00")


def tokens(written: str, sentence: int = 0) -> tuple[Token, ...]:
    words = [SPELLING.get(word, word) for word in re.findall(r"[^\W\d_]+|\d+", written.lower())]
    return tuple(Token(word, fold(word), sentence) for word in words)


@cache
def fold(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word.replace("đ", "d")) if not unicodedata.combining(c))


# ---------------------------------------------------------------- reports


def pages(seed: int, count: int) -> list[Page]:
    rng = random.Random(f"pages {seed}")
    return [_page(rng, f"p{number:03}") for number in range(count)]


def _page(rng: random.Random, name: str) -> Page:
    title = " ".join(rng.choices(WRITTEN, k=rng.randint(1, 6)))
    inferred = rng.random() < 0.2
    paragraphs = [_paragraph(rng) for _ in range(rng.randint(1, 4))]
    report = Report(
        id=name,
        source=rng.choice(("báo A", "báo B")),
        url=None,
        encoding="utf-8",
        sha256="0" * 64,
        title=title,
        title_inferred=inferred,
        body="\n".join(text for text, _ in paragraphs),
        date=rng.choice(DATES),
        period=rng.choice(PERIODS),
        authors=tuple(rng.sample(tuple(AUTHORS), rng.randint(0, 2))),
        topics=tuple(rng.sample(tuple(TOPICS), rng.randint(0, 2))),
    )
    return Page(report, (*(() if inferred else (tokens(title),)), *(line for _, line in paragraphs)))


def _paragraph(rng: random.Random) -> tuple[str, tuple[Token, ...]]:
    """A few sentences; each begins with a capital letter, the last may lack its stop."""
    text = ""
    line: list[Token] = []
    for number in range(rng.randint(1, 4)):
        begin = rng.choice([word for word in PLAIN if word.isalpha()])
        written = " ".join([begin.capitalize(), *rng.choices(WRITTEN, k=rng.randint(0, 9))])
        text += written + rng.choice((". ", ". ", "! ", "… ", ".” "))
        line += tokens(written, number)
    return text.rstrip() if rng.random() < 0.8 else text.rstrip(" .!…”"), tuple(line)


# ---------------------------------------------------------------- readings

Holds = Callable[[Page], bool]
Spans = list[tuple[int, int]]  # first and one past the last token of a line


def _spans(line: Sequence[Token], forms: Sequence[str], marked: bool) -> Spans:
    words = [token.text if marked else token.folded for token in line]
    return [(i, i + len(form)) for form in map(str.split, forms) for i in range(len(words)) if words[i : i + len(form)] == form]


def _near(line: Sequence[Token], left: Spans, right: Spans, most: int | None) -> bool:
    for one in left:
        for other in right:
            (first, end), (second, last) = sorted((one, other))
            if end <= second and (line[first].sentence == line[last - 1].sentence if most is None else second - end <= most):
                return True
    return False


def _days(time: str) -> tuple[str, str]:
    """First and last day of a date or a period; every month is given 31 days, as the ends are only compared."""
    year, _, rest = time.partition("-")
    if not rest:
        return f"{year}-01-01", f"{year}-12-31"
    if "-" in rest:
        return time, time
    kind, number = rest[0], int(rest[1:] if rest[0] in "QHM" else rest)
    first, last = {"Q": (3 * number - 2, 3 * number), "H": (6 * number - 5, 6 * number), "M": (1, number)}.get(kind, (number, number))
    return f"{year}-{first:02}-01", f"{year}-{last:02}-31"


# ---------------------------------------------------------------- queries


@dataclass(frozen=True)
class Asked:
    """A query as text, and what it means.

    `level`: 0 an operand, 1 behind NOT, 2 joined by AND, 3 by OR. `bare`: words or NEAR, which would run into words beside them.
    """

    text: str
    holds: Holds
    level: int = 0
    bare: bool = False


class Queries:
    """An endless supply of queries about some reports, the same for the same seed."""

    def __init__(self, seed: int, about: Sequence[Page]) -> None:
        self._rng = random.Random(f"queries {seed}")
        self._pages = about

    def query(self, depth: int = 3) -> Asked:
        rng = self._rng
        if depth == 0 or rng.random() < 0.3:
            return rng.choice((self._words, self._phrase, self._prefix, self._near, self._near, self._value, self._range))()
        return rng.choice((self._and, self._and, self._or, self._not))(depth - 1)

    # ------------------------------------------------------------ joined

    def _and(self, depth: int) -> Asked:
        left, right = self.query(depth), self.query(depth)
        first, second = self._within(left, 2), self._within(right, 1)
        unwritten = left.level < 2 and not left.bare and not right.bare and not first.endswith("..") and self._rng.random() < 0.5
        joined = f"{first} {second}" if unwritten else f"{first} AND {second}"
        return Asked(joined, lambda page: left.holds(page) and right.holds(page), 2, left.bare or right.bare)

    def _or(self, depth: int) -> Asked:
        left, right = self.query(depth), self.query(depth)
        return Asked(f"{self._within(left, 3)} OR {self._within(right, 2)}", lambda page: left.holds(page) or right.holds(page), 3)

    def _not(self, depth: int) -> Asked:
        child = self.query(depth)
        return Asked(f"NOT {self._within(child, 1)}", lambda page: not child.holds(page), 1, child.bare)

    def _within(self, asked: Asked, level: int) -> str:
        """In brackets where it binds less than its place asks; now and then where nothing asks for them."""
        text = asked.text
        return f"({text})" if asked.level > level or self._rng.random() < 0.1 else text

    # ------------------------------------------------------------ words

    def _words(self) -> Asked:
        words = self._rng.choices((*PLAIN, *FORMS), k=self._rng.choice((1, 1, 2, 3)))
        forms = [_forms(word) for word in words]
        return Asked(
            self._rng.choice((" ", "  ")).join(map(self._typed, words)),
            lambda page: all(any(_spans(line, form, False) for line in page.lines) for form in forms),
            bare=True,
        )

    def _phrase(self) -> Asked:
        text, forms, marked = self._quoted()
        return Asked(text, lambda page: any(_spans(line, forms, marked) for line in page.lines))

    def _quoted(self) -> tuple[str, tuple[str, ...], bool]:
        """A phrase cut from a line or put together by chance, in some quotes, with or without its marks."""
        rng = self._rng
        line = rng.choice(rng.choice(self._pages).lines) if rng.random() < 0.7 else tokens(" ".join(rng.choices(PLAIN, k=3)))
        start = rng.randrange(len(line))
        words = [t.text for t in line[start : start + rng.choice((1, 2, 2, 3, 4))] if t.text != "129082"] or ["xã"]
        if rng.random() < 0.3:
            words = [fold(word) for word in words]
        text = " ".join(words)
        written = text.upper() if rng.random() < 0.1 else text
        return rng.choice((f'"{written}"', f"“{written}”", f"«{written}»")), (text,), fold(text) != text

    def _prefix(self) -> Asked:
        rng = self._rng
        word = rng.choice(tokens(" ".join(PLAIN))).text
        begin = word[: rng.randint(2, max(2, len(word)))]
        begin = fold(begin) if len(begin) < 2 or rng.random() < 0.4 else begin
        if len(begin) < 2:
            return self._phrase()
        marked = fold(begin) != begin
        return Asked(f"{begin}*", lambda page: any((t.text if marked else t.folded).startswith(begin) for line in page.lines for t in line))

    def _near(self) -> Asked:
        (left, left_forms, left_marked), (right, right_forms, right_marked) = self._side(), self._side()
        most = self._rng.choice((None, None, 0, 1, 2, 3, 5, 8, 100))

        def holds(page: Page) -> bool:
            return any(_near(line, _spans(line, left_forms, left_marked), _spans(line, right_forms, right_marked), most) for line in page.lines)

        return Asked(f"{left} NEAR/{'s' if most is None else most} {right}", holds, bare=True)

    def _side(self) -> tuple[str, tuple[str, ...], bool]:
        if self._rng.random() < 0.5:
            return self._quoted()
        word = self._rng.choice((*PLAIN, *FORMS))
        return self._typed(word), _forms(word), False

    def _typed(self, word: str) -> str:
        """With its marks or without."""
        return word if word in FORMS or self._rng.random() < 0.6 else fold(word)

    # ------------------------------------------------------------ fields

    def _value(self) -> Asked:
        rng = self._rng
        kind = rng.choice(("topic", "author", "year", "month", "period", "date"))
        if kind == "topic":
            topic = rng.choice(tuple(TOPICS))
            return Asked(f"{rng.choice(('topic', 'Chủ_đề'))}:{rng.choice(TOPICS[topic])}", lambda page: topic in page.report.topics)
        if kind == "author":
            typed = rng.choice([typed for names in AUTHORS.values() for typed in names])
            marked = fold(typed.lower()) != typed.lower()
            return Asked(f'tác_giả:"{typed}"', lambda page: any((a.lower() if marked else fold(a.lower())) == typed.lower() for a in page.report.authors))
        if kind == "date":
            date = rng.choice(("2019", "2020-04", "2020-04-15", "2020-12-31"))
            return Asked(f"ngày:{date}", _overlapping(date, date))
        none = rng.random() < 0.2
        wanted = "none" if none else rng.choice({"year": ("2018", "2020"), "month": ("2020-04", "2021-06"), "period": ("2020-Q1", "2020-h1", "2019")}[kind])
        names = {"year": ("year", "năm", "nam"), "month": ("month", "THÁNG"), "period": ("period", "kỳ", "ky")}[kind]
        return Asked(f"{rng.choice(names)}:{wanted}", lambda page: wanted.upper() in _times(page, kind) or (none and not _times(page, kind)))

    def _range(self) -> Asked:
        rng = self._rng
        kind = rng.choice(("year", "month", "period", "date"))
        some = {
            "year": ("2018", "2019", "2020", "2021"),
            "month": ("2019-12", "2020-04", "2020-05", "2021-06"),
            "period": ("2019", "2020-Q1", "2020-H1", "2020-M09", "2021"),
            "date": ("2018", "2019-05", "2020-04-15", "2020-04-16", "2021-01-01"),
        }[kind]
        low, high = sorted(rng.choices(some, k=2), key=_days)
        low, high = rng.choice(((low, high), (low, high), (low, ""), ("", high)))
        name = rng.choice({"year": ("năm", "year"), "month": ("tháng", "month"), "period": ("kỳ", "period"), "date": ("ngày", "date")}[kind])
        if kind == "date":
            return Asked(f"{name}:{low}..{high}", _overlapping(low, high))
        first, last = _days(low)[0] if low else "", _days(high)[1] if high else "9"
        return Asked(f"{name}:{low}..{high}", lambda page: any(first <= _days(time)[0] and _days(time)[1] <= last for time in _times(page, kind)))


def _forms(word: str) -> tuple[str, ...]:
    return FORMS.get(word) or (tokens(word)[0].folded,)


def _overlapping(low: str, high: str) -> Holds:
    first, last = _days(low)[0] if low else "", _days(high)[1] if high else "9"
    return lambda page: page.report.date is not None and _days(page.report.date)[1] >= first and _days(page.report.date)[0] <= last


def _times(page: Page, kind: str) -> tuple[str, ...]:
    """The values of a facet of time: the year of the date, its month where it has one, the period."""
    date = page.report.date or ""
    found = {"year": date[:4], "month": date[:7] if re.match(r"\d{4}-\d", date) else "", "period": page.report.period or ""}[kind]
    return (found,) if found else ()

"""The period that a report reports on: quarters, first months of a year, years; not the one that it plans for.

A period counts in the headline, or in the first paragraphs where the nearest word before it is one of looking back
("đánh giá", "kết quả"), not of planning ("phương hướng", "nhiệm vụ trọng tâm").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.models import Evidence, Part

_Y = r"(?P<{}>20\d\d)(?!\d|\s{{0,3}}[-–]\s{{0,3}}(?:20)?\d\d)"
_PERIOD = re.compile(
    r"\b(?:"
    r"(?<!mỗi )[Qq](?:uý|úy|uí)\s{1,3}(?P<quarter>IV|I{1,3}|[1-4]|[Mm]ột|[Hh]ai|[Bb]a|[Tt]ư|[Bb]ốn)\b"
    r"(?:\s{0,3}(?:/|-|[Nn]ăm|của năm|,)?\s{0,3}(?:năm\s{1,3})?" + _Y.format("quarter_year") + ")?"
    r"|(?P<quarters>[23]|[Hh]ai|[Bb]a)\s{1,3}quý\s{1,3}đầu(?:\s{1,3}năm)?(?:\s{1,3}" + _Y.format("quarters_year") + ")?"
    r"|(?P<first>[Qq](?:uý|úy) đầu)\s{1,3}năm(?:\s{1,3}" + _Y.format("first_year") + ")?"
    r"|(?P<months>\d{1,2}|[Hh]ai|[Bb]a|[Bb]ốn|[Ss]áu|[Bb]ảy|[Tt]ám|[Cc]hín|[Mm]ười một|[Mm]ười|[Nn]ăm(?=\s{1,3}tháng\s{1,3}đầu))"
    r"\s{1,3}tháng(?:\s{1,3}đầu(?!\s{1,3}năm\s{1,3}học)(?:\s{1,3}năm)?(?:\s{0,3}/?\s{0,3}(?:(?:của\s{1,3})?năm\s{1,3})?"
    + _Y.format("months_year")
    + r")?|\s{0,3}/?\s{0,3}(?:(?:của\s{1,3})?năm\s{1,3})?"
    + _Y.format("plain_year")
    + ")"
    r"|\d{1,2}\s{1,3}tháng\s{1,3}(?P<last>cuối)\s{1,3}năm\s{1,3}" + _Y.format("last_year") + ""
    r"|[Nn]ửa đầu\s{1,3}năm(?:\s{1,3}" + _Y.format("half_year") + ")?"
    r"|[Nn]ăm\s{1,3}" + _Y.format("year") + r")",
    re.IGNORECASE,  # headlines in capitals
)
_YEARS = tuple(name for name in _PERIOD.groupindex if name.endswith("year"))
# A class of characters comes first: the search skips to it.
_WORD = re.compile(r"[QqTtNn](?:(?<=[Qq])[UuÚú][YyÝýÍí]|(?<=[Tt])[Hh][Áá][Nn][Gg](?=\s{0,3}[/2NnĐđCc])|(?<=[Nn])(?:[Ửử][Aa]|[Ăă][Mm](?=\s{1,3}20)))")
_BEFORE, _AFTER = 16, 80  # characters that a period has on either side of the first of these words, with room: "mười một", "tháng đầu năm, năm 2024"
_BACK = re.compile(
    r"đánh giá|sơ kết|tổng kết|kết quả|tình hình|kiểm điểm|giao ban|nhìn lại|báo cáo|tổng hợp|hoạt động|công bố|thống kê|đạt được"
    r"|tăng trưởng|GDP|GRDP|thành tích|kim ngạch|lợi nhuận|thu ngân sách|phát triển kinh tế",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"phương hướng|nhiệm vụ|kế hoạch|mục tiêu|dự kiến|phấn đấu|chỉ tiêu|dự toán|sẽ|chương trình|đề ra|giải pháp|triển khai|quyết tâm"
    r"|định hướng|dự báo|cùng kỳ|cùng kì|so với|cuối|bước sang|bước vào",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"tổng kết|quân chính|giao ban công tác|nhìn lại|kiểm điểm|kết quả(?: thực hiện| công tác| hoạt động|\s$)|tình hình (?:phát triển )?(?:kinh tế|KT)"
    r"|thành tựu|dấu ấn|công bố (?:kết quả|chỉ số|bảng xếp hạng)",
    re.IGNORECASE,
)
# "Nhiều chỉ tiêu năm 2025 vượt kế hoạch" in a headline of the year's end looks back; "tháng 5 năm 2025" is no year.
_PLANNED = re.compile(r"phương hướng|giải pháp|trọng tâm|triển khai nhiệm vụ|năm", re.IGNORECASE)
_REACHED = re.compile(r".{0,60}?(?<!phấn đấu )\b(?:vượt|đạt|tăng|giảm|hoàn thành)\b", re.IGNORECASE)
_SESSION = re.compile(r"(?<!trước )(?<!sau )kỳ họp (?:thường lệ )?cuối\s$", re.IGNORECASE)  # a council's last one of the year hears what the year has brought
# "đánh giá tình hình thực hiện nhiệm vụ năm 2024": done, though tasks are what is planned.
_DONE = re.compile(
    r"(?:tình hình|kết quả|đánh giá|tổng kết|kiểm điểm)(?: kết quả| tình hình| việc| công tác| triển khai| thực hiện){1,3}"
    r" (?:các )?(?:nhiệm vụ|kế hoạch|nghị quyết|chỉ tiêu|mục tiêu)[^;.]{0,40}$",
    re.IGNORECASE,
)
# "Biên bản thỏa thuận hợp tác năm 2025" is the name of what was agreed.
_NAME = re.compile(r"(?:biên bản|bản ghi nhớ|thỏa thuận|hiệp định)[^.,;:]{0,40}$", re.IGNORECASE)
# "đánh giá thực hiện nhiệm vụ 9 tháng và bàn giải pháp cho quý IV": what is planned follows what is looked back on.
_BESIDE = re.compile(r"(?:,|;|và|bàn|đề ra|triển khai) (?:các |một số )?(?:giải pháp|phương hướng|nhiệm vụ|kế hoạch)", re.IGNORECASE)
_AT = re.compile(r"\w (?:vào|trước|sang|kể từ|bắt đầu từ)\s$", re.IGNORECASE)  # "khởi công vào quý I/2024"
# "Năm 2020, huyện hoàn thành 18/21 chỉ tiêu" opens a report of 5/1/2021; "Theo báo cáo, năm 2023 ngành hoàn thành ..." follows a plan for 2024.
_OPENING = re.compile(r"^[\d\W]*(?:\([\w. ]{2,30}\)\W{1,3})?(?:trong |cả )?$|\bbáo cáo(?!,? đề xuất)[^.;]{0,60}[,:] (?:trong |cả )?$", re.IGNORECASE)
_HELD = re.compile(r"[^.;]{0,200}?(?<!phấn đấu )\b(?:vượt|đạt|tăng|giảm|hoàn thành|đón|thu hút|ước tính|xếp thứ)\b", re.IGNORECASE)
# "(kỳ họp thường lệ giữa năm 2024)" of a council hears what half a year has brought.
_MIDYEAR = re.compile(r"(?:(?:kỳ họp|thường lệ) )?(?P<said>giữa năm(?:\s(?P<year>20\d\d))?)(?!\w)", re.IGNORECASE)
_BEFORE_SESSION = re.compile(r"trước|sau|tới|sẽ|trình|chuẩn bị|thẩm tra|tiếp xúc|phục vụ", re.IGNORECASE)
_OF_A_MONTH = re.compile(r"tháng\s{1,3}(?:\d{1,2}|giêng|một|chạp)\s{0,3}[,/-]?\s{0,3}$|\bđầu\s{1,3}$", re.IGNORECASE)  # or of a year's beginning
_AND = re.compile(r"\s{0,2}(?:,|;|và|và của|/|-|–)?\s{0,2}(?:trong\s|cả\s)?", re.IGNORECASE)
_AHEAD_OF = re.compile(r"phấn đấu|mục tiêu|sẽ|dự kiến|quyết tâm|triển khai|đề ra", re.IGNORECASE)
# "6 tháng đầu năm; nhiệm vụ, giải pháp 6 tháng cuối năm": what goes before the plan for the rest is looked back on.
_THEN = re.compile(
    r"[\s,;]{0,3}(?:và |bàn |triển khai |đề ra ){0,2}(?:phương hướng|nhiệm vụ|giải pháp|kế hoạch|định hướng)[^.;]{0,60}tháng cuối năm", re.IGNORECASE
)
# "Quý I/2026: tỉnh sẽ khởi công 5 dự án" tells of what is to come.
_COMING = re.compile(r".{0,60}?\b(?:sẽ|dự kiến|phấn đấu)\b", re.IGNORECASE)
# "Thu ngân sách 8 tháng đạt 70%", "sơ kết công tác 6 tháng": months of no year, which the report's own month bears out.
_COUNT = r"(?<![\w.,/-])(\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười một|mười) "
_BARE = re.compile(_COUNT + r"tháng(?![ /]{1,2}(?:đầu|cuối|năm|tới|tiếp|sau|nữa|trước|liên|thực|triển|vận|thi công|thử|học|tuổi|tù|\d)|\w)", re.IGNORECASE)
_BARE_COUNT = re.compile(_COUNT + "$", re.IGNORECASE)
_MONTHS = re.compile(r"[Tt](?:háng|HÁNG)")
_LONGEST_COUNT = 9  # characters
_OF_BARE = re.compile(
    r"(?:sơ kết|giao ban|GRDP|GDP|CPI|ngân sách|xuất khẩu|xuất nhập khẩu|kim ngạch|giải ngân|FDI|tín dụng|tình hình|kết quả)"
    r"(?:(?! (?:sau|qua|vòng|gần|hơn) )[^.;]){0,50}$|^$",
    re.IGNORECASE,
)
_NUMBERS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11,
    "i": 1, "ii": 2, "iii": 3, "iv": 4,
}  # fmt: skip
# What a visit or a meeting was about, its period told only further down: "làm việc với huyện về tình hình thực hiện nhiệm vụ chính trị".
_ABOUT = re.compile(r"(?:tình hình|kết quả)[^.;:]{0,30} (?:nhiệm vụ|kinh tế)")
_HEARD = re.compile(r"(?:nghe|về|đánh giá|cho ý kiến) (?:[^.;:]{0,40} )?$")
_TOLD = re.compile(r"(?:báo cáo|cho biết|nêu|cho thấy)[^.;]{0,60}[,:] (?:trong )?$", re.IGNORECASE)
_REPORTED = re.compile(r"báo cáo (?:về )?(?:kết quả|tình hình)(?:[^.;:]{0,20} thực hiện)?[^.;:]{0,20} nhiệm vụ[^.;:]{0,60}$", re.IGNORECASE)
# "ông A trình bày báo cáo tình hình kinh tế - xã hội 6 tháng đầu năm" to a council's session
_PRESENTED = re.compile(r"(?:trình bày|xem xét|thông qua)[^.;:]{0,40} báo cáo (?:về )?(?:kết quả|tình hình)[^.;:]{0,60}$", re.IGNORECASE)
REST = "rest"  # the last months of a year: never reported on, but they tell the year
_LOOK_BACK = 110
_LEAD_PARTS, _LEAD = 3, 900
_LOOKS_BACK = 4  # the last month in which the year before is looked back on


@dataclass(frozen=True, slots=True)
class Mention:
    """A period as it is said; `year_span` where its year stands if that is elsewhere (part, start, end), None for the report's own date."""

    value: str
    part: Part
    start: int
    end: int
    year_at: tuple[Part, int, int] | None = None

    def evidence(self) -> list[Evidence]:
        start, end = self.part.span(self.start, self.end)
        found = [Evidence("period", self.value, self.part.kind, start, end, "period")]
        if self.year_at is not None:
            part, first, last = self.year_at
            start, end = part.span(first, last)
            found.append(Evidence("period", self.value, part.kind, start, end, "year-of-period"))
        return found


@dataclass(frozen=True, slots=True)
class _Said:
    form: str  # "Q1", "M09", "" for a year
    year: int | None
    part: Part
    start: int
    end: int


def parse_period(text: str) -> tuple[str, int | None] | None:
    """Form ("Q1", "H1", "M09", "" for a whole year) and year of the first period in `text`."""
    if (mid := _MIDYEAR.fullmatch(text)) is not None:
        return "H1", int(mid["year"]) if mid["year"] else None
    return next(((said.form, said.year) for said in _said(text, Part("body", text, 0, len(text))) if said.form != REST), None)


def parse_months(text: str) -> tuple[str, None] | None:
    """Form of a bare "6 tháng", which is a period only where the report's own month bears it out."""
    bare = _BARE.fullmatch(text)
    return (_months(_number(bare[1])), None) if bare else None


def period_of(texts: Sequence[Part], date: str | None) -> Mention | None:
    """The reporting period; `date` is the report's own (partial ISO), which gives the year where the text does not."""
    room = _LEAD
    chosen: _Said | None = None
    for number, part in enumerate(texts[: _LEAD_PARTS + 1]):
        if room <= 0:
            break
        head = part.text[: room + 60]  # no form is longer
        mine = [item for item in _said(head, part) if item.start < room]
        chosen = next((item for item in mine if _counts(item, date, title=part.kind == "title", first=number <= 1)), None)
        if chosen is not None and chosen.form.startswith("Q"):
            chosen = _wider(chosen, mine, head)
            if part.kind == "title":  # "Họp báo quý II" over "thông tin tình hình quý II và 6 tháng đầu năm"
                lead = next((part for part in texts if part.kind == "body"), part)
                items = list(_said(lead.text[:_LEAD], lead))
                same = next((item for item in items if item.form == chosen.form), chosen)
                chosen = wider if (wider := _wider(same, items, lead.text[:_LEAD])) is not same else chosen
        if chosen is not None:
            break
        if part.kind != "title":
            room -= len(part.text)
    chosen = chosen or next((found for part in texts[: _LEAD_PARTS + 1] if (found := _bare(part, date)) is not None), None)
    chosen = chosen or next((found for part in texts[: _LEAD_PARTS + 1] if (found := _midyear(part)) is not None), None)
    if chosen is None:
        told = any(_is_heard(part.text) for part in texts[: _LEAD_PARTS + 1])
        chosen = next((item for part in texts if told or "nhiệm vụ" in part.text for item in _said(part.text, part) if _is_reported(item, told=told)), None)
    if chosen is None:
        return None
    return _dated(chosen, (item for part in texts for item in _said(part.text, part)), date)


def _wider(quarter: _Said, mine: list[_Said], head: str) -> _Said:
    """The longer period said beside a quarter ("quý III và 9 tháng đầu năm 2024", "quý IV và năm 2024"), or the quarter."""
    if quarter not in mine:
        return quarter
    later = mine[mine.index(quarter) + 1 :]
    whole = ("H", "M", "") if quarter.form == "Q4" else ("H", "M")
    beside = [item for item in later[:1] if item.form[:1] in whole and _AND.fullmatch(head, quarter.end, item.start)]
    months = _months(3 * int(quarter.form[1:]))
    if quarter.part.kind == "title":  # "Họp báo quý III: Xuất khẩu 9 tháng đầu năm tăng"
        beside += [item for item in later if item.form == months]
    if beside:
        return beside[0]
    joined = _AND.match(head, quarter.end)
    bare = _BARE.match(head, joined.end() if joined else quarter.end)
    if bare is not None and _months(_number(bare[1])) == months:  # "quý III và chín tháng"
        return _Said(months, quarter.year, quarter.part, bare.start(), bare.end())
    return quarter


def _matches(text: str, done: int) -> Iterator[re.Match[str]]:
    """What _PERIOD matches from `done` on, looked for only around a word that each period has: a third of the time of reading everything."""
    for word in _WORD.finditer(text, done):
        if word.start() >= done:
            match = _PERIOD.search(text, max(done, word.start() - _BEFORE), word.end() + _AFTER)
            if match is not None and match.start() <= word.start():  # a later one may be cut short by the window
                done = match.end()
                yield match


def _said(text: str, part: Part, since: int = 0) -> Iterator[_Said]:
    for match in _matches(text, since):
        groups = match.groupdict()
        year = next((int(value) for name in _YEARS if (value := groups[name])), None)
        if groups["quarter"]:
            count = _number(groups["quarter"])
            form = f"Q{count}"
        elif groups["quarters"]:
            form = _months(3 * _number(groups["quarters"]))
        elif groups["months"]:
            count = _number(groups["months"])
            if not 1 < count < 12:
                continue
            form = _months(count)
        elif groups["first"]:
            form = "Q1"
        elif groups["last"]:
            form = REST
        else:
            form = "" if groups["year"] else "H1"
        yield _Said(form, year, part, match.start(), match.end())


def _bare(part: Part, date: str | None) -> _Said | None:
    """Months without "đầu năm" that end with the report's own month or the one before it."""
    if date is None or not date[5:7].isdigit():
        return None
    for word in _MONTHS.finditer(part.text, 0, _LEAD):
        counted = _BARE_COUNT.search(part.text, max(0, word.start() - _LONGEST_COUNT), word.start())
        match = _BARE.match(part.text, counted.start()) if counted is not None else None
        if match is None:
            continue
        count = _number(match[1])
        if 1 < count < 12 and int(date[5:7]) - count in (0, 1) and _OF_BARE.search(part.text[max(0, match.start() - _LOOK_BACK) : match.start()]):
            return _Said(_months(count), None, part, match.start(), match.end())
    return None


def _is_heard(text: str) -> bool:
    """Whether the first lines say that a report on the state of things was heard."""
    if text.find("tình hình", 0, _LEAD) < 0 and text.find("kết quả", 0, _LEAD) < 0:
        return False
    about = _ABOUT.search(text, 0, _LEAD)
    return about is not None and _HEARD.search(text, max(0, about.start() - _LOOK_BACK), about.start()) is not None


def _midyear(part: Part) -> _Said | None:
    """The half year that a council's session in its middle hears of."""
    if part.text.find("giữa năm", 0, _LEAD) < 0 and part.text.find("GIỮA NĂM", 0, _LEAD) < 0:
        return None
    for match in _MIDYEAR.finditer(part.text, 0, _LEAD):
        if match.start() < match.start("said") and not _BEFORE_SESSION.search(
            part.text, max(_sentence(part.text, match.start()), match.start() - _LOOK_BACK), match.start()
        ):
            return _Said("H1", int(match["year"]) if match["year"] else None, part, *match.span("said"))
    return None


def _is_reported(item: _Said, *, told: bool) -> bool:
    """Whether a report on it is what was heard, wherever the text says so: "Báo cáo kết quả thực hiện nhiệm vụ 6 tháng đầu năm 2026, Chủ tịch ...".

    `told`: the first lines say that one was heard, not on what time: "Báo cáo với đoàn, huyện cho biết: 6 tháng đầu năm 2026, ...".
    """
    text, start = item.part.text, _sentence(item.part.text, item.start)
    if item.form[:1] not in ("Q", "H", "M"):
        return False
    start = max(start, item.start - _LOOK_BACK)
    if _REPORTED.search(text, start, item.start) is not None or _PRESENTED.search(text, start, item.start) is not None:
        return True
    return told and _TOLD.search(text, start, item.start) is not None


def _months(count: int) -> str:
    return {3: "Q1", 6: "H1"}.get(count, f"M{count:02}")


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text.lower()]


def _counts(item: _Said, date: str | None, *, title: bool, first: bool) -> bool:
    """Whether the report is about this period, by the nearest telling word before it."""
    text = item.part.text
    start = max(0, item.start - _LOOK_BACK, _sentence(text, item.start), text.rfind(";", 0, item.start) + 1)
    back = max((match.end() for match in _BACK.finditer(text, start, item.start)), default=-1)
    ahead = max((match.end() for match in _AHEAD.finditer(text, start, item.start)), default=-1)
    if item.form == REST:
        return False
    if item.form == "":
        if _OF_A_MONTH.search(text, start, item.start):
            return False
        if _SESSION.search(text, start, item.start):
            return True
        if _NAME.search(text, start, item.start):
            return False
        if first and not title and _is_over(item.year, date) and _tells(item, start):
            return True
        if (
            (done := _DONE.search(text[: item.start], start)) is not None
            and _PLANNED.search(done[0]) is None
            and text.find("sẽ ", _sentence(text, item.start), done.start()) < 0
        ):
            return True
        if title and _is_over(item.year, date):
            if _REACHED.match(text, item.end) and _AHEAD_OF.search(text) is None:
                return True
        return _YEARLY.search(text, start, item.start) is not None and (back >= ahead or _YEARLY.search(text, max(start, ahead), item.start) is not None)
    if _THEN.match(text, item.end):
        return True
    carried = max(text.rfind("thực hiện nhiệm vụ", start, item.start), text.rfind("thực hiện kế hoạch", start, item.start))
    if carried >= 0 and _BESIDE.search(text, carried, item.start) is None:
        return back >= 0 and text.find("phương hướng", start, item.start) < 0 and text.find("trọng tâm", start, item.start) < 0
    if back < 0 and ahead < 0:
        if _AT.search(text, start, item.start):
            return False
        return (title or (first and item.start < 60) or item.start < 3) and _COMING.match(text, item.end) is None
    return back > ahead or (title and ahead < 0)


def _tells(item: _Said, start: int) -> bool:
    """Whether what a year has brought is told: by the report's first words, behind a plan for the next year, or as what was reported."""
    text = item.part.text
    opens = not text[start : item.start].strip() and f"{(item.year or 0) + 1}" in text[:start]
    told = opens or _OPENING.search(text, start, item.start) is not None
    return told and _HELD.match(text, item.end) is not None and _AHEAD_OF.search(text, start, _end(text, item.end)) is None


def _is_over(year: int | None, date: str | None) -> bool:
    """Whether the year is, or soon will be, what a report of `date` looks back on."""
    return year is not None and date is not None and f"{year}-11" <= date < f"{year + 1}-{_LOOKS_BACK + 1:02}"


def _end(text: str, at: int) -> int:
    stop = text.find(". ", at)
    return len(text) if stop < 0 else stop


def _sentence(text: str, at: int) -> int:
    """Where the sentence that holds `at` begins; "Tp. Hồ Chí Minh" ends none."""
    dot = text.rfind(". ", 0, at)
    while dot >= 2 and text[dot - 2 : dot].lower() in ("tp", "tx", "tt"):
        dot = text.rfind(". ", 0, dot)
    return dot + 1


def _dated(item: _Said, said: Iterable[_Said], date: str | None) -> Mention | None:
    """With its year: its own, the next one said in the same sentence, the same period's elsewhere, or the report's own."""
    if item.year is not None:
        return Mention(_value(item.form, item.year), item.part, item.start, item.end)
    stop = _end(item.part.text, item.end)
    for other in _said(item.part.text, item.part, item.end):
        if other.start >= min(stop, item.end + 120):
            break
        if other.year is not None and other.form != "":
            return Mention(_value(item.form, other.year), item.part, item.start, item.end, (other.part, other.start, other.end))
    for other in said:
        if other.year is not None and other.form == item.form:
            return Mention(_value(item.form, other.year), item.part, item.start, item.end, (other.part, other.start, other.end))
    if date is None:
        return None
    year, month = int(date[:4]), int(date[5:7]) if date[5:7].isdigit() else 12
    first_month = 3 * int(item.form[1]) - 2 if item.form.startswith("Q") else 1
    return Mention(_value(item.form, year - (first_month > month)), item.part, item.start, item.end)


def _value(form: str, year: int) -> str:
    return f"{year}-{form}" if form else str(year)

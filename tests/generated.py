"""Reports made at random, each with the record that it should give: so that no rule can know the five by heart.

The sentences are the five reports' own with officials, provinces, districts, communes, dates, numbers and documents
swapped; the page around them (date line, captions, byline, footer of a portal elsewhere) is theirs too. `generate(seed,
count)` always gives the same reports for the same seed, about two thousand a second.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from analyzers.fold import key
from indexer.extract.lexicon import lexicon
from indexer.gazetteer.load import Unit, gazetteer
from tests.generated_words import (
    CLOSINGS,
    FIELDS,
    FILLERS,
    FOOTER,
    GIVEN,
    HAMLETS,
    KINH,
    MIDDLES,
    MINISTRIES,
    MINORITY,
    TOOLS,
)


@dataclass
class Expected:
    """The record of a generated report, as far as it is planned: all fields but topics, body and identity."""

    form: str
    title: str
    title_inferred: bool = False
    published: str | None = None
    date: str | None = None
    date_inferred: bool = False
    period: str | None = None
    officials: dict[str, list[str]] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    localities: set[tuple[str, str]] = field(default_factory=set)
    documents: list[str] = field(default_factory=list)


def generate(seed: int, count: int) -> Iterator[tuple[str, Expected]]:
    """`count` pairs of a page's text and what it holds. Forms: daklak, district, backan, gialai, national, undated."""
    rng = random.Random(f"reports {seed}")
    for _ in range(count):
        form = rng.choices(("daklak", "district", "backan", "gialai", "national", "undated"), (4, 3, 3, 3, 2, 1))[0]
        yield _Writer(rng, form).write()


@cache
def _places() -> dict[str, dict[str, list[Unit]]]:
    """Era -> province id -> its communes that no other commune, district or province of any era is named like."""
    g = gazetteer()
    names: dict[str, int] = {}
    for unit in g.units():
        names[key(unit.name)] = names.get(key(unit.name), 0) + 1
    found: dict[str, dict[str, list[Unit]]] = {"old": {}, "new": {}}
    for unit in g.units("commune"):
        old_in_district = unit.era == "new" or (unit.parent is not None and g.unit(unit.parent).level == "district")
        if names[key(unit.name)] == 1 and not unit.name[0].isdigit() and " " in unit.name and "-" not in unit.name and old_in_district:
            found[unit.era].setdefault(g.province_of(unit.id).id, []).append(unit)
    return found


class _Writer:
    """Writes one report; collects what it says into `told`."""

    def __init__(self, rng: random.Random, form: str) -> None:
        self.rng = rng
        self.day = date(2019, 2, 1) + timedelta(days=rng.randrange((date(2026, 3, 31) - date(2019, 2, 1)).days))
        self.era = "new" if self.day >= date(2025, 7, 1) else "old"
        self.told = Expected(form, "")
        self.used: set[str] = set()
        homes = _places()[self.era]
        self.home = gazetteer().unit(rng.choice(sorted(id_ for id_, units in homes.items() if len(units) >= 6)))
        self.home_name = gazetteer().name_at(self.home.id, self.day.isoformat()).removeprefix("Thành phố ")  # Huế was tỉnh Thừa Thiên Huế until 2024
        self.communes = rng.sample(homes[self.home.id], 4)
        self.city = gazetteer().is_city_on(self.home.id, self.day.isoformat())
        self.committee = "Thành ủy" if self.city else "Tỉnh ủy"
        self.level = "thành phố" if self.city else "tỉnh"

    # ------------------------------------------------------------ people

    def name(self) -> str:
        """A full name whose last word nobody else in the report has."""
        while True:
            made = self.rng.choice(MINORITY)(self.rng) if self.rng.random() < 0.15 else self._kinh()
            last = made.split()[-1]
            if last not in self.used and key(made) not in lexicon().historical:
                self.used.add(last)
                return made

    def _kinh(self) -> str:
        return f"{self.rng.choice(KINH)} {self.rng.choice(MIDDLES)} {self.rng.choice(GIVEN)}"

    def official(self, *posts: str, name: str | None = None) -> str:
        """A new person with these posts; gives the name to be written beside them."""
        made = name or self.name()
        self.told.officials.setdefault(made, []).extend(posts)
        return made

    def top_posts(self) -> list[str]:
        """One to three posts that one leader of a province can hold together."""
        level, committee = self.level, self.committee
        leaders = [
            ["Ủy viên Trung ương Đảng", f"Bí thư {committee}"],
            ["Ủy viên Ban Chấp hành Trung ương Đảng", f"Bí thư {committee}", f"Trưởng Đoàn ĐBQH {level}"],
            ["Ủy viên Trung ương Đảng", f"Phó Bí thư Thường trực {committee}", f"Chủ tịch Hội đồng nhân dân {level}"],
            [f"Phó Bí thư {committee}", f"Chủ tịch UBND {level}"],
            [f"Phó Bí thư Thường trực {committee}", f"Chủ tịch HĐND {level}"],
            [f"Ủy viên Ban Thường vụ {committee}", f"Trưởng Ban Tổ chức {committee}"],
            [f"Uỷ viên Ban Thường vụ {committee}", f"Phó Chủ tịch Thường trực UBND {level}"],
            [f"Phó trưởng đoàn phụ trách Đoàn Đại biểu Quốc hội {level}"],
            [f"Ủy viên Ban Thường vụ {committee}", f"Giám đốc Công an {level}"],
            [f"Giám đốc Sở {self.rng.choice(FIELDS)}"],
            [f"Chánh Văn phòng {committee}"],
        ]
        return list(self.rng.choice(leaders))

    # ------------------------------------------------------------ places

    def commune(self, index: int) -> Unit:
        unit = self.communes[index]
        self.told.localities.add((unit.type, unit.name))
        return unit

    def district(self, commune: Unit) -> Unit:
        unit = gazetteer().unit(commune.parent or "")
        self.told.localities.add((unit.type, unit.name))
        return unit

    def spot(self, index: int) -> str:
        """A commune as the text of its time says it: with its district until June 2025."""
        commune = self.commune(index)
        return commune.full if self.era == "new" else f"{commune.full}, {self.district(commune).full}"

    def of_home(self) -> str:
        """ "tỉnh Đắk Lắk"; names the province."""
        self.told.provinces = (gazetteer().name_at(self.home.id, self.day.isoformat()),)
        return f"{self.level} {self.home_name}"

    # ------------------------------------------------------------ sentences

    def people_lines(self) -> list[str]:
        rng, told = self.rng, self.told
        lines = []
        leader_posts = self.top_posts()
        leader = self.official(*leader_posts)
        listed = ", ".join(leader_posts)
        lines.append(f"Đồng chí {leader}, {listed} chủ trì hội nghị.")
        if rng.random() < 0.5:
            shown = leader.split()
            again = " ".join([shown[0], shown[1].lower(), *shown[2:]]) if shown[1] in ("Thị", "Văn") else leader
            lines.append(f"Đồng chí {again} nhấn mạnh, thời gian tới yêu cầu đặt ra rất cao, các cấp ủy phải khẩn trương ổn định tổ chức bộ máy.")
        one, two, three = self.top_posts(), self.top_posts(), f"Phó Chủ tịch UBND {self.level}"
        style = rng.randrange(5)
        if style == 0:
            lines.append(
                f"Tham dự hội nghị có các đồng chí: {self.official(*one)}, {', '.join(one)}; {self.official(three)}{three}; "
                f"{self.official(*two)}, {', '.join(two)}."
            )
        elif style == 1:
            lines.append(f"Các đồng chí: {self.official(*one)} - {', '.join(one)}; {self.official(*two)} - {', '.join(two)} tham dự Hội nghị.")
        elif style == 2:
            lines.append(f"Dự hội nghị có các {three} {self.official(three)}, {self.official(three)} và {self.official(three)}.")
        elif style == 3:
            lines.append(f"Cùng dự có đồng chí {self.official(one[0])} – {one[0]} và ông {self.official('nguyên ' + two[-1])}, nguyên {two[-1]}.")
        else:
            lines.append(f"{one[-1]} {self.official(one[-1])} cũng yêu cầu các cấp ủy trực thuộc cần tiếp tục quán triệt và thực hiện hiệu quả Nghị quyết.")
        lines += rng.sample([self.caption(), self.commune_line(), self.quarter_line(), self.department_line()], rng.randrange(1, 4))
        told.officials = {name: posts for name, posts in told.officials.items() if any(name in line or _in_order(name, line) for line in lines)}
        told.localities = {place for place in told.localities if any(" ".join(place) in line for line in lines)}
        return lines

    def caption(self) -> str:
        post = f"Chủ tịch UBND {self.level}"
        return f"{post} {self.official(post)} (thứ 2 từ phải sang) kiểm tra công tác triển khai quy hoạch tại {self.spot(0)}. Ảnh: {self._kinh()}"

    def commune_line(self) -> str:
        commune = self.commune(1)
        posts = ["Bí thư Đảng ủy", f"Chủ tịch HĐND {commune.full}"]
        name = self.official(*posts)
        said = f"năm {self.day.year} tỉnh giao địa phương chỉ tiêu tăng trưởng giá trị tổng sản phẩm đạt {self.rng.randrange(50, 99) / 10}%".replace(".", ",")
        if self.rng.random() < 0.5:
            return f"Theo {', '.join(posts)} {name}, {said}."
        return f"{self.rng.choice(('Ông', 'Bà'))} {name} - {', '.join(posts)} - cho rằng: Việc nắm bắt tình hình chi bộ từ sớm có ý nghĩa đặc biệt quan trọng."

    def quarter_line(self) -> str:
        group = f"Tổ trưởng tổ dân phố {self.rng.randrange(1, 30)} - {self.rng.choice(HAMLETS)}"
        name = self.official("Bí thư Chi bộ", group)
        return f"Từ thực tiễn cơ sở, ông {name} - Bí thư Chi bộ kiêm {group}, cho rằng sự quan tâm của cấp ủy cấp trên đã giúp chi bộ tháo gỡ khó khăn."

    def department_line(self) -> str:
        post = f"Giám đốc Sở {self.rng.choice(FIELDS)}"
        return f"Đồng chí {self.official(post)}{self.rng.choice(('- ', ' - ', ' – '))}{post} trao đổi về lĩnh vực cải cách hành chính."

    def document_line(self) -> str:
        number = f"{self.rng.randrange(10, 99)}-{self.rng.choice(('NQ/TU', 'CT/TU', 'KL/TU'))}"
        self.told.documents.append(number)
        kind = {"NQ": "Nghị quyết", "CT": "Chỉ thị", "KL": "Kết luận"}[number.split("-")[1][:2]]
        signed = self.day - timedelta(days=self.rng.randrange(200, 900))
        return f"Hội nghị đã cho ý kiến về việc thực hiện {kind} số {number} ngày {signed.day}/{signed.month}/{signed.year} của {self.committee}."

    def figures(self) -> str:
        r = self.rng.randrange
        return self.rng.choice(FILLERS).format(
            a=f"{r(10, 99)},{r(10, 99)}%",
            b=f"{r(2, 40)}/{r(41, 99)}",
            c=f"{r(1, 9)}.{r(100, 999)}",
            d=f"{r(1, 30)},{r(1, 9)}%",
            e=f"{r(100, 199)}.{r(100, 999)}",
        )

    def reporting(self) -> tuple[str, str, str]:
        """Period, how the lead says it with what is planned next, and how a headline does."""
        year, quarter = self.day.year, (self.day.month - 1) // 3 + 1
        roman = ("I", "II", "III", "IV")
        following = f"quý {roman[quarter % 4]}/{year + (quarter == 4)}"
        forms = [
            (f"{year}-Q{quarter}", f"công tác quý {roman[quarter - 1]}/{year} và nhiệm vụ trọng tâm {following}", f"quý {roman[quarter - 1]}/{year}"),
        ]
        if quarter < 4:
            forms.append((f"{year}-Q{quarter}", f"công tác quý {roman[quarter - 1]} và nhiệm vụ trọng tâm {following}", f"quý {roman[quarter - 1]} năm {year}"))
        if quarter == 2:
            forms.append((f"{year}-H1", f"nhiệm vụ 6 tháng đầu năm và phương hướng, nhiệm vụ trọng tâm 6 tháng cuối năm {year}", f"6 tháng đầu năm {year}"))
        if quarter == 3:
            forms.append((f"{year}-M09", f"nhiệm vụ 9 tháng đầu năm {year} và phương hướng 3 tháng cuối năm", f"9 tháng đầu năm {year}"))
        return self.rng.choice(forms)

    # ------------------------------------------------------------ whole pages

    def write(self) -> tuple[str, Expected]:
        told, day = self.told, self.day
        lines = getattr(self, f"_{told.form}")()
        if told.form not in ("district", "undated"):
            told.published = told.date = day.isoformat()
        return "\n\n".join(lines), told

    def lead(self, said: str) -> str:
        return (
            f"Sáng {self.day.day}/{self.day.month}, Thường trực {self.committee} {self.home_name} đã tổ chức Hội nghị giao ban với các đảng ủy trực thuộc "
            f"nhằm đánh giá tình hình thực hiện {said}."
        )

    def body(self) -> list[str]:
        lines = [f"Hội nghị của {self.committee} {self.home_name} được tổ chức tại các điểm cầu trên địa bàn {self.of_home()}.", *self.people_lines()]
        if self.rng.random() < 0.6:
            lines.append(self.document_line())
        lines += [self.figures() for _ in range(self.rng.randrange(1, 4))]
        first, *rest = lines
        self.rng.shuffle(rest)
        return [first, *rest]

    def byline(self) -> str:
        author = f"{self.rng.choice(MIDDLES).split()[0]} {self.rng.choice(GIVEN)}"
        if author.split()[0] in ("Văn", "Thị"):
            author = f"Kim {author.split()[1]}"
        self.told.authors = (author,)
        return author

    def _daklak(self) -> list[str]:
        self.told.period, said, headline = self.reporting()
        self.told.title = (
            f"Hội nghị giao ban {headline}" if self.rng.random() < 0.5 else "Tăng tốc, quyết liệt thực hiện các mục tiêu tăng trưởng kinh tế - xã hội"
        )
        head = f"{self.told.title} ({self.day:%d/%m/%Y}, {self.rng.randrange(7, 18):02}:{self.rng.randrange(60):02})"
        away = self.rng.choice([unit for unit in gazetteer().units("province", "new") if unit.name not in (self.home.name, self.home_name)])
        return [head, self.lead(said), *self.body(), self.byline(), *(line.format(name=away.name, upper=away.name.upper()) for line in FOOTER)]

    def _district(self) -> list[str]:
        """No date on the page: the month between what has been and what is to come."""
        self.told.period, said, headline = self.reporting()
        self.told.title = f"Hội nghị giao ban {headline} giữa thường trực {self.committee.lower()} với thường trực cấp ủy cấp dưới"
        self.told.date, self.told.date_inferred = f"{self.day:%Y-%m}", True
        lead = f"Thường trực {self.committee} {self.home_name} vừa tổ chức Hội nghị giao ban trực tuyến nhằm đánh giá kết quả thực hiện {said}."
        after = date(self.day.year + self.day.month // 12, self.day.month % 12 + 1, 1)
        clock = (
            f"Đến ngày {self.day.day}/{self.day.month}/{self.day.year}, toàn đảng bộ có {self.rng.randrange(20, 40)} tổ chức cơ sở đảng hoàn thành chuẩn bị, "
            f"nội dung văn kiện sẽ thống nhất vào đầu tháng {after.month}/{after.year}."
        )
        return [self.told.title, lead, *self.body(), clock, self.byline()]

    def _backan(self) -> list[str]:
        self.told.period, said, headline = self.reporting()
        self.told.title = f"Hội nghị Ban Chấp hành Đảng bộ {self.level} sơ kết {headline}"
        page = f"{TOOLS[0]}\n\n{self.day:%d/%m/%Y}\n{TOOLS[1]}\n{self.told.title}\n{self.lead(said)}"
        return [page, f" {TOOLS[2]}", *self.body(), self.byline()]

    def _gialai(self) -> list[str]:
        """No headline, no byline, the date before the first sentence."""
        opening = "Ngay những ngày đầu năm, cấp ủy, chính quyền các địa phương đã chủ động xuống cơ sở, làm việc trực tiếp với chi ủy, chi bộ trực thuộc."
        self.told.title, self.told.title_inferred = opening, True
        return [f" date {self.day.isoformat()} (BGT)- {opening}", *self.body(), self.rng.choice(CLOSINGS)]

    def _national(self) -> list[str]:
        told, rng = self.told, self.rng
        told.title = "Phiên họp Chính phủ thường kỳ"
        ministry, other = rng.sample(MINISTRIES, 2)
        premier, deputy, minister = "Thủ tướng Chính phủ", "Phó Thủ tướng", f"Bộ trưởng {ministry}"
        return [
            f"{told.title} ({self.day:%d/%m/%Y}, 16:{rng.randrange(10, 60)})",
            f"Chiều {self.day.day}/{self.day.month}, {premier} {self.official(premier)} chủ trì phiên họp Chính phủ thường kỳ.",
            f"Tham dự có các {deputy} {self.official(deputy)}, {self.official(deputy)}; {minister} {self.official(minister)}.",
            f"Ông {self.official(f'Thứ trưởng {other}')}, Thứ trưởng {other} cho biết xuất khẩu ước đạt {rng.randrange(10, 99)},{rng.randrange(10)} tỷ USD.",
            self.byline(),
        ]

    def _undated(self) -> list[str]:
        self.told.title = "Thường trực cấp ủy làm việc với các chi bộ trực thuộc"
        lines = [line for line in self.body() if not any(char.isdigit() for char in line)]
        told = self.told
        told.documents = []
        told.officials = {name: posts for name, posts in told.officials.items() if any(name in line for line in lines)}
        told.localities = {place for place in told.localities if any(" ".join(place) in line for line in lines)}
        return [told.title, *lines, self.byline()]


def _in_order(name: str, line: str) -> bool:
    return name.lower() in line.lower()

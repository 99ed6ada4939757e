"""What a line of a portal's page is when it is not the article: tool bars, menus, licences, lists of other news, date lines, bylines.

Each rule is about the words that portals share, none about one portal. Every function takes one trimmed NFC line; lines longer than
LONGEST are never noise. Patterns are anchored or look for fixed words, so each costs time linear in the line.
"""

from __future__ import annotations

import re

from indexer import byline

LONGEST = 400

# A line is a tool bar when nothing but these and separators stands on it.
_TOOLS = (
    "tăng cỡ chữ", "giảm cỡ chữ", "cỡ chữ", "màu chữ", "tương phản", "đọc bài viết", "nghe bài viết", "nghe đọc bài", "dừng đọc", "in trang", "in bài viết",
    "bản in", "in ấn", "gửi email", "gửi bài viết", "gửi cho bạn bè", "gửi phản hồi", "chia sẻ bài viết", "chia sẻ", "sao chép liên kết", "copy link",
    "lưu bài viết", "lưu tin", "facebook", "zalo", "twitter", "google news", "google+", "linkedin", "messenger", "youtube", "instagram", "rss",
    "email", "print", "share", "like", "tweet", "quay lại", "trở về", "trở lại", "về đầu trang", "lên đầu trang", "xem thêm", "xem tiếp",
    "xem tất cả", "chi tiết", "theo dõi", "bình luận", "thích", "đăng nhập", "đăng ký", "đăng xuất", "tìm kiếm", "tìm kiếm nâng cao", "nhập từ khóa",
    "english", "tiếng việt", "a-", "a+", "aa",
)  # fmt: skip
_TOOL = re.compile("|".join(re.escape(tool) for tool in sorted(_TOOLS, key=len, reverse=True)) + r"|(?<!\w)in(?: ra)?(?!\w)")
_SEPARATORS = " \t\u00a0|/\\·•,;:>»<«-–—[]()*_=+#.0123456789"

# Entries of menus and ways through the site: noise before the headline and after the last paragraph.
_MENU = frozenset((
    "trang chủ", "home", "giới thiệu", "tin tức", "tin tức - sự kiện", "tin tức sự kiện", "sự kiện", "thời sự", "chính trị", "kinh tế", "xã hội",
    "văn hóa", "văn hóa - xã hội", "văn hóa xã hội", "giáo dục", "y tế", "thể thao", "du lịch", "quốc phòng - an ninh", "quốc phòng an ninh",
    "pháp luật", "môi trường", "đời sống", "xây dựng đảng", "trong tỉnh", "trong nước", "quốc tế", "thế giới", "thông báo", "văn bản", "văn bản mới",
    "văn bản pháp luật", "thủ tục hành chính", "dịch vụ công", "dịch vụ công trực tuyến", "chuyên mục", "chuyên đề", "liên hệ", "hỏi đáp", "góp ý",
    "sơ đồ cổng", "sơ đồ trang", "sơ đồ site", "thư viện", "thư viện ảnh", "video", "hình ảnh", "media", "multimedia", "podcast", "infographic",
    "menu", "công dân", "doanh nghiệp", "du khách", "chính quyền", "bộ máy tổ chức", "cơ cấu tổ chức", "lịch công tác", "liên kết website",
    "liên kết web", "thống kê truy cập", "tin mới", "tin nổi bật", "tiêu điểm", "chỉ đạo điều hành", "hoạt động của lãnh đạo",
))  # fmt: skip

# What a paper or a portal calls itself above its menus, in capitals, and what it says of itself.
_MASTHEAD = re.compile(
    r"báo (?:và (?:đài )?phát thanh.*|điện tử.*|.{1,40} (?:điện tử|online))|đài phát thanh.*|tạp chí .{1,60}|(?:cổng|trang) (?:thông tin|tin).*"
    r"|(?:ủy ban|uỷ ban) nhân dân (?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường) .{1,40}|đảng bộ (?:tỉnh|thành phố|huyện) .{1,40}"
)
_OF_ITSELF = re.compile(r"cơ quan (?:của|ngôn luận của) .*|tiếng nói của (?:đảng bộ|đảng).*")

# Said of a website, never of what a report is about: noise wherever it stands, and after the last paragraph the footer begins here.
_IMPRINT = re.compile(
    r"chung nhan tin nhiem mang.*|chứng nhận tín nhiệm mạng.*"
    r"|(?:©|copyright|bản quyền (?:©|thuộc)|all rights reserved).*"
    r"|[®*\s]{0,4}(?:(?:đề nghị|yêu cầu|vui lòng|xin) )?ghi rõ nguồn.*"
    r"|giấy phép .*(?:gp-(?:ttđt|bttt|btttt|stttt|pttt|ptth|cbc|bvhttdl)|/gp-bc|(?:trang |cổng )?thông tin điện tử).*"
)
_STRONG = re.compile(
    r"\w*portal\s?[-–]\s?block_\w+"
    r"|(?:số )?(?:lượt|lần) (?:xem|đọc|truy cập)\s?:?\s?[\d.,]*|[\d.,]+ (?:lượt|lần) (?:xem|đọc)|(?:đã xem|views?)\s?:?\s?[\d.,]+"
    r"|(?:tổng số điểm của bài viết|click để đánh giá|hãy là người đầu tiên|đánh giá bài viết).*"
    r"|(?:>>|»).*"
)
# How a line begins that leads to other articles.
_READ_ALSO = ("xem thêm:", "đọc thêm:", "xem tiếp:", "đừng bỏ lỡ:", "bài khác:", "tin khác:", "tin liên quan:", "bài liên quan:", "có thể bạn quan tâm:")
# The heading of a box that is no part of the article.
_BOX = (
    r"(?:các |những )?(?:tin|bài|bài viết|tin tức|tin bài|tin, bài|thông tin)"
    r" (?:liên quan|khác|mới nhất|mới hơn|cũ hơn|mới|cũ|cùng chuyên mục|cùng loại|đã đưa|đọc nhiều|nổi bật)(?: nhất)?\s?:?"
    r"|(?:các )?(?:tin|bài)(?: đã)? (?:đưa|đăng)\s?:?|(?:xem|đọc) nhiều(?: nhất)?|có thể bạn quan tâm.{0,20}|cùng chuyên mục"
    r"|(?:xem|đọc) (?:thêm|tiếp)\s?:?|ý kiến\s?(?:\(\d*\))?"
    r"|bình chọn|thăm dò ý kiến|xin ý kiến đánh giá.{0,120}|ý kiến bạn đọc.{0,20}|(?:gửi )?bình luận.{0,20}"
    r"|(?:từ kh(?:óa|oá)|tags?)(?:\s?:.*)?"
)
_BOX_HEADING = re.compile(_BOX)
# From such a line on, in what follows the last paragraph, all is footer.
_FOOTER = re.compile(
    _BOX + r"|(?:tin|bài|tin bài|tin, bài) liên quan\s?:.*|.{0,200}(?:\d/gp-(?:ttđt|bttt|btttt|stttt|pttt|ptth|cbc|bvhttdl|bvhtt|bc)|gpxb)(?!\w).*"
    r"|(?:cổng|trang) thông tin điện tử(?:.{0,99}[^.;:…])?|báo điện tử(?:.{0,59}[^.;:…])?"
    r"|cơ quan (?:chủ quản|thường trực|của đảng bộ)[^:.]{0,40}:.*|(?:người )?chịu trách nhiệm[^:.]{0,60}:.*"
    r"|(?:trưởng ban biên tập|tổng biên tập|phó tổng biên tập|ban biên tập|thường trực ban biên tập)\s?:.*"
    r"|(?:đơn vị quản lý|đơn vị quản trị|thiết kế bởi|phát triển bởi)\s?:.*"
    r"|(?:địa chỉ|trụ sở|điện thoại|đt|sđt|tel|fax|hotline|đường dây nóng|email|e-mail|website)\s?:.*"
    r"|(?:đang truy cập|đang online|hôm nay|hôm qua|tuần này|tháng này|tổng (?:số )?(?:lượt )?truy cập|tất cả)\s?:?\s?[\d.,]+"
)

_SENTENCE_END = (".", "…", ";", ":", ".”", '."', "!”", '!"', "?”", '?"', "…”", ".)")
_NAMED_DATE = (
    r"\d{1,2} tháng (?:mười (?:một|hai)|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười),?(?: năm)? \d{4}"
    r"|\d{1,2}[ -](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,?[ -]\d{4}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2},? \d{4}|th\d{1,2} \d{1,2}, \d{4}|\d{1,2} th\d{1,2},? \d{4}"
    r"|tháng (?:\d{1,2}|mười (?:một|hai)|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười) \d{1,2}, \d{4}"
)
_DATE_WORDS = re.compile(
    _NAMED_DATE + r"|\d{1,4}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{2,4}|ngày \d{1,2} tháng \d{1,2} năm \d{4}|\d{1,2} tháng \d{1,2},? \d{4}"
    r"|\d{1,2}\s?(?::|h|giờ)\s?\d{0,2}(?:'|\s?phút)?(?::\d{2})?(?:\.\d+)?|gmt\s?\+?\s?7?|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật"
    r"|ngày đăng(?: tin)?|đăng(?: lúc| ngày)?|ngày (?:cập nhật|xuất bản|viết|tạo)|cập nhật(?: lúc| ngày)?|(?<!\w)t[2-7](?!\w)|(?<!\w)(?:sa|ch)(?!\w)"
    r"|xuất bản|thời gian|lúc|ngày|date|sáng|chiều|tối|am|pm"
)
_DATE = re.compile(r"\d{4}([-/])\d{1,2}\1\d{1,2}|\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{4}|(?:ngày )?\d{1,2} tháng \d{1,2},?(?: năm)? \d{4}|" + _NAMED_DATE)
# What else stands in a line with the date: who posted it, the rubric, counters, tools.
_STAMP_WORDS = re.compile(
    r"(?:đăng|viết|gửi|posted|published)(?: tin| bài)? (?:bởi|by|on)|(?<!\w)bởi(?!\w)|(?:tác giả|người (?:đăng|viết|đưa tin))|^(?:tin|bài) ngày"
    r"|(?:posted|published|(?:last )?(?:updated|modified))(?: on| at)?"
    r"|(?:ngày |thời gian )?(?:đăng(?: tải)?|đưa(?: tin)?|xuất bản|phát hành|cập nhật|chỉnh sửa|viết|tạo|gửi|sự kiện)(?: lúc| ngày| tin| bài| lần cuối)?"
    r"|(?:số )?(?:lượt|lần) (?:xem|đọc|truy cập)\s?:?\s?[\d.,]*|(?<![\d/.-])[\d.,]+ (?:(?:lượt|lần) (?:xem|đọc)|views?)|(?:đã xem|views?)\s?:?\s?[\d.,]+"
    r"|hôm nay|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun),|(?<!\w)(?:t[2-7]|cn|sa|ch),?(?!\w)"
)
_STAMP_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:h]\d{2}(?!\d)")
_POSTED = re.compile(r"đăng|xuất bản|đưa tin|phát hành|posted|published")
_DOCUMENT = re.compile(r"\d{1,5}/(?:(?:19|20)\d\d/)?[a-zđ]{2,8}-[a-zđ]{2,}")
_MOST_STAMP_WORDS = 6  # beside the date: "Báo Quân đội nhân dân | 18/03/2024"
_LEADING_DATELINE = re.compile(r"(?:date\s{1,4}\d{4}-\d{2}-\d{2}\s{0,4})?(?:\([A-ZĐ][A-ZĐ&+. ]{1,11}\)\s?[-–—:]{1,2}\s{0,4})?")

_CAPTION = re.compile(
    r"ảnh minh họa|toàn cảnh|quang cảnh|phát biểu|tham luận|trao đổi|báo cáo với|chủ trì|chụp ảnh|lưu niệm|kiểm tra|tham quan|đến thăm|dâng h"
    r"|trao (?:tặng|quà|bằng|giấy|quyết|cờ|huy|danh|kỷ|học)|tặng (?:hoa|quà|bằng|giấy)|biểu quyết|đại biểu tham dự|điểm cầu|ký kết|bấm nút|cắt băng"
    r"|tại (?:hội nghị|buổi|lễ|cuộc|kỳ họp|phiên|đại hội|chương trình|diễn đàn|hội thảo)"
)
_PHOTO_CREDIT = re.compile(r"(?<!tin, )(?<!bài, )(?<!tin,)(?<!bài,)(?<!và )(?<!& )(?<!- )\bảnh\s?:|nguồn ảnh")  # "Tin, ảnh:" is a byline's
_LONGEST_BYLINE = 90
_BRACKETS = {")": "(", "]": "["}


def is_tool(text: str) -> bool:
    """Noise wherever it stands: tool bars, names of page blocks, licences of websites, counters, "read also" links."""
    if len(text) > LONGEST:
        return False
    low = text.casefold()
    if _STRONG.fullmatch(low) or _IMPRINT.fullmatch(low) or (low.startswith(_READ_ALSO) and len(low) <= 200):
        return True
    if _TOOL.search(low) and _DATE.search(low):
        return False  # "A- A+ | 18/03/2024"
    return not _TOOL.sub("", low).strip(_SEPARATORS) if _TOOL.search(low) else not any(char.isalnum() for char in low)


def is_menu(text: str) -> bool:
    """An entry of a menu, or a path through the site ("Trang chủ > Tin tức"); noise outside of the article only."""
    low = text.casefold().strip(_SEPARATORS)
    if len(low) <= 200 and ((text.isupper() and _MASTHEAD.fullmatch(low)) or _OF_ITSELF.fullmatch(low)):
        return True
    if low in _MENU or (len(low) <= 200 and re.match(r"(?:trang chủ|home)\s?[>»/›|]", low) is not None):
        return True
    entries = re.split(r"\s*[|·•»>›]\s*", low) if len(low) <= 200 else []
    return len(entries) > 1 and 2 * sum(entry in _MENU or entry in _TOOLS for entry in entries) > len(entries)  # "Đăng nhập | Đăng ký | Liên hệ quảng cáo"


def opens_footer(text: str) -> bool:
    """The first line of a footer or of a list of other news, when no paragraph follows."""
    if len(text) > LONGEST:
        return False
    low = text.casefold().strip(" *-–•|[]")
    return _FOOTER.fullmatch(low) is not None or _IMPRINT.fullmatch(low) is not None


def heads_box(text: str) -> bool:
    """The heading of a list of other news, of tags or of comments: no part of the article wherever the box stands."""
    return len(text) <= LONGEST and _BOX_HEADING.fullmatch(text.casefold().strip(" *-–•|>»[]")) is not None


def is_paragraph(text: str) -> bool:
    """Running text: what no menu, headline or caption is. The longest headline of the five reports has 105 characters and no stop."""
    return len(text) >= 250 or (len(text) >= 80 and text.endswith(_SENTENCE_END) and not is_listed_link(text))


def ends_sentence(text: str) -> bool:
    """Whether the line ends as a sentence does (a question or an exclamation may be a headline)."""
    return text.endswith(_SENTENCE_END)


def is_dateline(text: str) -> bool:
    """A date with nothing but a time, a weekday and a label beside it."""
    low = text.casefold()
    return len(low) <= 80 and _DATE.search(low) is not None and not _DATE_WORDS.sub("", low).strip(" \t\u00a0|/,;:-–—()[].+•·")


def is_stamp(text: str) -> bool:
    """A line of the page's head about its article: the date, beside it who posted it, a rubric, a place, counters or tools; no sentence, no headline."""
    low = text.casefold()
    date = _DATE.search(low) if len(low) <= 120 and not ends_sentence(text) else None
    if date is None or 0 < trailing_dateline(text) < len(text) or _DOCUMENT.search(low):
        return False  # "Headline (18/03/2026, 14:00)", "12/QĐ-UBND - 18/03/2026"
    rest, labels = _STAMP_WORDS.subn("|", _TOOL.sub("|", low))
    rest = _DATE_WORDS.sub("|", rest)
    if len(re.findall(r"\w+", rest)) > _MOST_STAMP_WORDS:
        return False
    # Headlines hold dates too ("Lịch tiếp công dân 18/03/2024"): a sign, an hour or a label must part it from other words.
    before = _DATE_WORDS.sub("", low[: date.start()]).strip()
    parted = before.endswith(tuple("|,;:>»–·•*(/-")) if before else re.match(r"\s*[|,;)<«–·•*-]", low[date.end() :])
    return bool(parted or labels or _STAMP_CLOCK.search(low) or not rest.strip(_SEPARATORS))


def is_labelled_stamp(text: str) -> bool:
    """Whether a date line says that its date is that of posting: "Ngày đăng: 18/03/2026"."""
    return _POSTED.search(text.casefold()) is not None


def trailing_dateline(text: str) -> int:
    """Where a date in brackets at the end of a line begins ("... năm 2026 (18/03/2026, 14:00)"); the line's length if there is none."""
    start = text.rfind(_BRACKETS.get(text[-1:], "("))
    return start if start > 0 and text[-1] in _BRACKETS and is_dateline(text[start + 1 : -1]) else len(text)


def leading_dateline(text: str) -> int:
    """Length of the date and agency before the first sentence ("date 2026-01-19 (GLO)- "); 0 if there is none or nothing else."""
    match = _LEADING_DATELINE.match(text)
    end = match.end() if match else 0
    return end if end < len(text) else 0


def is_listed_link(text: str) -> bool:
    """A headline of another report with its date, as lists of other news have them; noise after the last paragraph."""
    return len(text) <= 250 and trailing_dateline(text) < len(text)


def is_caption(text: str) -> bool:
    """A short line between paragraphs that describes a photograph."""
    low = text.casefold()
    if len(low) <= 300 and _PHOTO_CREDIT.search(low):
        return True
    return len(low) <= 200 and _CAPTION.search(low) is not None and not text.endswith((*_SENTENCE_END, "?", "!"))


def is_byline(text: str) -> bool:
    """A short line of names, with or without a label such as "Tin, ảnh:"; of agencies or photographers only, too."""
    low = text.casefold()
    if len(text) > _LONGEST_BYLINE or _PHOTO_CREDIT.match(low) or (_CAPTION.search(low) and not ends_sentence(text)):
        return False
    return byline.names(text) is not None

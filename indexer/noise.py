"""What a line of a portal's page is when it is not the article: tool bars, menus, licences, lists of other news, date lines, bylines.

Each rule is about the words that portals share, none about one portal. Every function takes one trimmed NFC line; lines longer than
LONGEST are never noise. Patterns are anchored or look for fixed words, so each costs time linear in the line.
"""

from __future__ import annotations

import re

LONGEST = 400

# A line is a tool bar when nothing but these and separators stands on it.
_TOOLS = (
    "tăng cỡ chữ", "giảm cỡ chữ", "cỡ chữ", "tương phản", "đọc bài viết", "nghe bài viết", "nghe đọc bài", "dừng đọc", "in trang", "in bài viết",
    "bản in", "in ấn", "gửi email", "gửi bài viết", "gửi cho bạn bè", "gửi phản hồi", "chia sẻ bài viết", "chia sẻ", "sao chép liên kết", "copy link",
    "lưu bài viết", "lưu tin", "facebook", "zalo", "twitter", "google news", "google+", "linkedin", "messenger", "youtube", "instagram", "rss",
    "email", "print", "share", "like", "tweet", "quay lại", "trở về", "trở lại", "về đầu trang", "lên đầu trang", "xem thêm", "xem tiếp",
    "xem tất cả", "chi tiết", "theo dõi", "bình luận", "thích", "đăng nhập", "đăng ký", "đăng xuất", "tìm kiếm", "tìm kiếm nâng cao", "nhập từ khóa",
    "english", "tiếng việt", "a-", "a+", "aa",
)  # fmt: skip
_TOOL = re.compile("|".join(re.escape(tool) for tool in sorted(_TOOLS, key=len, reverse=True)))
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
# The heading of a box that is no part of the article.
_BOX = (
    r"(?:các |những )?(?:tin|bài|bài viết|tin tức|tin bài|tin, bài|thông tin)"
    r" (?:liên quan|khác|mới nhất|mới hơn|cũ hơn|mới|cũ|cùng chuyên mục|cùng loại|đã đưa|đọc nhiều|nổi bật)(?: nhất)?\s?:?"
    r"|(?:các )?(?:tin|bài)(?: đã)? (?:đưa|đăng)\s?:?|(?:xem|đọc) nhiều(?: nhất)?|có thể bạn quan tâm.{0,20}|cùng chuyên mục|đọc thêm\s?:?"
    r"|bình chọn|thăm dò ý kiến|xin ý kiến đánh giá.{0,120}|ý kiến bạn đọc.{0,20}|(?:gửi )?bình luận.{0,20}"
    r"|(?:từ kh(?:óa|oá)|tags?)(?:\s?:.*)?"
)
_BOX_HEADING = re.compile(_BOX)
# From such a line on, in what follows the last paragraph, all is footer.
_FOOTER = re.compile(
    _BOX + r"|(?:cổng|trang) thông tin điện tử(?:.{0,99}[^.;:…])?|báo điện tử(?:.{0,59}[^.;:…])?"
    r"|cơ quan (?:chủ quản|thường trực|của đảng bộ)[^:.]{0,40}:.*|(?:người )?chịu trách nhiệm[^:.]{0,60}:.*"
    r"|(?:trưởng ban biên tập|tổng biên tập|phó tổng biên tập|ban biên tập|thường trực ban biên tập)\s?:.*"
    r"|(?:đơn vị quản lý|đơn vị quản trị|thiết kế bởi|phát triển bởi)\s?:.*"
    r"|(?:địa chỉ|trụ sở|điện thoại|đt|sđt|tel|fax|hotline|đường dây nóng|email|e-mail|website)\s?:.*"
    r"|(?:đang truy cập|đang online|hôm nay|hôm qua|tuần này|tháng này|tổng (?:số )?(?:lượt )?truy cập|tất cả)\s?:?\s?[\d.,]+"
)

_SENTENCE_END = (".", "…", ";", ":", ".”", '."', "!”", '!"', "?”", '?"', "…”", ".)")
_DATE_WORDS = re.compile(
    r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4}|ngày \d{1,2} tháng \d{1,2} năm \d{4}|\d{1,2} tháng \d{1,2},? \d{4}"
    r"|\d{1,2}\s?(?::|h|giờ)\s?\d{0,2}(?::\d{2})?|gmt\s?\+?\s?7?|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật"
    r"|ngày đăng(?: tin)?|đăng(?: lúc| ngày)?|ngày (?:cập nhật|xuất bản|viết|tạo)|cập nhật(?: lúc| ngày)?"
    r"|xuất bản|thời gian|lúc|ngày|date|sáng|chiều|tối|am|pm"
)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}|ngày \d{1,2} tháng \d{1,2} năm \d{4}|\d{1,2} tháng \d{1,2},? \d{4}")
_LEADING_DATELINE = re.compile(r"(?:date\s{1,4}\d{4}-\d{2}-\d{2}\s{0,4})?(?:\([A-ZĐ][A-ZĐ&+. ]{1,11}\)\s?[-–—:]{1,2}\s{0,4})?")

_CAPTION = re.compile(
    r"ảnh minh họa|toàn cảnh|quang cảnh|phát biểu|tham luận|trao đổi|báo cáo với|chủ trì|chụp ảnh|lưu niệm|kiểm tra|tham quan|đến thăm|dâng h"
    r"|trao (?:tặng|quà|bằng|giấy|quyết|cờ|huy|danh|kỷ|học)|tặng (?:hoa|quà|bằng|giấy)|biểu quyết|đại biểu tham dự|điểm cầu|ký kết|bấm nút|cắt băng"
    r"|tại (?:hội nghị|buổi|lễ|cuộc|kỳ họp|phiên|đại hội|chương trình|diễn đàn|hội thảo)"
)
_PHOTO_CREDIT = re.compile(r"\bảnh\s?:|nguồn ảnh")
_BYLINE_LABEL = re.compile(
    r"(?:tin,? ?(?:và )?(?:bài,? ?(?:và )?)?ảnh|bài,? ?(?:và )?ảnh|bài viết|tin,? ?bài|tin|bài|tác giả|người viết|thực hiện|theo|nguồn(?: tin)?|pv|phóng viên)"
    r"\s?:?\s+(?=\S)"
)
_NAME_SIGNS = str.maketrans("", "", ".-'’")


def is_tool(text: str) -> bool:
    """Noise wherever it stands: tool bars, names of page blocks, licences of websites, counters, "read also" links."""
    if len(text) > LONGEST:
        return False
    low = text.casefold()
    if _STRONG.fullmatch(low) or _IMPRINT.fullmatch(low) or (low.startswith("xem thêm:") and len(low) <= 200):
        return True
    return not _TOOL.sub("", low).strip(_SEPARATORS) if _TOOL.search(low) else not any(char.isalnum() for char in low)


def is_menu(text: str) -> bool:
    """An entry of a menu, or a path through the site ("Trang chủ > Tin tức"); noise outside of the article only."""
    low = text.casefold().strip(_SEPARATORS)
    return low in _MENU or (len(low) <= 200 and re.match(r"(?:trang chủ|home)\s?[>»/›|]", low) is not None)


def opens_footer(text: str) -> bool:
    """The first line of a footer or of a list of other news, when no paragraph follows."""
    if len(text) > LONGEST:
        return False
    low = text.casefold().strip(" *-–•|")
    return _FOOTER.fullmatch(low) is not None or _IMPRINT.fullmatch(low) is not None


def heads_box(text: str) -> bool:
    """The heading of a list of other news, of tags or of comments: no part of the article wherever the box stands."""
    return len(text) <= LONGEST and _BOX_HEADING.fullmatch(text.casefold().strip(" *-–•|>»")) is not None


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


def trailing_dateline(text: str) -> int:
    """Where a date in brackets at the end of a line begins ("... năm 2026 (18/03/2026, 14:00)"); the line's length if there is none."""
    start = text.rfind("(")
    return start if start > 0 and text.endswith(")") and is_dateline(text[start + 1 : -1]) else len(text)


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
    """A short line of names, with or without a label such as "Tin, ảnh:"."""
    low = text.casefold()
    if len(text) > 60 or _PHOTO_CREDIT.match(low):
        return False
    label = _BYLINE_LABEL.match(low)
    rest = text[label.end() :] if label and len(low) == len(text) else text
    names = [name for name in re.split(r"\s?[,;/&+()\[\]]\s?| [-–] | và ", rest.strip("*-–—. \t")) if name]
    if not 1 <= len(names) <= 4 or is_caption(rest):
        return False
    return all(_is_name(name, alone=label is None) for name in names)


def _is_name(text: str, *, alone: bool) -> bool:
    words = text.split()
    letters = [word.translate(_NAME_SIGNS) for word in words]
    if not all(word.isalpha() for word in letters) or not letters or not letters[0][0].isupper():
        return False
    if len(words) == 1:
        return not alone or text.isupper() or letters[0] != text  # "TTXVN", "N.H", "H'Xuân"; a word alone is no name
    # Names of two words are also typed "Vy thủy"; longer lines with small letters are text.
    return len(words) <= 5 and (len(words) == 2 or all(word[0].isupper() for word in letters))

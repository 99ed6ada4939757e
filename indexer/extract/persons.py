"""Names of persons: where one begins and ends in a sentence, and how a careful editor writes it."""

from __future__ import annotations

from dataclasses import dataclass

from analyzers.fold import fold
from indexer.extract.lexicon import Lexicon
from indexer.extract.scan import Line
from indexer.extract.syllables import is_vietnamese, spelling
from indexer.gazetteer.kept import Kept

MAX_SYLLABLES = 4  # Nguyễn Thị Thu Nguyệt; five with a two-word surname, and Nguyễn Thị Hoàng Thu Hà where a mark follows
_MOST_SYLLABLES = 6  # of names that no table knows
_MIDDLE = frozenset({"thị", "văn"})  # so common that some write them in lower case: "Cao thị Hòa An"
_TIMES = frozenset({"sáng", "chiều", "tối", "trưa"})  # parts of the day, but names too: only "Sáng 18/3" begins a sentence
_STEMS, _BRANCHES = frozenset("giáp ất bính đinh mậu kỷ canh tân nhâm quý".split()), frozenset("tý sửu dần mão thìn tỵ ngọ mùi thân dậu tuất hợi".split())
_CLANS = frozenset("niê mlô byă êban knul ayun kbuôr adrơng".split())  # behind a given name: "Y Giang Gry Niê Knơng"
_LEAST_GLUED = 3  # letters of two words that are one: Rơlan and Rươne are names
_LONGEST_RUN = 20  # tokens: Hoan Ết-xtê-ban La-xô Ê-rơ-nan-đết
# Verbs of saying by their second word.
_RUN_ON = {
    "định": ("khẳng",),
    "biết": ("cho",),
    "hay": ("cho",),
    "rằng": ("cho",),
    "mạnh": ("nhấn",),
    "biểu": ("phát",),
    "sẻ": ("chia",),
    "rõ": ("nêu",),
    "tưởng": ("tin",),
}
# What a person does, and no word that begins a sentence goes on with.
_DEEDS = frozenset(
    "đề nghị,kiến nghị,yêu cầu,báo cáo,chủ trì,cho biết,cho hay,cho rằng,phát biểu,khẳng định,nhấn mạnh,chia sẻ,nêu rõ,trình bày,ghi nhận,đánh giá".split(",")
)
_MEDICINE = frozenset({("y", "dược"), ("y", "tế"), ("y", "học")})
_NUMERALS = frozenset("II III IV VI VII VIII IX XI XII XIII XIV XV XVI".split())
# What ends the name of a company or an institute abroad.
FIRMS = frozenset("group corp corporation inc bank institute university company holding holdings foundation airlines capital partners".split())
_PARTICLES = frozenset({"von", "der", "van", "de", "da", "dos", "del", "dela", "della", "bin", "bint", "ibn", "al", "el", "di", "la"})


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens [first, last) of a line as a person's full name; `sure`: its surname is one that is no common word; `known`: an office holder's abroad."""

    text: str
    first: int
    last: int
    sure: bool
    vietnamese: bool = True
    known: bool = False
    sounds: str = ""  # the same name as it sounds, if the text gives both
    glued: int = 0  # letters at the end of the last token that begin the next word: "Lâmkhẳng định"


_FOLDED = Kept(fold, most=8192)


def find_name(line: Line, at: int, lexicon: Lexicon, *, beside: bool) -> Name | None:
    """The name that begins at token `at`. `beside`: a post or an address stands right before it, so weak surnames count."""
    if not line.caps[at] or not line.words[at][0].isalpha():
        return None
    if line.keys[at] in lexicon.known.first and (end := _known(line, at, lexicon)) > at:
        holder = "known" in lexicon.known.longest(line, at)[1]
        return Name(line.slice(at, end), at, end, True, vietnamese=False, known=holder)
    if not beside and not _may_begin(line, at, lexicon):
        return None
    if beside and len(line.words[at]) < 3 and (surname := _after_initials(line, at, lexicon)) > at:
        return Name(line.slice(at, surname + 1), at, surname + 1, False, vietnamese=False)
    if line.words[at].endswith("."):
        return None
    run = _run(line, at, lexicon)
    if run - at < 2:
        alone = beside and line.keys[at][:2] in ("h'", "k'") and len(line.keys[at]) > 3
        return Name(spelling(line.words[at:run]), at, run, True) if alone else None  # K'Brốt is a whole name
    words = line.words
    surname, sure = (0, False) if _is_spelt_name(line, at, lexicon) else _surname(line, at, run, lexicon)
    if surname and run - at == 2 and line.keys[at] in _STEMS and line.keys[at + 1] in _BRANCHES and not (beside and at and line.words[at - 1].islower()):
        surname = 0  # Tết Đinh Dậu
    if surname and line.keys[at] == "đoàn" and _is_delegation(line, at, run, lexicon):
        surname = 0
    if surname:
        if run - at == 2 and _FOLDED[f"{words[at]} {words[at + 1]}"] in lexicon.provinces:
            return None  # Chủ tịch UBND TP Hà Nôi
        limit = at + MAX_SYLLABLES + surname - 1 + (line.keys[at] == "y" or _has_five(line, at, run))
        last = min(_cut(line, at, run, lexicon), limit)
        letter = len(words[last - 1]) == 1 and words[last - 1].isascii() and not _is_letter(line, at, last, beside)
        korean = at + 3 < last and words[at + 2] == "-" and words[at + 3].islower()
        if last - at - surname < 1 or letter or not (sure or beside or korean):
            return None
        if "-" in words[at:last]:  # Kim Kwan-jin
            return Name(line.slice(at, last), at, last, sure, vietnamese=False)
        glued = _glued(line, last - 1)
        text = spelling(words[at:last])
        return Name(text[: len(text) - glued], at, last, sure, glued=glued)
    if not beside:
        return None
    return foreign_run(line, at, lexicon, run)


def _has_five(line: Line, at: int, run: int) -> bool:
    """Whether a woman's name has a fifth syllable: "Lê Thị Hoàng Thu Hà, Bí thư", "... Hà đề nghị"; of "... Kim Ngân Mục tiêu" the last begins a sentence."""
    if run != at + MAX_SYLLABLES + 1 or line.keys[at + 1] != "thị" or "Bà" in line.words[at:run]:
        return False
    return run == line.size or not line.words[run][0].isalnum() or " ".join(line.keys[run : run + 2]) in _DEEDS


def _is_delegation(line: Line, at: int, run: int, lexicon: Lexicon) -> bool:
    """Whether "Đoàn" at `at` is no surname: "(Đoàn Thanh Hóa)", "Đoàn Việt Nam", "Đoàn Thể thao"."""
    place, levels = lexicon.places.longest(line, at + 1)
    end, kinds = lexicon.organisations.longest(line, at + 1)
    if (place == run and "province" in levels) or (end == run and "country" in kinds):
        return True
    return run == at + 2 and run < line.size and end > run


def foreign_run(line: Line, at: int, lexicon: Lexicon, run: int | None = None, *, abroad: bool = False) -> Name | None:
    """The foreigner's name of capitalised words from `at` on: half of them no Vietnamese syllables, or any if a post `abroad` stands before it."""
    words = line.words
    if _opens_sentence(line, at, lexicon) and line.keys[at] != "cho":
        return None  # Bộ trưởng Bộ Giáo dục | Theo Reuters
    run = _run(line, at, lexicon) if run is None else run
    # "Tổng thống Mỹ Donald Trump Nhân tố ...": a Vietnamese word with marks begins something else
    run = next((i for i in range(at + 1, run) if line.caps[i] and not words[i].isascii() and is_vietnamese(words[i]) and not _is_spelt_on(line, at, i)), run)
    run = next(
        (
            i
            for i in range(at + 1, run)
            if words[i - 1] != "-" and not is_spelt(line, i) and (line.keys[i] in lexicon.countries or _opens_sentence(line, i, lexicon))
        ),
        run,
    )
    if any(_known(line, i, lexicon) > i for i in range(at + 1, run)):
        return None  # "bang Arizona John McCain", "Tổng thống Putin Dmitry Peskov"
    if _is_hidden(line, run) or line.keys[run - 1] in FIRMS:
        return None
    pieces = sum(line.caps[at:run])
    # "Byung-se", "Jae-in": no Vietnamese name goes on in lower case behind a hyphen
    foreign = sum((line.caps[i] and not is_vietnamese(words[i])) or (not line.caps[i] and words[i - 1] == "-") for i in range(at, run))
    told = 2 * foreign >= pieces or (pieces == 3 and run == at + 3 and not is_vietnamese(words[at]))  # Lee Hae Chan
    if (told or abroad) and pieces >= 2 and line.keys[at] not in lexicon.countries and (not words[at].isupper() or is_spelt(line, at)):
        spaced = any(not line.touching(i) for i in range(at + 1, run))  # not "Shangri-La"
        if spaced and (words[at].isascii() or not is_vietnamese(words[at]) or _is_spelt_name(line, at, lexicon)):
            text, glued = line.slice(at, run), _glued(line, run - 1)
            return Name(text[: len(text) - glued], at, run, False, vietnamese=False, glued=glued)
    return None


def _is_letter(line: Line, at: int, last: int, beside: bool) -> bool:
    """Whether a name may end in a single letter: "Ông Phạm S, Phó Chủ tịch", "Phó Chủ tịch Phạm S đã"; others hide a name with it."""
    return beside and last == at + 2 and last < line.size and (line.words[last] == "," or line.words[last].islower())


def _glued(line: Line, at: int) -> int:
    """How many letters at the end of a name's last word at `at` are the next word, whose space is missing: "Lâmkhẳng định", "Trườngvà"."""
    word = line.words[at]
    if is_vietnamese(word) or at + 1 >= line.size:
        return 0
    said = ("đã", "cũng", "và", *_RUN_ON.get(line.keys[at + 1], ()))
    if (run_on := next((verb for verb in said if word.endswith(verb) and len(word) > len(verb) + 1), "")) != "":
        return len(run_on)
    borders = (i for i in range(_LEAST_GLUED, len(word) - _LEAST_GLUED + 1) if word[i:].islower() and is_vietnamese(word[:i]) and is_vietnamese(word[i:]))
    return next((len(word) - i for i in borders if not word[:i].isascii() or not word[i:].isascii()), 0)


def _is_hidden(line: Line, end: int) -> bool:
    """Whether the name that ends at `end` hides its surname: "Franco A."."""
    return len(line.words[end - 1]) == 1 and end < line.size and line.words[end] == "."


def is_spelt(line: Line, at: int) -> bool:
    """Whether the word at `at` begins a foreign name as it sounds: "Tô-xi-hi-rô"."""
    return at + 2 < line.size and line.words[at + 1] == "-" and line.touching(at + 1) and line.touching(at + 2) and line.words[at + 2].islower()


def _is_spelt_name(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Whether a name as it sounds begins at `at`, with its first or second word: "Giép Xét-xừn"."""
    if is_spelt(line, at):
        return True
    if at + 1 >= line.size or not line.caps[at + 1] or line.words[at + 1].isascii() or line.words[at].isupper():
        return False
    return is_spelt(line, at + 1) and line.keys[at] not in lexicon.countries and line.keys[at] != "việt"


def _is_spelt_on(line: Line, first: int, at: int) -> bool:
    """Whether the capitalised word at `at` goes on with a name as it sounds that begins at `first`: "Na-oa Sa-ríp", "Giép Xét-xừn"."""
    return is_spelt(line, at) or (is_spelt(line, first) and (at + 1 >= line.size or not line.caps[at + 1]))


def _opens_sentence(line: Line, at: int, lexicon: Lexicon) -> bool:
    """ "Tổng thống Donald Trump Theo Business Insider": an opener that no foreigner is called."""
    return line.keys[at] in lexicon.openers and line.keys[at] not in ("do", "ban", "ai")


def _known(line: Line, at: int, lexicon: Lexicon) -> int:
    """End of the name of a known foreign office holder that begins at `at`; `at` if there is none, or if it goes on as another's name."""
    end, kinds = lexicon.known.longest(line, at)
    if not kinds or not line.caps[at] or not (line.caps[end - 1] or line.words[end - 2] == "-"):
        return at
    following = line.words[end] if end < line.size else ""
    if following == "-" and line.touching(end) and end + 1 < line.size and line.touching(end + 1):
        return at
    if following and following[0].isupper() and (not is_vietnamese(following) or is_vietnamese(line.words[end - 1])) and not following.isupper():
        return at
    return end


def _may_begin(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Whether a surname can be read at `at` (see _surname): more than half of the capitals are told by it that none can."""
    made = line.keys[at]
    return made in lexicon.name_words or made.startswith(("h'", "k'")) or (at + 1 < line.size and line.keys[at + 1] in _MIDDLE)


def may_begin_name(made: str, lexicon: Lexicon) -> bool:
    """Whether a name can begin with a word of that key though nothing beside it says so."""
    return made in lexicon.name_words or made.startswith(("h'", "k'")) or made in lexicon.known.first


def _initial(line: Line, at: int) -> int:
    """How many tokens the initial at `at` has: "J", "." two, "H." one, none of anything else."""
    word = line.words[at]
    if not word[0].isupper():
        return 0
    if len(word) == 1 and at + 1 < line.size and line.words[at + 1] == "." and line.touching(at + 1):
        return 2
    return 1 if len(word) == 2 and word[1] == "." else 0


def _behind_initials(line: Line, at: int) -> int:
    while at < line.size and (step := _initial(line, at)):
        at += step
    return at


def _after_initials(line: Line, at: int, lexicon: Lexicon) -> int:
    """The last word of the surname behind the initials at `at`, else `at`: "I. Dodon" of a foreigner; "N. V. Hùng" hides a citizen's name."""
    end = _behind_initials(line, at)
    if end == at or end >= line.size or not line.caps[end]:
        return at
    surname = line.words[end]
    if is_spelt(line, end):
        return _run(line, end, lexicon) - 1  # C.Ét-xép-xi
    return end if len(surname) > 2 and surname.isalpha() and not surname.isupper() and not is_vietnamese(surname) else at


def initialled(line: Line, at: int, lexicon: Lexicon) -> Name | None:
    """Initials and a surname as it sounds, which may look Vietnamese: "Đ.Trăm". Asked behind a post abroad."""
    end = _behind_initials(line, at)
    named = at < end < line.size and line.caps[end] and line.touching(end) and len(line.words[end]) > 2 and not line.words[end].isupper()
    return Name(line.slice(at, end + 1), at, end + 1, False, vietnamese=False) if named else None


def plain_run(line: Line, at: int, lexicon: Lexicon) -> Name | None:
    """Two to six capitalised words taken for a name although their surname is unknown: only after "ông", "bà" and the like.

    Names from Laos in Vietnamese syllables have five or six: "Khăm Sỉ Vông Pha Chăn".
    """
    if lexicon.organisations.longest(line, at)[0] > at + 1:
        return None  # "các đồng chí Bộ Chính trị"
    run = min(_run(line, at, lexicon), at + (MAX_SYLLABLES if line.shouting else _MOST_SYLLABLES)) if line.caps[at] else at
    if run - at < 2 or any(line.words[i] in "-." for i in range(at, run)) or _is_hidden(line, run):
        return None
    return Name(spelling(line.words[at:run]), at, run, False)


def listed_run(line: Line, at: int, lexicon: Lexicon) -> Name | None:
    """Three to six capitalised words behind a semicolon or a colon, before a comma and a post: an entry of a list, whatever the surname."""
    name = plain_run(line, at, lexicon)
    if name is None or name.last - at < 3 or line.words[name.last : name.last + 1] != [","]:
        return None
    words = line.words[at : name.last]
    if any(len(word) < 2 or word in ("Ông", "Bà") for word in words[:-1]) or any(map(str.isupper, words[:-1])) != all(map(str.isupper, words)):
        return None  # "(Ảnh: NGUYÊN KHÔI Ông Văn Anh Tuấn, Chủ tịch", "P. T. T. D"
    return name if lexicon.heads.longest(line, name.last + 1)[1] else None


def spelt_apart(line: Line, at: int, lexicon: Lexicon) -> Name | None:
    """A Korean's name in three syllables as it sounds, whose first no table of surnames knows: "Mun Chê In". Asked behind a post abroad."""
    words = line.words[at : at + 3]
    if not all(line.caps[at : at + 3]) or _run(line, at, lexicon) != at + 3 or not all(len(word) > 1 and is_vietnamese(word) for word in words):
        return None
    if line.keys[at] in lexicon.openers or lexicon.starts.longest(line, at)[1] or lexicon.organisations.longest(line, at)[1]:
        return None
    return Name(spelling(line.words[at : at + 3]), at, at + 3, False, vietnamese=False)


def _surname(line: Line, at: int, run: int, lexicon: Lexicon) -> tuple[int, bool]:
    """Length of the surname in words (0: none) and whether it is sure."""
    keys = line.keys
    if tuple(keys[at : at + 2]) in _MEDICINE or (keys[at] == "mạc" and keys[max(0, at - 1) : at] in (["khai"], ["bế"])):
        return 0, False  # Trường Đại học Y Dược Cần Thơ, KHAI MẠC ĐẠI HỘI
    if at + 2 < run and keys[at + 1] in lexicon.long_surnames.get(keys[at], ()):
        return 2, True
    if keys[at].startswith(("h'", "k'")) and len(keys[at]) > 2:
        return 1, True
    if keys[at] == "y" and run - at >= 2:  # Y Biêr Niê: men's prefix
        return 1, run - at >= 3 or not is_vietnamese(line.words[at + 1])
    if (line.words[at] == "A" and run - at == 2) or (line.words[at] == "H" and run - at >= 3):  # A Dũng: men's prefix; H Lum Niê
        return 1, False
    known = lexicon.surnames.get(keys[at])
    if known is not True and at + 3 < run and lexicon.surnames.get(keys[at + 1]) and keys[at + 2] in _MIDDLE:
        return 0, False  # xã Hưng Hóa Nguyễn Văn On
    if at + 2 < run and keys[at + 1] in _MIDDLE and is_vietnamese(line.words[at]):
        return 1, True  # X Thị Y: whatever X is, it is a surname
    if known is None and at + 2 < run and keys[at + 1] == "thị" and len(keys[at]) > 2:
        return 1, False  # Katơr Thị Sen
    return (0, False) if known is None else (1, known)


def _run(line: Line, at: int, lexicon: Lexicon) -> int:
    """End of the capitalised words from `at` on, as far as a name can go."""
    words, keys, caps = line.words, line.keys, line.caps
    shouting = line.shouting
    heads, before = lexicon.heads.first, lexicon.before.first
    end, size = at + 1, len(words)
    while end < size and end - at < _LONGEST_RUN:
        word = words[end]
        if word == "-" and line.touching(end) and line.touching(end + 1 if end + 1 < size else end) and end + 1 < size and words[end + 1].isalpha():
            if is_vietnamese(words[end - 1]) and caps[end + 1] and not line.words[end + 1].islower():
                break  # "Trung-Bí thư"; but "Jong-un", "Jae-in"
            end += 2
            continue
        step = _initial(line, end) if len(word) < 3 else 0
        if step and end + step < size and caps[end + step] and not (is_vietnamese(words[at]) and is_vietnamese(words[end + step])):
            end += step  # George W. Bush
            continue
        if not word[0].isalpha() or word.endswith("."):
            break
        if not caps[end]:
            if (keys[end] in _MIDDLE and end == at + 1) or (keys[end] in _PARTICLES and not is_vietnamese(words[end - 1])):
                after = end + 2 if end + 2 < size and words[end + 1] == "-" else end + 1
                if after < size and caps[after]:
                    end = after
                    continue
            break
        if word.isupper() and len(word) > 1 and not words[at].isupper():
            return end + 1 if word in _NUMERALS and not is_vietnamese(words[end - 1]) else end  # an acronym after a name; Felipe VI, John McCain III
        if end - at == 2 and keys[end - 1] in _MIDDLE and not shouting:
            end += 1  # Nguyễn Văn Đọc: no name ends in "Văn", whatever the next word means elsewhere
            continue
        if shouting and end - at >= MAX_SYLLABLES:
            break
        if word in ("Ông", "Bà") and not shouting and _is_addressed(line, end, lexicon):
            break  # Ảnh: Phi Võ | Ông Lương Văn Sơn
        if keys[end] in heads and lexicon.heads.longest(line, end)[0] - end >= 2:
            given = keys[end] == "đồng" and end - at == 2 and end + 1 < size and caps[end + 1] and lexicon.heads.longest(line, end + 1)[1]
            end += bool(given)  # ĐB Hà Sỹ Đồng | Chủ tịch QH ...
            break
        if keys[end] in before and (title := lexicon.before.longest(line, end)[0]) > end + 1 and not _is_given(line, at, end, title):
            break
        if end - at == MAX_SYLLABLES - 1 and not shouting and lexicon.organisations.longest(line, end)[0] > end + 2:
            break  # Nguyễn Thế Kỷ | Đài Tiếng nói Việt Nam
        if end - at >= 2 and lexicon.starts.longest(line, end)[1] and (shouting or not caps[end + 1]) and " ".join(keys[end + 1 : end + 3]) not in _DEEDS:
            break  # "... Vũ Hồng Thanh Đồng tình với"; not "Lại Đức Thông báo cáo"
        if keys[end] in lexicon.openers and _starts_something(line, end, lexicon):
            break
        end += 1
    return end


def _is_given(line: Line, at: int, first: int, last: int) -> bool:
    """Whether the title at [first, last) is a given name: "Nguyễn | Tiến Sỹ |, Trưởng phòng"."""
    return first == at + 1 and last == at + 3 and line.caps[last - 1] and (last == line.size or not line.words[last][0].isupper())


def _is_addressed(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Whether "Ông", "Bà" inside a run of capitals speaks of the full name behind it."""
    if not all(line.caps[at + 1 : at + 3]) or at + 2 >= line.size:
        return False
    name = find_name(line, at + 1, lexicon, beside=False)
    return name is not None and name.last - name.first >= 3


def _starts_something(line: Line, at: int, lexicon: Lexicon) -> bool:
    """A capitalised opener ("Theo", "Ảnh", "Chiều") ends a name unless the name plainly goes on with it ("Nguyễn Đại Dương")."""
    word = line.words[at]
    if line.shouting:
        return lexicon.organisations.longest(line, at)[0] > at + 1 or lexicon.heads.longest(line, at)[0] > at
    following = line.words[at + 1] if at + 1 < line.size else ""
    if line.keys[at] in _TIMES:
        return following[:1].isdigit()
    if lexicon.organisations.longest(line, at)[0] > at + 1 or (following[:1].isupper() and len(following) > 2 and not is_vietnamese(following)):
        return True  # Nguyễn Ngọc Thiện | Như VnMedia đã đưa tin
    return following[:1].islower() or following[:1].isdigit() or (following[:1] in ":/" and following != "") or word.endswith(".")


def _cut(line: Line, at: int, run: int, lexicon: Lexicon) -> int:
    """Where a run of more than four capitals holds two names, the end of the first."""
    if run - at <= MAX_SYLLABLES:
        return run
    for split in range(at + 3, min(at + 5, run - 1)):
        if lexicon.surnames.get(line.keys[split]) and not (line.keys[at] in ("y", "h") and line.keys[split] in _CLANS):
            return split
    return run

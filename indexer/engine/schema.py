"""The one table of index fields and their kinds; both engines derive their mapping from it.

Kinds: `positions` and `frequencies` hold whitespace-separated finished tokens; `marks` a sign at each position of other
fields; `keyword` holds exact values, several a report, countable; `number` an integer, countable and sortable; `stored`
text that is kept and never searched.
"""

from __future__ import annotations

from typing import Literal

SCHEMA_VERSION = "3"

Kind = Literal["positions", "frequencies", "marks", "keyword", "number", "stored"]

ID = "id"
STORED = "stored"
FINGERPRINT = "fingerprint"
PATH = "path"
DATE_FROM = "date_from"
DATE_TO = "date_to"

TITLE_SYLLABLES, TITLE_WORDS, TITLE_FOLDED = "title_syllables", "title_words", "title_folded"
BODY_SYLLABLES, BODY_WORDS, BODY_FOLDED = "body_syllables", "body_words", "body_folded"
# For each position of the body where in its sentence it stands: "[" first, "]" last, "-" inside, "." alone. A title is one sentence and needs no marks.
BODY_SENTENCES = "body_sentences"
SENTENCES = {BODY_SYLLABLES: BODY_SENTENCES, BODY_FOLDED: BODY_SENTENCES}

# Stands first in each text field and between paragraphs: no phrase crosses it, and no text field is ever empty (an
# empty field would count in tantivy's average length and not in Lucene's).
PARAGRAPH = "¶"

# Facets, in the order that they are shown. Values are ids; labels come from tables.
FACETS: tuple[str, ...] = (
    "official",
    "post",
    "province",
    "province_now",
    "district",
    "commune",
    "topic",
    "document",
    "author",
    "year",
    "month",
    "period",
    "source",
)
# Facets whose ids are made from the text itself, so a name typed by a user is looked up in a keyword field
# `<facet>_name` that holds the name's key with marks and its key without.
OPEN_FACETS: tuple[str, ...] = ("official", "post", "document", "author", "source")
# Facets whose ids come from a closed table (gazetteer, topics).
CLOSED_FACETS: tuple[str, ...] = ("province", "province_now", "district", "commune", "topic")

# Pairs of one person and one post of that person in one report, joined by PAIR. On either side every key of the value.
OFFICIAL_POST = "official_post"
# The same pairs for counting: any key on the left, the id of the counted facet on the right.
POSTS_OF_OFFICIAL = "posts_of_official"
OFFICIALS_OF_POST = "officials_of_post"
PAIR = "|"

# What an official is called in passing, a post and a name or a province (calling.py): for ranking only.
CALLED = "called"

# The group of near-duplicates that a report belongs to (groups.py), and for counting groups instead of reports, every value of its facets with that
# group: `facet|value|group` (no value: `facet||group`), of pairs `field:left|right|group`. Only reports that have near-duplicates have either.
GROUP = "group"
GROUPED = "grouped"

NO_VALUE = "none"  # as a filter's value: reports that have no value in this facet

FIELDS: dict[str, Kind] = {
    ID: "keyword",
    STORED: "stored",
    FINGERPRINT: "stored",
    PATH: "stored",
    DATE_FROM: "number",
    DATE_TO: "number",
    TITLE_SYLLABLES: "positions",
    TITLE_WORDS: "frequencies",
    TITLE_FOLDED: "positions",
    BODY_SYLLABLES: "positions",
    BODY_WORDS: "frequencies",
    BODY_FOLDED: "positions",
    BODY_SENTENCES: "marks",
    **dict.fromkeys(FACETS, "keyword"),
    **{f"{facet}_name": "keyword" for facet in OPEN_FACETS},
    OFFICIAL_POST: "keyword",
    POSTS_OF_OFFICIAL: "keyword",
    OFFICIALS_OF_POST: "keyword",
    CALLED: "keyword",
    GROUP: "keyword",
    GROUPED: "keyword",
}

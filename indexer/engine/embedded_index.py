"""One tantivy index: its schema, how it is opened, how a document becomes tantivy's, and how tantivy's failures become ours."""

from __future__ import annotations

import errno
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import tantivy

from indexer.engine import schema
from indexer.engine.contract import IndexDocument, Known
from indexer.errors import BaocaoError, EngineError, EngineRefused, IndexDamaged
from indexer.models import StoredReport

FIRST_SEEN = "first_seen"  # ours, beside the schema's: Writer.known() reads it without unpacking the whole report

_TOKENIZER = "finished-tokens"
# Level 1 packs the 5,452 development articles' records (52 MB) into 11.7 MB in 0.7 s, level 6 into 10.2 MB in 1.0 s.
# Unpacked text in tantivy's own LZ4 store took 120 MB of disk and four times the load time.
_COMPRESSION = 1


@cache
def tantivy_schema() -> tantivy.Schema:
    """schema.FIELDS in tantivy's terms. Keywords and numbers are columns too: counting, sorting and `Exists` read those."""
    builder = tantivy.SchemaBuilder()
    for name, kind in schema.FIELDS.items():
        if kind == "positions":
            builder.add_text_field(name, tokenizer_name=_TOKENIZER, index_option="position")
            builder.add_bytes_field(packed(name), stored=True)
        elif kind == "frequencies":
            builder.add_text_field(name, tokenizer_name=_TOKENIZER, index_option="freq")
        elif kind == "marks":
            builder.add_bytes_field(packed(name), stored=True)
        elif kind == "keyword":
            builder.add_text_field(name, stored=name in (schema.ID, schema.GROUP), fast=True, tokenizer_name="raw", index_option="basic")
        elif kind == "number":
            builder.add_integer_field(name, indexed=True, fast=True)
        else:
            builder.add_bytes_field(name, stored=True)
    builder.add_bytes_field(FIRST_SEEN, stored=True)
    return builder.build()


def open_index(folder: Path, *, create: bool = False) -> tantivy.Index:
    """The index in `folder`, as it is now. Never reload()ed: after its directory was replaced that raises."""
    index = tantivy.Index(tantivy_schema(), path=str(folder), reuse=False) if create else tantivy.Index.open(str(folder))
    index.config_reader("manual")  # no thread that watches the folder
    index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def packed(name: str) -> str:
    """The stored field that keeps the tokens of a field with positions: embedded_near.py reads them, since tantivy gives no positions.

    An index of the 5,452 development articles is 61 MB with them, 41 MB without.
    """
    return f"{name}_packed"


def to_tantivy(document: IndexDocument) -> tantivy.Document:
    """The document with the schema's fields; raises ValueError for a value of another type."""
    made = tantivy.Document()
    made.add_text(schema.ID, document.id)
    for name, text in document.text.items():
        if schema.FIELDS[name] != "marks":
            made.add_text(name, text)
        if schema.FIELDS[name] != "frequencies":
            made.add_bytes(packed(name), zlib.compress(text.encode(), _COMPRESSION))
    for name, values in document.keywords.items():
        for value in dict.fromkeys(values):
            made.add_text(name, value)
    for name, number in document.numbers.items():
        made.add_integer(name, number)
    made.add_bytes(schema.STORED, zlib.compress(document.stored.to_json().encode(), _COMPRESSION))
    made.add_bytes(schema.FINGERPRINT, document.stored.fingerprint.encode())
    made.add_bytes(schema.PATH, document.stored.raw.path.encode())
    made.add_bytes(FIRST_SEEN, document.stored.first_seen.encode())
    return made


def first_bytes(document: tantivy.Document, name: str) -> bytes:
    """The value of a stored field; raises ValueError if there is none."""
    value = document.get_first(name)
    if not isinstance(value, bytes):
        raise ValueError(f"a report without {name}")
    return value


def id_of(document: tantivy.Document) -> str:
    return str(document.get_first(schema.ID))


def group_of(document: tantivy.Document) -> str:
    return str(document.get_first(schema.GROUP))


def stored_of(document: tantivy.Document) -> StoredReport:
    """The stored report; raises ValueError, zlib.error or KeyError when the bytes are not what was written."""
    return StoredReport.from_json(zlib.decompress(first_bytes(document, schema.STORED)).decode())


def known_of(document: tantivy.Document) -> Known:
    return Known(*(first_bytes(document, name).decode() for name in (schema.FINGERPRINT, schema.PATH, FIRST_SEEN)))


def count_of(result: tantivy.SearchResult) -> int:
    """How many documents matched, whatever the limit was."""
    return int(result.count)  # type: ignore[attr-defined]  # missing in the binding's stub


@contextmanager
def failures(folder: Path) -> Iterator[None]:
    """Turns what tantivy and the file system raise into EngineRefused or IndexDamaged. Wrap nothing else in it."""
    try:
        yield
    except BaocaoError:
        raise
    except FileNotFoundError as error:
        raise _damaged(folder, f"{error.filename} is missing") from error
    except OSError as error:
        raise _refused(folder, error.errno or 0) from error
    except (ValueError, KeyError, RuntimeError, zlib.error) as error:
        raise _translated(folder, str(error)) from error
    except BaseException as error:  # the one place that meets pyo3's PanicException, which is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise _translated(folder, str(error)) from error


# How tantivy words the system's errors: "IO error ... (os error 28)", "IoError { ... Os { code: 28, ... } }".
_SYSTEM = re.compile(r"os error (\d+)|Os \{ code: (\d+)")


def _translated(folder: Path, reason: str) -> EngineError:
    found = _SYSTEM.search(reason)
    number = int(found[1] or found[2]) if found else errno.ENOENT
    return _damaged(folder, reason) if number == errno.ENOENT else _refused(folder, number)


def _refused(folder: Path, number: int) -> EngineRefused:
    return EngineRefused(f"{folder} cannot be used ({os.strerror(number)}): give it the space or the rights, then run the command again")


def _damaged(folder: Path, reason: str) -> IndexDamaged:
    return IndexDamaged(
        f"the index in {folder} cannot be trusted ({reason}): go back with `baocao rollback`, or move the folder aside and run `baocao index` again"
    )

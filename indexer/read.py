"""What the user names -> RawArticle, one at a time: text files, HTML pages, JSON Lines (packed or not), folders, standard input.

A document that cannot be taken is yielded as an InputRejected that names it and says why; the rest goes on. Memory is bounded by
one document; what a run must remember is an id and a place for each.
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import re
import stat
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import BinaryIO, cast

from indexer import html
from indexer.decode import check_encoding, decode, decode_html, has_utf16_mark
from indexer.errors import InputRejected, UsageError
from indexer.ids import Names, root_lengths, safe
from indexer.models import RawArticle
from indexer.records import Record, parse, source_of
from indexer.settings import Settings
from indexer.stream import CHUNK, Read, split_lines, transcoded

MANIFEST = "manifest.jsonl"
STDIN = "-"
# The cleaner makes an object of each line: 200,000 of them are 60 MB; the longest development article has 2 lines.
MAX_LINES = 200_000
# Text packs 4:1, the development articles 3.8:1; a bomb 1,000:1. Looked at only past the size of one document.
MAX_RATIO = 100
_HTML = (".html", ".htm")
_SUFFIXES = (".txt", *_HTML, ".jsonl", ".jsonl.gz")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def read(paths: Sequence[str | os.PathLike[str]], settings: Settings, encoding: str | None = None, known: Mapping[str, str] | None = None) -> Reader:
    """The articles and rejections of `paths`, in order; folders are walked in the order of their names.

    `known` maps ids of the index to absolute paths, so that a file keeps its id. Raises UsageError at once for a path that
    does not exist and for an unknown encoding.
    """
    return Reader(paths, settings, encoding, known)


class Reader(Iterator[RawArticle | InputRejected]):
    """The iterator that `read` gives.

    `where`: id -> place, of all articles so far. `ignored`: files in folders passed over for their suffix or a leading dot. `unsure`: absolute paths
    (files and folders) that could not be read whole, so what the index holds of them may still be true. `roots`: the absolute paths given.
    """

    def __init__(
        self, paths: Sequence[str | os.PathLike[str]], settings: Settings, encoding: str | None = None, known: Mapping[str, str] | None = None
    ) -> None:
        given = [os.fspath(path) for path in paths]
        for path in given:
            if path != STDIN and not os.path.lexists(path):
                raise UsageError(f"no such file or folder: {shown(path)}")
        self.where: dict[str, str] = {}
        self.unsure: set[str] = set()
        self.ignored = 0
        self.roots = [os.path.abspath(path) for path in given if path != STDIN]
        self._settings = settings
        self._encoding = check_encoding(encoding) if encoding else None
        self._given = given
        self._known = {} if known is None else known
        self._manifest: dict[str, Record] = {}
        self._manifests_read: set[str] = set()
        self._read_already: set[str] = set()
        self._items = self._all()

    def __next__(self) -> RawArticle | InputRejected:
        return next(self._items)

    def _all(self) -> Iterator[RawArticle | InputRejected]:
        self._names = Names(self._known)
        lengths = iter(root_lengths(self.roots))
        for given in self._given:
            if given == STDIN:
                yield from self._stdin()
            else:
                yield from self._path(given, next(lengths))

    # ------------------------------------------------------------ paths

    def _path(self, given: str, length: int) -> Iterator[RawArticle | InputRejected]:
        path = os.path.abspath(given)
        try:
            mode = os.stat(path).st_mode
        except OSError as error:
            yield self._reject(given, _os_reason(error), path)
            return
        if stat.S_ISDIR(mode):
            yield from self._folder(given, path, length)
        elif not stat.S_ISREG(mode):
            yield self._reject(given, f"{_special(mode)}; to read from a pipe, give - for standard input", path)
        elif os.path.basename(path) == MANIFEST:
            return  # a sidecar, read with the files beside it; it is here because the shell expanded a *
        elif not _is_content(path):
            yield self._reject(given, "unknown kind of file: .txt, .jsonl and .jsonl.gz are read", path)
        else:
            beside = os.path.join(os.path.dirname(path), MANIFEST)
            if os.path.isfile(beside):
                yield from self._read_manifest(os.path.join(os.path.dirname(given), MANIFEST), beside)
            yield from self._file(given, path, os.path.realpath(path), length)

    def _folder(self, given: str, root: str, length: int) -> Iterator[RawArticle | InputRejected]:
        real_root = os.path.realpath(root)
        waiting: list[tuple[str, int]] = [("", stat.S_IFDIR)]
        while waiting:
            below, mode = waiting.pop()
            name, path, real = (os.path.join(start, below) if below else start for start in (given, root, real_root))
            if stat.S_ISDIR(mode):
                try:
                    children = sorted(_entries(path), reverse=True)
                except OSError as error:
                    yield self._reject(name, _os_reason(error), path)
                    continue
                if (MANIFEST, stat.S_IFREG) in children:
                    yield from self._read_manifest(os.path.join(name, MANIFEST), os.path.join(path, MANIFEST))
                waiting.extend((os.path.join(below, child), kind) for child, kind in children)
            elif stat.S_ISLNK(mode):
                if reason := self._link_problem(path, real, real_root):
                    yield self._reject(name, reason, path)
            elif not stat.S_ISREG(mode):
                yield self._reject(name, _special(mode), path)
            elif os.path.basename(below) != MANIFEST:
                if os.path.basename(below).startswith(".") or not _is_content(below):
                    self.ignored += 1
                else:
                    yield from self._file(name, path, real, length + len(below.split(os.sep)))

    def _link_problem(self, path: str, real: str, real_root: str) -> str | None:
        """Why a link in a folder is not followed; None for one to a place in the same folder, which is read where it lies."""
        try:
            target = os.path.realpath(path, strict=True)
        except OSError as error:
            return "a loop of symbolic links" if error.errno == errno.ELOOP else f"a broken link ({error.strerror})"
        if _is_within(os.path.dirname(real), target):
            return "a loop of symbolic links: it leads to a folder above itself"
        if not _is_within(target, real_root):
            if os.path.isfile(target) and not _is_content(path):
                self.ignored += 1
                return None
            return "a link that leads out of the folder given; it is not followed"
        return None

    # ------------------------------------------------------------ files

    def _file(self, given: str, path: str, real: str, length: int) -> Iterator[RawArticle | InputRejected]:
        if real in self._read_already:
            return
        self._read_already.add(real)
        try:
            file = _open(path)
        except OSError as error:
            yield self._reject(given, _os_reason(error), path)
            return
        with file:
            if not stat.S_ISREG(mode := os.fstat(file.fileno()).st_mode):
                yield self._reject(given, _special(mode), path)
                return
            name = self._names.name(path, length)
            lower = path.lower()
            if lower.endswith((".txt", *_HTML)):
                yield self._text(given, path, name, file.read, os.fstat(file.fileno()).st_size)
            elif lower.endswith(".gz"):
                with closing(gzip.GzipFile(fileobj=file)) as unpacked:
                    yield from self._lines(given, path, name, self._bounded(unpacked.read, file.tell))
            else:
                yield from self._lines(given, path, name, self._bounded(file.read))

    def _text(self, given: str, path: str, name: str, read: Read, size: int = 0) -> RawArticle | InputRejected:
        limit = self._settings.max_document_bytes
        try:
            data = b"" if size > limit else read(limit + 1)
            if max(size, len(data)) > limit:
                raise ValueError(f"larger than {limit:,} bytes (BAOCAO_MAX_DOCUMENT_BYTES)")
            is_html = path.lower().endswith(_HTML)
            text, encoding = (decode_html if is_html else decode)(data, self._encoding)
            if not text.strip(" \t\r\n\f\v\u00a0\u200b\ufeff"):
                raise ValueError("empty")
            page = html.article(text) if is_html else html.Page(text, None, None, None)
            text = page.text
            if text.count("\n") + text.count("\r") > 2 * MAX_LINES:
                raise ValueError(f"more than {MAX_LINES:,} lines: no single article")
        except OSError as error:
            return self._reject(given, _os_reason(error), path)
        except ValueError as error:
            return self._reject(given, str(error), path)
        entry = self._manifest.get(path) or Record("", None, None, None, "", None)
        digest = hashlib.sha256(data).hexdigest()
        report_id = safe(entry.id or entry.url or name)
        url = entry.url or page.url
        source = entry.source or source_of(url)
        raw = RawArticle(report_id, text, encoding, digest, path, source, url, entry.title or page.title, entry.published or page.published)
        return self._claim(raw, shown(given))

    def _lines(self, given: str, path: str, name: str, read: Read, head: bytes = b"") -> Iterator[RawArticle | InputRejected]:
        for place, line, encoding in self._decoded_lines(given, path, read, head):
            if isinstance(line, InputRejected):
                yield line
                continue
            try:
                record = parse(line, "body")
            except ValueError as error:
                yield self._reject(place, str(error), path)
                continue
            report_id = safe(record.id or record.url or f"{name}#{place.rpartition(':')[2]}")
            original = f"{record.title}\n{record.text}" if record.title else record.text
            if original.count("\n") > MAX_LINES:
                yield self._reject(place, f"more than {MAX_LINES:,} lines: no single article", path)
                continue
            digest = hashlib.sha256(line.encode()).hexdigest()
            raw = RawArticle(report_id, original, encoding, digest, path, record.source, record.url, record.title, record.published)
            yield self._claim(raw, shown(place))

    def _decoded_lines(self, given: str, path: str, read: Read, head: bytes = b"") -> Iterator[tuple[str, str | InputRejected, str]]:
        """(place, line or why there is none, encoding) of each line that is not blank; what breaks off the file comes last."""
        limit = self._settings.max_document_bytes
        forced = self._encoding
        number = 0
        try:
            head = head or read(CHUNK)
            wide = forced or ("utf-16" if has_utf16_mark(head) else "")
            if wide.startswith(("utf-16", "utf-32")):
                read, head = transcoded(read, head, wide), b""
                forced = "utf-8"
            else:
                wide = ""
            for number, data in enumerate(split_lines(read, head, limit), 1):
                place = f"{given}:{number}"
                if data is None:
                    yield place, self._reject(place, f"a line longer than {limit:,} bytes (BAOCAO_MAX_DOCUMENT_BYTES)", path), ""
                    continue
                try:
                    line, encoding = decode(data, forced)
                except ValueError as error:
                    yield place, self._reject(place, str(error), path), ""
                    continue
                if line.strip():
                    yield place, line, wide or encoding
        except (OSError, EOFError, zlib.error, ValueError) as error:
            place = f"{given}:{number + 1}" if number else given
            reason = _os_reason(error) if isinstance(error, OSError) else str(error)
            yield place, self._reject(place, f"the rest cannot be read: {reason}", path), ""
            return
        if number == 0:
            yield given, self._reject(given, "empty", path), ""

    def _bounded(self, read: Read, packed: Callable[[], int] | None = None) -> Read:
        """`read` that raises ValueError past the unpacked size of a file, and past the ratio of a bomb."""
        document, limit = self._settings.max_document_bytes, self._settings.max_file_bytes
        total = 0

        def bounded(size: int) -> bytes:
            nonlocal total
            data = read(size)
            total += len(data)
            if total > limit:
                raise ValueError(f"larger than {limit:,} bytes unpacked (BAOCAO_MAX_FILE_BYTES)")
            if packed and total > document and total > MAX_RATIO * packed():
                raise ValueError(f"a gzip bomb: unpacks to more than {MAX_RATIO} times its size")
            return data

        return bounded

    def _stdin(self) -> Iterator[RawArticle | InputRejected]:
        stream = sys.stdin.buffer
        read = cast(Read, getattr(stream, "read1", stream.read))
        head = b""
        while chunk := read(CHUNK):
            head += chunk
            if head.strip(b" \t\r\n\xef\xbb\xbf\xff\xfe\0") or len(head) > self._settings.max_document_bytes:
                break
        name = "standard input"
        if head.strip(b" \t\r\n\xef\xbb\xbf\xff\xfe\0").startswith(b"{"):
            yield from self._lines(name, "", "stdin", self._bounded(read), head)
        else:
            yield self._text(name, "", "stdin", lambda size: head + stream.read(max(0, size - len(head))))

    # ------------------------------------------------------------ sidecars, ids, rejections

    def _read_manifest(self, given: str, path: str) -> Iterator[InputRejected]:
        if path in self._manifests_read:
            return
        self._manifests_read.add(path)
        folder = os.path.dirname(path)
        try:
            file = _open(path)
        except OSError as error:
            yield self._reject(given, _os_reason(error), folder)
            return
        with file:
            for place, line, _ in self._decoded_lines(given, folder, self._bounded(file.read)):
                if isinstance(line, InputRejected):
                    yield line
                    continue
                try:
                    entry = parse(line, "file")
                    target = os.path.normpath(os.path.join(folder, entry.text))
                    if not _is_within(target, folder):
                        raise ValueError(f"{entry.text!r} lies outside the manifest's folder")
                    if not os.path.lexists(target):
                        raise ValueError(f"no file {entry.text!r}")
                    if target in self._manifest:
                        raise ValueError(f"{entry.text!r} has an entry already")
                except ValueError as error:
                    yield self._reject(place, str(error), folder)
                    continue
                self._manifest[target] = entry

    def _claim(self, raw: RawArticle, where: str) -> RawArticle | InputRejected:
        if other := self.where.get(raw.id):
            return InputRejected(where, f"has the id '{shown(raw.id)}', which {other} has already")
        self.where[raw.id] = where
        return raw

    def _reject(self, where: str, reason: str, path: str) -> InputRejected:
        if path:
            self.unsure.add(path)
        return InputRejected(shown(where), reason)


def shown(text: str) -> str:
    """A path or name for a message: control characters, direction marks and undecodable bytes as escapes."""
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode("ascii"), text)


def _is_content(path: str) -> bool:
    return path.lower().endswith(_SUFFIXES)


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _entries(folder: str) -> list[tuple[str, int]]:
    """(name, file type) of what a folder holds."""
    with os.scandir(folder) as entries:
        return [(entry.name, stat.S_IFMT(entry.stat(follow_symlinks=False).st_mode)) for entry in entries]


def _open(path: str) -> BinaryIO:
    # O_NONBLOCK: opening a pipe that took the file's place must not wait for its writer.
    return os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)), "rb")


def _special(mode: int) -> str:
    kind = "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a folder" if stat.S_ISDIR(mode) else "a device"
    return f"{kind}, not a file"


def _os_reason(error: OSError) -> str:
    """The system's words without its path, which stands before them already."""
    return error.strerror or str(error)

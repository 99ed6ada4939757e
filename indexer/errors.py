"""Every error of this project, one tree. HTTP status and exit code live in one table in api/errors.py, never here.

BaocaoError
├── UsageError                  what the user gave cannot be used; the message says what to change
│   ├── QuerySyntaxError        a malformed query: `position` points at the character
│   ├── InvalidFilter           a filter's value or name is unknown or of the wrong form
│   ├── WindowExceeded          offset + limit past the window: use a cursor
│   ├── InvalidCursor           not a cursor of ours, or one of another query
│   └── SettingsError           an environment variable or an engine address that cannot be used
├── CursorExpired               its lease has ended or its view is gone
├── ReportNotFound              no report of that id
├── EntityNotFound              no official, place or cited document of that key
├── InputRejected               one document cannot be taken; the others can
└── EngineError
    ├── EngineUnreachable       no answer within the deadline, refused, or overloaded beyond our patience
    ├── EngineRefused           it answered and will not: rights, full disk, a block
    ├── IndexMissing            nothing is indexed yet
    ├── IndexMismatch           built with another analyzer or schema: rebuild
    ├── IndexDamaged            the files of the index cannot be trusted
    └── WriterBusy              another process writes: the message names it
"""

from __future__ import annotations


class BaocaoError(Exception):
    """Base of all errors that this project raises on purpose. `str(error)` is written for the user."""


class UsageError(BaocaoError):
    """What the user gave cannot be used."""


class QuerySyntaxError(UsageError):
    """A malformed query. `position` is the 0-based character of the query that is wrong; `suggestion` the nearest right value of a field."""

    def __init__(self, message: str, position: int, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.position = position
        self.suggestion = suggestion


class InvalidFilter(UsageError):
    """A filter, facet, sort or other parameter that is unknown or of the wrong form. `field` names it; `suggestion` is the nearest right one."""

    def __init__(self, message: str, field: str, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.field = field
        self.suggestion = suggestion


class WindowExceeded(UsageError):
    """offset + limit is past the window; a cursor has no end."""


class InvalidCursor(UsageError):
    """The cursor is not one of ours, or belongs to another query."""


class SettingsError(UsageError):
    """A setting or an engine address cannot be used. Never holds a secret's value."""


class CursorExpired(BaocaoError):
    """The cursor's frozen view is gone."""


class ReportNotFound(BaocaoError):
    """No report of that id."""


class EntityNotFound(BaocaoError):
    """No official or place of that key, no report that cites that document. `suggestion` is the nearest right key."""

    def __init__(self, message: str, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.suggestion = suggestion


class InputRejected(BaocaoError):
    """One document cannot be taken. `where` names it (file, or file and line), the message says why."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class EngineError(BaocaoError):
    """The search engine."""


class EngineUnreachable(EngineError):
    """No answer in time, or no connection."""


class EngineRefused(EngineError):
    """The engine answered and will not do it."""


class IndexMissing(EngineError):
    """Nothing is indexed yet."""


class IndexMismatch(EngineError):
    """The index was built with another schema or analyzer version."""


class IndexDamaged(EngineError):
    """The files of the index cannot be trusted."""


class WriterBusy(EngineError):
    """Another process writes to this index."""

"""The two engines behind one contract. `open_engine` is the only place that picks one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from indexer.settings import Settings

if TYPE_CHECKING:
    from indexer.engine.contract import Engine


def open_engine(settings: Settings) -> Engine:
    """The engine that the settings name; opens no connection yet. Raises SettingsError for an address of another form."""
    address = settings.engine_address()
    if address.startswith("embedded:"):
        from indexer.engine.embedded import EmbeddedEngine

        return EmbeddedEngine(Path(address.removeprefix("embedded:")).expanduser(), settings)
    from indexer.engine.elastic import ElasticEngine

    return ElasticEngine(address, settings)

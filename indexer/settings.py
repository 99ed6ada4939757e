"""Settings from the environment: one frozen object, made once and passed in. README prints the table from here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from indexer.errors import SettingsError


def _setting(default: object, variable: str, help_text: str, *, secret: bool = False) -> Any:
    return field(default=default, metadata={"variable": variable, "help": help_text, "secret": secret}, repr=not secret)


@dataclass(frozen=True, slots=True)
class Settings:
    """Each field's metadata: `variable` (environment), `help`, `secret` (never shown)."""

    engine: str = _setting("", "BAOCAO_ENGINE", "`embedded:PATH` or `http(s)://host:port`; empty: the embedded engine in the user's data folder")
    index: str = _setting("baocao", "BAOCAO_INDEX", "prefix of the names of Elasticsearch indices and the alias (no `-`)")
    api_key: str = _setting("", "BAOCAO_ELASTICSEARCH_API_KEY", "Elasticsearch API key", secret=True)
    username: str = _setting("", "BAOCAO_ELASTICSEARCH_USERNAME", "Elasticsearch user")
    password: str = _setting("", "BAOCAO_ELASTICSEARCH_PASSWORD", "Elasticsearch password", secret=True)
    ca_certs: str = _setting("", "BAOCAO_ELASTICSEARCH_CA_CERTS", "file with the certificate authority of the cluster")
    shards: int = _setting(1, "BAOCAO_SHARDS", "primary shards of a new Elasticsearch index")
    replicas: int = _setting(0, "BAOCAO_REPLICAS", "replicas of a new Elasticsearch index")
    read_timeout: float = _setting(10.0, "BAOCAO_READ_TIMEOUT", "seconds a search may take over all tries")
    write_patience: float = _setting(120.0, "BAOCAO_WRITE_PATIENCE", "seconds a load waits for an engine that went away")
    cursor_lease: float = _setting(600.0, "BAOCAO_CURSOR_LEASE", "seconds a cursor stays open after its last use")
    max_document_bytes: int = _setting(16_000_000, "BAOCAO_MAX_DOCUMENT_BYTES", "a larger file or line is rejected")
    max_file_bytes: int = _setting(1_000_000_000, "BAOCAO_MAX_FILE_BYTES", "unpacked size at which a JSON Lines file is cut off, with an error")
    persons: str = _setting("", "BAOCAO_PERSONS", "file with manual merges and splits of persons")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Settings from `environ` (default: the process's); raises SettingsError that names the variable."""
        environ = os.environ if environ is None else environ
        values: dict[str, Any] = {}
        for f in fields(cls):
            name = f.metadata["variable"]
            text = environ.get(name, "")
            if text == "":
                continue
            if isinstance(f.default, (int, float)):
                try:
                    number = type(f.default)(text)
                except ValueError:
                    raise SettingsError(f"{name} must be a number") from None
                if not 0 <= number < 1e12:
                    raise SettingsError(f"{name} must not be negative")
                values[f.name] = number
            else:
                values[f.name] = text
        if "-" in str(values.get("index", "")):
            raise SettingsError("BAOCAO_INDEX must not contain '-'")
        return cls(**values)

    def engine_address(self) -> str:
        """`embedded:PATH` or an http(s) address; raises SettingsError for anything else."""
        if not self.engine:
            from platformdirs import user_data_dir

            return f"embedded:{Path(user_data_dir('baocao')) / 'index'}"
        if self.engine.startswith("embedded:") and len(self.engine) > len("embedded:"):
            return self.engine
        if self.engine.startswith(("http://", "https://")):
            if "@" in self.engine.split("//", 1)[1].split("/", 1)[0]:
                raise SettingsError("give user and password by BAOCAO_ELASTICSEARCH_USERNAME and _PASSWORD, not in the address")
            return self.engine
        raise SettingsError("the engine must be embedded:PATH or http(s)://host:port")

"""Writes every snapshot anew."""

from __future__ import annotations

from tests.snapshots import FOLDER, SNAPSHOTS

for name, make in SNAPSHOTS.items():
    (FOLDER / name).write_text(make(), encoding="utf-8")

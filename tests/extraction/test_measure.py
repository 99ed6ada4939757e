"""The measure of extraction: its scoring on records made up here, its peers, and the labels as a well-formed file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from indexer.dates_iso import interval
from indexer.extract.topics import TOPICS
from indexer.models import Locality, Official, Province, Report
from tests.extraction import measure, scoring
from tests.extraction.scoring import EXACT, SETS, Counts, Fault

LEVELS = {"huyện", "quận", "thị xã", "thành phố", "xã", "phường", "thị trấn", "đặc khu"}
RECORDS = [json.loads(line) for line in measure.LABELS.read_text(encoding="utf-8").splitlines()]


def record(**fields: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"published": None, "period": None} | {
        name: [] for name in ("officials", "authors", "provinces", "localities", "documents", "topics")
    }
    return empty | fields


def report(**fields: Any) -> Report:
    return Report(id="r", source="", url=None, encoding="utf-8", sha256="0" * 64, title="", title_inferred=True, body="", **fields)


LABELLED = record(
    published="2026-03-18",
    officials=[{"name": "Nguyễn Văn Hoà", "posts": ["PCT UBND tỉnh", "Ủy viên Trung ương Đảng"]}, {"name": "Y Biêr Niê", "posts": []}],
    authors=["Kim Bảo"],
    provinces=["Đắk Lắk"],
    localities=[{"name": "Lắk", "level": "huyện"}, {"name": "2", "level": "quận"}],
    documents=["35-CT/TW"],
    topics=["kinh-te", "doi-ngoai"],
)
EXTRACTED = report(
    published="2026-03-18",
    period="2026-Q1",
    officials=(Official("Nguyễn Văn Hòa", ("Phó Chủ tịch Ủy ban nhân dân tỉnh",)), Official("Lê Lợi")),
    authors=("Kim Bảo",),
    provinces=(Province("P66b", "Đắk Lắk"),),
    localities=(Locality("Lắk", "xã"), Locality("2", "quận")),
    topics=("kinh-te",),
)


def test_counts_of_each_field() -> None:
    counts, _ = scoring.compare("r", scoring.labelled(LABELLED), scoring.extracted(EXTRACTED))
    assert counts == {
        "names": Counts(1, 1, 1),  # Hoà and Hòa are one spelling
        "posts": Counts(1, 1, 0),  # PCT UBND and its long form are one post
        "provinces": Counts(1, 0, 0),
        "localities": Counts(1, 1, 1),  # xã Lắk is not huyện Lắk
        "documents": Counts(0, 1, 0),
        "authors": Counts(1, 0, 0),
        "topics": Counts(1, 1, 0),
        "published": Counts(1, 0, 0),
        "period": Counts(0, 0, 1),
    }


def test_errors_are_named() -> None:
    _, faults = scoring.compare("r", scoring.labelled(LABELLED), scoring.extracted(EXTRACTED))
    assert faults == [
        Fault("r", "names", "missed", "Y Biêr Niê"),
        Fault("r", "names", "wrong", "Lê Lợi"),
        Fault("r", "posts", "missed", "Nguyễn Văn Hoà: Ủy viên Trung ương Đảng"),
        Fault("r", "localities", "missed", "huyện Lắk"),
        Fault("r", "localities", "wrong", "xã Lắk"),
        Fault("r", "documents", "missed", "35-CT/TW"),
        Fault("r", "topics", "missed", "doi-ngoai"),
        Fault("r", "period", "wrong", "2026-Q1, not None"),
    ]


def test_a_post_counts_with_its_holder_only() -> None:
    labels = scoring.labelled(record(officials=[{"name": "Lê Văn A", "posts": ["Bí thư Tỉnh ủy"]}, {"name": "Lê Văn B", "posts": []}]))
    found = scoring.extracted(report(officials=(Official("Lê Văn A"), Official("Lê Văn B", ("Bí thư Tỉnh ủy",)))))
    assert scoring.compare("r", labels, found)[0]["posts"] == Counts(0, 1, 1)


def test_all_reports_weigh_by_their_facts() -> None:
    sums = scoring.total([{"names": Counts(3, 0, 1)}, {"names": Counts(0, 1, 2)}, {"authors": Counts(1, 0, 0)}])
    assert sums == {"names": Counts(3, 1, 3), "authors": Counts(1, 0, 0)}
    assert (sums["names"].precision, sums["names"].recall, sums["names"].f1) == (0.5, 0.75, 0.6)


@pytest.mark.parametrize(
    ("counts", "figures"),
    [(Counts(), (1.0, 1.0, 1.0)), (Counts(missed=2), (1.0, 0.0, 0.0)), (Counts(wrong=2), (0.0, 1.0, 0.0)), (Counts(right=2), (1.0, 1.0, 1.0))],
)
def test_nothing_to_divide_by(counts: Counts, figures: tuple[float, float, float]) -> None:
    assert (counts.precision, counts.recall, counts.f1) == figures


def test_a_peer_is_measured_on_names_alone() -> None:
    text = "Ông Nguyễn Văn Hòa và bà Lê Thị Bình.\nHồ Gươm mùa thu"
    counts, faults = scoring.compare("r", scoring.labelled(LABELLED), scoring.names(measure.by_surname(text)))
    assert counts == {"names": Counts(1, 1, 2)}
    assert [fault.value for fault in faults] == ["Y Biêr Niê", "Lê Thị Bình", "Hồ Gươm"]


def test_a_run_prints_figures_and_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    labels = tmp_path / "labels.jsonl"
    labels.write_text(json.dumps(record(id="a", split="develop", documents=["35-CT/TW", "9-NQ/TU"], topics=[])), encoding="utf-8")
    news = tmp_path / "news.jsonl"
    news.write_text(json.dumps({"id": "a", "title": "Họp", "body": "Thực hiện Chỉ thị số 35-CT/TW."}), encoding="utf-8")
    monkeypatch.setattr(measure, "LABELS", labels)
    measure.report("develop", str(news), errors=True, peers=False)
    printed = capsys.readouterr().out.splitlines()
    assert printed[1] == "develop: 1 articles"
    assert [line.split() for line in printed if line.startswith(("names", "documents", "period"))] == [
        ["names", "0", "0", "0", "1.000", "1.000", "1.000"],
        ["documents", "1", "1", "0", "1.000", "0.500", "0.667"],
        ["period", "1", "0", "1.000", "exact"],
    ]
    assert [line.split() for line in printed if line.startswith("a ") and "documents" in line] == [["a", "documents", "missed", "9-NQ/TU"]]


def test_a_file_without_the_articles_is_refused(tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text(json.dumps({"id": "a", "title": "Họp", "body": "Họp."}), encoding="utf-8")
    with pytest.raises(SystemExit, match="lacks 100 of the 100 labelled articles"):
        measure.report("report", str(news), errors=False, peers=False)


def test_agreement_covers_every_field() -> None:
    figures = json.loads(measure.AGREEMENT.read_text(encoding="utf-8"))
    assert figures["articles"] == sum(record["readers"] == 2 for record in RECORDS)
    assert list(figures["fields"]) == [*SETS, *EXACT]
    assert all(0 <= value <= 1 for value in figures["fields"].values())


def test_labels_are_split_and_sorted() -> None:
    ids = [(record["split"], record["id"]) for record in RECORDS]
    assert ids == sorted(ids)
    assert len({id for _, id in ids}) == 1210
    assert [len(measure.labels(split)) for split in measure.SPLITS] == [1110, 100]


def test_what_is_reported_was_labelled_by_two_readers() -> None:
    assert all(record["readers"] == 2 for record in measure.labels("report").values())


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_labels_are_well_formed(record: dict[str, Any]) -> None:
    assert list(record) == ["id", "split", "readers", "published", "period", "officials", "authors", "provinces", "localities", "documents", "topics"]
    assert set(record["topics"]) <= set(TOPICS)
    assert len(record["topics"]) == len(set(record["topics"])) <= 5
    assert {place["level"] for place in record["localities"]} <= LEVELS
    assert all(name.strip() == name != "" for field in ("authors", "provinces", "documents") for name in record[field])
    assert all(set(official) == {"name", "posts"} and official["name"] and all(official["posts"]) for official in record["officials"])
    assert record["published"] is None or interval(record["published"])
    assert record["period"] is None or re.fullmatch(r"\d{4}(-Q[1-4]|-H[12]|-M\d\d)?", record["period"])
    facts = scoring.labelled(record)
    assert len(facts.sets["names"]) == len(record["officials"]), "a person is named twice"
    assert len(facts.sets["localities"]) == len(record["localities"]), "a place is named twice"

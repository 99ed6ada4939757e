"""Evidence: the predicate holds for what the extractor gives, and fails for what it must not let pass."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.extract.evidence import supports, unsupported
from indexer.models import Evidence, Report
from tests.indexer.extracting import NAMES, corpus_text, record


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_the_five_reports_is_supported(name: str) -> None:
    assert unsupported(record(corpus_text(name)), corpus_text(name)) == []


def _one(report: Report, field: str) -> Evidence:
    return next(evidence for evidence in report.evidence if evidence.field == field)


FIELDS = ["title", "date", "period", "officials", "posts", "authors", "provinces", "localities", "documents", "topics"]


@pytest.mark.parametrize("field", FIELDS)
def test_a_slice_moved_by_a_few_words_supports_nothing(field: str) -> None:
    text = corpus_text("001")
    report = record(text)
    evidence = _one(report, field)
    assert supports(evidence, report, text)
    moved = replace(evidence, start=evidence.start + 17, end=evidence.end + 17)
    assert not supports(moved, report, text)
    assert unsupported(replace(report, evidence=(moved,)), text)[0] == moved


@pytest.mark.parametrize("field", FIELDS)
def test_a_value_that_is_not_in_the_record_is_not_supported(field: str) -> None:
    text = corpus_text("001")
    report = record(text)
    assert not supports(replace(_one(report, field), value="Lê Văn Không"), report, text)


@pytest.mark.parametrize("field", FIELDS)
def test_a_value_without_evidence_is_named(field: str) -> None:
    text = corpus_text("001")
    report = record(text)
    bare = replace(report, evidence=tuple(evidence for evidence in report.evidence if evidence.field != field))
    missing = unsupported(bare, text)
    assert missing
    assert {(evidence.field, evidence.rule) for evidence in missing} == {(field, "missing")}


def test_slices_outside_the_text_and_unknown_fields_support_nothing() -> None:
    text = corpus_text("001")
    report = record(text)
    evidence = _one(report, "officials")
    assert not supports(replace(evidence, end=len(text) + 1), report, text)
    assert not supports(replace(evidence, start=5, end=5), report, text)
    assert not supports(replace(evidence, field="mood"), report, text)


def test_a_post_is_evidence_for_its_own_holder_only() -> None:
    text = corpus_text("001")
    report = record(text)
    post = next(evidence for evidence in report.evidence if evidence.value == "Võ Ngọc Tuyên|Bí thư Huyện ủy")
    assert supports(post, report, text)
    assert not supports(replace(post, value="Bùi Văn Cường|Bí thư Huyện ủy"), report, text)


def test_a_sidecar_value_needs_no_slice_but_must_be_the_records() -> None:
    text = corpus_text("001")
    report = record(text, published="2020-04-20")
    evidence = _one(report, "published")
    assert evidence == Evidence("published", "2020-04-20", "sidecar", 0, 0, "sidecar")
    assert supports(evidence, report, text)
    assert not supports(replace(evidence, value="2020-04-21"), report, text)

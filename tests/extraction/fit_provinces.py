"""Fits the factors by which provinces are chosen (indexer/extract/place_about.py): `python -m tests.extraction.fit_provinces NEWS.jsonl.gz`.

Prints the F1 of ten-fold cross-validation, every figure of labels that the fit has not seen, at several LEAST, and the factors. A logistic
regression over the provinces that the labelled articles and the portal pages of pages/ name; a province counts that the labels have.
Labels of split "report" are left out unless asked for. numpy comes with pyvi; nothing of this is needed at run time.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.extract import extract, place_about, places
from indexer.models import CleanArticle
from tests.extraction import measure
from tests.extraction.logistic import Floats, logistic
from tests.extraction.texts import articles, pages

RIDGE = 3.0  # on features of unit variance; held out F1 was 0.961 with 1 and with 2, 0.959 with 5, 0.958 with 8
FOLDS, TIMES = 10, 8


class Case:
    """One labelled report: what its labels say, and the features of each province that it names."""

    def __init__(self, article: CleanArticle, truth: Any, *, page: bool) -> None:
        report = extract(article)
        self.about = places.about(article, report.date, report.officials, report.evidence)
        self.truth = {province["name"] if isinstance(province, dict) else province for province in truth}
        self.features = self.about.features()
        self.names = {province: places.name_of(province, self.about.known) for province in self.features}
        self.page = page

    def chosen(self, chances: Mapping[str, float], least: float) -> set[str]:
        """Names of the provinces that these chances give."""
        return {self.names.get(p) or places.name_of(p, self.about.known) for p in self.about.chosen(chances, least)}


def cases(news: str, splits: set[str]) -> Iterator[Case]:
    """The labelled articles of some splits, then their pages."""
    wanted = {article: label["provinces"] for split in splits for article, label in measure.labels(split).items()}
    for article in articles(news, wanted.__contains__):
        yield Case(article, wanted[article.raw.id], page=False)
    for label, page in pages():
        if label.get("split", "develop") in splits:
            yield Case(page, label["provinces"], page=True)


def scaled(x: Floats, y: NDArray[np.bool_]) -> Floats:
    """Factors of a logistic regression with RIDGE on all columns, scaled to unit variance, but the first, which is constant."""
    scale = x.std(axis=0)
    scale[scale == 0] = 1.0
    mean = x.mean(axis=0)
    mean[0] = 0.0
    ridge = np.full(x.shape[1], RIDGE)
    ridge[0] = 1e-6
    w = logistic((x - mean) / scale, y, ridge, np.ones(len(x)))
    factors: Floats = w / scale
    factors[0] = w[0] - float(((w / scale)[1:] * mean[1:]).sum())
    return factors


def main() -> None:
    """See the top of this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("news")
    parser.add_argument("--splits", nargs="+", default=["develop"])
    given = parser.parse_args()
    known = list(cases(given.news, set(given.splits)))
    names = list(next(features for case in known for features in case.features.values()))
    rows = [(number, province) for number, case in enumerate(known) for province in case.features]
    x = np.array([[known[number].features[province][name] for name in names] for number, province in rows])
    y = np.array([known[number].names[province] in known[number].truth for number, province in rows])
    own = np.array([number for number, _ in rows])
    for least in (0.35, 0.4, 0.45, 0.5):
        right = np.zeros((2, 3))  # article or page -> right, missed, wrong
        for seed in range(TIMES):
            fold = np.random.default_rng(seed).integers(0, FOLDS, len(known))[own]
            held_out = np.zeros(len(rows))
            for number in range(FOLDS):
                held_out[fold == number] = 1 / (1 + np.exp(-x[fold == number] @ scaled(x[fold != number], y[fold != number])))
            chances: list[dict[str, float]] = [{} for _ in known]
            for (number, province), value in zip(rows, held_out, strict=True):
                chances[number][province] = float(value)
            for case, found in zip(known, chances, strict=True):
                got = case.chosen(found, least)
                right[int(case.page)] += (len(got & case.truth), len(case.truth - got), len(got - case.truth))
        f1 = [2 * r / (2 * r + m + w) for r, m, w in right]
        print(f"LEAST {least}: F1 held out {f1[0]:.3f} of articles, {f1[1]:.3f} of pages; articles right, missed, wrong {right[0] / TIMES}")
    print("FACTORS: Mapping[str, float] = {")
    for name, factor in zip(names, scaled(x, y), strict=True):
        print(f'    "{name}": {factor:.2f},')
    print("}")
    print(f"{sum(place_about.chance(f) >= place_about.LEAST for case in known for f in case.features.values())} of {len(rows)} by the factors in use")


if __name__ == "__main__":
    main()

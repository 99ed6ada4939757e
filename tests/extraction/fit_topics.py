"""Fits the weights of topics (indexer/gazetteer/topics.tsv) to labelled articles: `python -m tests.extraction.fit_topics NEWS.jsonl.gz`.

Prints the F1 of five-fold cross-validation, every figure of labels that the fit has not seen, and the factors and biases for
indexer/extract/topics.py. With --write it writes topics.tsv, of which the evidence of topics are rows.

1. topics_prior.tsv holds the terms with weights written by hand from general knowledge; a weight of 0 marks a term that is only a
   candidate. They are the starting point: three hundred labels cannot weigh two thousand terms from nothing.
2. Terms that stand in the same articles are likely to speak for the same topics. The `AXES` directions in which the terms of all articles,
   labelled or not, vary most stand for them, so that a label teaches the weights of terms that its own article lacks.
3. A logistic regression for each topic, on the score by the prior weights and on these axes, says what the prior lacks: a correction
   for each term, of which `STEP` is taken where that is at least `LEAST`; so the table stays short and each weight can be looked at.
4. A second regression, common to all topics but for one bias each, makes chances out of the scores of the new table.

Labels: labels.jsonl (split "develop"), the portal pages of pages/, topic_pages.jsonl (pages that were written for this alone), and topic_labels.tsv:
articles whose topics were told from title and lead for this fit alone: they are learned from and never measured on. Texts of split "report" are not read.
numpy comes with pyvi; nothing of this is needed at run time.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.clean import clean
from indexer.extract import topics as module
from indexer.extract.topics import TOPICS, count, index_of, share, signs
from indexer.extract.words import split
from indexer.models import CleanArticle, RawArticle
from tests.extraction import measure
from tests.extraction.logistic import Floats, logistic
from tests.extraction.texts import articles, pages

HERE = Path(__file__).parent
TABLE = Path(module.__file__).parents[1] / "gazetteer" / "topics.tsv"
NOTE = """\
# Terms by which topics are told, with weights, those below zero speaking against the topic: written by hand on 2026-11-22 from general
# knowledge (tests/extraction/topics_prior.tsv), then fitted to labels by tests/extraction/fit_topics.py; licence of this repository"""

# On the 310 labelled articles and 42 pages, held out in five folds twice: without the correction F1 0.805 and 0.777, with STEP 0.15 to 0.45
# and LEAST 0.6 to 1.0 about 0.83 to 0.84 and 0.76 to 0.80; these give short tables that do well on both.
AXES = 150
REACH = 2.0  # how far an axis may move a weight: 1 gave 0.82, 3 and 4 no more and longer tables
STEP = 0.25
LEAST = 0.7
LOWEST, HIGHEST = -3.0, 8.0
PAGE = 3.0  # what a portal page counts beside an article: they are few, and another kind of text
HASTY = 0.1  # what an article counts for how many topics are given, where they were told from title and lead: 1.73 topics, of the whole text 1.97
FOLDS = 5

Weights = dict[tuple[str, ...], tuple[str, dict[str, float]]]  # keys -> (term, topic -> weight)


def prior() -> Weights:
    """The weights written by hand."""
    weights: Weights = {}
    for line in (HERE / "topics_prior.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            topic, form, weight = line.split("\t")
            weights.setdefault(tuple(split(form).keys), (form, {}))[1][topic] = float(weight)
    return weights


class Texts:
    """Articles and pages with what stands in them: `x[article, term]`, the share of its weight that a term gives there."""

    def __init__(self, news: str, hidden: set[str], terms: list[tuple[str, ...]]) -> None:
        hidden = hidden | measure.labels("report").keys()
        known = {article: (label["topics"], "article") for article, label in measure.labels("develop").items()}
        for line in (HERE / "topic_labels.tsv").read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                article, _, named = line.partition("\t")
                known.setdefault(article, (named.split(), "learned"))
        self.articles = list(articles(news, lambda article: article not in hidden))
        found = [known.get(article.raw.id, ([], "")) for article in self.articles]
        for label, page in pages():
            if label.get("split") != "report":
                self.articles.append(page)
                found.append((label["topics"], "page"))
        for line in (HERE / "topic_pages.jsonl").read_text("utf-8").splitlines():
            written = json.loads(line)
            self.articles.append(clean(RawArticle(written["id"], f"{written['title']}\n\n{written['body']}", "utf-8", "")))
            found.append((written["topics"], "written"))
        self.kinds = np.array([kind for _, kind in found])
        self.y = np.array([[topic in named for topic in TOPICS] for named, _ in found])
        self.sure = np.flatnonzero(np.isin(self.kinds, ("article", "page", "written")))
        self.learned = np.flatnonzero(self.kinds == "learned")
        self.x = _shares(self.articles, terms)


def _shares(articles: list[CleanArticle], terms: list[tuple[str, ...]]) -> Floats:
    place = {term: number for number, term in enumerate(terms)}
    index = index_of(("", " ".join(term), 0.0) for term in terms)
    x = np.zeros((len(articles), len(terms)))
    for row, article in enumerate(articles):
        counts, length = count(article, index)
        for term, found in counts.items():
            x[row, place[term.keys]] = share(found.amount, length)
    return x


def ridged(x: Floats, y: NDArray[np.bool_], weight: Floats, free: int) -> Floats:
    """Weights of a logistic regression with a ridge of 1 on all columns but the last `free`."""
    ridge = np.ones(x.shape[1])
    ridge[x.shape[1] - free :] = 1e-6
    return logistic(x, y, ridge, weight)


def scores(x: Floats, table: Floats) -> Floats:
    """topics.score of all articles at once, 0 where that has none."""
    out = np.zeros((len(x), table.shape[1]))
    for topic in range(table.shape[1]):
        column = table[:, topic]
        gains = -np.sort(-x[:, column > 0] * column[column > 0], axis=1)[:, :60]
        out[:, topic] = gains @ module.DECAY ** np.arange(gains.shape[1]) + x[:, column < 0] @ column[column < 0]
    return np.maximum(out, 0)


def all_signs(score: Floats) -> Floats:
    """topics.signs of each article's topics: (articles, topics, signs)."""
    best, total = score.max(axis=1), score.sum(axis=1)
    rows = []
    for topic in range(score.shape[1]):
        others = np.delete(score, topic, 1).max(axis=1)
        rows.append([signs(*map(float, four)) for four in zip(score[:, topic], best, total, others, strict=True)])
    return np.array(rows).transpose(1, 0, 2)


def axes(x: Floats) -> tuple[Floats, Floats]:
    """(articles, AXES): where each article lies on the axes; (terms, AXES): what each term adds to that."""
    rarity = np.log(len(x) / np.maximum((x > 0).sum(axis=0), 1) + 0.01)
    words = x * rarity
    words /= np.sqrt((words**2).sum(axis=1, keepdims=True)) + 1e-9
    _, vectors = np.linalg.eigh(words.T @ words)
    kept = vectors[:, -AXES:]
    places = words @ kept
    size = float(np.sqrt((places**2).mean(axis=1)).mean() * np.sqrt(AXES))
    return places * REACH / size, rarity[:, None] * kept * REACH / size


class Fit:
    """The table, the factors and the biases learned of the articles `known` (rows of `texts`)."""

    def __init__(self, texts: Texts, start: Floats, places: Floats, adds: Floats, known: NDArray[np.intp]) -> None:
        weight = np.where(np.isin(texts.kinds[known], ("page", "written")), PAGE, 1.0)
        y = texts.y[known]
        told = all_signs(scores(texts.x[known], start))
        one = np.ones((len(known), 1))
        steps = np.zeros_like(start)
        for topic in range(start.shape[1]):
            learned = ridged(np.hstack([places[known], told[:, topic], one]), y[:, topic], weight, 1)
            steps[:, topic] = STEP * (adds @ learned[:AXES])
        self.table = np.clip(np.round(start + np.where(np.abs(steps) >= LEAST, steps, 0), 1), LOWEST, HIGHEST)
        told = all_signs(scores(texts.x[known], self.table))
        topics = told.shape[1]
        design = np.hstack([told.reshape(-1, told.shape[2]), np.tile(np.eye(topics), (len(known), 1))])
        weight = np.where(texts.kinds[known] == "learned", HASTY, weight)
        common = ridged(design, y.ravel(), weight.repeat(topics), 0)
        self.factors, self.biases = common[:-topics], common[-topics:]

    def given(self, x: Floats) -> NDArray[np.bool_]:
        """The topics given to articles, as topics.topics does but for its upper limit."""
        score = scores(x, self.table)
        odds = np.where(score > 0, all_signs(score) @ self.factors + self.biases, -np.inf)
        given = odds >= module.GIVEN
        likeliest = odds.argmax(axis=1)
        for row in np.flatnonzero(~given.any(axis=1)):
            given[row, likeliest[row]] = score[row, likeliest[row]] >= module.ALONE
        return np.asarray(given)


def f1(given: NDArray[np.bool_], y: NDArray[np.bool_]) -> float:
    """Micro F1."""
    return float(2 * (given & y).sum() / max(given.sum() + y.sum(), 1))


def cross_validate(texts: Texts, start: Floats, places: Floats, adds: Floats) -> None:
    """Prints F1 of labels held out, over two different splits into folds."""
    given = np.zeros((2, *texts.y.shape), dtype=bool)
    for seed in range(2):
        shuffled = np.random.default_rng(seed).permutation(texts.sure)
        for fold in range(FOLDS):
            out = shuffled[fold::FOLDS]
            known = np.concatenate([np.setdiff1d(texts.sure, out), texts.learned])
            given[seed][out] = Fit(texts, start, places, adds, known).given(texts.x[out])
    for kind in ("article", "page", "written"):
        rows = texts.kinds == kind
        parts = [f1(split_given[rows], texts.y[rows]) for split_given in given]
        print(f"held out: {rows.sum()} of kind {kind!r}: F1 {np.mean(parts):.3f} ({', '.join(f'{part:.3f}' for part in parts)})")
    rows = texts.kinds == "article"
    for number, topic in enumerate(TOPICS):
        has, got = texts.y[rows, number], given[:, rows, number].astype(float).mean(axis=0)
        print(f"{topic:<38}{got[has].sum():>6.1f} right{(1 - got[has]).sum():>6.1f} missed{got[~has].sum():>6.1f} wrong")


def write(terms: Weights, table: Floats) -> None:
    """Writes topics.tsv, topic by topic, the strongest first."""
    rows = [
        (number, -table[term, number], form, topic)
        for term, (form, _) in enumerate(terms.values())
        for number, topic in enumerate(TOPICS)
        if table[term, number] != 0
    ]
    lines = [f"{topic}\t{form}\t{-weight:g}" for _, weight, form, topic in sorted(rows)]
    TABLE.write_text("\n".join([NOTE, "topic\tterm\tweight", *lines]) + "\n", "utf-8")


def fit(news: str, save: bool, hidden: Iterable[str] = ()) -> None:
    """Fits to all labels and prints what stands in the docstring of this module. `hidden`: ids of articles not to be read."""
    terms = prior()
    texts = Texts(news, set(hidden), list(terms))
    start = np.array([[weights.get(topic, 0.0) for topic in TOPICS] for _, weights in terms.values()])
    places, adds = axes(texts.x)
    print(f"{len(texts.articles)} texts, {len(texts.sure)} labelled, {len(texts.learned)} to learn from only; {len(terms)} terms")
    cross_validate(texts, start, places, adds)
    whole = Fit(texts, start, places, adds, np.concatenate([texts.sure, texts.learned]))
    print(f"{(whole.table != 0).sum()} weights, {(whole.table < 0).sum()} below zero")
    print("FACTORS = (" + ", ".join(f"{factor:.2f}" for factor in whole.factors) + ")")
    print("BIAS = {\n" + "".join(f'    "{topic}": {bias:.2f},\n' for topic, bias in zip(TOPICS, whole.biases, strict=True)) + "}")
    if save:
        write(terms, whole.table)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.extraction.fit_topics", description="Fit the weights of topics to the labels.")
    parser.add_argument("news", metavar="NEWS.jsonl.gz", help="the file that holds the labelled articles")
    parser.add_argument("--write", action="store_true", help="write indexer/gazetteer/topics.tsv")
    given = parser.parse_args()
    fit(given.news, given.write)


if __name__ == "__main__":
    main()

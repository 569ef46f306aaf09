"""How well reports are classified: cold and after 50, 150 and 300 corrections, beside TF-IDF with a linear model.

`python -m bench.reading`. With DISTRICT_REFERENCE set: real Chinese complaints of seven top classes, described by the
letters-and-calls catalogue. Without it: written reports of the national classes. The peers (logistic regression and a
linear support vector machine, on words and on character pairs) learn from the same corrections; each figure is a mean
over seeds of macro-F1 on the texts not learned from. Ratio: ours / the best peer of that size.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.svm import LinearSVC

from district.systems.governance.reading.classes import ReportClass, national_classes
from district.systems.governance.reading.classification import Classifier
from district.systems.governance.reading.words import words_of
from district.systems.governance.reports.written import written_reports

SIZES = (50, 150, 300)
PEERS = ("words+logistic", "words+svm", "characters+logistic", "characters+svm")


def real_complaints(folder: Path) -> tuple[list[str], list[str], list[ReportClass]]:
    """Texts, their classes, and the classes as the catalogue describes them."""
    with (folder / "complaints_labelled_zh_dev.csv").open(encoding="utf-8-sig", newline="") as rows:
        read = list(csv.DictReader(rows))
    described: dict[str, list[str]] = defaultdict(list)
    with (folder / "complaint_taxonomy_zh.csv").open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            described[row["一级分类"]] += [row["二级分类"], row["三级分类"]]
    right = [row["category1"] for row in read]
    classes = [
        ReportClass(name, name, " ".join(word for word in described[name] if word != "其他"))
        for name in sorted(set(right))
    ]
    return [f"{row['subject']}\n{row['detail']}" for row in read], right, classes


def peer_scores(
    texts: Sequence[str], right: Sequence[str], others: Sequence[str], wanted: Sequence[str]
) -> list[float]:
    """Macro-F1 of each of PEERS, learned from `texts` and asked about `others`."""
    found = []
    for vectors in (
        TfidfVectorizer(analyzer=words_of, sublinear_tf=True),
        TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True),
    ):
        learned, asked = vectors.fit_transform(texts), vectors.transform(others)
        for model in (LogisticRegression(C=10, max_iter=1000), LinearSVC()):
            found.append(macro(wanted, model.fit(learned, right).predict(asked)))
    return found


def macro(wanted: Sequence[str], given: Sequence[str]) -> float:
    return float(f1_score(wanted, given, average="macro", labels=sorted(set(wanted)), zero_division=0))


def calibration_error(
    classifier: Classifier, texts: Sequence[str], right: Sequence[str], bins: int = 10
) -> float:
    """Expected calibration error: mean distance between confidence and share right, over ten equal bins."""
    chances = np.exp(classifier.log_probabilities(texts))
    top, hit = chances.max(axis=1), classifier.codes[chances.argmax(axis=1)] == np.array(right)
    place = np.minimum((top * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(top[place == one].mean() - hit[place == one].mean()) * (place == one).mean()
            for one in range(bins)
            if (place == one).any()
        )
    )


def one_round(
    classes: list[ReportClass], texts: np.ndarray, right: np.ndarray, size: int, seed: int
) -> dict[str, float]:
    split = StratifiedShuffleSplit(1, train_size=size, random_state=seed)
    learned, asked = next(split.split(texts, right))
    classifier = Classifier(classes)
    classifier.learn(list(texts[learned]), list(right[learned]))
    given = classifier.predict(list(texts[asked]))
    return {
        "ours": macro(right[asked], given),
        "calibration_error": calibration_error(classifier, list(texts[asked]), list(right[asked])),
        **dict(
            zip(PEERS, peer_scores(texts[learned], right[learned], texts[asked], right[asked]), strict=True)
        ),
    }


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.reading")
    parser.add_argument("--seeds", type=int, default=5)
    given = parser.parse_args(arguments)
    warnings.simplefilter("ignore", ConvergenceWarning)
    reference = os.environ.get("DISTRICT_REFERENCE")
    if reference:
        texts, right, classes = real_complaints(Path(reference) / "data" / "governance")
        source = "real complaints, 7 classes"
    else:
        reports = written_reports(600, seed=1)
        texts, right, classes = (
            [one.text for one in reports],
            [one.code for one in reports],
            list(national_classes()),
        )
        source = "WRITTEN reports of the national classes (DISTRICT_REFERENCE is not set)"
    began = time.perf_counter()
    cold = Classifier(classes)
    most_common = max(set(right), key=right.count)
    cold_f1 = macro(right, cold.predict(texts))
    figures: dict[str, object] = {
        "data": source,
        "texts": len(texts),
        "cold_f1": cold_f1,
        "cold_calibration_error": calibration_error(cold, texts, right),
        "majority_f1": macro(right, [most_common] * len(right)),
    }
    ratios: dict[str, float] = {}
    print(f"data: {source}; {len(texts)} texts; cold macro-F1 {cold_f1:.3f}")
    for size in SIZES:
        rounds = [
            one_round(classes, np.array(texts), np.array(right), size, seed) for seed in range(given.seeds)
        ]
        means = {name: float(np.mean([one[name] for one in rounds])) for name in rounds[0]}
        best = max(means[name] for name in PEERS)
        figures |= {
            f"f1_{size}": means["ours"],
            f"best_peer_f1_{size}": best,
            f"calibration_error_{size}": means["calibration_error"],
        }
        ratios |= {
            f"ours_vs_best_peer_{size}": means["ours"] / best,
            f"cold_vs_best_peer_{size}": cold_f1 / best,
        }
        print(f"{size:4d} corrections: " + "  ".join(f"{name} {value:.3f}" for name, value in means.items()))
    figures["seconds"] = time.perf_counter() - began
    rounded = {
        name: round(value, 3) if isinstance(value, float) else value for name, value in figures.items()
    }
    print(
        json.dumps(
            {
                "bench": "reading",
                "ratios": {name: round(value, 3) for name, value in ratios.items()},
                "figures": rounded,
            },
            ensure_ascii=False,
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""How well doubles are found without labels: Febrl's four sets, and invented Chinese persons and enterprises.

`python -m bench.linkage`. Each set is linked twice with Splink on DuckDB: with our comparators and with those of Splink's
own library on the fields as they come. F1 is over pairs. Ours counts pairs of probability 0.5 and more; the stock
settings are given the threshold that is best for them, which needs the truth: a favour ours does without.
Febrl's files are read from DISTRICT_REFERENCE; without it only the Chinese sets are measured.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa

from district.kernel.parties.linkage import comparisons, model, records
from district.testing import party_register

FOLDER = "data/credit/entity_resolution"
T = TypeVar("T")
Truth = set[tuple[str, str]]
Scored = list[tuple[str, str, float]]
Pairs = list[tuple[str, str]]

FEBRL = model.Model(
    comparisons=(
        comparisons.written("given_name", other="surname"), comparisons.written("surname"),
        comparisons.birth("date_of_birth"), comparisons.code("soc_sec_id", 5),
        comparisons.written("address_1", other="address_2"),
        comparisons.written("suburb"), comparisons.code("postcode", 2), comparisons.code("street_number", 1),
    ),
    blocking=(
        "l.soc_sec_id = r.soc_sec_id", "l.date_of_birth = r.date_of_birth",
        "l.given_name = r.given_name AND l.surname = r.surname",
        "l.given_name = r.surname AND l.surname = r.given_name",
        "l.address_1 = r.address_1 AND l.street_number = r.street_number",
        "l.surname = r.surname AND l.postcode = r.postcode",
        "l.given_name = r.given_name AND l.postcode = r.postcode",
        "l.surname = r.surname AND l.suburb = r.suburb",
        "substr(l.soc_sec_id, 1, 4) = substr(r.soc_sec_id, 1, 4) AND l.state = r.state",
        "l.given_name = r.given_name AND substr(l.date_of_birth, 1, 4) = substr(r.date_of_birth, 1, 4)",
        "l.address_2 = r.address_2 AND l.postcode = r.postcode",
    ),
    training=("l.date_of_birth = r.date_of_birth", "l.surname = r.surname AND l.given_name = r.given_name",
    "l.postcode = r.postcode AND l.suburb = r.suburb"),
    sure=("l.soc_sec_id = r.soc_sec_id",
    "l.given_name = r.given_name AND l.surname = r.surname AND l.date_of_birth = r.date_of_birth"),
    recall=0.85, prior=1e-4,
)  # fmt: skip


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.linkage")
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seeds", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--only", default="")
    given = parser.parse_args(arguments)
    figures: dict[str, float] = {}
    for name, tables, truth in _febrl_sets(given.only):
        (ours, linked), seconds = _timed(partial(_ours, tables, FEBRL))
        stock, stock_seconds = _timed(partial(_stock, tables, STOCK["febrl"]))
        _note(figures, name, ours, linked, stock, truth, (seconds, stock_seconds))
    for seed in given.seeds:
        for kind in ("persons", "entities"):
            if given.only in ("", "zh", kind):
                _chinese(figures, kind, given.count, seed)
    result = _result(figures)
    print(json.dumps(result, ensure_ascii=False))
    return 0


def _chinese(figures: dict[str, float], kind: str, count: int, seed: int) -> None:
    drawn: Any = getattr(party_register, kind)(count, seed)
    truth = party_register.true_pairs(drawn)
    prepare = getattr(records, kind)
    rules = model.PERSONS if kind == "persons" else model.ENTITIES
    (ours, linked), seconds = _timed(lambda: _ours([prepare(party_register.as_records(drawn))], rules))
    plain = pa.Table.from_pylist([_as_it_comes(row) for row in party_register.as_records(drawn)])
    stock, stock_seconds = _timed(lambda: _stock([plain], STOCK[kind]))
    _note(figures, f"zh_{kind}_{seed}", ours, linked, stock, truth, (seconds, stock_seconds))


def _as_it_comes(row: dict[str, Any]) -> dict[str, Any]:
    """The fields themselves, empty ones missing: what the stock comparators compare."""
    kept = {key: value or None for key, value in row.items() if key not in ("id", "other_names")}
    return {"unique_id": row["id"], **kept}


def _note(
    figures: dict[str, float],
    name: str,
    ours: Scored,
    linked: Pairs,
    stock: Scored,
    truth: Truth,
    took: tuple[float, float],
) -> None:
    precision, recall, f1 = score([(a, b) for a, b, probability in ours if probability >= 0.5], truth)
    best = best_f1(stock, truth)
    half = score([(a, b) for a, b, probability in stock if probability >= 0.5], truth)
    sure = score(linked, truth)
    figures |= {
        f"f1_{name}": f1,
        f"stock_f1_{name}": best,
        f"precision_{name}": precision,
        f"recall_{name}": recall,
        f"stock_f1_half_{name}": half[2],
        f"sure_precision_{name}": sure[0],
        f"sure_recall_{name}": sure[1],
    }
    print(f"{name}: F1 {f1:.4f} (precision {precision:.4f}, recall {recall:.4f}, {took[0]:.1f} s); stock {best:.4f} at its"
          f" best threshold, {half[2]:.4f} at 0.5 ({took[1]:.1f} s); linked by itself: precision {sure[0]:.5f},"
          f" recall {sure[1]:.3f}; {len(truth)} true pairs", flush=True)  # fmt: skip


def score(found: Sequence[tuple[str, str]], truth: Truth) -> tuple[float, float, float]:
    """Precision, recall, F1 of pairs."""
    pairs = {(min(a, b), max(a, b)) for a, b in found}
    right = len(pairs & truth)
    precision, recall = right / max(len(pairs), 1), right / max(len(truth), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def best_f1(scored: Scored, truth: Truth) -> float:
    right, best = 0, 0.0
    for n, (a, b, _probability) in enumerate(sorted(scored, key=lambda each: -each[2]), start=1):
        right += (min(a, b), max(a, b)) in truth
        best = max(best, 2 * right / (n + len(truth)))
    return best


def _ours(tables: Sequence[pa.Table], rules: model.Model) -> tuple[Scored, Pairs]:
    """All pairs with their probability, and those that would be linked without a person."""
    found = model.pairs(tables[0] if len(tables) == 1 else tables, rules, least_probability=0.01)
    sure = [(pair.left, pair.right) for pair in found if rules.is_sure(pair)]
    return [(pair.left, pair.right, pair.probability) for pair in found], sure


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def _result(figures: dict[str, float]) -> dict[str, Any]:
    ours = {key: value for key, value in figures.items() if key.startswith("f1_")}
    ratio = {key[3:]: value / figures[f"stock_{key}"] for key, value in ours.items()}
    chinese = [key for key in ratio if key.startswith("zh")]
    told: dict[str, Any] = {key: round(value, 4) for key, value in figures.items()}
    if chinese:
        told["f1_zh"] = round(sum(figures[f"f1_{key}"] for key in chinese) / len(chinese), 4)
        stock = sum(figures[f"stock_f1_{key}"] for key in chinese) / len(chinese)
        told["stock_f1_zh"] = round(stock, 4)
        told["ours_vs_stock_zh"] = round(told["f1_zh"] / stock, 3)
    for key, value in ratio.items():
        if key not in chinese:
            told[f"ours_vs_stock_{key}"] = round(value, 4)
    told["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return {"bench": "linkage", **told}


# The peer: Splink's own comparison library on the fields as they come, its documented blocking and training.


def _stock_settings() -> dict[str, tuple[Any, list[str], list[str], list[str]]]:
    """kind → comparisons, blocking, training blocks, sure rules."""
    import splink.comparison_library as cl

    day: dict[str, Any] = {"input_is_string": True, "datetime_format": "%Y%m%d"}
    febrl = [
        cl.ForenameSurnameComparison("given_name", "surname"), cl.DateOfBirthComparison("date_of_birth", **day),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]), cl.LevenshteinAtThresholds("street_number", [1]),
        cl.JaroWinklerAtThresholds("address_1", [0.9, 0.7]), cl.LevenshteinAtThresholds("postcode", [1, 2]),
    ]  # fmt: skip
    persons = [
        cl.NameComparison("name"), cl.DateOfBirthComparison("birth", input_is_string=True), cl.ExactMatch("sex"),
        cl.DamerauLevenshteinAtThresholds("number", [1, 2]), cl.LevenshteinAtThresholds("phone", [1, 2]),
        cl.JaroWinklerAtThresholds("address", [0.9, 0.8]),
    ]  # fmt: skip
    entities = [
        cl.JaroWinklerAtThresholds("name", [0.92, 0.88, 0.7]), cl.DamerauLevenshteinAtThresholds("number", [1, 2]),
        cl.LevenshteinAtThresholds("phone", [1, 2]), cl.JaroWinklerAtThresholds("address", [0.9, 0.8]),
        cl.NameComparison("representative"),
    ]  # fmt: skip
    return {
        "febrl": (febrl, list(FEBRL.blocking), list(FEBRL.training), list(FEBRL.sure)),
        "persons": (persons, [
            "l.number = r.number", "l.phone = r.phone", "l.name = r.name", "l.address = r.address",
            "l.birth = r.birth AND substr(l.name, 1, 1) = substr(r.name, 1, 1)",
            "substr(l.number, 1, 14) = substr(r.number, 1, 14)",
        ], ["l.name = r.name", "l.phone = r.phone", "l.birth = r.birth"], ["l.number = r.number",
        "l.name = r.name AND l.birth = r.birth"]),
        "entities": (entities, [
            "l.number = r.number", "l.phone = r.phone", "l.name = r.name", "l.address = r.address",
            "l.representative = r.representative",
            "substr(l.name, 1, 5) = substr(r.name, 1, 5)",
        ], ["l.name = r.name", "l.phone = r.phone", "l.representative = r.representative"],
            ["l.number = r.number", "l.name = r.name AND l.phone = r.phone"]),
    }  # fmt: skip


class _Stock(dict[str, Any]):
    def __missing__(self, kind: str) -> Any:
        self.update(_stock_settings())
        return dict.__getitem__(self, kind)


STOCK = _Stock()


def _stock(tables: Sequence[pa.Table], settings: tuple[Any, list[str], list[str], list[str]]) -> Scored:
    import duckdb
    from splink import DuckDBAPI, Linker, SettingsCreator

    compared, blocking, training, sure = settings
    rules: list[Any] = list(blocking)
    certain: list[Any] = list(sure)
    connection = duckdb.connect()
    connection.execute("SET memory_limit = '1GB'; SET threads = 2; SET enable_progress_bar = false")
    api = DuckDBAPI(connection=connection)
    frames = [api.register(table, dataset_display_name=f"stock_{n}") for n, table in enumerate(tables)]
    linker = Linker(frames, SettingsCreator(
        link_type="dedupe_only" if len(tables) == 1 else "link_only", comparisons=compared,
        blocking_rules_to_generate_predictions=rules,
    ), log_level=None, validate_settings=False)  # fmt: skip
    linker.training.estimate_probability_two_random_records_match(certain, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in training:
        linker.training.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)
    found = linker.inference.predict(threshold_match_probability=0.001)
    rows = connection.sql(
        f"SELECT unique_id_l, unique_id_r, match_probability FROM {found.physical_name}"
    ).fetchall()
    connection.close()
    return rows


# Febrl.


def _febrl_sets(only: str) -> Any:
    folder = Path(os.environ.get("DISTRICT_REFERENCE", "")) / FOLDER
    if not os.environ.get("DISTRICT_REFERENCE") or not folder.exists():
        print("Febrl: DISTRICT_REFERENCE names no folder with the sets; left out", file=sys.stderr)
        return
    for number in ("1", "2", "3"):
        if only in ("", f"febrl{number}"):
            table = _febrl(folder / f"febrl_dataset{number}.csv.gz")
            yield f"febrl{number}", [table], _same_number(table["unique_id"].to_pylist())
    if only in ("", "febrl4"):
        a, b = (_febrl(folder / f"febrl_dataset4{part}.csv.gz") for part in "ab")
        known = set(b["unique_id"].to_pylist())
        ids = [(key, key.replace("-org", "-dup-0")) for key in a["unique_id"].to_pylist()]
        yield "febrl4", [a, b], {(min(pair), max(pair)) for pair in ids if pair[1] in known}


def _febrl(path: Path) -> pa.Table:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, skipinitialspace=True))
    return pa.Table.from_pylist(
        [
            {"unique_id": row.pop("rec_id")} | {key: value.strip() or None for key, value in row.items()}
            for row in rows
        ]
    )


def _same_number(ids: list[str]) -> Truth:
    groups: dict[str, list[str]] = {}
    for key in ids:
        found = re.match(r"rec-(\d+)-", key)
        assert found is not None, key
        groups.setdefault(found[1], []).append(key)
    return {(min(a, b), max(a, b)) for group in groups.values() for a in group for b in group if a != b}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

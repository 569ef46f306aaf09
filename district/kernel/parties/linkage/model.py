"""Pairs of records that are the same somebody, by Splink (Fellegi and Sunter) on DuckDB. No Django.

Trained by expectation maximisation on the records themselves, without labels, where there are at least ENOUGH of them;
below that the odds written in `comparisons` stand.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from district.kernel.parties.linkage import comparisons
from district.kernel.parties.linkage.levels import Comparison

ENOUGH = 2000
SURE = 0.99999
"""Pairs at least so likely are linked without a person; the rest waits for one."""
REVIEW = 0.5
MEMORY = "1GB"
SEED = 11643


@dataclass(frozen=True)
class Pair:
    """`explanation`: one entry for each comparison, {field, level, weight in bits}; the first is what all pairs start from."""

    left: Any
    right: Any
    probability: float
    weight: float
    explanation: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Model:
    """`blocking`: SQL of which records meet at all. `training`: blocks for EM, together covering every comparison.

    `sure`: rules whose pairs are nearly all one, for a first estimate of how many pairs there are; `recall` is how many
    of all such pairs they are thought to find. `without_doubt`: which levels of which comparisons a pair must have to be
    linked without a person, however likely it is.
    """

    comparisons: Sequence[Comparison]
    blocking: Sequence[str]
    training: Sequence[str]
    sure: Sequence[str]
    recall: float = 0.6
    exploding: Sequence[str] = ()
    prior: float = 1e-5
    without_doubt: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def is_sure(self, pair: Pair) -> bool:
        """Whether a pair may be linked without a person: all but certain, and on evidence of the right kind."""
        if pair.probability < SURE:
            return False
        levels = {entry["field"]: entry["level"] for entry in pair.explanation}
        return all(levels.get(name) in allowed for name, allowed in self.without_doubt.items())


PERSONS = Model(
    comparisons=(
        comparisons.person_name(), comparisons.identity(), comparisons.phone(), comparisons.address(), comparisons.sex(),
    ),
    blocking=(
        "l.number = r.number", "l.phone = r.phone", "l.birth = r.birth AND l.surname = r.surname",
        "l.name = r.name AND substr(l.birth, 1, 4) = substr(r.birth, 1, 4)",
        "l.name_sound = r.name_sound AND l.town = r.town", "l.name_sound = r.name_sound AND l.road = r.road",
        "l.name_shape = r.name_shape AND l.town = r.town", "l.name_sound = r.name_sound AND l.village = r.village",
        "l.name = r.name AND l.phone_tail IS NOT NULL AND substr(l.phone, 1, 7) = substr(r.phone, 1, 7)",
        "l.name_sound = r.name_sound AND substr(l.birth, 5, 4) = substr(r.birth, 5, 4)",
        "l.street = r.street AND l.room = r.room AND l.surname = r.surname", "l.number_front = r.number_front",
        "l.name = r.name AND substr(l.number, 11, 8) = substr(r.number, 11, 8)",
        "l.name_bag = r.name_bag AND substr(l.birth, 1, 6) = substr(r.birth, 1, 6)",
    ),
    training=("l.name = r.name", "l.phone = r.phone", "l.birth = r.birth"),
    sure=("l.number = r.number", "l.name = r.name AND l.birth = r.birth", "l.name = r.name AND l.phone = r.phone"),
    without_doubt={
        "name": frozenset({"same", "variant", "order"}),
        "identity": frozenset({"same_number", "number_one_wrong", "same_birth"}),
    },
)  # fmt: skip

ENTITIES = Model(
    comparisons=(
        comparisons.entity_name(), comparisons.credit_code(), comparisons.phone(), comparisons.address(),
        comparisons.representative(), comparisons.region(), comparisons.form(),
    ),
    blocking=(
        "l.number = r.number", "l.core = r.core", "l.trade = r.trade", "l.trade_sound = r.trade_sound",
        "l.trade_shape = r.trade_shape", "l.phone = r.phone",
        "l.street = r.street AND substr(l.trade, 1, 1) = substr(r.trade, 1, 1)",
        "l.representative = r.representative AND l.road = r.road",
        "l.representative = r.representative AND l.town = r.town",
        "l.street = r.street AND l.industry = r.industry", "l.owner = r.owner",
    ),
    exploding=("cores",),
    training=("l.core = r.core", "l.phone = r.phone", "l.street = r.street"),
    sure=("l.number = r.number", "l.core = r.core AND l.phone = r.phone", "l.core = r.core AND l.street = r.street"),
    without_doubt={
        "name": frozenset({"same", "former", "short", "variant"}),
        "number": frozenset({"missing", "same_number", "number_one_wrong"}),
        "representative": frozenset({"missing", "same", "variant"}),
    },
)  # fmt: skip


def pairs(
    records: pa.Table | Sequence[pa.Table],
    model: Model,
    *,
    least_probability: float = 0.5,
    enough: int = ENOUGH,
) -> list[Pair]:
    """Pairs at least so likely to be one, the likeliest first: within one table, or between two.

    Repeatable: the same records in the same order give the same pairs.
    """
    import duckdb
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    tables = [records] if isinstance(records, pa.Table) else list(records)
    if sum(len(table) for table in tables) < 2 or not all(len(table) for table in tables):
        return []
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{MEMORY}'; SET threads = 2; SET enable_progress_bar = false")
    try:
        api = DuckDBAPI(connection=connection)
        frames = [api.register(table, dataset_display_name=f"records_{n}") for n, table in enumerate(tables)]
        is_enough = sum(len(table) for table in tables) >= enough
        linker = Linker(
            frames, _settings(model, len(tables), is_enough), log_level=None, validate_settings=False
        )
        if is_enough:
            _train(linker, model)
        found = linker.inference.predict(threshold_match_probability=least_probability)
        wanted = ("match_%", "unique_id_%", "gamma_%", "mw_%")
        likes = " OR ".join(f"c LIKE '{pattern}'" for pattern in wanted)
        table = connection.sql(f"SELECT COLUMNS(c -> {likes}) FROM {found.physical_name}").to_arrow_table()  # noqa: S608
        return _told(table.to_pylist(), model)
    finally:
        connection.close()


def _settings(model: Model, tables: int, with_rarity: bool) -> Any:
    from splink import SettingsCreator, block_on

    rules: list[Any] = list(model.blocking)
    rules += [block_on(column, arrays_to_explode=[column]) for column in model.exploding]
    return SettingsCreator(
        link_type="dedupe_only" if tables == 1 else "link_only",
        comparisons=[each.for_splink(with_rarity=with_rarity) for each in model.comparisons],
        blocking_rules_to_generate_predictions=rules,
        probability_two_random_records_match=model.prior,
        retain_intermediate_calculation_columns=True, retain_matching_columns=True,
    )  # fmt: skip


def _train(linker: Any, model: Model) -> None:
    """Blocks in which EM finds nothing to learn from are passed over; the odds as written stand for what they cover."""
    from splink.internals.exceptions import EMTrainingException, SplinkException

    linker.training.estimate_probability_two_random_records_match(list(model.sure), recall=model.recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    for rule in model.training:
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                rule, record_sample_proportion=1.0
            )
        except (EMTrainingException, SplinkException):
            logging.getLogger(__name__).info("nothing to train on where %s", rule)


def _told(rows: list[dict[str, Any]], model: Model) -> list[Pair]:
    found = []
    for row in rows:
        explanation: list[dict[str, Any]] = []
        for each in model.comparisons:
            gamma = row[f"gamma_{each.name}"]
            weight = row.get(f"mw_{each.name}") or 0.0
            weight += row.get(f"mw_tf_adj_{each.name}") or 0.0
            explanation.append(
                {"field": each.name, "level": each.level_name(gamma), "weight": round(weight, 3)}
            )
        start = row["match_weight"] - sum(float(entry["weight"]) for entry in explanation)
        explanation.insert(0, {"field": "start", "level": "", "weight": round(start, 3)})
        found.append(
            Pair(
                row["unique_id_l"],
                row["unique_id_r"],
                row["match_probability"],
                row["match_weight"],
                explanation,
            )
        )
    return sorted(found, key=lambda pair: (-pair.weight, str(pair.left), str(pair.right)))

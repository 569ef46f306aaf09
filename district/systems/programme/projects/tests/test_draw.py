"""Drawing lots: fair, to be checked by anybody, and steered by nobody."""

from __future__ import annotations

import hmac
import json
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from ..draw import (
    Candidate,
    DrawRefused,
    Interests,
    Substitution,
    drawn,
    faults,
    faults_of,
    new_secret,
    pool_of,
    record,
    replayed,
    sealed,
    seed_of,
    successor,
)

NOBODY = Interests(frozenset())
WITNESSES = ("组织方", "监督方", "审计方")


def experts(count: int, speciality: str = "通信") -> list[Candidate]:
    return [Candidate(f"E{number:03d}", frozenset({speciality}), frozenset({f"U{number % 7}"})) for number in range(count)]


def witnessed(secrets: dict[str, str]) -> dict[str, str]:
    return {name: sealed(name, secret) for name, secret in secrets.items()}


def test_each_expert_is_drawn_equally_often():
    """Chi-square over 4,000 draws of 3 of 12: what chance allows at one in ten thousand."""
    pool, luck = pool_of("项目", [("通信", 3)], experts(12), NOBODY), random.Random(20261126)
    digest, times, rounds = pool.digest(), Counter(), 4000
    for _round in range(rounds):
        secrets = {name: luck.randbytes(32).hex() for name in WITNESSES}
        outcome = drawn(pool, seed_of(digest, witnessed(secrets), secrets))
        times.update(key for _speciality, key in outcome.chosen)
    expected = rounds * 3 / 12
    # Drawn without putting back the counts vary less than independent ones: by (12 − 3) / (12 − 1).
    statistic = sum((times[f"E{n:03d}"] - expected) ** 2 / expected for n in range(12)) * 11 / 9
    assert chi2.ppf(0.0001, 11) < statistic < chi2.ppf(0.9999, 11)


def test_one_share_changed_changes_the_outcome_as_often_as_chance_would():
    pool = pool_of("项目", [("通信", 1)], experts(10), NOBODY)
    luck, same = random.Random(7), 0
    fixed = {name: luck.randbytes(32).hex() for name in WITNESSES[:2]}
    first = None
    for _round in range(1000):
        secrets = fixed | {WITNESSES[2]: luck.randbytes(32).hex()}
        outcome = drawn(pool, seed_of(pool.digest(), witnessed(secrets), secrets)).chosen
        first = first or outcome
        same += outcome == first
    assert 60 < same < 145  # a tenth


@given(st.integers(2, 30), st.integers(1, 2), st.randoms(use_true_random=False))
def test_a_published_draw_can_be_checked_and_a_forged_one_is_found(count, number, luck):
    pool = pool_of("项目", [("通信", number)], experts(count), NOBODY)
    secrets = {name: luck.randbytes(16).hex() for name in WITNESSES}
    seals, digest = witnessed(secrets), pool.digest()
    outcome = drawn(pool, seed_of(digest, seals, secrets))
    assert faults(pool, digest, seals, secrets, outcome.chosen) == []
    if outcome.reserve["通信"]:
        forged = [*outcome.chosen[:-1], ("通信", outcome.reserve["通信"][0])]
        assert faults(pool, digest, seals, secrets, forged)
    smaller = pool_of("项目", [("通信", 1)], experts(count)[:-1], NOBODY)
    assert faults(smaller, digest, seals, secrets, outcome.chosen) == ["候选名单与公布的摘要不符"]


def test_lots_are_the_keyed_digests_that_anybody_can_make():
    pool, secrets = pool_of("项目", [("通信", 1)], experts(3), NOBODY), {name: new_secret() for name in WITNESSES}
    outcome = drawn(pool, seed_of(pool.digest(), witnessed(secrets), secrets))
    try:
        made = {key: hmac.new(bytes.fromhex(outcome.seed), key.encode(), "sm3").hexdigest() for key in pool.candidates}
    except ValueError:
        pytest.skip("this Python's OpenSSL has no SM3")
    assert made == outcome.lots


def test_who_has_an_interest_is_left_out_with_the_reason():
    known = [
        Candidate("A", frozenset({"通信"}), frozenset({"投标公司"})),
        Candidate("B", frozenset({"通信"}), relations=frozenset({"评审人"})),
        Candidate("C", frozenset({"通信"}), is_available=False),
        Candidate("D", frozenset({"通信"})), Candidate("评审人", frozenset({"通信"})),
    ]  # fmt: skip
    pool = pool_of("项目", [("通信", 1)], known, Interests(frozenset({"投标公司"}), frozenset({"评审人"})))
    assert set(pool.candidates) == {"D"}
    assert pool.left_out == {"A": "unit_takes_part", "B": "related_to_party", "C": "not_available",
                             "评审人": "related_to_party"}  # fmt: skip


def test_an_expert_of_two_fields_sits_once():
    both = [Candidate(f"B{n}", frozenset({"通信", "安全"})) for n in range(6)]
    pool = pool_of("项目", [("通信", 2), ("安全", 3)], both, NOBODY)
    secrets = {name: new_secret() for name in WITNESSES}
    keys = [key for _speciality, key in drawn(pool, seed_of(pool.digest(), witnessed(secrets), secrets)).chosen]
    assert len(set(keys)) == 5


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("not_opened", lambda seals, secrets: secrets.pop("审计方")),
        ("wrong_secret", lambda seals, secrets: secrets.update(审计方=new_secret())),
        ("same_share", lambda seals, secrets: seals.update(审计方=seals["监督方"])),
        ("bad_secret", lambda seals, secrets: secrets.update(审计方="12")),
        ("too_few_witnesses", lambda seals, secrets: [seals.pop(name) for name in ("监督方", "审计方")]),
    ],
)
def test_a_share_that_is_missing_wrong_or_anothers_voids_the_draw(code, spoil):
    secrets = {name: new_secret() for name in WITNESSES}
    seals = witnessed(secrets)
    spoil(seals, secrets)
    with pytest.raises(DrawRefused) as refused:
        seed_of("00" * 32, seals, secrets)
    assert refused.value.code == code


def test_too_small_a_pool_is_refused_by_name_and_number():
    with pytest.raises(DrawRefused, match="需抽取 5 人，符合条件的只有 3 人"):
        pool_of("项目", [("通信", 5)], experts(3), NOBODY)


@given(data=st.data())
def test_whoever_does_not_come_is_followed_by_the_next_of_the_reserve_and_anybody_else_is_found_out(data):
    experts = [Candidate(f"E{n:02}", frozenset({"data", "safety"} if n % 3 else {"data"})) for n in range(12)]
    pool = pool_of("评审", (("data", 2), ("safety", 2)), experts, Interests(frozenset()))
    secrets = {name: f"{data.draw(st.integers(0, 2**128 - 1)):032x}" for name in ("a", "b")}
    if len(set(secrets.values())) < 2:
        return
    seals = {name: sealed(name, secret) for name, secret in secrets.items()}
    outcome = drawn(pool, seed_of(pool.digest(), seals, secrets))
    sitting, asked, made = list(outcome.chosen), {key for _s, key in outcome.chosen}, []
    for _ in range(data.draw(st.integers(0, 5))):
        if not sitting:
            break
        speciality, left = data.draw(st.sampled_from(sitting))
        follows = successor(outcome, speciality, asked)
        made.append(Substitution(speciality, left, "declined", follows))
        sitting.remove((speciality, left))
        if follows:
            sitting.append((speciality, follows))
            asked.add(follows)
    published = json.loads(json.dumps(record(pool, seals, secrets, outcome, made)))
    assert faults_of(published) == []
    assert replayed(outcome, made) == sitting
    if made:
        forged = data.draw(st.sampled_from(range(len(made))))
        others = [key for key in pool.candidates if key != published["substitutions"][forged][3]]
        published["substitutions"][forged][3] = data.draw(st.sampled_from(others))
        assert faults_of(published)


@pytest.mark.parametrize("published", [
    {}, {"subject": "x"}, {"wanted": 3}, {"subject": "x", "wanted": [], "candidates": [], "left_out": 4},
])  # fmt: skip
def test_what_is_no_publication_is_said_to_be_none(published):
    assert faults_of(published)

"""Experts drawn by lot, so that anybody can check it afterwards and nobody could steer it. Pure.

Three steps, each published before the next:
1. the pool: who may be drawn, who is left out and why, how many of each speciality. Its digest is fixed.
2. sealed shares: each witness (organiser, supervisor, a bidder's envoy …) gives the digest of a secret of its own.
3. opened shares: the secrets. Seed = SM3 over the pool's digest and all secrets; each candidate's lot is HMAC-SM3 of its id
   under the seed; the lowest lots are drawn. One honest witness is enough: whoever knows all shares but that one knows
   nothing of the outcome, and after sealing nobody can choose anymore. A share that is not opened makes the draw void.

Sources: GB/T 32905-2016 (SM3); commit and reveal after Blum (1981); RFC 2104 (HMAC).
"""

from __future__ import annotations

import json
import secrets as chance
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash
from cryptography.hazmat.primitives.hmac import HMAC

FEWEST_WITNESSES = 2
FEWEST_BYTES = 16


class DrawRefused(ValueError):
    """A draw that must not go on: `code` stable, the text Chinese with field, value and rule."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True)
class Candidate:
    """An expert of the library. `units`: employers and firms with interests; `relations`: ids of persons near to him."""

    key: str
    specialities: frozenset[str]
    units: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    is_available: bool = True


@dataclass(frozen=True)
class Interests:
    """What must be avoided: units that take part (owner, bidders, supervisors) and persons who decide."""

    units: frozenset[str]
    persons: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Pool:
    """Step 1. `wanted`: (speciality, number) in order; `left_out`: key → reason code."""

    subject: str
    wanted: tuple[tuple[str, int], ...]
    candidates: Mapping[str, tuple[str, ...]]
    left_out: Mapping[str, str] = field(default_factory=dict)

    def digest(self) -> str:
        """SM3 over its canonical JSON, in hexadecimal."""
        said = {
            "subject": self.subject, "wanted": [list(each) for each in self.wanted],
            "candidates": {key: sorted(known) for key, known in self.candidates.items()},
            "left_out": dict(self.left_out),
        }  # fmt: skip
        return _sm3(json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hex()


@dataclass(frozen=True)
class Drawn:
    """The outcome: `chosen` (speciality, key) in order of drawing; `reserve` by speciality, in the order in which they
    step in; `lots` of all."""

    seed: str
    chosen: tuple[tuple[str, str], ...]
    reserve: Mapping[str, tuple[str, ...]]
    lots: Mapping[str, str]


def pool_of(
    subject: str, wanted: Sequence[tuple[str, int]], experts: Sequence[Candidate], interests: Interests
) -> Pool:
    """Who may be drawn. Raises DrawRefused when a speciality has fewer candidates than are wanted."""
    left_out, kept = {}, {}
    asked = {speciality for speciality, _number in wanted}
    for expert in experts:
        reason = _avoided(expert, interests)
        if reason:
            left_out[expert.key] = reason
        elif expert.specialities & asked:
            kept[expert.key] = tuple(sorted(expert.specialities & asked))
    for speciality, number in wanted:
        known = sum(speciality in of_expert for of_expert in kept.values())
        if known < number:
            raise DrawRefused(
                "too_few_candidates", f"专业 {speciality}：需抽取 {number} 人，符合条件的只有 {known} 人"
            )
    return Pool(subject, tuple(wanted), kept, left_out)


def _avoided(expert: Candidate, interests: Interests) -> str:
    if not expert.is_available:
        return "not_available"
    if expert.units & interests.units:
        return "unit_takes_part"
    if expert.key in interests.persons or expert.relations & interests.persons:
        return "related_to_party"
    return ""


def new_secret() -> str:
    """A witness's own secret, in hexadecimal; to be kept until all have sealed theirs."""
    return chance.token_hex(32)


def sealed(witness: str, secret: str) -> str:
    """Step 2: what a witness publishes. Bound to his name, so that nobody can hand in another's as his own."""
    raw = _secret_bytes(witness, secret)
    return _sm3(witness.encode() + b"\x00" + raw).hex()


def seed_of(pool_digest: str, seals: Mapping[str, str], secrets: Mapping[str, str]) -> str:
    """Step 3: the seed, once all have opened. Raises DrawRefused otherwise."""
    if len(seals) < FEWEST_WITNESSES:
        raise DrawRefused("too_few_witnesses", f"见证方只有 {len(seals)} 个，至少 {FEWEST_WITNESSES} 个")
    if len(set(seals.values())) < len(seals):
        raise DrawRefused("same_share", "两个见证方交了同一个密封值")
    for witness, seal in seals.items():
        if witness not in secrets:
            raise DrawRefused("not_opened", f"见证方 {witness} 没有开启密封值，本次抽取作废")
        if sealed(witness, secrets[witness]) != seal:
            raise DrawRefused("wrong_secret", f"见证方 {witness} 开启的值与密封时不符，本次抽取作废")
    parts = b"".join(_sm3(name.encode()) + bytes.fromhex(secrets[name]) for name in sorted(seals))
    return _sm3(bytes.fromhex(pool_digest) + parts).hex()


def drawn(pool: Pool, seed: str) -> Drawn:
    """The outcome of a seed. An expert is drawn for one speciality only, the first of `wanted` that takes him."""
    lots = {key: _lot(seed, key) for key in pool.candidates}
    order = sorted(lots, key=lambda key: (lots[key], key))
    chosen: list[tuple[str, str]] = []
    taken: set[str] = set()
    for speciality, number in pool.wanted:
        fitting = [key for key in order if speciality in pool.candidates[key] and key not in taken]
        if len(fitting) < number:
            raise DrawRefused("too_few_candidates", f"专业 {speciality}：需抽取 {number} 人，可抽的只剩 {len(fitting)} 人")
        chosen += [(speciality, key) for key in fitting[:number]]
        taken.update(fitting[:number])
    reserve = {
        speciality: tuple(key for key in order if speciality in pool.candidates[key] and key not in taken)
        for speciality, _number in pool.wanted
    }
    return Drawn(seed, tuple(chosen), reserve, lots)


@dataclass(frozen=True)
class Substitution:
    """Who was drawn (`left`) does not come, for `reason` (a code); `follows` comes instead, or nobody when it is empty."""

    speciality: str
    left: str
    reason: str
    follows: str


def successor(outcome: Drawn, speciality: str, asked: Collection[str]) -> str:
    """The next of the reserve of a speciality that was not asked yet; empty when there is nobody left."""
    return next((key for key in outcome.reserve.get(speciality, ()) if key not in asked), "")


def replayed(outcome: Drawn, substitutions: Sequence[Substitution]) -> list[tuple[str, str]]:
    """Who comes in the end, (speciality, key). Raises DrawRefused for a substitution that is not what the lots say."""
    sitting = list(outcome.chosen)
    asked = {key for _speciality, key in sitting}
    for each in substitutions:
        if (each.speciality, each.left) not in sitting:
            raise DrawRefused("not_sitting", f"{each.left} 不在专业 {each.speciality} 的名单中，不能被替补")
        due = successor(outcome, each.speciality, asked)
        if each.follows != due:
            raise DrawRefused("wrong_successor", f"替补 {each.left} 的应为 {due or '无人'}，公布的是 {each.follows or '无人'}")
        sitting.remove((each.speciality, each.left))
        if due:
            sitting.append((each.speciality, due))
            asked.add(due)
    return sitting


def read(published: Mapping[str, Any]) -> tuple[Pool, list[Substitution]]:
    """A publication as `record` makes it, back as pool and substitutions. Raises DrawRefused for what is none."""
    try:
        pool = Pool(
            str(published["subject"]), tuple((str(name), int(number)) for name, number in published["wanted"]),
            {str(key): tuple(known) for key, known in published["candidates"].items()}, dict(published["left_out"]),
        )  # fmt: skip
        made = [Substitution(*(str(part) for part in each)) for each in published.get("substitutions", [])]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DrawRefused("unreadable", f"不是公布的抽取记录：{error}") from error
    return pool, made


def faults_of(published: Mapping[str, Any]) -> list[str]:
    """What is wrong with a publication; empty when it is right."""
    try:
        pool, made = read(published)
        found = faults(pool, published.get("pool_digest", ""), published.get("seals", {}), published.get("secrets", {}),
                       [(speciality, key) for speciality, key in published.get("chosen", [])])  # fmt: skip
        if not found:
            replayed(drawn(pool, seed_of(pool.digest(), published["seals"], published["secrets"])), made)
    except DrawRefused as refused:
        return [str(refused)]
    return found


def faults(pool: Pool, pool_digest: str, seals: Mapping[str, str], secrets: Mapping[str, str],
           told: Sequence[tuple[str, str]]) -> list[str]:  # fmt: skip
    """What is wrong with a published draw, for whoever checks it; empty when it is right."""
    if pool.digest() != pool_digest:
        return ["候选名单与公布的摘要不符"]
    try:
        made = drawn(pool, seed_of(pool_digest, seals, secrets))
    except DrawRefused as refused:
        return [str(refused)]
    return [] if list(made.chosen) == [tuple(each) for each in told] else ["公布的结果与按规则算出的不符"]


def record(
    pool: Pool, seals: Mapping[str, str], secrets: Mapping[str, str], outcome: Drawn, substitutions: Sequence[Substitution] = ()
) -> dict[str, Any]:
    """The draw as a publication: all that `faults_of` needs."""
    return {
        "subject": pool.subject, "wanted": [list(each) for each in pool.wanted],
        "candidates": {key: list(known) for key, known in pool.candidates.items()}, "left_out": dict(pool.left_out),
        "pool_digest": pool.digest(), "seals": dict(seals), "secrets": dict(secrets), "seed": outcome.seed,
        "chosen": [list(each) for each in outcome.chosen],
        "reserve": {speciality: list(keys) for speciality, keys in outcome.reserve.items()},
        "substitutions": [[each.speciality, each.left, each.reason, each.follows] for each in substitutions],
    }  # fmt: skip


def _lot(seed: str, key: str) -> str:
    mac = HMAC(bytes.fromhex(seed), SM3())
    mac.update(key.encode())
    return mac.finalize().hex()


def _secret_bytes(witness: str, secret: str) -> bytes:
    try:
        raw = bytes.fromhex(secret)
    except ValueError:
        raw = b""
    if len(raw) < FEWEST_BYTES:
        raise DrawRefused("bad_secret", f"见证方 {witness} 的值不是至少 {FEWEST_BYTES} 字节的十六进制数")
    return raw


def _sm3(message: bytes) -> bytes:
    digest = Hash(SM3())
    digest.update(message)
    return digest.finalize()

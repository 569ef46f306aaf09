"""One door to the standards for programs: a request as a dict, a JSON-able dict back.

`{"kind": "aqi" | "iaqi" | "water" | "trophic" | "noise", …}` → `{"ok": true, "kind": …, …}`, or
`{"ok": false, "error": code, "field": …, "detail": …}`. What each kind takes stands at its function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from district.systems.environment.assessments.air import answer_aqi, answer_iaqi
from district.systems.environment.assessments.noise import answer_noise
from district.systems.environment.assessments.water import answer_trophic, answer_water
from district.systems.environment.quantities import BadQuantity

KINDS: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "aqi": answer_aqi,
    "iaqi": answer_iaqi,
    "water": answer_water,
    "trophic": answer_trophic,
    "noise": answer_noise,
}


def assess(obj: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to one request; never raises for what a request contains."""
    if not isinstance(obj, Mapping):
        return _refusal("bad_request", "请求应为 JSON 对象", "")
    kind = obj.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        return _refusal("unknown_kind", f"kind 应为 {'、'.join(KINDS)} 之一，而不是 {kind!r}", "kind")
    try:
        return {"ok": True, "kind": kind} | KINDS[kind](obj)
    except BadQuantity as bad:
        return _refusal(bad.code, bad.detail, bad.field)


def _refusal(code: str, detail: str, field: str) -> dict[str, Any]:
    return {"ok": False, "error": code, "field": field, "detail": detail}

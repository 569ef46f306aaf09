"""The words in which a system says what it is. Standard library only: a manifest loads no Django.

Every class is a frozen dataclass; `zh` and `en` are the texts shown to people.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Literal

PUBLIC = "public"
STAFF = "staff"
"""Two role keys every page may use: anybody at all, and anybody who has signed in with a live duty."""


@dataclass(frozen=True)
class Role:
    """A post in a system. Known everywhere as `<system>.<key>`, e.g. `environment.officer`.

    `holds` names duties of the kernel this post also carries, such as `datasets.steward`: who may use the kernel's
    pages of the catalogue and of deliveries is decided by them, so that the kernel names no system.
    """

    key: str
    zh: str
    en: str
    holds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """A page in the navigation; its view is the function of the same name in the system's `pages.py`.

    `roles` are keys of the system's own roles, or `public` / `staff`, or a full key `<system>.<role>`.
    `does` are capability ids of the plan. `path` is the Django URL below `/<system>/`; empty means `<key>/`.
    A page with `nav=False` has a URL but no place in the navigation.
    """

    key: str
    zh: str
    en: str
    roles: tuple[str, ...]
    does: tuple[str, ...] = ()
    path: str | None = None
    icon: str = "file"
    group: str = ""
    nav: bool = True


@dataclass(frozen=True)
class Kpi:
    """A target of the plan. Its function of the same name stands in the system's `kpis.py`."""

    key: str
    zh: str
    en: str
    target: float
    unit: str
    does: str
    higher_is_better: bool = True


@dataclass(frozen=True)
class Listen:
    """A TCP port (UDP too where the protocol has it) that the gateway opens for this system.

    `intake` names the pure module that turns decoded messages into observations, `<system>.intake` by default.
    """

    protocol: str
    port: int
    zh: str = ""


@dataclass(frozen=True)
class Standing:
    """What stands beside the others for as long as the platform runs: `run(stop)` of the system's module `module` (dots for
    sub-features), where `stop` is a threading.Event. All share a process, a thread each, with Django; it is started again
    when one of them fails."""

    module: str
    zh: str
    en: str


@dataclass(frozen=True)
class Procedure:
    """A procedure of a system: a BPMN 2.0 file, run by the kernel's `cases`.

    `file` is below the system's folder; decision tables (`*.dmn`) lie beside it. Numbers of cases begin with
    `prefix` (upper-case letters). Roles are keys of the system's own roles or full keys: `readers` see its cases
    within their scope (none named: every role of the system), `leads` may suspend, supervise, decide, merge, mark
    confidential and change the procedure, `confidants` see confidential cases. Alarms of the kinds in `alarms`,
    `<system>.<kind>` or `<system>.*`, open a case of it.
    """

    key: str
    zh: str
    en: str
    file: str
    prefix: str
    readers: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    confidants: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Event:
    """Something that happened, told to whoever listens. Subclasses stand in a system's `contract.py`.

    Field types must be JSON-able: str, int, float, bool, None, datetime, and tuples or dicts of these.
    """

    name: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.name = f"{cls.__module__}.{cls.__qualname__}"


@dataclass(frozen=True)
class Column:
    """A column of a lent dataset. `type`: text, integer, number, boolean, date, datetime.

    `mask` names a function of masking, `code_table` a table of codes, `holds` what the values identify: person_id
    公民身份号码, entity_code 统一社会信用代码, division 区划代码, lon, lat.
    """

    name: str
    zh: str
    type: Literal["text", "integer", "number", "boolean", "date", "datetime"]
    unit: str = ""
    sensitivity: Literal[1, 2, 3, 4] = 1
    en: str = ""
    length: int | None = None
    mask: str = ""
    code_table: str = ""
    is_key: bool = False
    is_required: bool = False
    holds: Literal["", "person_id", "entity_code", "division", "lon", "lat"] = ""


@dataclass(frozen=True)
class Dataset:
    """A table lent to the catalogue. `table` is the SQL table or view behind it.

    `share` follows the 政务信息资源目录: open 无条件共享, conditional 有条件共享, closed 不予共享; closed needs a
    `legal_ground`. `library` is one of the base libraries, `theme` one of the themes of the catalogue. `provider` is
    the code of the unit that answers for it; the lead of the system where it is empty.
    """

    key: str
    zh: str
    en: str
    table: str
    columns: tuple[Column, ...]
    share: Literal["open", "conditional", "closed"] = "conditional"
    updates: str = "realtime"
    is_open_to_public: bool = False
    abstract: str = ""
    library: str = ""
    theme: str = ""
    provider: str = ""
    share_condition: str = ""
    legal_ground: str = ""
    open_condition: str = ""


@dataclass(frozen=True)
class Fraction:
    """What a part of a Kpi was counted from. `key` "" is the whole; `weight` is that of a part in a weighted mean."""

    key: str
    numerator: float
    denominator: float
    zh: str = ""
    unit: str = ""
    weight: float = 1.0


@dataclass(frozen=True)
class KpiValue:
    """A measured value of a Kpi, with the records behind it.

    `evidence` are rows (plain dicts) that a person can check; `parts` are named sub-figures; `fractions` say what was
    divided by what, in the order of the published SQL.
    """

    value: float | None
    at: datetime
    parts: dict[str, float | None] = field(default_factory=dict)
    evidence: tuple[dict[str, Any], ...] = ()
    note: str = ""
    fractions: tuple[Fraction, ...] = ()


@dataclass(frozen=True)
class System:
    """A clause of the plan as software: the whole of a system's manifest."""

    name: str
    clause: int
    zh: str
    en: str
    lead: str
    due: str
    partners: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    listens: tuple[Listen, ...] = ()
    shares: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    pages: tuple[Page, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    standing: tuple[Standing, ...] = ()
    icon: str = "building"

    def role_keys(self) -> frozenset[str]:
        return frozenset(role.key for role in self.roles)

    def page(self, key: str) -> Page:
        """The page of that key; KeyError names the system when there is none."""
        for page in self.pages:
            if page.key == key:
                return page
        raise KeyError(f"{self.name} has no page {key!r}")

    def procedure(self, key: str) -> Procedure:
        """The procedure of that key; KeyError names the system when there is none."""
        for procedure in self.procedures:
            if procedure.key == key:
                return procedure
        raise KeyError(f"{self.name} has no procedure {key!r}")

    def full_role(self, key: str) -> str:
        """`officer` → `environment.officer`; `public`, `staff` and full keys stay as they are."""
        if key in (PUBLIC, STAFF) or "." in key:
            return key
        return f"{self.name}.{key}"

"""定级备案 of assets: entered by one with the paper, confirmed by another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.files.actions import attach, keep
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Organisation
from district.kernel.people.refused import Refused

from ...models import AssetFiling, SecurityAsset
from ..controls.actions import SUBJECT_KIND
from ..refusing import check_another, check_keeper, check_waiting

FROM_LEVEL_3 = timedelta(days=365)
"""Level 3 and above: evaluated at least once a year; so is the use of cryptography."""


@dataclass(frozen=True)
class Filed:
    level: int
    number: str = ""
    filed_on: date | None = None
    evaluated_on: date | None = None
    crypto_evaluated_on: date | None = None
    evaluator: str = ""


@transaction.atomic
def register_asset(
    by: Account, key: str, name: str, kind: str, owner: Organisation, about: str, level: int
) -> SecurityAsset:
    """One the platform cannot see. Raises Refused `taken`."""
    check_keeper(by)
    if SecurityAsset.objects.filter(key=key).exists():
        raise Refused("taken", _("资产编号已存在"), field="key", value=key)
    made = SecurityAsset.objects.create(
        key=key, name=name, kind=kind, owner=owner, about=about, data_level=level, made_by=by
    )
    record_act(by, "asset_registered", subject_kind="security_asset", subject=key)
    return made


@transaction.atomic
def file_asset(
    by: Account, asset: SecurityAsset, filed: Filed, upload: Any = None, *, is_simulated: bool = False
) -> AssetFiling:
    """Raises Refused: no such level, days to come, level 2 and above without a number though filed."""
    check_keeper(by)
    if not 1 <= filed.level <= 5:
        raise Refused("level", _("保护等级为 1 至 5"), field="level", value=filed.level)
    for name in ("filed_on", "evaluated_on", "crypto_evaluated_on"):
        day = getattr(filed, name)
        if day is not None and day > clock.today():
            raise Refused("future", _("日期不能在将来"), field=name, value=day)
    if filed.filed_on and not filed.number.strip():
        raise Refused("no_number", _("已备案须填写备案证明编号"), field="number")
    made = AssetFiling.objects.create(
        asset=asset,
        level=filed.level,
        number=filed.number,
        filed_on=filed.filed_on,
        evaluated_on=filed.evaluated_on,
        crypto_evaluated_on=filed.crypto_evaluated_on,
        evaluator=filed.evaluator,
        made_by=by,
        is_simulated=is_simulated,
        file=keep(upload, by, "asset_filing") if upload else None,
    )
    if made.file is not None:
        attach(made.file, SUBJECT_KIND, f"filing-{made.pk}", by, is_personal=False)
    record_act(by, "asset_filed", subject_kind="security_asset", subject=asset.key)
    return made


@transaction.atomic
def confirm_filing(by: Account, filing: AssetFiling) -> None:
    check_keeper(by)
    locked = AssetFiling.objects.select_for_update(of=("self",)).select_related("asset").get(pk=filing.pk)
    check_another(by, locked.made_by_id)
    check_waiting(is_waiting=locked.confirmed_at is None)
    locked.confirmed_by, locked.confirmed_at = by, clock.now()
    locked.save(update_fields=["confirmed_by", "confirmed_at"])
    record_act(by, "filing_confirmed", subject_kind="security_asset", subject=locked.asset.key)


def filing_in_force(asset: SecurityAsset) -> AssetFiling | None:
    """The newest confirmed one; of the whole the asset is part of where it has none of its own."""
    own = asset.filings.exclude(confirmed_at=None).first()
    return own or (filing_in_force(asset.part_of) if asset.part_of else None)


def what_is_due(filing: AssetFiling | None) -> list[str]:
    """What the law asks for and is not there or too old, in words."""
    if filing is None:
        return [_("未定级")]
    due = []
    if filing.level >= 2 and not filing.number:
        due.append(_("未备案"))
    if filing.level >= 3:
        limit = clock.today() - FROM_LEVEL_3
        if filing.evaluated_on is None or filing.evaluated_on < limit:
            due.append(_("等级测评超过一年"))
        if filing.crypto_evaluated_on is None or filing.crypto_evaluated_on < limit:
            due.append(_("密码应用评估超过一年"))
    return due

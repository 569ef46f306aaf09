"""Who may act for a department in asking for data and giving them out."""

from __future__ import annotations

from typing import Any

from district.kernel.datasets.posts import is_steward
from district.kernel.grants.refused import Refused
from district.kernel.people.models import Organisation
from district.kernel.people.roles import PROVIDER, holders
from district.kernel.people.scope import scope_in_roles


def acts_for(account: Any, organisation: Organisation) -> bool:
    """Whether the account holds the duty of that department's data. None is the platform itself."""
    if account is None or (is_steward(account) and account.organisation_id == organisation.pk):
        return True
    return scope_in_roles(account, holders(PROVIDER)).covers(organisation.pk)


def must_offer(account: Any, organisation: Organisation) -> None:
    if not acts_for(account, organisation):
        raise Refused("not_yours", f"您不是{organisation}的数据员", status=403)


def must_be_steward(account: Any) -> None:
    if account is not None and not is_steward(account):
        raise Refused("not_steward", "只有数据管理员可以审查", status=403)

"""Whom an account administrator may administer: others, within the scope of the administrator's own duty."""

from __future__ import annotations

from django.utils.translation import gettext as _

from district.kernel.people.access import ADMIN, Scope, may, scope_of
from district.kernel.people.models import Account, Organisation
from district.kernel.people.refused import Refused


def administered_scope(by: Account | None) -> Scope:
    """The units whose accounts `by` administers; the command line (None) administers all."""
    if by is None:
        return Scope(is_whole=True)
    return scope_of(by, "people") if may(by, ADMIN) else Scope()


def check_administers(by: Account | None, account: Account) -> None:
    """Raises Refused unless `by` may change this account: never their own, never outside their scope."""
    if by is not None and by.pk == account.pk:
        raise Refused("own_account", _("不能办理本人账号"), field="account", value=account.username)
    scope = administered_scope(by)
    if account.organisation_id is None:
        inside = scope.is_whole
    else:
        inside = scope.covers(account.organisation_id)
    if not inside:
        raise Refused("outside_scope", _("该账号不在您的管理范围内"), field="account", value=account.username)


def check_may_administer_in(by: Account | None, organisation: Organisation) -> None:
    """Raises Refused unless the unit lies in the scope of `by`."""
    if not administered_scope(by).covers(organisation.pk):
        text = _("单位“%(name)s”不在您的管理范围内") % {"name": organisation.name}
        raise Refused("outside_scope", text, field="organisation", value=organisation.code)

"""Accounts nobody uses are suspended (GB/T 22239-2019 8.1.4.2c)."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.people import life_actions
from district.kernel.people.models import Account

UNUSED_AFTER = timedelta(days=90)


def suspend_unused() -> list[str]:
    """The user names of the accounts that were suspended now; demo accounts are left alone."""
    since = clock.now() - UNUSED_AFTER
    unused = Account.objects.active().filter(
        Q(last_login__lt=since) | Q(last_login=None, created_at__lt=since), is_demo=False
    )
    names = []
    for account in unused:
        life_actions.suspend(None, account, _("90 天未使用，自动停用"))
        names.append(account.username)
    return names

from __future__ import annotations

from district.kernel.alerts.contract import AlarmRaised
from district.kernel.alerts.models import Alarm
from district.kernel.alerts.notices import notify
from district.kernel.alerts.queries import accounts_on_duty
from district.kernel.events import on


@on(AlarmRaised)
def tell_those_on_duty(event: AlarmRaised) -> None:
    """Everybody on duty in a role the alarm names, whose scope covers its unit or place."""
    alarm = Alarm.objects.get(pk=event.alarm_id)
    for account in accounts_on_duty(alarm.roles, alarm.organisation_id, alarm.division_code):
        notify(
            account, title=alarm.message[:200], url=f"/alerts/{alarm.pk}/", severity=alarm.severity, alarm=alarm,
            channels=alarm.channels,
        )

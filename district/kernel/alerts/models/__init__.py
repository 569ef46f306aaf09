"""Tables of rules, alarms and notices."""

from district.kernel.alerts.models.alarms import Alarm, AlarmState, AlarmStep
from district.kernel.alerts.models.notices import Notice, NoticeDelivery, SmsMessage
from district.kernel.alerts.models.rules import Rule, Suppression

__all__ = ["Alarm", "AlarmState", "AlarmStep", "Notice", "NoticeDelivery", "Rule", "SmsMessage", "Suppression"]

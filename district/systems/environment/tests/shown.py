"""What the browser test of all pages looks at beside the pages of the manifest: details with something in them."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from district.kernel.alerts.actions import raise_alarm
from district.kernel.clock import day_bounds, now, today
from district.kernel.datasets.actions.contracts import sync_contracts
from district.kernel.devices.models import QuarantinedMessage
from district.systems.environment import seed
from district.systems.environment.actions.alert_rules import put_default_rules
from district.systems.environment.actions.evaluation import evaluate_days
from district.systems.environment.actions.quality import detect
from district.systems.environment.actions.supervision import Occurrence, open_case
from district.systems.environment.models import Outlet, Permit, QualityFinding
from district.systems.environment.queries.series import evaluated_series
from district.testing.people import organisation

from .observing import observe

MONITOR = "environment.monitor"


def prepare() -> dict[str, str]:
    """A demonstration with three days of one outlet; address → the role that looks at it."""
    organisation("zhoucun", kind="district")
    organisation("demo_enterprise", kind="enterprise")
    organisation("ecology", name="区生态环境分局")
    seed.seed()
    sync_contracts()
    put_default_rules()
    outlet = Outlet.objects.get(source__code="ZC-E01", code="DA001")
    device = outlet.device
    start = day_bounds(today() - timedelta(days=3))[0]
    for series in device.series.filter(period="hour", statistic="avg"):
        observe(series, start, [40.0 + index % 7 for index in range(60)] + [57.0] * 12)
    evaluate_days(start.date(), today(), now())
    detect(evaluated_series(), start, start + timedelta(days=3), now())
    alarm = raise_alarm(
        system="environment", kind="over_limit_day", thing="outlet:1", subject=device.name, severity=3, value=80.0,
        message=f"{device.name} 氮氧化物 日均值 80 mg/m³ 超过许可浓度 50 mg/m³", limit_value=50.0, unit="mg/m3",
        device_id=device.pk, item="a21002", division_code=device.division_code, roles=[MONITOR],
    )
    case = open_case(
        Occurrence("over_limit_day", alarm.message, start, device=device, item="a21002", alarm_id=alarm.pk), now()
    )
    return _addresses(outlet, case.number, alarm.pk)


def _addresses(outlet: Outlet, case: str, alarm: int) -> dict[str, str]:
    device = outlet.device
    message = QuarantinedMessage.objects.create(
        received_at=now(), protocol="hj212", port=9212, layer="semantic", reason="wrong_password",
        detail=f"设备 {device.code} 的访问密码不对",
        device_code=device.code, remote="127.0.0.1:40000", raw=b"##0100QN=20261103100000000;ST=31;CN=2061;PW=0&&A1B2",
        readings=[{"at": now().isoformat(), "item": "a21002", "value": 43.9, "mark": 1, "period": "hour",
                   "statistic": "avg"}],
    )
    finding = QualityFinding.objects.filter(kind="constant").first()
    permit = Permit.objects.get(source__code="ZC-E01").number
    named = {
        "station": ["ZC-E01-DA001"], "source": ["ZC-E01"], "permit": [permit], "case": [case],
        "finding": [finding.pk], "device": [device.code], "edit_device": [device.code],
        "quarantined_message": [message.pk], "add_device": [], "corrections": [],
    }
    found = {reverse(f"environment:{name}", args=args): MONITOR for name, args in named.items()}
    found[reverse("environment:station", args=["1636A"])] = MONITOR
    found[reverse("environment:station", args=["ZC-W01"])] = MONITOR
    found[reverse("environment:station", args=["ZC-N01"])] = MONITOR
    nitrogen = device.series.get(item="a21002", statistic="avg", period="hour").pk
    found[reverse("environment:readings") + f"?series={nitrogen}"] = MONITOR
    at = day_bounds(today() - timedelta(days=3))[0]
    found[reverse("environment:correct") + f"?series={nitrogen}&at={at:%Y-%m-%dT05:00}"] = MONITOR
    found[reverse("environment:add_file_record", args=["ZC-E01", "waste"])] = "environment.officer"
    found[reverse("environment:case", args=[case])] = "environment.officer"
    found[reverse("alerts:alarm", args=[alarm])] = MONITOR
    found[reverse("kpis:kpi", args=["environment", "automation_rate"])] = MONITOR
    found[reverse("datasets:resource", args=["environment.AirQualityHourly"])] = MONITOR
    return found



from collections.abc import Callable
from typing import Any

import pytest

from district.kernel.alerts.models import Rule
from district.kernel.devices.models import Device, Series
from district.kernel.people.models import Account, Duty, Organisation

OFFICER = "environment.officer"


@pytest.fixture
def town(db: None) -> Organisation:
    return Organisation.objects.create(
        code="test_town", name="王村镇政府", kind="town", path="test_town", division_code="370306102"
    )


@pytest.fixture
def on_duty(town: Organisation) -> Callable[..., Account]:
    """Makes accounts: `on_duty("zhang", role=…, scope="own", organisation=…)`."""

    def make(username: str, role: str = OFFICER, scope: str = "district", **fields: Any) -> Account:
        organisation = fields.pop("organisation", town)
        account = Account.objects.create(username=username, name=username, organisation=organisation, **fields)
        Duty.objects.create(account=account, role=role, organisation=organisation, scope=scope)
        return account

    return make


@pytest.fixture
def device(town: Organisation) -> Device:
    return Device.objects.create(
        code="D-1", name="王村镇站", kind="air", system="environment", division_code="370306102001", owner=town
    )


@pytest.fixture
def series(device: Device) -> Series:
    return Series.objects.create(device=device, item="a34004", statistic="avg", period="hour", unit="µg/m³")


@pytest.fixture
def rule(series: Series) -> Rule:
    return Rule.objects.create(
        system="environment", key="pm25", name="PM2.5 超限", kind="limit", severity=3, parameters={"above": 75},
        item="a34004", item_name="PM2.5", roles=[OFFICER], channels=["sms"],
    )

from __future__ import annotations

import threading
from collections import Counter

import pytest
from django.db import connection

from district.kernel.alerts.actions import raise_alarm
from district.kernel.cases import actions
from district.kernel.cases.actions import Repeat, take_alarms
from district.kernel.cases.models import AlarmCase, Case
from district.kernel.jobs.in_line import run_waiting


def told(key: str, kind: str = "offline") -> Repeat:
    return Repeat("trial", kind, key, "3号探头", "离线", division_code="370306001")


@pytest.mark.django_db
@pytest.mark.usefixtures("version")
def test_an_alarm_opens_one_case_and_its_repeats_are_counted():
    raise_alarm(
        system="trial", kind="offline", thing="camera 3", subject="3号探头", message="离线", severity=2
    )
    run_waiting()
    case = Case.objects.get()
    assert (case.channel, case.title, case.kind) == ("alarm", "3号探头：离线", "offline")
    assert take_alarms([told("trial.offline/camera 3")] * 5) == []
    assert AlarmCase.objects.get().count == 6
    actions.cancel(case, None, "已恢复")
    [again] = take_alarms([told("trial.offline/camera 3")])
    assert again.pk != case.pk
    assert sorted(AlarmCase.objects.values_list("is_running", flat=True)) == [False, True]


@pytest.mark.django_db
@pytest.mark.usefixtures("version")
def test_alarms_no_procedure_waits_for_open_nothing():
    assert take_alarms([Repeat("elsewhere", "offline", "key", "", "离线")]) == []
    assert not AlarmCase.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_racing_repeats_open_no_double():
    keys = [f"key {n}" for n in range(15)]

    def storm():
        try:
            for _batch in range(6):
                take_alarms([told(key) for key in keys for _twice in range(2)])
        finally:
            connection.close()

    threads = [threading.Thread(target=storm) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Case.objects.count() == len(keys)
    assert Counter(AlarmCase.objects.values_list("alarm_key", "count")) == Counter((key, 60) for key in keys)

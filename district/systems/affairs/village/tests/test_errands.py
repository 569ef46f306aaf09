"""Errands have a clock; whose they are is sealed, and shown to who does them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection

from district.kernel.clock import CHINA, stopped_at
from district.kernel.people.models import AuditEntry
from district.kernel.people.refused import Refused
from district.systems.affairs.models import Errand, Guide
from district.systems.affairs.village.actions.errands import end_errand, forget_names, take_errand

MONDAY = datetime(2026, 9, 7, 9, 0, tzinfo=CHINA)


@pytest.fixture
def guide(village):
    return Guide.objects.create(
        name="演示事项", decided_by="镇便民服务中心", materials=["身份证"], working_days=3
    )


def test_an_errand_is_due_in_working_days_and_its_name_is_sealed(village, guide):
    with stopped_at(MONDAY):
        errand = take_errand(guide, village.unit, "演示村民", village.clerk, phone="13800000000")

    assert errand.due_at == datetime(2026, 9, 10, 17, 30, tzinfo=CHINA)
    with connection.cursor() as cursor:
        cursor.execute("SELECT villager, phone FROM affairs_errand")
        assert "演示村民" not in str(cursor.fetchall())
    done = end_errand(errand, village.clerk, "done", "证已送到家")
    with pytest.raises(Refused, match="已经办结"):
        end_errand(done, village.clerk, "done", "x")


def test_whose_an_errand_was_is_forgotten_a_year_after_its_end(village, guide):
    with stopped_at(MONDAY):
        done = end_errand(
            take_errand(guide, village.unit, "演示村民", village.clerk), village.clerk, "done", "办好"
        )
        take_errand(guide, village.unit, "演示另一位", village.clerk)

    assert forget_names(MONDAY + timedelta(days=364)) == 0
    assert forget_names(MONDAY + timedelta(days=366)) == 1
    assert forget_names(MONDAY + timedelta(days=900)) == 0
    done.refresh_from_db()
    assert (done.villager, done.outcome) == ("", "办好")
    assert Errand.objects.exclude(pk=done.pk).get().villager == "演示另一位"


def test_an_errand_from_the_pages_is_noted_when_looked_at(village, guide, client):
    client.force_login(village.clerk)
    given = {"organisation": village.unit.pk, "guide": guide.pk, "villager": "演示村民"}
    assert "演示村民" in client.post("/affairs/guides/", given, follow=True).content.decode()
    errand = Errand.objects.get()
    assert AuditEntry.objects.filter(subject_kind="errand", subject=str(errand.pk), action="look").exists()
    client.post(f"/affairs/guides/errands/{errand.pk}/", {"state": "done", "outcome": "办好了"})
    errand.refresh_from_db()
    assert errand.state == "done"
    client.force_login(village.asker)
    assert client.get(f"/affairs/guides/errands/{errand.pk}/").status_code == 404

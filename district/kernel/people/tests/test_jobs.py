import logging

import pgtrigger
import pytest
from django.db import connection

from district.kernel.people import audit_anchors, jobs
from district.kernel.people.audit import record_act

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setattr(audit_anchors, "anchors_file", lambda: tmp_path / "audit_anchors")


def test_every_night_the_head_of_the_trail_is_noted(caplog):
    head = record_act(None, "export")
    jobs.look_after_accounts()
    assert audit_anchors.noted_anchors() == {1: head.digest}
    assert "audit trail broken" not in caplog.text


def test_a_broken_trail_is_an_error_in_the_log(caplog):
    record_act(None, "export")
    with pgtrigger.ignore("people.AuditEntry:append_only"), connection.cursor() as cursor:
        cursor.execute("UPDATE people_auditentry SET action = 'look'")
    with caplog.at_level(logging.ERROR):
        jobs.look_after_accounts()
    assert "audit trail broken at row 1: altered" in caplog.text
    assert audit_anchors.noted_anchors() == {}

"""The platform looks at itself: what it finds is what is there, and what it cannot see it calls unknown."""

from __future__ import annotations

import json
from datetime import timedelta
from importlib.metadata import distributions

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction

from district.kernel import upkeep_notes
from district.kernel.clock import now, today
from district.kernel.people.audit import record_act
from district.kernel.people.audit_anchors import anchors_file, check_and_anchor
from district.kernel.people.models import Account, AuditEntry
from district.kernel.people.refused import Refused
from district.testing.people import account

from ...models import AssetFiling, ControlEvidence, ControlFinding, ControlRun, SecurityAsset, SecurityRisk
from ..assets.actions import Filed, confirm_filing, file_asset, filing_in_force, what_is_due
from ..assets.found import take_assets
from ..controls.actions import confirm_evidence, show_evidence
from ..controls.door import DoorClosed
from ..controls.probe import PROBES
from ..controls.running import run_probes, standings
from ..controls.sbom import software_of
from ..people.processing import confirm_processing, register_processing
from ..risks.actions import Judged, accept_risk, close_risk, judge_risk
from .world import ClientDoor, office, officer, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_anchors() -> None:
    anchors_file().unlink(missing_ok=True)


class Shut:
    def get(self, path: str) -> object:
        raise DoorClosed(path)

    def post(self, path: str, form: object) -> object:
        raise DoorClosed(path)


def found(name: str) -> str:
    return PROBES[name](ClientDoor()).outcome


def test_all_probes_run_and_leave_what_they_found():
    publish()
    account("people.admin")
    record_act(None, "sign_in")
    check_and_anchor()
    run = run_probes(officer(), ClientDoor())
    outcomes = dict(run.findings.values_list("probe", "outcome"))
    assert set(outcomes) == set(PROBES)
    words = dict(run.findings.values_list("probe", "words"))
    for name in (
        "passwords",
        "lockout",
        "guarded_pages",
        "browser_headers",
        "separation",
        "crypto_vectors",
        "upload_kinds",
        "sealed_columns",
        "audit_append_only",
        "incident_procedure",
        "sessions",
    ):
        assert outcomes[name] == "passed", f"{name}: {words[name]}"
    assert outcomes["transport"] == "failed", "without HTTPS it says so"
    assert (run.passed + run.failed + run.unknown) == len(PROBES)
    assert not any(words[name].startswith("探测本身出错") for name in words)


def test_what_is_behind_a_closed_door_is_unknown_not_failed():
    run = run_probes(None, Shut())
    by_probe = dict(run.findings.values_list("probe", "outcome"))
    assert {
        by_probe[name] for name in ("lockout", "browser_headers", "cookies", "guarded_pages", "health")
    } == {"unknown"}


def test_plain_text_where_there_should_be_a_seal_is_found():
    person = account(phone="13800000000")
    assert (found("sealed_columns"), found("seal_integrity")) == ("passed", "passed")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_account SET phone = '13800000000' WHERE id = %s", [person.pk])
    assert (found("sealed_columns"), found("seal_integrity")) == ("failed", "failed")


def test_the_state_of_the_accounts_is_what_is_found():
    assert found("second_factor") == "unknown"
    account("people.admin")
    assert (found("second_factor"), found("demo_accounts"), found("idle_accounts")) == (
        "failed",
        "passed",
        "passed",
    )
    account(is_demo=True)
    account(last_login=now() - timedelta(days=91))
    assert (found("demo_accounts"), found("idle_accounts")) == ("failed", "failed")


def test_the_audit_chain_is_unknown_until_it_is_walked_and_fails_when_it_is_broken():
    assert found("audit_chain") == "unknown"
    check_and_anchor()
    assert found("audit_chain") == "passed"


def test_backups_count_when_they_are_made_and_young():
    upkeep_notes.notes_file().unlink(missing_ok=True)
    assert (found("backups"), found("restore_tests")) == ("failed", "unknown")
    upkeep_notes.note(upkeep_notes.BACKUP, anchors_file().parent / "postgres.url")
    assert found("backups") == "passed"
    upkeep_notes.notes_file().unlink()


def test_a_run_once_kept_cannot_be_changed():
    run = ControlRun.objects.create()
    ControlFinding.objects.create(run=run, probe="x", outcome="failed", words="x")
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        ControlFinding.objects.all().delete()
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        ControlRun.objects.update(failed=0)
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        ControlFinding.objects.update(outcome="passed")


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile(
        "证明.pdf",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n",
        "application/pdf",
    )


def state(key: str) -> str:
    return next(each.state for each in standings() if each.control.key == key)


def test_a_paper_counts_when_another_has_confirmed_it_and_until_its_day(monkeypatch: pytest.MonkeyPatch):
    by = officer()
    assert state("8.1.4.9b") == "unknown"
    with pytest.raises(Refused) as bare:
        show_evidence(by, "8.1.4.9b", "passed", "异地备份", today() + timedelta(days=30))
    assert bare.value.code == "no_paper"
    paper = show_evidence(by, "8.1.4.9b", "passed", "异地备份", today() + timedelta(days=30), pdf())
    assert state("8.1.4.9b") == "unknown"
    with pytest.raises(Refused) as own:
        confirm_evidence(by, paper)
    assert own.value.code == "own_request"
    with pytest.raises(IntegrityError, match="evidence_needs_two"), transaction.atomic():
        ControlEvidence.objects.update(confirmed_by=by)
    confirm_evidence(office(), paper)
    assert state("8.1.4.9b") == "passed"
    ControlEvidence.objects.update(until_on=today() - timedelta(days=1))
    assert state("8.1.4.9b") == "unknown"


def test_the_platform_knows_its_systems_and_a_filing_takes_two():
    take_assets()
    count = SecurityAsset.objects.count()
    assert take_assets() == count == SecurityAsset.objects.filter(is_found=True, gone_at=None).count()
    SecurityAsset.objects.create(key="system.gone", name="旧系统", kind="system", is_found=True)
    take_assets()
    assert SecurityAsset.objects.get(key="system.gone").gone_at is not None
    platform, by = SecurityAsset.objects.get(key="platform"), officer()
    assert what_is_due(filing_in_force(platform)) == ["未定级"]
    filing = file_asset(by, platform, Filed(3, "3703-1", today(), today(), today() - timedelta(days=400)))
    with pytest.raises(Refused) as own:
        confirm_filing(by, filing)
    assert own.value.code == "own_request"
    with pytest.raises(IntegrityError, match="filing_needs_two"), transaction.atomic():
        AssetFiling.objects.update(confirmed_by=by)
    confirm_filing(office(), filing)
    part = SecurityAsset.objects.get(key="service.web")
    assert filing_in_force(part) == filing, "a part is graded with the whole"
    assert what_is_due(filing) == ["密码应用评估超过一年"]


def test_a_risk_that_stays_is_borne_by_another_for_a_time():
    publish()
    take_assets()
    platform, by = SecurityAsset.objects.get(key="platform"), officer()
    risk = judge_risk(by, Judged(platform, "扫描", "补丁慢", 4, 4, "accept", "", 3, 4))
    with pytest.raises(Refused) as own:
        accept_risk(by, risk, today() + timedelta(days=30))
    assert own.value.code == "own_request"
    with pytest.raises(IntegrityError, match="risk_needs_two"), transaction.atomic():
        SecurityRisk.objects.update(accepted_by=by)
    accept_risk(office(), risk, today() + timedelta(days=30))
    grave = judge_risk(by, Judged(platform, "勒索", "无备份", 5, 5, "accept"))
    with pytest.raises(Refused) as too_much:
        accept_risk(office(), grave, today() + timedelta(days=30))
    assert too_much.value.code == "grave"
    with pytest.raises(Refused):
        close_risk(by, grave)
    with pytest.raises(Refused) as grown:
        judge_risk(by, Judged(platform, "x", "y", 2, 2, "accept", "", 3, 3))
    assert grown.value.code == "grown"


def test_processing_of_sensitive_data_needs_an_assessment_and_two():
    by = officer()
    said = {
        "name": "走访",
        "system": "governance",
        "holder": by.organisation,
        "purpose": "帮扶",
        "basis": "duty",
        "ground": "条例",
        "kept": "3 年",
        "subjects": "特殊人群",
        "kinds": "健康",
        "is_sensitive": True,
        "assessed_on": None,
        "until_on": today() + timedelta(days=30),
    }
    with pytest.raises(Refused) as bare:
        register_processing(by, dict(said))
    assert bare.value.code == "not_assessed"
    made = register_processing(by, {**said, "assessed_on": today()})
    with pytest.raises(Refused):
        confirm_processing(by, made)
    confirm_processing(office(), made)
    assert found("processing_register") == "passed"


def test_the_list_of_software_names_what_is_installed():
    made = json.loads(json.dumps(software_of(distributions())))
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.5")
    assert any(each["name"].lower() == "django" and each["version"] for each in made["components"])
    assert Account.objects.count() == AuditEntry.objects.count() == 0

"""The limits of docs/adr/0014 as a machine can check them: what there is no column, route, copy or reader for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.urls import reverse

from district.kernel import home, registry
from district.kernel.datasets import catalogue
from district.kernel.people.models import Organisation
from district.kernel.people.roles import all_roles
from district.systems.governance.care.row_security import GUARDED
from district.testing.access import outcome, routes
from district.testing.people import account

from .caring import ALL, lead, record, unit

BIOMETRIC = re.compile(
    r"(?<![a-z])(face(?!t)|facial|biometric|fingerprint|iris|gait|voiceprint|palm|retina|dna)|"
    r"人脸|面部|指纹|虹膜|步态|声纹|掌纹|视网膜|生物特征|生物识别"
)
"""Nowhere in the system: no identification by the body."""

OF_PERSONS = re.compile(
    r"score|rating|risk|predict|danger|suspicio|threat|credit|(?<![a-z])(lon|lat|longitude|latitude|gps|position|"
    r"location|track|trace|photo|picture|camera|plate|imei|imsi|mac_address)|"
    r"评分|得分|积分|打分|风险|预测|危险性|可疑|信用|经度|纬度|定位|轨迹|行踪|照片|相片|摄像|车牌"
)
"""Not in a table about a person: no score or forecast of somebody, no place of theirs, no picture."""

OF_SPEECH = re.compile(r"petition|protest|speech|opinion|religio|上访|信访|言论|舆情|宗教|维权|骨干|参与人")
"""No record, and no basis for one, because of what somebody said or asked for."""

ABOUT_PERSONS = re.compile(r"^(Care|Dispute)")


def governance_models() -> list:
    return list(apps.get_app_config("governance").get_models())


def words_of(model) -> list[str]:
    """Names and labels of all fields, with the values they can take."""
    found = [model.__name__, str(model._meta.verbose_name)]
    for field in model._meta.get_fields():
        found += [field.name, str(getattr(field, "verbose_name", ""))]
        found += [str(part) for choice in getattr(field, "choices", None) or () for part in choice]
    return [word.lower() for word in found]


def test_no_table_of_the_system_knows_a_body():
    for model in governance_models():
        for word in words_of(model):
            assert not BIOMETRIC.search(word), f"{model.__name__}: {word}"


def test_no_table_about_a_person_scores_places_or_pictures_them():
    about = [model for model in governance_models() if ABOUT_PERSONS.match(model.__name__)]
    assert len(about) >= 13
    for model in about:
        for word in words_of(model):
            assert not OF_PERSONS.search(word), f"{model.__name__}: {word}"


def test_the_lists_of_words_would_find_what_they_look_for():
    for word in ("face_id", "人脸特征", "gait"):
        assert BIOMETRIC.search(word)
    for word in ("risk_level", "last_lon", "轨迹", "photo_url", "危险性评估", "score"):
        assert OF_PERSONS.search(word)
    for word in ("surface", "facet", "interface"):
        assert not BIOMETRIC.search(word)


def test_nobody_is_recorded_for_what_they_said_or_petitioned():
    for model in governance_models():
        for word in words_of(model):
            assert not (ABOUT_PERSONS.match(model.__name__) and OF_SPEECH.search(word)), (
                f"{model.__name__}: {word}"
            )
    table = (home.CHECKOUT / "district/systems/governance/care/bases.csv").read_text("utf-8")
    assert not OF_SPEECH.search(table)


def test_a_group_dispute_has_no_room_for_persons():
    people = {"Account", "Organisation"}
    for name in ("GroupDispute", "GroupDisputeStep"):
        model = apps.get_model("governance", name)
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            assert target is None or target.__name__ in {*people, "GroupDispute", "GroupDisputeStep"}
            if target is not None and target.__name__ == "Account":
                assert field.name in ("made_by", "by")
            assert field.get_internal_type() not in ("JSONField", "ArrayField", "ManyToManyField")


def test_routes_about_speech_or_petitions_do_not_exist():
    own = [route for route in routes() if route.pattern.startswith("governance/")]
    assert own
    for route in own:
        assert not OF_SPEECH.search(route.pattern), route.pattern
        assert not re.search(r"participants|suspects|watch-?list|blacklist", route.pattern), route.pattern


def test_care_has_no_api_and_no_other_reader():
    """Pages of personal records belong to carers and leads; the auditor sees the log of looks, counts go to few."""
    allowed = {
        "care_looks": {"governance.care_lead", "people.auditor"},
        "care_figures": {"governance.care_lead", "governance.officer", "governance.reader"},
    }
    own = [route for route in routes() if re.search(r"(^|/)(care|disputes)([/_-]|$)", route.pattern)]
    assert len(own) >= 12
    for route in own:
        name = route.name.split(":")[-1]
        assert not route.pattern.startswith("api/"), route.pattern
        wanted = allowed.get(name, {"governance.carer", "governance.care_lead"})
        assert set(route.allowed_roles or ()) <= wanted, route.pattern


@pytest.mark.django_db
def test_every_other_role_is_turned_away_from_care_pages(client: Client):
    own = [route for route in routes() if re.search(r"^governance/(care|disputes)", route.pattern)]
    assert len(own) >= 12
    for role in (entry.key for entry in all_roles()):
        client.force_login(account(role))
        for route in own:
            admitted = outcome(client, route) == "admitted"
            assert admitted == (role in (route.allowed_roles or ())), (role, route.pattern)


def test_no_lent_dataset_and_no_view_copies_a_guarded_table():
    for entry in catalogue.entries():
        assert not any(name in entry.dataset.table for name in GUARDED), entry.dataset.key
    for system in registry.systems():
        for path in (home.CHECKOUT / "district" / "systems" / system.name).rglob("*.py"):
            if "care" not in path.parts and "migrations" not in path.parts:
                assert not any(f"{name}record" in path.read_text("utf-8") for name in GUARDED), path


@pytest.mark.django_db
def test_no_view_function_or_history_table_hangs_on_a_guarded_table():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT view.relname FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid"
            " JOIN pg_class view ON view.oid = r.ev_class JOIN pg_class base ON base.oid = d.refobjid"
            " WHERE base.relname ~ '^governance_(care|dispute)' AND view.relname <> base.relname"
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname ~ '^governance_(care|dispute).*event' AND relkind='r'"
        )
        assert cursor.fetchall() == []
        cursor.execute("SELECT pubname FROM pg_publication")
        assert cursor.fetchall() == []


def test_the_kernel_and_the_processes_do_not_know_the_guarded_tables():
    """What leaves the database (lake, backups aside) never names a guarded table."""
    for folder in ("kernel", "edges"):
        for path in (home.CHECKOUT / "district" / folder).rglob("*.py"):
            assert not any(name in path.read_text("utf-8") for name in GUARDED), path


def test_personal_records_are_not_in_the_plain_upkeep():
    for model in admin.site._registry:
        assert not (ABOUT_PERSONS.match(model.__name__) and model._meta.app_label == "governance"
                    and model.__name__ != "CareUnit"), model  # fmt: skip


@pytest.mark.django_db
def test_no_page_of_persons_can_be_downloaded():
    town: Organisation = unit("town_a", *ALL)
    who = lead(town)
    record(who, town)
    client = Client()
    client.force_login(who)
    for view, table in (
        ("care", "visits"),
        ("care_ending", "ending"),
        ("care_looks", "looks"),
        ("disputes", "disputes"),
    ):
        for kind in ("csv", "xlsx", "json"):
            answer = client.get(reverse(f"governance:{view}") + f"?{table}-export={kind}")
            assert "attachment" not in answer.get("Content-Disposition", ""), view
            assert answer["Content-Type"].startswith("text/html"), view


def test_no_source_of_care_uses_pictures_or_models_of_people():
    """No library that recognises faces or fits a forecast is imported where personal records are handled."""
    folder = Path(home.CHECKOUT / "district/systems/governance/care")
    for path in folder.rglob("*.py"):
        if "tests" not in path.parts:
            text = path.read_text("utf-8")
            assert not re.search(
                r"import (cv2|face|insightface|torch|sklearn|statsmodels|numpy|scipy)", text
            ), path
            assert not re.search(
                r"from (cv2|face|insightface|torch|sklearn|statsmodels|numpy|scipy)", text
            ), path

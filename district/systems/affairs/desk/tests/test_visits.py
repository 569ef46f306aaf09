"""What a phone sends is kept once, whatever comes again; voices are files of it; the village alone reads it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from district.kernel.clock import now
from district.kernel.files.models import FileLink, StoredFile
from district.kernel.files.owners import may_look
from district.kernel.files.refusal import Refusal

from ...circulation.queries import concerns_visible_to
from ...circulation.refused import Refused
from ...circulation.tests.village import Village
from ...models import Concern, Visit
from ..actions import FILES_OF, forget_old_visits, keep_visit
from ..queries import may_read, today_of, visits_seen_by

VOICE = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + bytes(40)


def voice(content: bytes = VOICE, name: str = "voice-1.webm") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def kept(place: Village, **changed: Any) -> Visit:
    given = {
        "key": "k1",
        "purpose": "routine",
        "household": "演示户一",
        "note": "一切正常",
        "at": now(),
        **changed,
    }
    return keep_visit(place.clerk, village=place.village, **given)


def test_a_visit_sent_again_is_one(place: Village):
    at = now() - timedelta(days=6)
    made = [kept(place, at=at, files=[voice()]) for _again in range(3)]
    assert len({each.pk for each in made}) == Visit.objects.count() == StoredFile.objects.count() == 1
    assert made[0].voice_count == 1
    with pytest.raises(Refused) as refusal:
        kept(place, at=at, files=[voice(VOICE + b"other")])
    assert refusal.value.code == "other_content"


def test_a_voice_alone_is_enough_and_nothing_at_all_is_not(place: Village):
    assert kept(place, note="", files=[voice()]).voice_count == 1
    with pytest.raises(Refused) as refusal:
        kept(place, key="k2", note=" ")
    assert (refusal.value.code, refusal.value.field) == ("empty", "note")


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"purpose": "x"}, "unknown"), ({"key": ""}, "key"), ({"at": now() + timedelta(days=2)}, "at"),
     ({"at": now() - timedelta(days=90)}, "at")],
)  # fmt: skip
def test_what_is_not_taken_says_which_field(place: Village, changed: dict[str, Any], code: str):
    with pytest.raises(Refused) as refusal:
        kept(place, **changed)
    assert refusal.value.code == code
    assert not Visit.objects.exists()


def test_a_file_that_is_no_voice_or_photo_is_refused_and_nothing_is_kept(place: Village):
    with pytest.raises(Refusal):
        kept(place, files=[voice(b"MZ", "voice.exe")])
    assert not Visit.objects.exists()


def test_a_visit_becomes_a_matter_of_the_village_with_its_voice(place: Village):
    visit = kept(place, note="", purpose="safety", files=[voice()], makes_concern=True)
    concern = Concern.objects.get()
    assert visit.concern == concern
    assert (concern.kind, concern.level, concern.parties.get().name) == ("safety", "village", "演示户一")
    assert concerns_visible_to(place.clerk).get() == concern
    assert FileLink.objects.count() == 2


def test_the_village_reads_its_visits_and_the_town_counts_them(place: Village):
    visit = kept(place, files=[voice()])
    assert [
        visits_seen_by(each).count() for each in (place.clerk, place.officer, place.manager, place.neighbour)
    ] == [1, 1, 1, 0]
    assert [may_read(each, visit) for each in (place.clerk, place.officer, place.manager)] == [
        True,
        False,
        False,
    ]
    assert may_look(place.clerk, FILES_OF, str(visit.pk))
    assert not may_look(place.officer, FILES_OF, str(visit.pk))


def test_words_and_voices_are_forgotten_in_time_and_the_visit_stays(place: Village):
    visit = kept(place, files=[voice()])
    assert forget_old_visits() == 0
    assert forget_old_visits(visit.delete_on) == 1
    assert forget_old_visits(visit.delete_on) == 0
    visit.refresh_from_db()
    assert (visit.household, visit.note, visit.voice_count) == ("", "", 0)
    assert not FileLink.objects.exists()


def test_today_names_what_waits_and_nobody(place: Village):
    concern = place.opened()
    boxes = {box.key: box for box in today_of(place.clerk)}
    assert concern.case.number in boxes["concerns"].rows[0].title
    assert boxes["concerns"].rows[0].light == "green"
    assert "演示甲" not in str(boxes)
    assert {"tasks", "notices", "forms"} <= set(boxes)


def test_a_digest_leaves_the_upload_as_it_was(place: Village):
    upload = BytesIO(VOICE)
    upload.name = "voice.webm"
    kept(place, files=[upload])
    assert StoredFile.objects.get().size == len(VOICE)

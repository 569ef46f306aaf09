from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from district.kernel.clock import now
from district.systems.affairs.models import Ballot, Body, Meeting, Shift, Voter
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db


def test_the_database_refuses_a_choice_beside_a_voter_of_a_secret_ballot():
    village = organisation("village_1", division_code="370306102201")
    meeting = Meeting.objects.create(organisation=village, body=Body.DELEGATES, title="会", starts_at=now())
    ballot = Ballot.objects.create(
        meeting=meeting, question="修路", options=["同意", "不同意"], roll="delegate"
    )

    with pytest.raises(IntegrityError, match="affairs_voter_secret"), transaction.atomic():
        Voter.objects.create(ballot=ballot, label="演示代表", is_secret=True, choice="同意")


def test_nobody_is_on_duty_twice_at_one_time():
    village, person = organisation("village_1"), account("affairs.clerk")
    at = now()
    Shift.objects.create(organisation=village, account=person, starts_at=at, ends_at=at + timedelta(hours=8))

    with pytest.raises(IntegrityError, match="affairs_shift_one_place"), transaction.atomic():
        Shift.objects.create(
            organisation=village, account=person, starts_at=at + timedelta(hours=7), ends_at=at + timedelta(hours=9)
        )  # fmt: skip

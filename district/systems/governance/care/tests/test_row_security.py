import pytest
from district.systems.governance.models import CareRecord


@pytest.mark.django_db
def test_x():
    assert CareRecord.objects.count() == 0

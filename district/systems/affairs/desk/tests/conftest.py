import pytest

from ...circulation.tests.village import Village, made


@pytest.fixture
def place(db: None) -> Village:
    return made()

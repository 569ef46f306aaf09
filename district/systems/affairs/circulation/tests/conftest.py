import pytest

from .village import Village, made


@pytest.fixture
def place(db: None) -> Village:
    return made()

"""查询码: given to a person at a counter after the identity document was checked; with the number it opens one's own page.

Nothing is stored: the code is HMAC-SM3 over the person's hash and its last day, in the letters of Base32.
"""

from __future__ import annotations

import base64
import hmac
import uuid
from datetime import date, timedelta

from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

from district.kernel import home

LENGTH = 12
DAYS = 30


def code_for(person: uuid.UUID, until: date) -> str:
    """Twelve letters, 60 bits."""
    keyed = HMAC(home.secret("personal_data").encode(), SM3())
    keyed.update(b"grants.visit:" + person.bytes + until.isoformat().encode())
    return base64.b32encode(keyed.finalize())[:LENGTH].decode()


def is_valid(person: uuid.UUID, code: str, today: date) -> bool:
    """Whether a code was given to this person and its time has not run out."""
    said = code.replace("-", "").replace(" ", "").upper()
    days = (today + timedelta(days=n) for n in range(DAYS + 1))
    return any([hmac.compare_digest(code_for(person, day).encode(), said.encode()) for day in days])

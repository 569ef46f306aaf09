"""How long what is known of learners and talents is kept. Printed on the pages that show it."""

from __future__ import annotations

from datetime import timedelta

ANSWERS_KEPT = timedelta(days=183)
"""Paper and answers: as long as somebody may ask for them to be marked again."""
RESULTS_KEPT = timedelta(days=3 * 365)
"""Points and certificate, from the day the sitting was in."""
OBJECTION_DAYS = 15
"""An objection of a person in the talent register is answered within these days."""
MOST_YEARS = 5
"""A consent to the talent register ends after these at the latest."""
SMALL = 3
"""Units of fewer persons are shown together: a share of one person would be that person's own result."""

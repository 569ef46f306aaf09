"""`/api/transit/…`; each sub-feature brings its own router."""

from __future__ import annotations

from ninja import Router

from .planner.api import router as planner
from .public.api import router as public

router = Router()
router.add_router("", public)
router.add_router("", planner)

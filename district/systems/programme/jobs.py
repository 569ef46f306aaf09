"""Background work of the programme, one module a sub-feature; only gathered here."""

from .indicators import jobs as indicators
from .meetings import jobs as meetings
from .operation import jobs as operation
from .projects import jobs as projects
from .security import jobs as security
from .tasks import jobs as tasks
from .training import jobs as training

__all__ = ["indicators", "meetings", "operation", "projects", "security", "tasks", "training"]

from district.kernel.forms.models.central import ApiSession, SubmissionComment
from district.kernel.forms.models.forms import Form, FormFile, FormState, FormVersion, VersionState
from district.kernel.forms.models.projects import AppUser, Project
from district.kernel.forms.models.register_sources import (
    RegisterSource,
    SubmissionSettlement,
    WaitingState,
    WaitingWrite,
)
from district.kernel.forms.models.registers import (
    Entity,
    EntityWrite,
    Register,
    RegisterItem,
    Subject,
    WriteKind,
)
from district.kernel.forms.models.reviews import FormReview, ReviewOutcome
from district.kernel.forms.models.submissions import (
    ReviewState,
    Submission,
    SubmissionFile,
    SubmissionVersion,
)
from district.kernel.forms.models.web import WebForm

__all__ = [
    "ApiSession",
    "AppUser",
    "Entity",
    "EntityWrite",
    "Form",
    "FormFile",
    "FormReview",
    "FormState",
    "FormVersion",
    "Project",
    "Register",
    "RegisterItem",
    "RegisterSource",
    "ReviewOutcome",
    "ReviewState",
    "Subject",
    "Submission",
    "SubmissionComment",
    "SubmissionFile",
    "SubmissionSettlement",
    "SubmissionVersion",
    "VersionState",
    "WaitingState",
    "WaitingWrite",
    "WebForm",
    "WriteKind",
]

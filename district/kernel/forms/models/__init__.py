from district.kernel.forms.models.forms import Form, FormFile, FormState, FormVersion, VersionState
from district.kernel.forms.models.projects import AppUser, Project
from district.kernel.forms.models.registers import (
    Entity,
    EntityWrite,
    Register,
    RegisterItem,
    Subject,
    WriteKind,
)
from district.kernel.forms.models.submissions import (
    ReviewState,
    Submission,
    SubmissionFile,
    SubmissionVersion,
)

__all__ = [
    "AppUser",
    "Entity",
    "EntityWrite",
    "Form",
    "FormFile",
    "FormState",
    "FormVersion",
    "Project",
    "Register",
    "RegisterItem",
    "ReviewState",
    "Subject",
    "Submission",
    "SubmissionFile",
    "SubmissionVersion",
    "VersionState",
    "WriteKind",
]

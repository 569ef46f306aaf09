from district.kernel.parties.models.facts import Attribute, Objection, Relation, RelationKind
from district.kernel.parties.models.identity import Candidate, CandidateState, Merge, Split
from district.kernel.parties.models.parties import Name, NameKind, Number, NumberKind, Party, PartyKind
from district.kernel.parties.models.sources import Precedence, Source, Taken

__all__ = [
    "Attribute",
    "Candidate",
    "CandidateState",
    "Merge",
    "Name",
    "NameKind",
    "Number",
    "NumberKind",
    "Objection",
    "Party",
    "PartyKind",
    "Precedence",
    "Relation",
    "RelationKind",
    "Source",
    "Split",
    "Taken",
]

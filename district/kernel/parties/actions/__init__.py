from district.kernel.parties.actions.identity import merge, split, unmerge, unsplit
from district.kernel.parties.actions.noted import note, relate, source
from district.kernel.parties.actions.objections import decide_objection, object_to
from district.kernel.parties.actions.review import decide, link_pairs, record_pairs
from district.kernel.parties.queries import find

__all__ = [
    "decide",
    "decide_objection",
    "find",
    "link_pairs",
    "merge",
    "note",
    "object_to",
    "record_pairs",
    "relate",
    "source",
    "split",
    "unmerge",
    "unsplit",
]

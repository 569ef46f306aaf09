"""What makes two records of persons or enterprises alike: names, addresses, phones, numbers, dates. No Django.

The columns compared are made by `records`; each comparison says which.
"""

from __future__ import annotations

from district.kernel.parties.linkage.levels import Comparison, Level, absent, agree, near, same


def person_name() -> Comparison:
    """Columns name, name_sound, name_shape, name_bag (its characters in order), surname."""
    return Comparison("name", absent("name"), (
        Level("same", same("name"), 0.75, 0.001, rare="name"),
        Level("variant", f"({same('name_sound')}) OR ({same('name_shape')})", 0.10, 0.003),
        Level("order", same("name_bag"), 0.02, 0.0005),
        Level("one_character", near("name", 1, 2), 0.02, 0.006, is_known=True),
        Level("part", "contains(name_l, name_r) OR contains(name_r, name_l)", 0.02, 0.002, is_known=True),
        Level("surname", same("surname"), 0.004, 0.05, is_known=True),
    ), other_m=0.003)  # fmt: skip


def identity() -> Comparison:
    """Columns number and birth (YYYYMMDD), together: the one says the other, and must not count twice.

    A slip of one digit, or of two neighbours, breaks the check character (ISO 7064). Two numbers that both hold
    (`number_right`) and differ are of two persons.
    """
    no_number = absent("number")
    return Comparison("identity", f"({no_number}) AND ({absent('birth')})", (
        Level("two_numbers", "number_right_l <> number_right_r", 1e-9, 0.6, is_known=True),
        Level("same_number", same("number"), 0.5, 1e-7, is_u_known=True),
        Level("number_one_wrong", near("number", 1, 8), 0.1, 0.00002),
        Level("number_two_wrong", near("number", 2, 8), 0.02, 0.00005),
        Level("same_birth", f"({no_number}) AND {same('birth')}", 0.25, 0.0001),
        Level("birth_one_wrong", f"({no_number}) AND ({_date_near('birth')})", 0.06, 0.002),
        Level("birth_same_number_not", same("birth"), 0.005, 0.0001),
        Level("same_year", f"({no_number}) AND substr(birth_l, 1, 4) = substr(birth_r, 1, 4)", 0.02, 0.015),
    ))  # fmt: skip


def birth(column: str) -> Comparison:
    """A date alone, YYYYMMDD."""
    return Comparison(column, absent(column), (
        Level("same_birth", same(column), 0.85, 0.0001),
        Level("birth_one_wrong", _date_near(column), 0.1, 0.002),
        Level("birth_two_wrong", near(column, 2), 0.02, 0.01),
    ))  # fmt: skip


def _date_near(column: str) -> str:
    """One digit wrong, two neighbours swapped, or day and month changed for one another."""
    swapped = f"substr({column}_l, 1, 4) || substr({column}_l, 7, 2) || substr({column}_l, 5, 2) = {column}_r"
    return f"({near(column, 1)}) OR ({swapped})"


def phone() -> Comparison:
    """Columns phone (digits) and phone_tail (the last eight, without area code)."""
    return Comparison("phone", absent("phone"), (
        Level("same", same("phone"), 0.7, 0.0001, rare="phone"),
        Level("tail", same("phone_tail"), 0.05, 0.00005),
        Level("one_digit", near("phone", 1, 6), 0.08, 0.0002),
    ))  # fmt: skip


def address() -> Comparison:
    """Columns town, village, road, street (road or village, and number), street_sound, building, unit, room, place."""
    inside = agree("building", "unit", "room")
    return Comparison("address", absent("place"), (
        Level("same_door", f"{same('street', 'room')} AND {agree('building', 'unit')}", 0.35, 0.0001),
        Level("same_house", f"{same('street')} AND {inside}", 0.30, 0.001),
        Level("house_misread", f"{same('street_sound')} AND {inside}", 0.04, 0.0003),
        Level("other_door", same("street"), 0.04, 0.002),
        Level("number_one_wrong", f"({same('road')} OR {same('village')}) AND {near('street', 1)}", 0.05, 0.004),
        Level("same_road", f"{same('road')} OR {same('village')}", 0.05, 0.04),
        Level("same_town", same("town"), 0.05, 0.1),
    ))  # fmt: skip


def sex() -> Comparison:
    return Comparison("sex", absent("sex"), (Level("same", same("sex"), 0.98, 0.5),))


def entity_name() -> Comparison:
    """Columns core, trade, trade_sound, trade_shape, industry, branch, owner, cores (the cores of all its names).

    A core is trade name, industry and branch: what is left of a name in daily use.
    """
    kindred = "(industry_l = industry_r OR industry_l = '' OR industry_r = ''" + (
        " OR contains(industry_l, industry_r) OR contains(industry_r, industry_l))"
    )
    variant = f"(({same('trade_sound')}) OR ({same('trade_shape')}))"
    return Comparison("name", absent("core"), (
        Level("other_branch", "branch_l <> branch_r", 0.002, 0.06, is_known=True),
        Level("same", same("core"), 0.45, 0.0005, rare="core"),
        Level("former", "list_has_any(cores_l, cores_r)", 0.12, 0.0003),
        Level("short", f"{same('trade')} AND {kindred}", 0.15, 0.001),
        Level("variant", f"{variant} AND {kindred}", 0.10, 0.0005),
        Level("one_character", f"{near('core', 1, 3)}", 0.06, 0.0008),
        Level("owner", f"({same('owner')})", 0.03, 0.0005),
        Level("other_industry", same("trade"), 0.02, 0.003),
        Level("part", "contains(core_l, trade_r) OR contains(core_r, trade_l)", 0.02, 0.003),
    ), other_m=0.06)  # fmt: skip


def region() -> Comparison:
    """Column region, where a name has one."""
    return Comparison("region", absent("region"), (
        Level("same", same("region"), 0.75, 0.2),
        Level("wider", "contains(region_l, region_r) OR contains(region_r, region_l)", 0.2, 0.2, is_known=True),
    ))  # fmt: skip


def form() -> Comparison:
    """Column form, where a name has one."""
    return Comparison("form", absent("form"), (Level("same", same("form"), 0.85, 0.3),))


def representative() -> Comparison:
    """Columns representative, representative_sound, representative_shape: who answers for an enterprise."""
    return Comparison("representative", absent("representative"), (
        Level("same", same("representative"), 0.75, 0.001, rare="representative"),
        Level("variant", f"({same('representative_sound')}) OR ({same('representative_shape')})", 0.1, 0.002),
        Level("surname", "substr(representative_l, 1, 1) = substr(representative_r, 1, 1)", 0.03, 0.05),
    ))  # fmt: skip


def credit_code() -> Comparison:
    """Columns number and number_right, of enterprises: two codes that both hold and differ are of two enterprises."""
    apart = Level("two_numbers", "number_right_l <> number_right_r", 0.001, 0.9, is_known=True)
    return Comparison("number", absent("number"), (apart, *code("number", 8).levels))


def code(column: str, longer_than: int = 4) -> Comparison:
    """Any number of a register: same, a digit wrong or two swapped, two wrong."""
    return Comparison(column, absent(column), (
        Level("same_number", same(column), 0.85, 1e-6, is_u_known=True),
        Level("number_one_wrong", near(column, 1, longer_than), 0.1, 0.00005),
        Level("number_two_wrong", near(column, 2, longer_than + 1), 0.02, 0.001),
    ))  # fmt: skip


def written(column: str, *, other: str = "") -> Comparison:
    """A word in an alphabet. `other` is a column that people put it into by mistake (given name and surname)."""
    levels = [
        Level("same", same(column), 0.75, 0.01, rare=column),
        Level("one_letter", near(column, 1, 3), 0.1, 0.002),
        Level("alike", f"jaro_winkler_similarity({column}_l, {column}_r) > 0.88", 0.05, 0.005),
        Level("part", f"contains({column}_l, {column}_r) OR contains({column}_r, {column}_l)", 0.02, 0.001),
    ]
    if other:
        levels.insert(1, Level("swapped", f"{column}_l = {other}_r OR {column}_r = {other}_l", 0.03, 0.001))
    return Comparison(column, absent(column), tuple(levels))

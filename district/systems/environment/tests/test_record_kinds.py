from district.systems.environment.record_kinds import read_fields, record_kinds


def test_every_kind_has_a_unique_key_and_known_field_types():
    for key, kind in record_kinds().items():
        assert key == kind.key
        assert len({field.key for field in kind.fields}) == len(kind.fields)
        for field in kind.fields:
            assert field.type in {"text", "number", "date", "choice"}
            assert bool(field.choices) == (field.type == "choice")


def test_good_elements_come_back_typed():
    values, faults = read_fields(
        record_kinds()["waste"], {"step": "转移联单", "waste_code": "HW08", "tonnes": "1.5", "receiver": " "}
    )
    assert not faults
    assert values == {"step": "转移联单", "waste_code": "HW08", "tonnes": 1.5}


def test_each_bad_element_is_named_with_its_rule():
    _, faults = read_fields(
        record_kinds()["waste"],
        {"step": "烧掉", "tonnes": "nan", "stored_since_on": "2026-13-01", "colour": "red"},
    )
    assert {fault.field: fault.code for fault in faults} == {
        "colour": "unknown_field",
        "step": "bad_choice",
        "waste_code": "required",
        "tonnes": "bad_number",
        "stored_since_on": "bad_date",
    }

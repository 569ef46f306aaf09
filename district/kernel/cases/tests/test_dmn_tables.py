from pathlib import Path

from district.kernel.cases.dmn_tables import decision_tables

DMN = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">
<decision id="d" name="时限"><decisionTable hitPolicy="FIRST">
<input label="类别"><inputExpression><text>kind</text></inputExpression></input>
<input><inputExpression><text>score</text></inputExpression></input><output name="limit"/>
<rule><inputEntry><text>"投诉"</text></inputEntry><inputEntry><text></text></inputEntry>
<outputEntry><text>"5 working_days"</text></outputEntry></rule></decisionTable></decision>
<decision id="e" name="x"/></definitions>"""


def test_a_table_is_read_line_by_line():
    (table,) = decision_tables(DMN)
    assert (table.name, table.hit_policy) == ("时限", "FIRST")
    assert (table.inputs, table.outputs) == (("类别", "score"), ("limit",))
    assert table.rules == (('"投诉"', "-", '"5 working_days"'),)


def test_every_rule_of_the_sample_is_as_wide_as_its_head():
    tables = decision_tables((Path(__file__).parent / "processes" / "limits.dmn").read_text("utf-8"))
    assert tables
    for table in tables:
        assert table.rules
        assert {len(rule) for rule in table.rules} == {len(table.inputs) + len(table.outputs)}

import pytest

from district.kernel.datasets import actions, classes, contract
from district.kernel.datasets.actions import contracts
from district.kernel.datasets.models import Resource, Shelf
from district.kernel.datasets.posts import visible_resources
from district.kernel.datasets.queries import history
from district.testing import people

from .conftest import ITEMS

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch):
    found = []
    for module in ("entries", "shelf"):
        monkeypatch.setattr(f"district.kernel.datasets.actions.{module}.tell", found.append)
    return found


def refusal(code):
    return pytest.raises(actions.Refused, check=lambda refused: refused.code == code)


def test_an_entry_goes_from_draft_to_withdrawn_and_each_step_is_kept_and_told(entry, provider, steward, told):
    made = actions.add_resource(
        provider=provider.organisation, title="学校基本信息", slug="schools", items=ITEMS, account=provider,
        abstract="全区学校的基本情况。", share_condition="限教育管理使用。", theme="education",
    )  # fmt: skip
    assert (made.name, made.shelf) == ("education.schools", Shelf.DRAFT)
    with refusal("wrong_state"):
        actions.publish(made, steward)
    made = actions.submit(made, provider)
    with refusal("not_steward"):
        actions.publish(made, provider)
    made = actions.return_to_department(made, steward, "摘要太短")
    made = actions.publish(actions.submit(made, provider), steward)
    assert made.published_at is not None
    with refusal("reason_missing"):
        actions.withdraw(made, provider, " ")
    actions.withdraw(made, provider, "职责调整")
    assert [step.shelf for step in made.steps.order_by("id")] == [
        "submitted", "draft", "submitted", "published", "withdrawn"
    ]  # fmt: skip
    assert [type(event).__name__ for event in told] == [
        "ResourceSubmitted", "ResourceReturned", "ResourceSubmitted", "ResourcePublished", "ResourceWithdrawn"
    ]  # fmt: skip
    assert made.steps.first().note == "职责调整"


def test_codes_are_given_from_the_tables_and_never_twice(entry, schools_office):
    first, second = entry("a", theme="education"), entry("b", theme="education")
    assert (first.code, second.code) == ("201001/000001", "201001/000002")
    assert second.level == "2"
    assert entry("c").code == "307031/000001"
    assert entry("d", library="population").code == "101001/000001"
    second.delete()
    assert entry("e", theme="education").code == "201001/000003"
    moved = actions.change_resource(first, None, theme="health")
    assert (moved.code, moved.category) == ("202001/000001", "202001")
    assert classes.parsed(moved.code) is not None
    assert entry("f", theme="education").code == "201001/000004"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"abstract": ""}, "abstract_missing"),
        ({"share": "conditional", "share_condition": ""}, "condition_missing"),
        ({"share": "closed", "legal_ground": "上级要求"}, "ground_names_no_law"),
        ({"share_way": "口头"}, "unknown_way"),
        ({"format": "竹简"}, "unknown_format"),
        ({"items": ()}, "items_missing"),
        ({"is_open_to_public": True, "open_condition": ""}, "open_condition_missing"),
        ({"share": "closed", "legal_ground": "《保密法》", "is_open_to_public": True}, "closed_is_not_open"),
        ({"is_open_to_public": True, "items": ({**ITEMS[0], "grade": 3},)}, "sensitive_is_not_open"),
    ],
)
def test_an_entry_that_lacks_what_the_standard_asks_stays_a_draft(entry, changes, code):
    made = entry("bad", shelf="draft", **{"open_condition": "无条件", **changes})
    with pytest.raises(actions.Refused) as refused:
        actions.submit(made, None)
    assert code in {problem.code for problem in refused.value.problems}
    assert Resource.objects.get(pk=made.pk).shelf == "draft"


@pytest.mark.parametrize(
    ("items", "code"),
    [
        (({"name": "学校", "title": "学校"},), "bad_item_name"),
        (({"name": "_row", "title": "行号"},), "bad_item_name"),
        ((ITEMS[0], {"name": "CODE", "title": "代码"}), "item_twice"),
        (({"name": "a", "title": " "},), "item_title_missing"),
        (({"name": "a", "title": "甲", "holds": "face"},), "unknown_content"),
        (({"name": "a", "title": "甲", "type": "colour"},), "invalid"),
    ],
)
def test_items_that_could_be_no_columns_are_refused(entry, items, code):
    with refusal(code):
        entry("bad", shelf="draft", items=items)
    assert not Resource.objects.exists()


def test_a_closed_entry_needs_its_ground_even_as_a_draft(entry):
    with refusal("ground_missing"):
        entry("closed", shelf="draft", share="closed")


def test_a_department_may_narrow_what_it_published_and_the_steward_alone_may_widen_it(entry, provider, steward, told):
    made = entry("schools", items=({**ITEMS[0], "grade": 2}, *ITEMS[1:]))
    told.clear()
    for changes in (
        {"share": "open"},
        {"is_open_to_public": True, "open_condition": "无条件"},
        {"items": ITEMS},
        {"items": ({**ITEMS[0], "grade": 2, "mask": "address"}, *ITEMS[1:])},
    ):
        with refusal("loosening_needs_review"):
            actions.change_resource(made, provider, **changes)
    assert told == []
    stricter = actions.change_resource(
        made, provider, items=({**ITEMS[0], "grade": 3}, *ITEMS[1:], {"name": "town", "title": "镇办"})
    )
    assert stricter.items.count() == 4
    (event,) = told
    assert isinstance(event, contract.ResourceChanged)
    assert event.fields == ("items",)
    assert actions.change_resource(made, steward, share="open").share == "open"


def test_a_change_that_changes_nothing_leaves_no_trace(entry, told):
    made = entry("schools")
    told.clear()
    before = made.events.count()
    actions.change_resource(made, None, title=made.title, items=ITEMS)
    assert (told, made.events.count()) == ([], before)


def test_items_keep_their_identity_when_the_list_changes(entry):
    made = entry("schools")
    kept = made.items.get(name="pupils").pk
    actions.change_resource(made, None, items=(ITEMS[2], {**ITEMS[0], "title": "标识码"}))
    assert [item.name for item in made.items.all()] == ["pupils", "code"]
    assert made.items.get(name="pupils").pk == kept
    assert any(change.field == "title" and change.after == "标识码" for change in history(made))


def test_another_department_changes_nothing(entry, schools_office):
    from district.kernel.people.roles import PROVIDER, holders

    stranger = people.account(*holders(PROVIDER), unit=people.organisation("health"), scope="own")
    made = entry("schools")
    with refusal("not_yours"):
        actions.change_resource(made, stranger, title="别的")
    with refusal("not_yours"):
        actions.withdraw(made, stranger, "不喜欢")
    with refusal("not_yours"):
        actions.add_resource(provider=schools_office, title="甲", slug="a", items=(), account=stranger)


def test_titles_and_names_are_used_once_by_a_department(entry):
    entry("schools", title="学校")
    with refusal("title_taken"):
        entry("others", title="学校")
    with refusal("name_taken"):
        entry("schools", title="别的学校")


def test_each_reader_sees_what_is_theirs_to_see(entry, provider, steward):
    entry("draft", shelf="draft")
    entry("plain")
    entry("open", is_open_to_public=True, share="open")
    entry("secret", is_secret=True)
    reader = people.account("environment.reader", unit=people.organisation("health"))

    def names(account):
        return {resource.name.split(".")[1] for resource in visible_resources(account)}

    assert names(None) == {"open"}
    assert names(reader) == {"open", "plain"}
    assert names(provider) == names(steward) == {"draft", "open", "plain", "secret"}


def test_a_contract_is_not_changed_by_hand(steward, monkeypatch):
    people.organisation("ecology", name="区生态环境分局")
    assert contracts.sync_contracts() > 0
    lent = Resource.objects.exclude(system="").first()
    with refusal("not_yours"):
        actions.change_resource(lent, steward, title="别的")
    with refusal("by_contract"):
        actions.withdraw(lent, steward, "不要了")

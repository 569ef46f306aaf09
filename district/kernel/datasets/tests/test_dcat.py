from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, Graph, URIRef
from rdflib.collection import Collection

from district.kernel.datasets import versions
from district.kernel.datasets.dcat import names
from district.kernel.datasets.dcat.negotiation import wanted_form
from district.kernel.datasets.models import Resource
from district.kernel.datasets.pages import rdf
from district.testing.parties import credit_code

from .conftest import ITEMS

SHAPES = Path(__file__).parents[1] / "dcat" / "dcat_ap_shapes.ttl"
OPEN = {"is_open_to_public": True, "share": "open", "theme": "education"}
SITE = "http://testserver/"


def validated(graph: Graph, *, allow_warnings: bool = True):
    from pyshacl import validate

    is_good, _report, text = validate(graph, shacl_graph=Graph().parse(SHAPES), allow_warnings=allow_warnings)
    return is_good, text


@pytest.fixture
def catalogue(entry, monkeypatch):
    """Five open entries, one of them delivered, in pages of two; and one that is not open."""
    import pyarrow as pa

    monkeypatch.setattr(rdf, "PAGE_SIZE", 2)
    made = [entry(f"open{number}", **OPEN) for number in range(5)]
    entry("plain", title="不开放的资源")
    draft = versions.open_version(made[0], "run:1")
    draft.write([pa.table({"code": ["a"], "name": ["甲"], "pupils": [1]}).to_batches()[0]])
    draft.publish()
    made[0].related.add(made[1])
    return made


def harvested(client: Client, form: str, first: str) -> Graph:
    """What a harvester gets that follows hydra's next page, as stock ones do."""
    whole, address = Graph(), first
    for _page in range(10):
        answer = client.get(address)
        assert answer.status_code == 200, address
        whole.parse(data=answer.content, format=form)
        page = Graph().parse(data=answer.content, format=form)
        following = [str(each) for each in page.objects(None, names.HYDRA.nextPage)]
        if not following:
            return whole
        address = following[0].removeprefix(SITE[:-1])
    raise AssertionError("the pages have no end")


@pytest.mark.django_db
def test_a_publisher_is_named_by_its_credit_code_where_that_is_known(client: Client, catalogue, schools_office):
    office = URIRef(f"{SITE}dcat/agent/education")

    def told() -> Graph:
        return Graph().parse(data=client.get("/dcat/dataset/education.open0.ttl").content, format="turtle")

    assert str(told().value(office, DCTERMS.identifier)) == "education"
    schools_office.uscc = credit_code(7, front="11")
    schools_office.save()
    graph = told()
    assert str(graph.value(office, DCTERMS.identifier)) == schools_office.uscc
    assert str(graph.value(graph.value(office, names.ADMS.identifier), SKOS.notation)) == schools_office.uscc
    assert validated(graph)[0]


@pytest.mark.django_db
@pytest.mark.parametrize(("form", "parser"), [("ttl", "turtle"), ("jsonld", "json-ld"), ("rdf", "xml")])
def test_a_harvester_pages_through_the_open_catalogue_in_every_form(client: Client, catalogue, form, parser):
    whole = harvested(client, parser, f"/dcat/catalog.{form}")
    found = {str(about) for about in whole.subjects(RDF.type, DCAT.Dataset)}
    assert found == {f"{SITE}dcat/dataset/education.open{number}" for number in range(5)}
    about = URIRef(f"{SITE}dcat/dataset/education.open0")
    assert len(list(whole.objects(about, DCAT.distribution))) == 2
    assert str(whole.value(about, DCTERMS.accessRights)) == f"{SITE}dcat/share/1"
    assert str(whole.value(about, DCTERMS.accrualPeriodicity)) == "http://purl.org/cld/freq/monthly"
    assert str(whole.value(whole.value(about, DCTERMS.publisher), FOAF.name)) == "区教育和体育局"
    schema = URIRef(f"{about}#schema")
    columns = Collection(whole, whole.value(schema, names.CSVW.column))
    assert [str(whole.value(column, names.CSVW.name)) for column in columns] == [
        item["name"] for item in ITEMS
    ]
    total = whole.value(URIRef(f"{SITE}dcat/catalog.{form}?page=1"), names.HYDRA.totalItems)
    assert int(total) == 5


@pytest.mark.django_db
def test_the_exported_catalogue_conforms_and_a_broken_one_does_not(client: Client, catalogue):
    graph = harvested(client, "turtle", "/dcat/catalog.ttl")
    is_good, text = validated(graph)
    assert is_good, text
    about = URIRef(f"{SITE}dcat/dataset/education.open0")
    wrongs = (
        (about, DCTERMS.title), (about, DCTERMS.description), (URIRef(f"{SITE}dcat/catalog"), DCTERMS.publisher),
        (URIRef(f"{about}/csv"), DCAT.accessURL), (URIRef(f"{SITE}dcat/agent/education"), FOAF.name),
        (URIRef(f"{SITE}api/3/action/"), DCAT.endpointURL),
    )  # fmt: skip
    for subject, predicate in wrongs:
        broken = Graph() + graph
        assert list(broken.objects(subject, predicate)), (subject, predicate)
        broken.remove((subject, predicate, None))
        is_good, text = validated(broken)
        assert not is_good, f"nothing was said of {subject} without {predicate}"
        assert str(predicate).split("/")[-1].split("#")[-1] in text
    twice = Graph() + graph
    twice.add((about, DCTERMS.accessRights, URIRef(f"{SITE}dcat/share/3")))
    assert not validated(twice)[0]


@pytest.mark.django_db
def test_what_is_recommended_and_not_told_is_only_a_warning(client: Client, catalogue):
    graph = harvested(client, "turtle", "/dcat/catalog.ttl")
    is_good, text = validated(graph, allow_warnings=False)
    assert not is_good
    # Nobody tells yet from which to which day the rows of an entry reach; nothing else is missing.
    paths = {line.split("Result Path:")[1].strip() for line in text.splitlines() if "Result Path:" in line}
    assert {path.split(":")[-1].split("/")[-1].strip("<>") for path in paths} == {"temporal"}


@pytest.mark.django_db
def test_staff_harvest_all_that_is_published_and_visitors_what_is_open(client: Client, catalogue, provider):
    assert client.get("/dcat/dataset/education.plain.ttl").status_code == 404
    client.force_login(provider)
    text = client.get("/dcat/dataset/education.plain.ttl").text
    assert "不开放的资源" in text
    assert "dcat/share/2" in text
    assert "dcat:distribution" not in text
    Resource.objects.filter(name="education.plain").update(shelf="withdrawn")
    assert client.get("/dcat/dataset/education.plain.ttl").status_code == 404


@pytest.mark.django_db
def test_a_client_gets_the_form_it_accepts(client: Client, catalogue):
    for accept, media in (("text/turtle", "text/turtle"), ("application/ld+json, */*;q=0.1", "application/ld+json"),
                          ("application/rdf+xml", "application/rdf+xml"), ("*/*", "text/turtle")):  # fmt: skip
        answer = client.get("/dcat/catalog", headers={"Accept": accept})
        assert answer["Content-Type"].startswith(media)
        assert "Accept" in answer["Vary"]
    assert client.get("/dcat/catalog", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/dcat/catalog.ttl?page=9").status_code == 404
    assert client.get("/dcat/catalog.pdf").status_code == 404
    assert client.get("/dcat/dataset/education.open0", headers={"Accept": "text/turtle"}).status_code == 200


@given(st.text(max_size=60))
def test_any_accept_header_is_answered(text):
    assert wanted_form(text) in ("ttl", "jsonld", "rdf", None)

"""Entries of the catalogue as an RDF graph (standards: W3C DCAT 3; DCAT-AP 3.0; CSV on the Web).

Catalogue = dcat:Catalog, 政务信息资源 = dcat:Dataset, each file of it a dcat:Distribution, the interface a
dcat:DataService; 共享类型 = dct:accessRights, 敏感级别 = dct:conformsTo, 信息项 = CSVW columns, 提供方 = foaf:Agent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

from district.kernel.datasets import classes
from district.kernel.datasets.cycles import cycle_rules
from district.kernel.datasets.dcat.names import (
    ACCESS,
    ADMS,
    CSVW,
    HYDRA,
    IANA,
    LANGUAGE,
    LOCAL_AUTHORITY,
    SHARE_DIGITS,
    VCARD,
    Names,
)
from district.kernel.datasets.models import Item, Resource
from district.kernel.people.models import Organisation

LANG = "zh-Hans"
TITLE, ABOUT = (
    "周村区政务信息资源目录",
    "周村区各部门和各系统的政务信息资源，按《政务信息资源目录编制指南》编制。",
)
OWNER = ("zhoucun", "周村区人民政府")
PLACE = ("370306", "周村区")
MEDIA = {"csv": "text/csv", "json": "application/json"}
CSVW_TYPES = {
    "text": "string", "integer": "integer", "number": "double", "boolean": "boolean", "date": "date",
    "datetime": "dateTime",
}  # fmt: skip


@dataclass(frozen=True)
class Paging:
    """Which page this is of how many, in which form it was asked for."""

    form: str
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))


def catalogue_graph(
    names: Names, entries: Iterable[Resource], paging: Paging, delivered: frozenset[int]
) -> Graph:
    """A page of the catalogue. `delivered` are the ids of the entries whose rows anybody may take."""
    graph = _new_graph()
    _catalogue(graph, names)
    _paging(graph, names, paging)
    for entry in entries:
        graph.add((names.catalogue, DCAT.dataset, names.dataset(entry.name)))
        _dataset(graph, names, entry, is_delivered=entry.pk in delivered)
    return graph


def dataset_graph(names: Names, entry: Resource, *, is_delivered: bool) -> Graph:
    """One entry."""
    graph = _new_graph()
    _dataset(graph, names, entry, is_delivered=is_delivered)
    return graph


def _new_graph() -> Graph:
    graph = Graph()
    for prefix, namespace in (("dcat", DCAT), ("dct", DCTERMS), ("csvw", CSVW), ("hydra", HYDRA), ("vcard", VCARD),
                              ("foaf", FOAF), ("skos", SKOS), ("adms", ADMS)):  # fmt: skip
        graph.bind(prefix, namespace)
    return graph


def _catalogue(graph: Graph, names: Names) -> None:
    about = names.catalogue
    graph.add((about, RDF.type, DCAT.Catalog))
    graph.add((about, DCTERMS.title, Literal(TITLE, LANG)))
    graph.add((about, DCTERMS.description, Literal(ABOUT, LANG)))
    graph.add((about, DCTERMS.publisher, _owner(graph, names)))
    graph.add((about, DCTERMS.language, LANGUAGE))
    graph.add((LANGUAGE, RDF.type, DCTERMS.LinguisticSystem))
    graph.add(
        (about, DCTERMS.license, _licence(graph, names.at("open-data/#licence"), "按各数据集的开放条件使用"))
    )
    graph.add((about, DCTERMS.spatial, _place(graph, names)))
    homepage = names.at("open-data/")
    graph.add((about, FOAF.homepage, homepage))
    graph.add((homepage, RDF.type, FOAF.Document))
    graph.add((about, DCAT.themeTaxonomy, names.themes))
    graph.add((names.themes, RDF.type, SKOS.ConceptScheme))
    graph.add((names.themes, DCTERMS.title, Literal("政务信息资源分类", LANG)))
    graph.add((about, DCAT.service, _service(graph, names)))


def _service(graph: Graph, names: Names) -> URIRef:
    service = names.service
    graph.add((service, RDF.type, DCAT.DataService))
    graph.add((service, DCTERMS.title, Literal("开放数据接口（CKAN Action API v3）", LANG)))
    graph.add((service, DCAT.endpointURL, service))
    graph.add((service, DCAT.endpointDescription, names.at("api/3/action/help_show?name=datastore_search")))
    return service


def _paging(graph: Graph, names: Names, paging: Paging) -> None:
    """As ckanext-dcat writes it; the older terms too, which stock harvesters follow."""
    page = names.page(paging.form, paging.number)
    graph.add((page, RDF.type, HYDRA.PagedCollection))
    graph.add((page, HYDRA.totalItems, Literal(paging.total, datatype=XSD.integer)))
    graph.add((page, HYDRA.itemsPerPage, Literal(paging.size, datatype=XSD.integer)))
    links = {"first": 1, "last": paging.last}
    if paging.number < paging.last:
        links["next"] = paging.number + 1
    if paging.number > 1:
        links["previous"] = paging.number - 1
    for term, number in links.items():
        for name in (term, f"{term}Page"):
            graph.add((page, HYDRA[name], names.page(paging.form, number)))


def _dataset(graph: Graph, names: Names, entry: Resource, *, is_delivered: bool) -> None:
    about = names.dataset(entry.name)
    graph.add((about, RDF.type, DCAT.Dataset))
    graph.add((about, DCTERMS.identifier, Literal(entry.code)))
    graph.add((about, DCTERMS.title, Literal(entry.title, LANG)))
    if entry.en:
        graph.add((about, DCTERMS.title, Literal(entry.en, "en")))
    graph.add((about, DCTERMS.description, Literal(entry.abstract, LANG)))
    agent = _agent(graph, names, entry.provider)
    graph.add((about, DCTERMS.publisher, agent))
    graph.add((about, DCAT.contactPoint, _contact(graph, about, entry.provider)))
    graph.add((about, DCTERMS.language, LANGUAGE))
    graph.add((LANGUAGE, RDF.type, DCTERMS.LinguisticSystem))
    graph.add((about, DCTERMS.spatial, _place(graph, names)))
    frequency = URIRef(cycle_rules()[entry.cycle].frequency)
    graph.add((about, DCTERMS.accrualPeriodicity, frequency))
    graph.add((frequency, RDF.type, DCTERMS.Frequency))
    if entry.published_at:
        graph.add((about, DCTERMS.issued, Literal(entry.published_at.isoformat(), datatype=XSD.dateTime)))
    graph.add((about, DCTERMS.modified, Literal(entry.updated_at.isoformat(), datatype=XSD.dateTime)))
    graph.add((about, DCTERMS.accessRights, _share(graph, names, entry)))
    _themes(graph, names, about, entry)
    _structure(graph, names, about, entry)
    for other in entry.related.all():
        graph.add((about, DCTERMS.relation, names.dataset(other.name)))
    if is_delivered:
        _distributions(graph, names, about, entry)


def _themes(graph: Graph, names: Names, about: URIRef, entry: Resource) -> None:
    concepts = {entry.category[:3]: classes.category_label(entry.category)}
    if entry.theme:
        concepts[entry.theme] = classes.themes()[entry.theme].zh
    for key, label in concepts.items():
        concept = names.at(f"dcat/theme/{key}")
        graph.add((about, DCAT.theme, concept))
        graph.add((concept, RDF.type, SKOS.Concept))
        graph.add((concept, SKOS.prefLabel, Literal(label, LANG)))
        graph.add((concept, SKOS.inScheme, names.themes))
        graph.add((about, DCAT.keyword, Literal(label.split(" · ")[-1], LANG)))


def _share(graph: Graph, names: Names, entry: Resource) -> URIRef:
    rights = names.at(f"dcat/share/{SHARE_DIGITS[entry.share]}")
    graph.add((rights, RDF.type, DCTERMS.RightsStatement))
    graph.add((rights, RDFS.label, Literal(str(entry.get_share_display()), LANG)))
    graph.add((rights, SKOS.closeMatch, ACCESS[entry.share]))
    return rights


def _structure(graph: Graph, names: Names, about: URIRef, entry: Resource) -> None:
    items = list(entry.items.all())
    grade = names.at(f"dcat/grade/{max((item.grade for item in items), default=1)}")
    schema = URIRef(f"{about}#schema")
    for standard, label in ((grade, "敏感级别"), (schema, "信息项")):
        graph.add((about, DCTERMS.conformsTo, standard))
        graph.add((standard, RDF.type, DCTERMS.Standard))
        graph.add((standard, RDFS.label, Literal(label, LANG)))
    graph.add((schema, RDF.type, CSVW.Schema))
    graph.add((schema, RDFS.seeAlso, names.at(f"datasets/{entry.name}/schema.json")))
    columns = BNode()
    Collection(graph, columns, [_column(graph, item) for item in items])
    graph.add((schema, CSVW.column, columns if items else RDF.nil))


def _column(graph: Graph, item: Item) -> BNode:
    column = BNode()
    graph.add((column, RDF.type, CSVW.Column))
    graph.add((column, CSVW.name, Literal(item.name)))
    graph.add((column, CSVW.title, Literal(item.title, LANG)))
    graph.add((column, CSVW.datatype, Literal(CSVW_TYPES[item.type])))
    graph.add((column, CSVW.required, Literal(item.is_required)))
    return column


def _distributions(graph: Graph, names: Names, about: URIRef, entry: Resource) -> None:
    licence = _licence(graph, URIRef(f"{about}#licence"), entry.open_condition or "无条件")
    service = _service(graph, names)
    graph.add((service, DCAT.servesDataset, about))
    for form, media in MEDIA.items():
        file = URIRef(f"{about}/{form}")
        graph.add((about, DCAT.distribution, file))
        graph.add((file, RDF.type, DCAT.Distribution))
        graph.add((file, DCTERMS.title, Literal(f"{entry.title}（{form.upper()}）", LANG)))
        graph.add(
            (file, DCTERMS.description, Literal(f"{entry.title}的全部数据，{form.upper()} 格式。", LANG))
        )
        graph.add((file, DCAT.accessURL, names.at(f"open-data/{entry.name}/")))
        graph.add((file, DCAT.downloadURL, names.at(f"open-data/{entry.name}/{entry.name}.{form}")))
        graph.add((file, DCAT.accessService, service))
        graph.add((file, DCTERMS.license, licence))
        kind = URIRef(IANA + media)
        graph.add((file, DCAT.mediaType, kind))
        graph.add((file, DCTERMS["format"], kind))
        graph.add((kind, RDF.type, DCTERMS.MediaTypeOrExtent))
        graph.add((kind, RDF.type, DCTERMS.MediaType))
        graph.add((file, DCTERMS.conformsTo, URIRef(f"{about}#schema")))


def _owner(graph: Graph, names: Names) -> URIRef:
    """The district itself, as the catalogue of units has it."""
    code, name = OWNER
    known = Organisation.objects.filter(code=code).first()
    return _agent(graph, names, known or Organisation(code=code, name=name))


def _agent(graph: Graph, names: Names, unit: Organisation) -> URIRef:
    """A publisher; its 统一社会信用代码, where it is known, as an adms:Identifier too."""
    agent = names.at(f"dcat/agent/{unit.code}")
    graph.add((agent, RDF.type, FOAF.Agent))
    graph.add((agent, FOAF.name, Literal(unit.name, LANG)))
    if unit.en:
        graph.add((agent, FOAF.name, Literal(unit.en, "en")))
    graph.add((agent, DCTERMS.identifier, Literal(unit.uscc or unit.code)))
    if unit.uscc:
        legal = URIRef(f"{agent}#uscc")
        graph.add((agent, ADMS.identifier, legal))
        graph.add((legal, RDF.type, ADMS.Identifier))
        graph.add((legal, SKOS.notation, Literal(unit.uscc)))
        graph.add((legal, ADMS.schemaAgency, Literal("GB 32100-2015 统一社会信用代码", LANG)))
    graph.add((agent, DCTERMS.type, LOCAL_AUTHORITY))
    graph.add((LOCAL_AUTHORITY, RDF.type, SKOS.Concept))
    return agent


def _contact(graph: Graph, about: URIRef, provider: Organisation) -> URIRef:
    contact = URIRef(f"{about}#contact")
    graph.add((contact, RDF.type, VCARD.Kind))
    graph.add((contact, RDF.type, VCARD.Organization))
    graph.add((contact, VCARD.fn, Literal(provider.name)))
    return contact


def _place(graph: Graph, names: Names) -> URIRef:
    place = names.at(f"dcat/place/{PLACE[0]}")
    graph.add((place, RDF.type, DCTERMS.Location))
    graph.add((place, SKOS.prefLabel, Literal(PLACE[1], LANG)))
    return place


def _licence(graph: Graph, licence: URIRef, words: str) -> URIRef:
    graph.add((licence, RDF.type, DCTERMS.LicenseDocument))
    graph.add((licence, RDFS.label, Literal(words, LANG)))
    return licence

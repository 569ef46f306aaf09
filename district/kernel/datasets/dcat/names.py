"""The addresses of things in the exported catalogue. All are below the address of the site."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Namespace, URIRef

CSVW = Namespace("http://www.w3.org/ns/csvw#")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
ACCESS_RIGHTS = Namespace("http://publications.europa.eu/resource/authority/access-right/")
LANGUAGE = URIRef("http://publications.europa.eu/resource/authority/language/ZHO")
LOCAL_AUTHORITY = URIRef("http://purl.org/adms/publishertype/LocalAuthority")
IANA = "https://www.iana.org/assignments/media-types/"
SHARE_DIGITS = {"open": "1", "conditional": "2", "closed": "3"}
ACCESS = {
    "open": ACCESS_RIGHTS.PUBLIC,
    "conditional": ACCESS_RIGHTS.RESTRICTED,
    "closed": ACCESS_RIGHTS.NON_PUBLIC,
}
"""What the share classes come nearest to in the vocabulary DCAT-AP names."""


@dataclass(frozen=True)
class Names:
    """`site` is the address of the site with its last slash."""

    site: str

    def at(self, path: str) -> URIRef:
        return URIRef(f"{self.site}{path}")

    @property
    def catalogue(self) -> URIRef:
        return self.at("dcat/catalog")

    @property
    def service(self) -> URIRef:
        return self.at("api/3/action/")

    @property
    def themes(self) -> URIRef:
        return self.at("dcat/theme")

    def dataset(self, name: str) -> URIRef:
        return self.at(f"dcat/dataset/{name}")

    def page(self, form: str, number: int) -> URIRef:
        return self.at(f"dcat/catalog.{form}?page={number}")

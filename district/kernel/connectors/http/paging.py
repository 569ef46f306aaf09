"""From one page to the next. Pure: a page is a small JSON value, so that a reading can go on behind any of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from district.kernel.connectors.http.answers import value_at
from district.kernel.connectors.http.asking import Answer
from district.kernel.connectors.http.description import Paging, Wanted, origin
from district.kernel.connectors.refused import Refused

Page = dict[str, Any]
_LINK = re.compile(r"<([^>]*)>((?:\s*;\s*[\w*-]+\s*(?:=\s*(?:\"[^\"]*\"|[^,;\s\"]*))?)*)")


def first_page(paging: Paging) -> Page:
    if paging.style == "page":
        return {"page": paging.first_page}
    return {"offset": 0} if paging.style == "offset" else {}


def question(wanted: Wanted, page: Page) -> tuple[str, dict[str, str]]:
    """Address and parameters of a page."""
    if "url" in page:
        return page["url"], {}
    paging, params = wanted.paging, dict(wanted.params)
    if paging.size_param and paging.style != "none":
        params[paging.size_param] = str(paging.size)
    for key, name in (
        ("page", paging.page_param),
        ("offset", paging.offset_param),
        ("cursor", paging.cursor_param),
    ):
        if key in page:
            params[name] = str(page[key])
    return wanted.url, params


def next_page(wanted: Wanted, page: Page, answer: Answer, data: Any, count: int) -> Page | None:
    """None after the last one. `count`: the records of this page. Raises Refused when it leads elsewhere or in a circle."""
    paging = wanted.paging
    following = _following(paging, page, answer, data, count)
    if following is not None and "url" in following:
        following["url"] = urljoin(answer.url if not page.get("url") else page["url"], following["url"])
        if origin(following["url"]) != origin(wanted.url):
            host = origin(following["url"])[1]
            raise Refused(
                "next_elsewhere",
                f"下一页的地址在别的主机“{host}”，没有跟随",
                field="paging.next_path",
                value=host,
            )
    if following is not None and following == page:
        raise Refused(
            "paging_loops", "下一页与本页相同，翻页设置可能不对", field="paging.style", value=paging.style
        )
    return following


def _following(paging: Paging, page: Page, answer: Answer, data: Any, count: int) -> Page | None:
    if paging.style == "cursor":
        cursor = value_at(data, paging.cursor_path)
        return {"cursor": cursor} if cursor not in (None, "", False) else None
    if paging.style == "next_url":
        url = value_at(data, paging.next_path)
        return {"url": str(url)} if url else None
    if paging.style == "link":
        url = link_next(answer.headers)
        return {"url": url} if url else None
    if paging.style not in ("page", "offset") or not count:
        return None
    return _numbered(paging, page, data, count)


def _numbered(paging: Paging, page: Page, data: Any, count: int) -> Page | None:
    done = (
        page["offset"] + count if "offset" in page else (page["page"] - paging.first_page + 1) * paging.size
    )
    total = value_at(data, paging.total_path) if paging.total_path else None
    if total is not None:
        try:
            is_last = done >= int(total)
        except (TypeError, ValueError):
            raise Refused(
                "total_wrong", "总条数的路径指向的不是数", field="paging.total_path", value=str(total)[:80]
            ) from None
    else:  # a page that is not full is the last one, if the interface was told the size
        is_last = bool(paging.size_param) and count < paging.size
    if is_last:
        return None
    return {"offset": done} if "offset" in page else {"page": page["page"] + 1}


def link_next(headers: Mapping[str, str]) -> str:
    """The address with rel="next" of a Link header (RFC 8288); empty where there is none."""
    for target, parameters in _LINK.findall(headers.get("link", "")):
        if re.search(r";\s*rel\s*=\s*\"?[^\";]*\bnext\b", parameters, re.IGNORECASE):
            return target
    return ""

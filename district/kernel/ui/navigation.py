"""Where a reader may go: the pages of the manifests, and those of the platform itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _

from district.kernel import registry
from district.kernel.people.access import allows, may
from district.kernel.ui.languages import pick
from district.kernel.vocabulary import Page, System

UPKEEP: tuple[tuple[str, Any, str], ...] = (
    ("cases:bench", _("办件"), "checklist"),
    ("cases:procedures", _("办理流程"), "sitemap"),
    ("kpis:board", _("指标看板"), "target-arrow"),
    ("alerts:alarms", _("告警"), "bell-ringing"),
    ("alerts:rules", _("告警规则"), "adjustments-alt"),
    ("devices:devices", _("设备"), "cpu"),
    ("devices:quarantine", _("隔离报文"), "shield-exclamation"),
    ("datasets:catalogue", _("数据目录"), "database"),
    ("connectors:sources", _("数据来源"), "database-import"),
    ("parties:parties", _("主体"), "id-badge-2"),
    ("forms:my_forms", _("填表"), "forms"),
    ("forms:designs", _("表单设计"), "edit"),
    ("forms:registers", _("台账"), "notebook"),
    ("grants:requests", _("共享申请"), "arrows-exchange"),
    ("grants:grants", _("共享授权"), "key"),
    ("feeds:subscriptions", _("推送订阅"), "webhook"),
    ("grants:uses", _("使用日志"), "history"),
    ("jobs:jobs", _("后台任务"), "settings-automation"),
    ("people:accounts", _("账号"), "users"),
    ("people:organisations", _("组织机构"), "sitemap"),
    ("people:audit_log", _("审计日志"), "history"),
    ("admin:index", _("数据维护"), "tool"),
    ("ui:gallery", _("界面组件"), "components"),
)
"""Pages of the kernel: name of the URL, title, icon. One that does not exist here is left out."""


@dataclass
class PageLink:
    """A page in the navigation."""

    title: str
    url: str
    icon: str
    is_current: bool = False


@dataclass
class PageGroup:
    """Pages of a system under one heading; the heading may be empty."""

    title: str
    pages: list[PageLink] = field(default_factory=list)


@dataclass
class SystemEntry:
    """A system in the navigation, with the pages the reader may see."""

    name: str
    title: str
    icon: str
    groups: list[PageGroup]
    is_current: bool
    system: System

    @property
    def first_url(self) -> str:
        return self.groups[0].pages[0].url

    @property
    def page_links(self) -> list[PageLink]:
        return [page for group in self.groups for page in group.pages]


def systems_for(account: Any, here: System | None = None, page: Page | None = None) -> list[SystemEntry]:
    """Systems with at least one page this reader may see, in the order of the plan's clauses."""
    entries = (_entry(system, account, page if system == here else None, system == here)
               for system in registry.systems())
    return [entry for entry in entries if entry.groups]


def upkeep_for(account: Any, path: str) -> list[PageLink]:
    """The platform's own pages this reader may see."""
    links = []
    for name, title, icon in UPKEEP:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        if name.startswith("admin:") and not getattr(account, "is_staff", False):
            continue
        if name.startswith("admin:") or allows(resolve(address).func, account):
            links.append(PageLink(str(title), address, icon, path.startswith(address)))
    # Where one address begins another (`/forms/`, `/forms/registers/`), the page is below the longer one.
    longest = max((len(link.url) for link in links if link.is_current), default=0)
    for link in links:
        link.is_current = link.is_current and len(link.url) == longest
    return links


def _entry(system: System, account: Any, current: Page | None, is_current: bool) -> SystemEntry:
    groups: dict[str, PageGroup] = {}
    for page in system.pages:
        link = _link(system, page, account, page == current) if page.nav else None
        if link is not None:
            groups.setdefault(page.group, PageGroup(page.group)).pages.append(link)
    return SystemEntry(system.name, pick(system), system.icon, list(groups.values()), is_current, system)


def _link(system: System, page: Page, account: Any, is_current: bool) -> PageLink | None:
    if not may(account, *registry.roles_of(system, page)):
        return None
    try:
        address = reverse(f"{system.name}:{page.key}")
    except NoReverseMatch:  # a page whose address needs arguments has no place in the navigation
        return None
    return PageLink(pick(page), address, page.icon, is_current)

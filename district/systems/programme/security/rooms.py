"""The pages and procedures of security, as the manifest has them."""

from district.kernel.vocabulary import Page, Procedure

PART, GROUP = ("programme.6",), "安全保障"
READERS = ("security", "office", "leader", "auditor")
ASKERS = (*READERS, "owner", "liaison")
PAGES = (
    Page("security", "安全总览", "Security", READERS, PART, icon="shield-check", group=GROUP),
    Page("security_controls", "等保核查", "Level 3 controls", READERS, PART, icon="list-check", group=GROUP),
    Page("security_assets", "资产与风险", "Assets and risks", READERS, PART, icon="server", group=GROUP),
    Page("security_incidents", "安全事件", "Incidents", ("staff",), PART, icon="alert-hexagon", group=GROUP),
    Page("staff_changes", "人员变动", "Staff changes", READERS, PART, icon="user-minus", group=GROUP),
    Page("supplier_access", "供应商访问", "Supplier access", ASKERS, PART, icon="key", group=GROUP),
    Page("audit_checks", "审计链核验", "Audit checks", READERS, PART, icon="link", group=GROUP),
    Page("personal_data", "个人信息处理", "Personal data", READERS, PART, icon="lock", group=GROUP),
)
CORRECTORS = ("security", "office", "liaison", "auditor")
PROCEDURES = (
    Procedure("security_incident", "安全事件处置", "Security incident", "processes/security_incident.bpmn", "AQ",
              readers=READERS, leads=("security",)),
    Procedure("security_correction", "安全整改", "Security correction", "processes/security_correction.bpmn", "ZG",
              readers=CORRECTORS, leads=("security",)),
    Procedure("account_leaving", "离职交接", "Handing over on leaving", "processes/account_leaving.bpmn", "LZ",
              readers=CORRECTORS, leads=("security",)),
)  # fmt: skip

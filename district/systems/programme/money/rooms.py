"""The pages of the money, as the manifest shows them. Standard library only, as the manifest itself."""

from district.kernel.vocabulary import Page

LEDGER = ("office", "finance", "treasurer", "leader", "auditor")
READERS = (*LEDGER, "owner")
DOES = ("programme.4",)
GROUP = "资金保障"

PAGES = (
    Page("money", "资金执行", "Budget execution", READERS, DOES, icon="chart-bar", group=GROUP),
    Page("contracts", "合同", "Contracts", READERS, DOES, icon="file-certificate", group=GROUP),
    Page("payments", "支付", "Payments", READERS, DOES, icon="credit-card", group=GROUP),
    Page("receipts", "资金到账", "Receipts", READERS, DOES, icon="pig-money", group=GROUP),
    Page(
        "subsidies", "补贴与贴息", "Subsidies and interest support", READERS, DOES, icon="gift", group=GROUP
    ),
    Page("loans", "贷款与担保", "Loans and guarantees", READERS, DOES, icon="building-bank", group=GROUP),
    Page(
        "money_ledger",
        "资金总账",
        "Ledger of the money",
        LEDGER,
        DOES,
        path="ledger/",
        icon="book",
        group=GROUP,
    ),
    Page(
        "openness", "建设公开", "Open contracting", ("public",), DOES, path="open/", icon="world", group=GROUP
    ),
)

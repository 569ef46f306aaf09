"""The demonstration's village: a roster, notices, meetings, two proposals, guides and errands. Names are invented."""

from __future__ import annotations

from datetime import timedelta

from district.kernel import clock
from district.kernel.people.models import Organisation

from ..demo_people import Players, unit_of
from ..models import Ballot, Guide, Meeting, Member, Presence, Proposal
from .actions import announcing, duty, errands, meeting, proposing, voting
from .posts import staff_of

MEMBERS = {"branch": 3, "committees": 5, "party": 9, "delegates": 12}
GUIDES = (
    ("城乡居民基本医疗保险参保登记", "镇便民服务中心", ("居民身份证", "户口簿"), 1),
    ("城乡居民基本养老保险待遇申领", "镇便民服务中心", ("居民身份证", "本人银行卡"), 10),
    ("高龄津贴申请", "镇民政办公室", ("居民身份证", "户口簿", "本人银行卡"), 10),
    ("最低生活保障申请", "镇民政办公室", ("申请书", "居民身份证", "收入财产声明"), 20),
    ("残疾人两项补贴申请", "镇残联", ("居民身份证", "残疾人证", "本人银行卡"), 15),
    ("农村宅基地申请", "镇自然资源所", ("申请书", "居民身份证", "户口簿", "村民会议同意材料"), 20),
)
"""Name, who decides, materials, working days: examples; what holds is what the office publishes."""
STEPS = ("村里看材料、拍照上传", "村里代交办理单位", "办成后送到家")


def seed_village(players: Players) -> None:
    """Nothing where the village has its members already."""
    village, clerk = players.village, players.clerk
    if Member.objects.filter(organisation=village, is_simulated=True).exists():
        return
    _members(village, players)
    today = clock.today()
    duty.deal_out(
        village, list(staff_of([village])), today - timedelta(days=7), today + timedelta(days=20), clerk, is_simulated=True
    )  # fmt: skip
    _announcements(players)
    _guides(players)
    _road(players)
    _lights(players)


def _members(village: Organisation, players: Players) -> None:
    for body, count in MEMBERS.items():
        for number in range(1, count + 1):
            meeting.add_member(
                village,
                body,
                f"演示{number:02}号",
                players.clerk,
                household=f"演示{number:02}户",
                is_simulated=True,
            )


def _announcements(players: Players) -> None:
    town = unit_of(players.town)
    below = list(town.children.exclude(division_code=""))
    fire = announcing.announce(
        announcing.Said("森林防火期值班要求", "防火期内各村每天有人值班，电话保持畅通，值班记录当天填写。",
                        reply_by=clock.now() + timedelta(days=2)),
        town, [town, *below], players.town, is_simulated=True,
    )  # fmt: skip
    for clerk in list(players.clerks.values())[1:3]:
        announcing.confirm(fire, clerk, "收到，已安排")
    announcing.announce(
        announcing.Said("城乡居民医保集中缴费", "集中缴费期到年底，村里可以代办，请带身份证。", needs_receipt=False,
                        is_public=True),
        players.village, [players.village], players.clerk, is_simulated=True,
    )  # fmt: skip


def _guides(players: Players) -> None:
    made = []
    for name, decided_by, materials, days in GUIDES:
        guide, _is_new = Guide.objects.get_or_create(
            name=name,
            defaults={"decided_by": decided_by, "materials": list(materials), "steps": list(STEPS), "working_days": days,
                      "is_simulated": True},
        )  # fmt: skip
        made.append(guide)
    taken = [
        errands.take_errand(guide, players.village, f"演示村民{number}", players.clerk, is_simulated=True)
        for number, guide in enumerate(made[:4], start=1)
    ]
    errands.end_errand(taken[0], players.clerk, "done", "参保成功，凭证已送到家")


def _road(players: Players) -> None:
    """A proposal that all four meetings agreed to; its decision is public."""
    proposal = proposing.propose(
        players.village, "村东路硬化", "村东路 800 米硬化，由村集体收入和奖补资金出资。", players.clerk, is_simulated=True
    )  # fmt: skip
    for body in ("branch", "committees", "party"):
        proposing.decide(proposal, _meeting(players, body, proposal), players.clerk)
    held = _called(players, "delegates", proposal, hours=4)
    ballot = voting.open_ballot(held, "是否同意村东路硬化", players.clerk, proposal=proposal)
    _secret(ballot, players)
    meeting.close_meeting(held, players.clerk, "代表无记名表决，同意村东路硬化方案。")
    ballot.refresh_from_db()
    proposing.decide(proposal, held, players.clerk, ballot=ballot)
    proposing.publish_step(
        proposal, "决议：同意村东路硬化，工程招标后开工，账目在结果公开时列明。", players.clerk
    )


def _lights(players: Players) -> None:
    """A proposal that waits for the village's committees."""
    proposal = proposing.propose(
        players.village, "安装太阳能路灯", "主街安装太阳能路灯 20 盏。", players.clerk, is_simulated=True
    )
    proposing.decide(proposal, _meeting(players, "branch", proposal), players.clerk)


def _secret(ballot: Ballot, players: Players) -> None:
    codes = voting.print_slips(ballot, players.clerk)
    voting.hand_out(ballot, players.clerk, list(ballot.voters.values_list("pk", flat=True)))
    for number, code in enumerate(codes[:8]):
        voting.vote_by_slip(code, voting.AGAINST if number == 5 else voting.AGREE)
    voting.close_ballot(ballot, players.clerk, {voting.AGREE: 1, voting.ABSTAIN: 1})


def _meeting(players: Players, body: str, proposal: Proposal) -> Meeting:
    held = _called(players, body, proposal, hours={"branch": 72, "committees": 48}.get(body, 24))
    return meeting.close_meeting(held, players.clerk, f"讨论“{proposal.title}”，到会人员同意。")


def _called(players: Players, body: str, proposal: Proposal, hours: int) -> Meeting:
    held = meeting.call_meeting(
        players.village, body, f"{proposal.title}：{dict(Member._meta.get_field('body').flatchoices)[body]}",
        clock.now() - timedelta(hours=hours), [proposal.title, "其他事项"], players.clerk, place="村会议室", is_simulated=True,
    )  # fmt: skip
    marks = {one.pk: str(Presence.PRESENT) for one in held.attendances.all()}
    if len(marks) > 8:
        marks[max(marks)] = str(Presence.LEAVE)
    meeting.take_attendance(held, players.clerk, marks)
    return held

"""What people do with cameras: grants asked for and decided, viewings, differences explained, channels adopted, probes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.devices.commands import CannotAsk, ask
from district.kernel.devices.models import Device, DeviceCommand
from district.kernel.people.access import may, scope_of
from district.kernel.people.audit import record_act
from district.kernel.people.models import Organisation
from district.systems.governance.models import (
    Camera,
    CameraMount,
    CatalogueDifference,
    DifferenceKind,
    GrantState,
    VideoGrant,
    Viewing,
    ViewingResult,
)

from .queries import live_grant, watches_without_grant
from .refused import Refused

SHORTEST_PURPOSE = 4
LONGEST_GRANT = timedelta(days=366)
VIEWING_LASTS = timedelta(minutes=30)
SUBJECT = "video_camera"


@transaction.atomic
def ask_grant(
    account: Any, organisation: Organisation, cameras: Sequence[Camera], purpose: str, legal_basis: str, from_on: date,
    until_on: date,
) -> VideoGrant:  # fmt: skip
    """Asks that a unit may watch these cameras. Refused: no cameras, no purpose or basis, a term that is none or too long."""
    if not cameras:
        raise Refused("no_cameras", _("请至少选择一台摄像机"), "cameras")
    for field, text in (("purpose", purpose), ("legal_basis", legal_basis)):
        if len(text.strip()) < SHORTEST_PURPOSE:
            raise Refused("too_short", _("请写明，至少 %(n)s 个字") % {"n": SHORTEST_PURPOSE}, field)
    if until_on < from_on or until_on < today():
        raise Refused("bad_term", _("截止日期应不早于开始日期和今天"), "until_on")
    if until_on - from_on > LONGEST_GRANT:
        raise Refused("term_too_long", _("授权期限最长一年，到期可重新申请"), "until_on")
    grant = VideoGrant.objects.create(
        organisation=organisation, purpose=purpose.strip(), legal_basis=legal_basis.strip(), from_on=from_on,
        until_on=until_on, asked_by=account,
    )  # fmt: skip
    grant.cameras.set(cameras)
    record_act(account, "ask", subject_kind="video_grant", subject=grant.pk, purpose=purpose)
    return grant


@transaction.atomic
def decide_grant(grant: VideoGrant, account: Any, is_approved: bool, decision: str) -> VideoGrant:
    """Approves or refuses. Never by who asked; a refusal says why."""
    grant = VideoGrant.objects.select_for_update().get(pk=grant.pk)
    if grant.state != GrantState.ASKED:
        raise Refused("already_decided", _("这项申请已经处理过"))
    if grant.asked_by_id == account.pk:
        raise Refused("own_request", _("申请人不能批准自己的申请"))
    if not is_approved and not decision.strip():
        raise Refused("no_reason", _("不批准须写明原因"), "decision")
    _decide(grant, account, GrantState.APPROVED if is_approved else GrantState.REFUSED, decision)
    return grant


@transaction.atomic
def revoke_grant(grant: VideoGrant, account: Any, decision: str) -> VideoGrant:
    """Ends an approved grant before its term; a reason is due."""
    grant = VideoGrant.objects.select_for_update().get(pk=grant.pk)
    if grant.state != GrantState.APPROVED:
        raise Refused("not_in_force", _("只有已批准的授权可以收回"))
    if grant.asked_by_id == account.pk:
        raise Refused("own_request", _("申请人不能处理自己的申请"))
    if not decision.strip():
        raise Refused("no_reason", _("收回须写明原因"), "decision")
    _decide(grant, account, GrantState.REVOKED, decision)
    return grant


def _decide(grant: VideoGrant, account: Any, state: GrantState, decision: str) -> None:
    grant.state, grant.decided_by, grant.decided_at, grant.decision = (
        state.value,
        account,
        now(),
        decision.strip()[:200],
    )
    grant.save(update_fields=["state", "decided_by", "decided_at", "decision"])
    record_act(account, state.value, subject_kind="video_grant", subject=grant.pk, purpose=decision)


@transaction.atomic
def request_viewing(account: Any, camera: Camera, purpose: str) -> Viewing:
    """Records who wants to see which camera why, and whether they may. A refusal is recorded as well, not raised."""
    grant = live_grant(account, camera)
    reason = ""
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        reason = "no_purpose"
    elif not camera.is_in_use:
        reason = "retired"
    elif grant is None and not watches_without_grant(account, camera):
        reason = "no_grant"
    result = ViewingResult.REFUSED if reason else ViewingResult.ALLOWED
    at = now()
    viewing = Viewing.objects.create(
        camera=camera, account=account, organisation=account.organisation, grant=grant, purpose=purpose.strip()[:200],
        result=result, reason=reason, at=at, until_at=None if reason else at + VIEWING_LASTS,
    )  # fmt: skip
    record_act(
        account, "look", subject_kind=SUBJECT, subject=camera.code, purpose=purpose, fields=["live"],
        result=reason or "ok",
    )  # fmt: skip
    return viewing


@transaction.atomic
def explain_difference(difference: CatalogueDifference, account: Any, explanation: str) -> None:
    """A person's word for why register and catalogue may differ here."""
    if not explanation.strip():
        raise Refused("no_reason", _("请写明原因"), "explanation")
    difference.explanation, difference.explained_by = explanation.strip()[:200], account
    difference.explained_at = now()
    difference.save(update_fields=["explanation", "explained_by", "explained_at"])


@transaction.atomic
def adopt_channel(difference: CatalogueDifference, account: Any) -> Camera:
    """Takes a channel that a device has told of into the register, with the device's place until somebody enters its own."""
    if difference.kind != DifferenceKind.UNREGISTERED or difference.ended_at is not None:
        raise Refused("not_unregistered", _("只有未登记的通道可以登记"))
    device = difference.source.device
    camera, is_new = Camera.objects.get_or_create(
        code=difference.channel_code,
        defaults={
            "name": difference.channel_name or difference.channel_code, "device": device, "organisation": device.owner,
            "division_code": device.division_code, "lon": device.lon, "lat": device.lat, "mount": CameraMount.FIXED,
            "is_simulated": device.is_simulated,
        },
    )  # fmt: skip
    difference.ended_at = now()
    difference.save(update_fields=["ended_at"])
    if is_new:
        record_act(account, "create", subject_kind=SUBJECT, subject=camera.code)
    return camera


def probe_now(camera: Camera, account: Any) -> DeviceCommand:
    """Asks the gateway to get a picture now."""
    return _ask(camera.device, "probe", {"channel": camera.code}, account)


def fetch_catalogue_now(device: Device, account: Any) -> DeviceCommand:
    """Asks the gateway for the device's list of channels now."""
    return _ask(device, "fetch_catalogue", {}, account)


def _ask(device: Device | None, command: str, parameters: dict[str, Any], account: Any) -> DeviceCommand:
    if device is None:
        raise Refused("no_device", _("该摄像机没有接入设备"))
    if not may(account, "governance.video_officer") or not scope_of(account, "governance").covers(
        device.division_code
    ):
        raise Refused("not_yours", _("不在您的管理范围内"))
    try:
        return ask(
            device, command, parameters, account, timeout_s=30, retries=0, valid_for=timedelta(minutes=2)
        )
    except CannotAsk as error:
        raise Refused("cannot_ask", str(error)) from error

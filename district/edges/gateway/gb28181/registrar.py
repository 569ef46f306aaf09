"""REGISTER: who is let in, for how long, and what a stranger is told. GB/T 28181-2016 9.1; RFC 3261 section 10.

Without credentials everybody gets a challenge, known or not. A used, expired or unknown nonce gets a fresh one, so that
a replayed message lets nobody in and a device with an old nonce simply tries again.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from district.edges.gateway.directory import Known
from district.edges.gateway.gb28181.guard import Lockout, Nonces, NonceState
from district.edges.gateway.gb28181.registrations import Registration
from district.kernel import clock
from district.protocols.gb28181 import FrameError, SipMessage, challenge, fields_of, is_right, text_of_moment

if TYPE_CHECKING:
    from district.edges.gateway.gb28181.door import SipDoor, Turn

PROTOCOL = "gb28181"


class Registrar:
    def __init__(self, door: SipDoor) -> None:
        self.door = door
        self.settings = door.settings
        self.nonces = Nonces(door.settings)
        self.lockout = Lockout(door.settings)

    def register(self, turn: Turn) -> None:
        """Answers one REGISTER."""
        message, peer, now_s = turn.message, turn.peer, time.monotonic()
        if self.lockout.is_locked(peer.source[0], message.from_id, now_s):
            turn.refuse("locked_out", "semantic", f"{peer.source[0]} 连续口令错误，暂停受理", 403)
            return
        given = message.header("Authorization")
        if given is None:
            self._challenge(turn, now_s)
            return
        try:
            fields = fields_of(given)
        except FrameError as error:
            turn.refuse(error.code, "frame", error.detail, 400)
            return
        known = self.door.device(message.from_id)
        if known is None:
            self._count_failure(turn, now_s)
            turn.refuse("unknown_device", "semantic", f"没有登记的设备 {message.from_id}", 403)
            return
        state = self.nonces.state(fields.get("nonce", ""), now_s)
        if state is not NonceState.GOOD:
            self.door.gateway.counters.refusals.labels(f"nonce_{state.value}").inc()
            self._challenge(turn, now_s, known, is_stale=True)
            return
        self.nonces.spend(fields["nonce"])
        fault = self._fault(message, fields, known)
        if fault:
            self._count_failure(turn, now_s)
            turn.refuse("wrong_password", "semantic", fault, 403)
        elif not known.is_active:
            turn.refuse("device_not_active", "semantic", f"设备 {known.code} 已暂停或停用", 403)
        else:
            self.lockout.succeeded(peer.source[0], message.from_id)
            self._let_in(turn, known, now_s)

    def _count_failure(self, turn: Turn, now_s: float) -> None:
        if self.lockout.failed(turn.peer.source[0], turn.message.from_id, now_s):
            self.door.gateway.counters.refusals.labels("lockout_begins").inc()

    def _challenge(
        self, turn: Turn, now_s: float, known: Known | None = None, is_stale: bool = False
    ) -> None:
        known = known or self.door.device(turn.message.from_id)
        value = challenge(self.settings.domain, self.nonces.issue(now_s), algorithm_of(known), is_stale)
        turn.answer(401, more=(("WWW-Authenticate", value), date_header()))

    def _fault(self, message: SipMessage, fields: dict[str, str], known: Known) -> str:
        """Why these credentials do not let the device in, empty when they do."""
        if not known.password:
            return f"设备 {known.code} 未设密码，不予注册"
        if fields.get("realm") != self.settings.domain:
            return f"realm={fields.get('realm', '')[:40]}：应为 {self.settings.domain}"
        wanted = str(known.attributes.get("username") or known.code)
        if fields.get("username") != wanted:
            return f"username={fields.get('username', '')[:40]}：应为 {wanted}"
        algorithm = algorithm_of(known)
        if (fields.get("algorithm") or "MD5").upper() != algorithm:
            return f"algorithm={fields.get('algorithm', 'MD5')[:20]}：应为 {algorithm}"
        if not is_right(fields, known.password.decode(), message.method):
            return f"设备 {known.code} 的口令不对"
        return ""

    def _let_in(self, turn: Turn, known: Known, now_s: float) -> None:
        asked_s = turn.message.expires_s
        if asked_s == 0:
            self._let_go(turn, known)
            return
        if asked_s is not None and asked_s < self.settings.shortest_expires_s:
            turn.answer(423, more=(("Min-Expires", str(self.settings.shortest_expires_s)),))
            return
        granted_s = min(asked_s or 3600, self.settings.longest_expires_s)
        before = self.door.registrations.get(known.id)
        registration = Registration(
            known, turn.peer, now_s + granted_s, now_s, clock.now(), turn.message.header("X-GB-Ver") or ""
        )
        is_new = before is None or not before.peer.is_same_place(turn.peer)
        if before is not None and not is_new:
            before.expires_at_s, before.heard_at_s, before.peer = registration.expires_at_s, now_s, turn.peer
            registration = before
        elif before is not None:
            registration.channels, registration.probe_at_s = before.channels, before.probe_at_s
        self.door.enter(registration)
        more = (date_header(), ("Expires", str(granted_s)), *contact_of(turn.message, granted_s))
        if not is_new:
            turn.answer(200, more=more)
            return
        payload = {"remote": turn.peer.remote, "transport": turn.peer.transport_name, "expires_s": granted_s,
                   "agent": (turn.message.header("User-Agent") or "")[:80], "version": registration.version}  # fmt: skip
        turn.report(known, "registered", payload)
        turn.answer_after_commit(200, more=more)

    def _let_go(self, turn: Turn, known: Known) -> None:
        self.door.leave(known.id)
        turn.report(known, "lost", {"reason": "unregistered"})
        turn.answer_after_commit(200, more=(date_header(), ("Expires", "0")))


def algorithm_of(known: Known | None) -> str:
    """MD5 unless the device's attribute `digest` says SHA-256 or SM3."""
    return str((known.attributes.get("digest") if known else None) or "MD5").upper()


def date_header() -> tuple[str, str]:
    """The device sets its clock by it."""
    return "Date", text_of_moment(clock.now(), has_milliseconds=True)


def contact_of(message: SipMessage, granted_s: int) -> tuple[tuple[str, str], ...]:
    contact = message.header("Contact")
    return (("Contact", f"{contact.partition(';expires')[0]};expires={granted_s}"),) if contact else ()

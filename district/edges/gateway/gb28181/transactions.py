"""Requests of others that come twice are answered twice and done once. RFC 3261 section 17.2."""

from __future__ import annotations

from collections import OrderedDict

from district.edges.gateway.gb28181.peers import Peer
from district.protocols.gb28181 import SipMessage

LIFE_S = 32.0
MOST = 50_000

Key = tuple[str, str, str, int, str]


class Answered:
    """What was answered to whom; None while the answer waits for a commit."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Key, tuple[float, bytes | None]] = OrderedDict()

    @staticmethod
    def key(message: SipMessage, peer: Peer) -> Key:
        return peer.remote, message.branch, message.call_id, message.cseq, message.method

    def begins(self, key: Key, now_s: float) -> bool:
        """Whether this request is new."""
        while self._answers:
            first, (at_s, _) = next(iter(self._answers.items()))
            if now_s - at_s < LIFE_S and len(self._answers) < MOST:
                break
            del self._answers[first]
        if key in self._answers:
            return False
        self._answers[key] = (now_s, None)
        return True

    def answer(self, key: Key) -> bytes | None:
        return self._answers.get(key, (0.0, None))[1]

    def keep(self, key: Key, answer: bytes) -> None:
        if key in self._answers:
            self._answers[key] = (self._answers[key][0], answer)

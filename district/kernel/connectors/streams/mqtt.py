"""Messages of an MQTT broker (3.1.1, 5), acknowledged by the caller. No Django."""

from __future__ import annotations

import ssl
import time
from typing import Any

from district.kernel.connectors import addresses, certificates
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.streams.description import Wanted
from district.kernel.connectors.streams.message import Incoming

CONNECT_TIMEOUT_S = 10.0
KEEP_ALIVE_S = 30
SESSION_S = 7 * 86_400
"""How long the broker keeps messages for us while we are away (MQTT 5; with 3.1.1 the broker decides)."""
QUIET_S = 0.02
"""When nothing came for so long, what has come is handed over."""


class MqttBroker:
    """One connection, used by one thread. `is_trial`: only to look, nothing is remembered. Otherwise the session
    outlives it: what came meanwhile is sent when we are back."""

    def __init__(self, wanted: Wanted, password: str = "", *, is_trial: bool = False) -> None:
        import paho.mqtt.client as paho
        from paho.mqtt.enums import CallbackAPIVersion

        self.wanted, self.is_trial = wanted, is_trial
        self._ok = paho.MQTT_ERR_SUCCESS
        is_five, name = wanted.version == "5", f"{wanted.name}-trial" if is_trial else wanted.name
        self._client = paho.Client(
            CallbackAPIVersion.VERSION2, name, protocol=paho.MQTTv5 if is_five else paho.MQTTv311,
            clean_session=None if is_five else is_trial, manual_ack=True, reconnect_on_failure=False,
        )  # fmt: skip
        if wanted.user:
            self._client.username_pw_set(wanted.user, password)
        if wanted.is_encrypted:
            self._client.tls_set_context(certificates.context(wanted.host, wanted.authority))
        self._client.on_connect = self._on_connect
        self._client.on_subscribe = self._on_subscribe
        self._client.on_message = self._on_message
        self._come: list[Any] = []
        self._is_ready = False
        self._refusal: Refused | None = None

    def connect(self) -> None:
        """Raises Refused when the broker cannot be reached or will not have us."""
        wanted = self.wanted
        address = addresses.resolve(wanted.host, wanted.port)[0]
        self._client.connect_timeout = CONNECT_TIMEOUT_S
        try:
            self._client.connect(address, wanted.port, KEEP_ALIVE_S, **self._session())
        except ssl.SSLCertVerificationError as error:
            said = f"服务器的证书不是所填机构签发的，或不是这台主机的（{error.verify_message}）"
            raise Refused("certificate_refused", f"{self._place()}：{said}", field="authority") from None
        except (OSError, ValueError) as error:
            raise self._unreachable(str(error)) from None
        until = time.monotonic() + CONNECT_TIMEOUT_S
        while not self._is_ready:
            if self._client.loop(0.1) != self._ok or time.monotonic() > until:
                raise self._refusal or self._unreachable("没有回应")
        if self._refusal:
            raise self._refusal

    def receive(self, most: int, wait_s: float) -> list[Incoming]:
        """What came, after `wait_s` at the latest. Raises Refused when the connection is lost."""
        until = time.monotonic() + wait_s
        while len(self._come) < most and time.monotonic() < until:
            before = len(self._come)
            if self._client.loop(QUIET_S if before else min(0.2, wait_s)) != self._ok:
                break
            if before and len(self._come) == before:
                break
        if self._refusal:
            raise self._refusal
        if not self._come and not self._client.is_connected():
            raise self._unreachable("连接中断")
        return [Incoming(each.topic, bytes(each.payload), "", bool(each.dup)) for each in self._come]

    def acknowledge(self) -> None:
        """All that was received."""
        for message in self._come:
            if message.qos:
                self._client.ack(message.mid, message.qos)
        self._come.clear()
        self._client.loop(0)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop(0.05)

    def _session(self) -> dict[str, Any]:
        if self.wanted.version != "5":
            return {}
        from paho.mqtt.packettypes import PacketTypes
        from paho.mqtt.properties import Properties

        properties = Properties(PacketTypes.CONNECT)
        properties.SessionExpiryInterval = 0 if self.is_trial else SESSION_S
        return {"clean_start": self.is_trial, "properties": properties}

    def _on_connect(self, client: Any, data: Any, flags: Any, reason: Any, properties: Any) -> None:
        if reason.is_failure:
            is_login = str(reason) in ("Bad user name or password", "Not authorized")
            code, words = (
                ("login_refused", "用户名或密码不被接受")
                if is_login
                else ("broker_refused", f"服务器拒绝连接（{reason}）")
            )
            self._refusal = Refused(code, f"{self._place()}：{words}", field="user")
            self._is_ready = True
        else:
            client.subscribe(self.wanted.topic, qos=1)
            # A broker that knows us first sends what waits, and some do not listen until that is acknowledged.
            self._is_ready = bool(flags.session_present)

    def _on_subscribe(self, client: Any, data: Any, mid: int, reasons: Any, properties: Any) -> None:
        if any(reason.is_failure for reason in reasons):
            self._refusal = Refused(
                "not_permitted", f"{self._place()}：没有订阅“{self.wanted.topic}”的权限", field="topic"
            )
        self._is_ready = True

    def _on_message(self, client: Any, data: Any, message: Any) -> None:
        self._come.append(message)

    def _place(self) -> str:
        return f"{self.wanted.host}:{self.wanted.port}"

    def _unreachable(self, said: str) -> Refused:
        return Refused(
            "host_unreachable",
            f"{self._place()}：连不上消息服务器（{said[:120]}）",
            field="host",
            is_passing=True,
        )

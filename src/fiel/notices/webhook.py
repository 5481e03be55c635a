"""Events to endpoints, signed as Standard Webhooks 1.0.0 says (https://www.standardwebhooks.com), through the one door.

Only a 2xx acknowledges. The body is thin: who has the controller's key asks for the rest, and is then asked who they
are.
"""

import hmac
import json
import logging
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus

from fiel.core.errors import FielError
from fiel.egress import Egress, Errand
from fiel.notices.endpoints import Endpoint
from fiel.ports import Event, Outcome

_log = logging.getLogger(__name__)


class WebHooks:
    """Tells each endpoint by its name."""

    def __init__(self, endpoints: Mapping[str, Endpoint], *, egress: Egress, now: Callable[[], datetime]) -> None:
        """Know the endpoints, and the one door to them."""
        self._endpoints, self._egress, self._now = endpoints, egress, now

    def tell(self, endpoint: str, event: Event) -> Outcome:
        """Whether the endpoint of that name acknowledged it."""
        known = self._endpoints.get(endpoint)
        if known is None:
            _log.error("there is no endpoint `%s` any more, and something waits for it", endpoint)
            return Outcome.LATER
        body = body_of(event)
        headers = {"Content-Type": "application/json", **signed(known, event, body=body, at=self._now())}
        try:
            reply = self._egress.send(Errand(url=known.url, method="POST", headers=headers, body=body, largest=0))
        except FielError as error:
            _log.warning("the endpoint `%s` was not told: %s", endpoint, error.what)
            return Outcome.LATER
        if reply.is_good:
            return Outcome.SENT
        _log.warning("the endpoint `%s` did not acknowledge: %d", endpoint, reply.status)
        return Outcome.NEVER if reply.status == HTTPStatus.GONE else Outcome.LATER


def body_of(event: Event) -> bytes:
    """The event as JSON: its type, when it happened, and what it tells."""
    happened = event.at.astimezone(UTC).isoformat(timespec="seconds")
    whole = {"type": event.type, "timestamp": happened, "data": dict(event.told)}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def signed(endpoint: Endpoint, event: Event, *, body: bytes, at: datetime) -> Mapping[str, str]:
    """The three headers: the same id at every try, when this try is, and one signature for each secret."""
    name, moment = f"evt_{event.id.hex()}", str(int(at.timestamp()))
    content = b".".join((name.encode(), moment.encode(), body))
    signatures = [b64encode(hmac.digest(secret, content, "sha256")).decode() for secret in endpoint.secrets]
    return {
        "webhook-id": name,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }

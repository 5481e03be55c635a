"""A small OpenID provider of the tests' own, on this machine: it signs what it is told to, also what it must not."""

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from fiel.testing.clock import HandClock

CLIENT = "fiel-console"
SECRET = "a secret that the provider shares with its client"


@dataclass
class Provider:
    """What it knows and does. `spoils` changes the claims of the next token, `signs` who signs it and how."""

    clock: HandClock
    url: str = ""
    calls_itself: str = ""
    subject: str = "248289761001"
    spoils: dict[str, object] = field(default_factory=dict)
    drops: set[str] = field(default_factory=set)
    signs: str = "ES256"
    codes: dict[str, Mapping[str, str]] = field(default_factory=dict)
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one", "use": "sig"}))
    foreign: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one", "use": "sig"}))
    seen: list[str] = field(default_factory=list)

    def approve(self, url: str) -> dict[str, str]:
        """Somebody approves there: what their browser comes back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        code = sha256(url.encode()).hexdigest()
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def discovery(self) -> dict[str, object]:
        """What it says of itself."""
        return {
            "issuer": self.calls_itself or self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
        }

    def keys(self) -> dict[str, object]:
        """Its public keys, beside one that is a shared secret, which nobody may believe, and one that is nonsense."""
        shared = {"kty": "oct", "kid": "shared", "k": urlsafe_b64encode(SECRET.encode()).decode().rstrip("=")}
        return {"keys": [self.key.as_dict(private=False), shared, {"kty": "EC", "crv": "P-0"}]}

    def token(self, form: Mapping[str, str]) -> dict[str, object] | None:
        """The answer to a code, once, for whoever has its verifier; None for anybody else."""
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if asked is None or challenge != asked["code_challenge"] or form.get("redirect_uri") != asked["redirect_uri"]:
            return None
        now = int(self.clock.now().timestamp())
        claims = {
            "iss": self.url,
            "sub": self.subject,
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": asked["nonce"],
            **self.spoils,
        }
        return {"access_token": "x", "token_type": "Bearer", "id_token": self._signed(claims)}

    def _signed(self, claims: Mapping[str, object]) -> str:
        said = {name: value for name, value in claims.items() if name not in self.drops}
        if self.signs == "none":
            parts = [json.dumps({"alg": "none", "kid": "one"}), json.dumps(said)]
            return ".".join([*(urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts), ""])
        if self.signs == "HS256":
            return jwt.encode({"alg": "HS256", "kid": "shared"}, said, OctKey.import_key(SECRET), algorithms=["HS256"])
        signer = self.foreign if self.signs == "foreign" else self.key
        return jwt.encode({"alg": "ES256", "kid": "one"}, said, signer)


@contextmanager
def provided(provider: Provider) -> Iterator[Provider]:
    """The provider on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.seen.append(self.path)
            answers = {"/.well-known/openid-configuration": provider.discovery, "/keys": provider.keys}
            self._answer(answers[self.path]())

        def do_POST(self) -> None:
            provider.seen.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer(provider.token(form))

        def _answer(self, said: Mapping[str, object] | None) -> None:
            content = json.dumps(said or {"error": "invalid_grant"}).encode()
            self.send_response(200 if said else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Say nothing."""

    return Handler

"""T16: whatever the OpenAPI document allows to be asked, the server answers as the document says."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route as StarletteRoute

from fiel.web.api import ROUTES
from fiel.web.app import make_app
from tests.web.serving import believe, open_doors, say_yes

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]


@pytest.mark.parametrize(("cases", "least"), [(3, 80), pytest.param(80, 2_000, marks=pytest.mark.proof)])
def test_every_answer_is_documented_and_none_is_a_fault(cases: int, least: int) -> None:
    """Generated requests to every operation are answered with a documented status and type, never with a 500."""
    doors = open_doors()
    say_yes(doors.house)
    schema = schemathesis.openapi.from_asgi("/openapi.json", doors.app)
    operations = [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]
    assert len(operations) == len(ROUTES)
    asked = [_ask(operation, doors.as_server, cases=cases) for operation in operations]
    assert min(asked) >= 1
    assert sum(asked) >= least
    print(f"asked {sum(asked)} times")  # noqa: T201 - the report of the proof


def test_the_harness_finds_a_planted_fault() -> None:
    """The control: a route that answers 500 turns it red."""

    async def faulty(_request: Request) -> Response:
        return JSONResponse({"what": "planted"}, status_code=500)

    doors = open_doors()
    app = make_app(doors.house, verify_subject=believe)
    app.router.routes.insert(0, StarletteRoute("/livez", faulty))
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    operations = [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]
    operation = next(each for each in operations if each.path == "/livez")
    with pytest.raises(BaseException, match=r"(?i)server error"):
        _ask(operation, doors.as_server, cases=2)


def _ask(operation: APIOperation[Any, Any, Any, Any], headers: dict[str, str], *, cases: int) -> int:
    """Send generated requests to one operation; how many."""
    asked = 0

    @settings(
        max_examples=cases,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def each(case: schemathesis.Case[Any]) -> None:
        nonlocal asked
        asked += 1
        case.call_and_validate(headers=headers, checks=CHECKS)

    each()
    return asked

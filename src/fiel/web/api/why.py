"""`GET /why/{decision}`: a decision accounted for, to whoever holds its name; in JSON, or as a page with no script."""

from http import HTTPStatus

from starlette.responses import Response

from fiel.core.ids import DecisionId
from fiel.operations.explain import Account, explain
from fiel.web.api.slate import slate
from fiel.web.api.wire import WhyAnswer
from fiel.web.pages import language_of, page
from fiel.web.problems import Refused
from fiel.web.route import Call, Route, json_response

LONGEST_NAME = 4_096


async def get(call: Call) -> Response:
    """One decision: the sentence, the ladder with the rung that was used, the facts that weighed."""
    name = call.part("decision")
    if len(name) > LONGEST_NAME:
        raise Refused(HTTPStatus.NOT_FOUND, "this is not the name of a decision")
    language = language_of(call)
    account = explain(call.house, DecisionId(name), language=language)
    answer = _answer(call, account, language=language)
    if "text/html" not in call.request.headers.get("accept", ""):
        return json_response(answer)
    return page(
        call,
        "why.html",
        language=language,
        why=answer,
        case=call.published().promise.use_cases.get(account.outcome.use_case),
    )


def _answer(call: Call, account: Account, *, language: str) -> WhyAnswer:
    outcome, record = account.outcome, account.record
    return WhyAnswer(
        use_case=outcome.use_case,
        version=outcome.version,
        at=outcome.at,
        level=outcome.level.word,
        allowed=None if outcome.allowed is None else outcome.allowed.word,
        reason=outcome.reason,
        degraded=outcome.degraded,
        silent=outcome.silent,
        ladder=[level.word for level in account.ladder],
        explanation=account.sentence,
        destroyed=account.destroyed,
        read=record.read if record else None,
        items=slate(record.items, call.house.shelf.last, language=language) if record else [],
    )


ROUTES = (
    Route(
        method="GET",
        path="/why/{decision}",
        act=get,
        about="Why a decision was as it was",
        verb=None,
        gives=WhyAnswer,
        query={"lang": "the language to answer in"},
    ),
)

"""`GET /why/{decision}`: a decision accounted for, to whoever holds its name; in JSON, or as a page with no script."""

from starlette.responses import Response

from fiel.core.errors import Malformed, Unknown
from fiel.core.ids import DecisionId
from fiel.operations.explain import Account, explain
from fiel.web.api.slate import slate
from fiel.web.api.wire import LevelWord, WhyAnswer, WhyQuery, word, words
from fiel.web.languages import wished_for
from fiel.web.pages import page
from fiel.web.route import Call, Route, json_response
from fiel.web.security import OPEN

LONGEST_NAME = 4_096


async def get(call: Call) -> Response:
    """One decision: the sentence, the ladder with the rung that was used, the facts that weighed."""
    published = call.published()
    wish, accepted = call.asked(WhyQuery).lang, call.request.headers.get("accept-language", "")
    language = wished_for(call.house, published, wish, accepted=accepted)
    account = _account(call, language=language)
    answer = _answer(call, account, language=language)
    if "text/html" not in call.request.headers.get("accept", ""):
        return json_response(answer)
    case = published.promise.use_cases.get(account.outcome.use_case)
    return page(call, "why.html", language=language, why=answer, case=case)


def _account(call: Call, *, language: str) -> Account:
    """The account; a name that Fiel did not give leads nowhere."""
    name = call.parts["decision"]
    try:
        return explain(call.house, DecisionId(name[:LONGEST_NAME]), language=language)
    except Malformed:
        raise Unknown("this is not the name of a decision") from None


def _answer(call: Call, account: Account, *, language: str) -> WhyAnswer:
    outcome, record = account.outcome, account.record
    return WhyAnswer(
        use_case=outcome.use_case,
        version=outcome.version,
        at=outcome.at,
        level=LevelWord(outcome.level.word),
        allowed=word(outcome.allowed),
        reason=outcome.reason,
        degraded=outcome.degraded,
        silent=outcome.silent,
        control=outcome.control is not None,
        ladder=words(account.ladder),
        explanation=account.sentence,
        destroyed=account.destroyed,
        read=record.read if record else None,
        items=slate(record.items, call.house.shelf.last, language=language) if record else [],
        topics=list(account.topics),
        topics_url=f"/v1/subjects/me/topics/{outcome.use_case}",
    )


ROUTES = (
    Route(
        method="GET",
        path="/why/{decision}",
        act=get,
        about="Why a decision was as it was; a page for whoever accepts text/html",
        leave=OPEN,
        query=WhyQuery,
        headers={"Accept-Language": "the reader's languages, the best first"},
        gives=WhyAnswer,
        other_media="text/html",
        problems=frozenset({"unknown"}),
    ),
)

"""`POST /v1/outcomes`: what became of a slate, noted while the person still permits the use."""

from fiel.core.ids import DecisionId
from fiel.core.scope import Verb
from fiel.operations.reward import reward
from fiel.web.api.wire import OutcomeAnswer, OutcomeRequest
from fiel.web.route import Call, Route, done


async def post(call: Call) -> OutcomeAnswer:
    """Note a reward."""
    wanted = await call.read(OutcomeRequest)
    call.caller.ask(Verb.DECIDE)
    return OutcomeAnswer(recorded=await done(reward(call.house, DecisionId(wanted.decision_id), wanted.reward)))


ROUTES = (
    Route(
        method="POST",
        path="/v1/outcomes",
        act=post,
        about="Say what became of a decision",
        verb=Verb.DECIDE,
        takes=OutcomeRequest,
        gives=OutcomeAnswer,
    ),
)

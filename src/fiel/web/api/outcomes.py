"""`POST /v1/outcomes`: what became of a slate, noted while the person still permits the use."""

from fiel.core.ids import DecisionId
from fiel.core.scope import Verb
from fiel.operations.reward import reward
from fiel.operations.token import trace_decision
from fiel.web.api.wire import OutcomeAnswer, OutcomeRequest
from fiel.web.route import Call, Route, done
from fiel.web.security import Leave


async def post(call: Call) -> OutcomeAnswer:
    """Note a reward."""
    wanted = call.read(OutcomeRequest)
    name = DecisionId(wanted.decision_id)
    case = call.published().promise.use_cases.get(trace_decision(call.house, name).outcome.use_case)
    call.admitted.ask(case)
    return OutcomeAnswer(recorded=await done(reward(call.house, name, wanted.reward)))


ROUTES = (
    Route(
        method="POST",
        path="/v1/outcomes",
        act=post,
        about="Say what became of a decision",
        leave=Leave(Verb.DECIDE, person=True),
        takes=OutcomeRequest,
        gives=OutcomeAnswer,
        example={"decision_id": "gAAAAQ", "item": "22423", "reward": 1.0},
        shows={"recorded": True},
    ),
)

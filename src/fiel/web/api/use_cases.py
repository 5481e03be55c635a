"""`/v1/use-cases` and `/v1/manifest`: the promise, open to everybody."""

from fiel.core.ids import UseCaseId
from fiel.web.api.promise import ManifestWire, UseCasesWire, UseCaseWire, manifest_of, use_case_of
from fiel.web.route import Call, Route
from fiel.web.security import OPEN


async def get_all(call: Call) -> UseCasesWire:
    """Every use case in force."""
    published = call.published()
    return UseCasesWire(use_cases=[use_case_of(published, case) for case in published.promise.use_cases.values()])


async def get_one(call: Call) -> UseCaseWire:
    """One use case, with the notice that a grant must name."""
    published = call.published()
    return use_case_of(published, published.use_case(UseCaseId(call.parts["use_case"])))


async def get_manifest(call: Call) -> ManifestWire:
    """Controller, areas, data dictionary and use cases."""
    return manifest_of(call.published())


ROUTES = (
    Route(
        method="GET",
        path="/v1/use-cases",
        act=get_all,
        about="The use cases in force",
        leave=OPEN,
        gives=UseCasesWire,
    ),
    Route(
        method="GET",
        path="/v1/use-cases/{use_case}",
        act=get_one,
        about="One use case, with the notice that a yes must name",
        leave=OPEN,
        gives=UseCaseWire,
        problems=frozenset({"unknown"}),
    ),
    Route(
        method="GET",
        path="/v1/manifest",
        act=get_manifest,
        about="The whole promise: controller, areas, data dictionary, use cases",
        leave=OPEN,
        gives=ManifestWire,
    ),
)

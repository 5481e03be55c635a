"""The OpenAPI 3.1 document, made of the route table and the wire types: what is documented is what is served."""

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from itertools import groupby
from typing import Final

import msgspec

from fiel import __version__
from fiel.web.problems import KINDS, MEDIA_TYPE, RETRY_AFTER, Problem, has_a_page
from fiel.web.route import Route

Json = dict[str, object]

_TEMPLATE: Final = "#/components/schemas/{name}"
_ALWAYS: Final = frozenset({"unexpected", "unavailable"})
_KEYED: Final = frozenset({"not_authenticated", "not_allowed"})
_WITH_BODY: Final = frozenset({"bad_request", "too_large", "unsupported_media", "malformed"})

_SCHEMES: Final[Json] = {
    "key": {"type": "http", "scheme": "bearer", "description": "`fiel_sk_…` of a server, `fiel_pk_…` of a page"},
    "subject": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "a person's own token"},
    "client": {"type": "http", "scheme": "basic", "description": "a key as the user name, as Segment's clients do"},
}


def document(routes: Sequence[Route]) -> Mapping[str, object]:
    """The document for these routes."""
    shapes, components = _shapes(routes)
    paths: dict[str, Json] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, shapes)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Fiel",
            "version": __version__,
            "summary": "Personalization that can only use what each person agreed to",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": _SCHEMES},
    }


def _shapes(routes: Sequence[Route]) -> tuple[Mapping[type, Json], Json]:
    """The schema of each wire type, and those that they refer to."""
    kinds = [kind for route in routes for kind in (route.takes, route.gives, route.query)]
    ordered = [kind for kind in dict.fromkeys(kinds) if kind is not None]
    schemas, components = msgspec.json.schema_components(
        [Problem, *ordered], schema_hook=_anything, ref_template=_TEMPLATE
    )
    return dict(zip(ordered, schemas[1:], strict=True)), dict(components)


def _anything(kind: type) -> Json:
    """The schema of what is read piece by piece, or passed on as it is."""
    if kind not in {object, msgspec.Raw}:
        raise NotImplementedError(kind)
    return {"description": "whatever it is"}


def _operation(route: Route, shapes: Mapping[type, Json]) -> Json:
    operation: Json = {
        "operationId": f"{route.method.lower()} {route.path}",
        "summary": route.about,
        "description": _whom(route),
        "security": _security(route),
        "parameters": [*_path_parameters(route), *_query_parameters(route), *_header_parameters(route)],
        "responses": {str(route.status.value): _answer(route, shapes), **_problems(route)},
    }
    if route.takes is not None:
        content = {"schema": shapes[route.takes], "example": route.example}
        operation["requestBody"] = {
            "required": not route.empty_allowed,
            "content": {media: content for media in sorted(route.reads) if media},
        }
    return operation


def _whom(route: Route) -> str:
    leave = route.leave
    if leave.verb is None:
        return "Open to everybody."
    others = ["the person's own subject token"] if leave.person else []
    others += ["a publishable key"] if leave.publishable else []
    return f"For a server key with the scope `{leave.verb.value}`" + "".join(f", or {each}" for each in others) + "."


def _security(route: Route) -> list[Json]:
    if route.leave.verb is None or "{key}" in route.path:
        return []
    names = ["key", *(["subject"] if route.leave.person else []), *(["client"] if route.key_inside else [])]
    return [{name: []} for name in names]


def _answer(route: Route, shapes: Mapping[type, Json]) -> Json:
    schema: Json = {"type": "string"} if route.gives is None else shapes[route.gives]
    content: Json = {route.media: {"schema": schema} | ({} if route.shows is None else {"example": route.shows})}
    if route.other_media:
        content[route.other_media] = {"schema": {"type": "string"}}
    return {"description": route.about, "content": content}


def problems_of(route: Route) -> frozenset[str]:
    """The kinds of problem that a route may answer with."""
    found = frozenset(route.problems) | _ALWAYS
    found |= _KEYED if route.leave.verb is not None else frozenset()
    found |= _WITH_BODY if route.takes is not None else frozenset()
    found |= {"malformed"} if route.query is not None or "{id}" in route.path else frozenset()
    return found | ({"bad_request", "not_found"} if "{" in route.path else frozenset())


def _problems(route: Route) -> Json:
    kinds = sorted(((KINDS[code].status, code) for code in problems_of(route)), key=lambda kind: (kind[0], kind[1]))
    return {
        str(status.value): _problem(status, [code for _, code in group], read=has_a_page(route.method, route.path))
        for status, group in groupby(kinds, key=lambda kind: kind[0])
    }


def _problem(status: HTTPStatus, codes: Sequence[str], *, read: bool) -> Json:
    examples = {
        code: {"value": {"type": f"/problems/{code}", "title": KINDS[code].title, "status": status.value}}
        for code in codes
    }
    schema = {"$ref": _TEMPLATE.format(name="Problem")}
    content: Json = {MEDIA_TYPE: {"schema": schema, "examples": examples}}
    if read and status is not HTTPStatus.INTERNAL_SERVER_ERROR:  # what nobody expected is told in one way only
        content["text/html"] = {"schema": {"type": "string"}}
    answer: Json = {"description": status.phrase, "content": content}
    if status is HTTPStatus.UNAUTHORIZED:
        answer["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        answer["headers"] = {"Retry-After": {"schema": {"type": "string", "examples": [RETRY_AFTER]}}}
    return answer


_PARTS: Final[Mapping[str, str]] = {
    "id": "`me`, `user:ID` or `anonymous:ID`; an item's id",
    "use_case": "the use case's name",
    "request": "the request's id",
    "decision": "the decision's name, as it was given with it",
    "key": "the key",
    "code": "the kind of problem",
    "name": "the file",
}


def _path_parameters(route: Route) -> Iterator[Json]:
    for name in (step[1:-1] for step in route.steps if step.startswith("{")):
        schema = {"type": "string", "minLength": 1}
        yield {"name": name, "in": "path", "required": True, "description": _PARTS[name], "schema": schema}


def _query_parameters(route: Route) -> Iterator[Json]:
    if route.query is None:
        return
    fields = msgspec.structs.fields(route.query)
    schemas, _ = msgspec.json.schema_components([field.type for field in fields])
    for field, schema in zip(fields, schemas, strict=True):
        about = {"description": schema.pop("description"), "required": field.required}
        yield {"name": field.encode_name, "in": "query", "schema": _said(schema)} | about


def _said(schema: Json) -> Json:
    """The schema of a parameter that is there: one that may be left out is never null."""
    kinds = schema.get("anyOf")
    said = [kind for kind in kinds if kind != {"type": "null"}] if isinstance(kinds, list) else []
    return said[0] if len(said) == 1 else schema


def _header_parameters(route: Route) -> Iterator[Json]:
    for name, about in route.headers.items():
        yield {"name": name, "in": "header", "required": False, "description": about, "schema": {"type": "string"}}

"""The OpenAPI 3.1 document, made of the route table and the wire types: what is documented is what is served."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final

import msgspec

from fiel import __version__
from fiel.web.problems import MEDIA_TYPE, Problem
from fiel.web.route import Route

Json = dict[str, object]

_TEMPLATE: Final = "#/components/schemas/{name}"
_ALWAYS: Final = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.SERVICE_UNAVAILABLE)
_WITH_BODY: Final = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
_KEYED: Final = (HTTPStatus.FORBIDDEN,)
_NAMED: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)


def document(routes: Sequence[Route]) -> Mapping[str, object]:
    """The document for these routes."""
    kinds = {kind for route in routes for kind in (route.takes, route.gives) if kind not in {None, dict}}
    ordered = sorted(kinds, key=str)
    schemas, components = msgspec.json.schema_components(
        [Problem, *ordered], schema_hook=_anything, ref_template=_TEMPLATE
    )
    shapes = dict(zip(ordered, schemas[1:], strict=True))
    paths: dict[str, Json] = {}
    for route in routes:
        paths.setdefault(_path(route), {})[route.method.lower()] = _operation(route, shapes)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Fiel",
            "version": __version__,
            "summary": "Personalization that can only use what each person agreed to",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "a key, or a subject token"},
                "client": {"type": "http", "scheme": "basic", "description": "a key as the user name"},
            },
        },
    }


def _anything(kind: type) -> Json:
    """The schema of what is passed on as it is."""
    if kind is not object:
        raise NotImplementedError(kind)
    return {"description": "whatever it is"}


def _operation(route: Route, shapes: Mapping[type, Json]) -> Json:
    operation: Json = {
        "operationId": f"{route.method.lower()} {_path(route)}",
        "summary": route.about,
        "parameters": [*_path_parameters(route), *_query_parameters(route)],
        "responses": {str(route.status.value): _answer(route, shapes), **_problems(route)},
    }
    if route.verb is not None:
        operation["security"] = [{"key": []}, {"client": []}]
        operation["description"] = (
            f"Needs a key with the scope `{route.verb.value}`, or the person's own subject token."
        )
    if route.takes is not None:
        required = not route.path.endswith("objections/{use_case}")
        operation["requestBody"] = {
            "required": required,
            "content": {"application/json": {"schema": shapes[route.takes]}},
        }
    return operation


def _answer(route: Route, shapes: Mapping[type, Json]) -> Json:
    schema: Json = {"type": "string"} if route.gives is None else shapes.get(route.gives, {"type": "object"})
    content: Json = {route.media: {"schema": schema}}
    if route.path.startswith("/why/"):
        content["text/html"] = {"schema": {"type": "string"}}
    return {"description": route.about, "content": content}


def _problems(route: Route) -> Json:
    statuses = [*_ALWAYS, *_NAMED]
    statuses += _WITH_BODY if route.takes is not None else ()
    statuses += _KEYED if route.verb is not None else ()
    shape = {"schema": {"$ref": _TEMPLATE.format(name="Problem")}}
    return {
        str(status.value): {"description": status.phrase, "content": {MEDIA_TYPE: shape}} for status in sorted(statuses)
    }


def _path(route: Route) -> str:
    return route.path.replace(":path}", "}")


def _path_parameters(route: Route) -> Sequence[Json]:
    names = [part.partition("}")[0] for part in _path(route).split("{")[1:]]
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}} for name in names
    ]


def _query_parameters(route: Route) -> Sequence[Json]:
    return [
        {"name": name, "in": "query", "description": about, "schema": {"type": "string"}}
        for name, about in route.query.items()
    ]

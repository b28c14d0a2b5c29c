"""The SCIM 2.0 protocol (RFC 7644) over people and teams."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from pydantic import ValidationError
from scim2_models import (
    Context,
    Error,
    InvalidSyntaxException,
    ListResponse,
    NotFoundException,
    PatchOp,
    PayloadTooLargeException,
    PreconditionFailedException,
    ResourceType,
    ResponseParameters,
    Schema,
    SCIMException,
    SearchRequest,
    UnauthorizedException,
)

from adhere.console.access import public
from adhere.console.directory import groups, users
from adhere.console.directory.shapes import CONFIG, LARGEST_PAGE, PROVIDER, Group, Staff
from adhere.console.directory.tokens import token_of

LARGEST = 1_000_000
_TYPE = "application/scim+json"


def _served(handle: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask for the token, and answer every error as SCIM says it."""

    def view(request: HttpRequest, **given: str) -> HttpResponse:
        token = token_of(request, timezone.now())
        try:
            if token is None:
                raise UnauthorizedException(detail="a valid bearer token is needed")
            with PROVIDER.policy:
                return handle(request, f"token {token.name}", **given)
        except SCIMException as error:
            return _error(error.to_error())
        except ValidationError as error:
            return _error(Error.from_validation_errors(error)[0])

    return csrf_exempt(never_cache(public(view)))


def _error(error: Error) -> HttpResponse:
    response = JsonResponse(error.model_dump(), status=error.status or 400, content_type=_TYPE)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Adhere"'
    return response


def _not_allowed() -> HttpResponse:
    return _error(Error(status=405, detail="this address does not take that method"))


@_served
def config(request: HttpRequest, token: str) -> HttpResponse:
    """What this service can do."""
    return _json(CONFIG.model_dump()) if request.method == "GET" else _not_allowed()


@_served
def resource_types(request: HttpRequest, token: str, key: str = "") -> HttpResponse:
    """The kinds of resource."""
    return _described(request, ResourceType, PROVIDER.resource_types, key)


@_served
def schemas(request: HttpRequest, token: str, key: str = "") -> HttpResponse:
    """What the resources hold."""
    return _described(request, Schema, PROVIDER.schemas, key)


def _described(request: HttpRequest, model: Any, known: Any, key: str) -> HttpResponse:
    if request.method != "GET":
        return _not_allowed()
    if "filter" in request.GET:
        return _error(Error(status=403, detail="what is served here cannot be filtered"))
    if not key:
        return _json(_listed(model, list(known), len(known), 1).model_dump())
    found = next((each for each in known if str(each.id) == key), None)
    if found is None:
        raise NotFoundException(detail=f"there is no “{key[:100]}”")
    return _json(found.model_dump())


@_served
def nothing(request: HttpRequest, token: str, rest: str) -> HttpResponse:
    """Any other address."""
    raise NotFoundException(detail=f"there is nothing at “{rest[:100]}”")


@dataclass(frozen=True)
class Kind:
    """How one kind of resource is found, shown and changed.

    ``rows`` gives what may match a filter, and what makes a resource of each.
    """

    model: Any
    rows: Callable[[Any], tuple[Any, Callable[[Any], Any]]]
    found: Callable[[str], Any]
    shown: Callable[[Any], Any]
    create: Callable[[Any, str], Any]
    replace: Callable[[Any, Any, str], Any]
    remove: Callable[[Any, str], None]


USERS = Kind(
    Staff, users.rows, users.found, users.resource_of, users.create, users.replace, users.remove
)
GROUPS = Kind(
    Group,
    groups.rows,
    groups.found,
    groups.resource_of,
    groups.create,
    groups.replace,
    groups.remove,
)
KINDS = {"Users": USERS, "Groups": GROUPS}


@_served
def many(request: HttpRequest, token: str, endpoint: str) -> HttpResponse:
    """All of a kind: look, or add one."""
    kind = KINDS[endpoint]
    if request.method == "POST":
        given = _body(request, kind.model, Context.RESOURCE_CREATION_REQUEST)
        made = kind.shown(kind.create(given, token))
        response = _resource(request, made, Context.RESOURCE_CREATION_RESPONSE, 201)
        response.headers["Location"] = made.meta.location
        return response
    return _search(request, kind) if request.method == "GET" else _not_allowed()


@_served
def search(request: HttpRequest, token: str, endpoint: str = "") -> HttpResponse:
    """A search whose words stand in the body (RFC 7644, section 3.4.3); without a kind, of all."""
    if request.method != "POST":
        return _not_allowed()
    kinds = [KINDS[endpoint]] if endpoint else list(KINDS.values())
    model = _of(SearchRequest, _any_of(kinds))
    return _found(_body(request, model, Context.SEARCH_REQUEST), kinds)


def _search(request: HttpRequest, kind: Kind) -> HttpResponse:
    return _found(_of(SearchRequest, kind.model).model_validate(_asked(request)), [kind])


def _of(message: Any, model: Any) -> Any:
    """A message about resources of a model that is known only while this runs."""
    return message[model]


def _any_of(kinds: list[Kind]) -> Any:
    return reduce(or_, (each.model for each in kinds))


def _found(wanted: Any, kinds: list[Kind]) -> HttpResponse:
    start, count = wanted.start_index_0 or 0, _count(wanted)
    if wanted.filter or wanted.sort_by or len(kinds) > 1:
        made = [each for kind in kinds for each in _made(kind, wanted)]
        found = [each for each in made if not wanted.filter or wanted.filter.match(each)]
        total, page = len(found), wanted.sort(found)[start : start + count]
    else:
        rows, shown = kinds[0].rows(None)
        total, page = rows.count(), [shown(each) for each in rows[start : start + count]]
    listed = _listed(_any_of(kinds), page, total, start + 1)
    return _json(listed.model_dump(scim_ctx=Context.SEARCH_RESPONSE, response_parameters=wanted))


def _made(kind: Kind, wanted: Any) -> Iterator[Any]:
    rows, shown = kind.rows(wanted.filter)
    return map(shown, rows)


def _count(wanted: Any) -> int:
    return LARGEST_PAGE if wanted.count is None else min(wanted.count, LARGEST_PAGE)


def _asked(request: HttpRequest) -> dict[str, str]:
    known = {
        *("filter", "sortBy", "sortOrder", "startIndex", "count"),
        *("attributes", "excludedAttributes"),
    }
    return {name: value for name, value in request.GET.dict().items() if name in known}


def _listed(model: Any, page: list[Any], total: int, start: int) -> Any:
    return _of(ListResponse, model)(
        total_results=total, start_index=start, items_per_page=len(page), resources=page
    )


@_served
def one(request: HttpRequest, token: str, endpoint: str, key: str) -> HttpResponse:
    """One resource: look, replace, change, delete."""
    kind = KINDS[endpoint]
    if request.method not in {"GET", "PUT", "PATCH", "DELETE"}:
        return _not_allowed()
    with transaction.atomic():
        row = kind.found(key)
        known = kind.shown(row)
        if request.method == "GET":
            return _read(request, known)
        _unchanged(request, known)
        if request.method == "DELETE":
            kind.remove(row, token)
            return HttpResponse(status=204)
        wanted = _changed(request, kind, known)
        after = kind.shown(kind.replace(row, wanted, token))
    context = (
        Context.RESOURCE_PATCH_RESPONSE
        if request.method == "PATCH"
        else Context.RESOURCE_REPLACEMENT_RESPONSE
    )
    return _resource(request, after, context)


def _read(request: HttpRequest, known: Any) -> HttpResponse:
    if known.meta.version in _tags(request, "If-None-Match"):
        return HttpResponse(status=304, headers={"ETag": known.meta.version})
    return _resource(request, known, Context.RESOURCE_QUERY_RESPONSE)


def _unchanged(request: HttpRequest, known: Any) -> None:
    tags = _tags(request, "If-Match")
    if tags and not {"*", known.meta.version} & tags:
        raise PreconditionFailedException(detail="it was changed since; look at it again")


def _tags(request: HttpRequest, header: str) -> set[str]:
    return {each.strip() for each in request.headers.get(header, "").split(",") if each.strip()}


def _changed(request: HttpRequest, kind: Kind, known: Any) -> Any:
    if request.method == "PUT":
        wanted = _body(request, kind.model, Context.RESOURCE_REPLACEMENT_REQUEST)
        wanted.replace(known)
        return wanted
    patch = _body(request, _of(PatchOp, kind.model), Context.RESOURCE_PATCH_REQUEST)
    wanted = known.model_copy(deep=True)
    patch.patch(wanted)
    return wanted


def _body(request: HttpRequest, model: Any, context: Context) -> Any:
    if len(request.body) > LARGEST:
        raise PayloadTooLargeException(detail=f"at most {LARGEST:,} bytes")
    try:
        said = json.loads(request.body)
    except ValueError:
        raise InvalidSyntaxException(detail="this is no JSON") from None
    return model.model_validate(said, scim_ctx=context)


def _resource(
    request: HttpRequest, resource: Any, context: Context, status: int = 200
) -> HttpResponse:
    wanted = _of(ResponseParameters, type(resource)).model_validate(_asked(request))
    response = _json(resource.model_dump(scim_ctx=context, response_parameters=wanted), status)
    response.headers["ETag"] = resource.meta.version
    return response


def _json(content: Any, status: int = 200) -> HttpResponse:
    return JsonResponse(content, status=status, content_type=_TYPE)

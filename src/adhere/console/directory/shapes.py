"""The SCIM 2.0 resources as served here (RFC 7643), with nothing that Adhere has no use for."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, field_validator
from scim2_models import (
    URN,
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    ETag,
    Extension,
    Filter,
    Mutability,
    Patch,
    Reference,
    Required,
    Resource,
    ResourceType,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)

LARGEST_PAGE = 200


class Name(ComplexAttribute):
    formatted: str | None = None
    family_name: str | None = None
    given_name: str | None = None


class Email(ComplexAttribute):
    value: str | None = None
    type: str | None = Field(None, examples=["work", "home", "other"])
    primary: bool | None = None


class User(Resource[Any]):
    """A person."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    name: Name | None = None
    display_name: str | None = None
    emails: list[Email] | None = None
    active: bool | None = None
    user_type: str | None = Field(None, examples=["employee", "contractor"])
    preferred_language: str | None = Field(None, examples=["en", "nl", "fr", "de"])


class Manager(ComplexAttribute):
    value: Annotated[str | None, CaseExact.true] = None
    ref: Reference[User] | None = Field(None, serialization_alias="$ref", validation_alias="$ref")
    display_name: Annotated[str | None, Mutability.read_only] = None


class EnterpriseUser(Extension):
    __schema__ = URN("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")

    employee_number: str | None = None
    manager: Manager | None = None

    @field_validator("manager", mode="before")
    @classmethod
    def _named(cls, value: Any) -> Any:
        """Entra ID sends the manager's id alone."""
        return {"value": value} if isinstance(value, str) else value


class Employment(Extension):
    """First and last day at work, as ISO days."""

    __schema__ = URN("urn:adhere:params:scim:schemas:extension:employment:1.0:User")

    joined: str | None = Field(None, examples=["2026-01-31"])
    left: str | None = Field(None, examples=["2099-12-31"])


class Member(ComplexAttribute):
    value: Annotated[str | None, Mutability.immutable, CaseExact.true] = None
    ref: Annotated[Reference[User] | None, Mutability.immutable] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    type: Annotated[str | None, Mutability.immutable] = Field(None, examples=["User"])


class Group(Resource[Any]):
    """A team."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, Required.true] = None
    members: list[Member] | None = None


_user: Any = User  # its extensions are known to it only while it runs
Staff = _user[EnterpriseUser | Employment]

CONFIG = ServiceProviderConfig(
    patch=Patch(supported=True),
    bulk=Bulk(supported=False, max_operations=0, max_payload_size=0),
    filter=Filter(supported=True, max_results=LARGEST_PAGE),
    change_password=ChangePassword(supported=False),
    sort=Sort(supported=True),
    etag=ETag(supported=True),
    authentication_schemes=[
        AuthenticationScheme(
            type=AuthenticationScheme.Type.oauthbearertoken,
            name="Bearer token",
            description="A token made in the console by an administrator",
            spec_uri=Reference("https://www.rfc-editor.org/info/rfc6750"),
        )
    ],
)
# Directories send more than they are asked for, and Entra ID reads RFC 7644 in its own way.
PROVIDER = ScimProvider(
    models=[User, EnterpriseUser, Employment, Group],
    resource_types=[ResourceType.from_resource(Staff), ResourceType.from_resource(Group)],
    config=CONFIG,
    policy=ScimPolicy(
        unknown=ScimPolicy.Unknown.ignore,
        remove_value_as_filter=ScimPolicy.RemoveValue.apply,
        unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
    ),
)

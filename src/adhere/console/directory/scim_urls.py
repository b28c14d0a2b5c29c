"""Addresses of SCIM 2.0, mounted at ``/scim/v2/``."""

from __future__ import annotations

from django.urls import path, re_path

from adhere.console.directory import scim

urlpatterns = [
    path("ServiceProviderConfig", scim.config, name="scim-config"),
    path("ResourceTypes", scim.resource_types, name="scim-types"),
    path("ResourceTypes/<str:key>", scim.resource_types, name="scim-type"),
    path("Schemas", scim.schemas, name="scim-schemas"),
    path("Schemas/<str:key>", scim.schemas, name="scim-schema"),
    path(".search", scim.search, name="scim-search-all"),
    re_path(r"^(?P<endpoint>Users|Groups)/\.search$", scim.search, name="scim-search"),
    re_path(r"^(?P<endpoint>Users|Groups)$", scim.many, name="scim-many"),
    re_path(r"^(?P<endpoint>Users|Groups)/(?P<key>.+)$", scim.one, name="scim-one"),
    path("<path:rest>", scim.nothing, name="scim-nothing"),
]

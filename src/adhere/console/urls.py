"""The pages of the console itself."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from adhere.console import (
    company,
    coverage_page,
    facts,
    findings,
    home,
    importing_page,
    me,
    people,
    policy_pages,
    reading,
    registers,
    roles_page,
    runs,
    searching,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("", include("adhere.console.signin_urls")),
    path("policies/", include("adhere.console.published.urls")),
    path("me/", me.me, name="me"),
    path("search/", searching.search, name="search"),
    path("policy/", policy_pages.policies, name="policies"),
    path("policy/<slug:slug>/", policy_pages.policy, name="policy"),
    path("policy/<slug:slug>/read/", reading.read, name="read-policy"),
    path("policy/<slug:slug>/<int:number>/receipt/", reading.receipt, name="acceptance-receipt"),
    path("policy/<slug:slug>/clause/<str:clause_id>/", policy_pages.clause, name="clause"),
    path("findings/", findings.findings, name="findings"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
    path("fact/<str:kind>/<path:key>/", facts.fact, name="fact"),
    path("coverage/", coverage_page.coverage, name="coverage"),
    path("runs/", runs.runs, name="runs"),
    path("runs/now/", runs.run_now, name="run-now"),
    path("runs/now/<str:job>/", runs.run_progress, name="run-progress"),
    path("exemptions/", registers.exemptions, name="exemptions"),
    path("exemptions/<path:key>/", registers.exemption, name="exemption"),
    path("acknowledgements/", registers.acknowledgements, name="acknowledgements"),
    path("people/", people.people, name="people"),
    path("people/roles/", roles_page.accounts, name="roles"),
    path("people/roles/<int:pk>/", roles_page.account, name="role"),
    path("people/roles/<int:pk>/link/", roles_page.link, name="role-link"),
    path("people/<path:person_id>/", people.person, name="person"),
    path("import/", importing_page.imports, name="import"),
    path("export/<str:kind>/", importing_page.export, name="export"),
    path("audit/", include("adhere.console.auditing.urls")),
    path("directory/", include("adhere.console.directory.urls")),
    path("scim/v2/", include("adhere.console.directory.scim_urls")),
    path("company/", company.company, name="company"),
]

"""From a method and a path to the one route that answers it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from adhere.edge.http import Refusal, Route


class Router:
    """All routes of the edge. Fixed paths come before those with named parts."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._fixed: dict[str, dict[str, Route]] = {}
        self._named: list[tuple[Route, dict[str, Route]]] = []
        by_path: dict[str, dict[str, Route]] = {}
        for route in routes:
            methods = by_path.setdefault(route.path, {})
            if route.method in methods:
                raise ValueError(f"{route.method} {route.path} has two routes")
            methods[route.method] = route
        for path, methods in by_path.items():
            if "{" in path:
                self._named.append((next(iter(methods.values())), methods))
            else:
                self._fixed[path] = methods
        self._patterns = [(first.pattern(), methods) for first, methods in self._named]

    def find(self, method: str, path: str) -> tuple[Route, Mapping[str, str]]:
        """The route and the named parts of the path; refuses with 404 or 405."""
        wanted = "GET" if method == "HEAD" else method
        allowed: set[str] = set()
        for methods, named in self._matches(path):
            if wanted in methods:
                return methods[wanted], named
            allowed |= methods.keys()
        if not allowed:
            raise Refusal(404, "nothing is at this address", field="path")
        shown = ", ".join(sorted(allowed | ({"HEAD"} if "GET" in allowed else set())))
        raise Refusal(
            405,
            f"{method[:20]} is not possible here",
            field="method",
            expected=shown,
            headers=(("allow", shown),),
        )

    def _matches(self, path: str) -> Iterable[tuple[dict[str, Route], dict[str, str]]]:
        if path in self._fixed:
            yield self._fixed[path], {}
        for pattern, methods in self._patterns:
            found = pattern.fullmatch(path)
            if found:
                yield methods, found.groupdict()

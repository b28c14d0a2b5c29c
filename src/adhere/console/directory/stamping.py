"""Who, where and which version a resource is (RFC 7643, section 3.1)."""

from __future__ import annotations

import hashlib
from typing import Any

from scim2_models import Context, Meta


def stamped(resource: Any, kind: str, location: str, kept: Any) -> Any:
    """The resource with its ``meta``; the version is a hash of all it says."""
    text = repr(resource.model_dump(scim_ctx=Context.DEFAULT))
    resource.meta = Meta(
        resource_type=kind,
        location=location,
        created=kept.created_at if kept else None,
        last_modified=kept.changed_at if kept else None,
        version=f'W/"{hashlib.sha256(text.encode()).hexdigest()[:24]}"',
    )
    return resource

"""Pictures as they are kept: smaller, and without what a camera writes into them."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Final

from PIL import Image, ImageOps

from adhere.errors import Problem

FORMATS: Final = ("JPEG", "PNG", "WEBP")
LARGEST: Final = 15 * 2**20  # bytes
PIXELS: Final = 60_000_000
EDGE: Final = 1600


def cleaned(file: IO[bytes], size: int) -> bytes:
    """A picture as JPEG of at most 1600 pixels a side, without place, time or camera."""
    wanted = "a JPEG, PNG or WebP picture of at most 15 MB"
    if size > LARGEST:
        raise Problem("the picture is too large", field="photo", expected=wanted)
    try:
        with Image.open(file, formats=FORMATS) as opened:
            if opened.width * opened.height > PIXELS:
                raise Problem("the picture is too large", field="photo", expected=wanted)
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Problem("this is no picture", field="photo", expected=wanted) from error
    upright.thumbnail((EDGE, EDGE))
    bare = Image.frombytes("RGB", upright.size, upright.tobytes())
    out = BytesIO()
    bare.save(out, "JPEG", quality=80)
    return out.getvalue()

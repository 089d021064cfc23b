"""Whether a picture can be looked at: decoded whole, within a size no camera of a counter goes beyond."""

from __future__ import annotations

import io
import warnings

from PIL import Image, UnidentifiedImageError

MOST_PIXELS = 80_000_000
_KINDS = ("JPEG", "PNG")
_REFUSED = (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning)


def opens(content: bytes) -> bool:
    """Whether it is a JPEG or PNG whose every line can be drawn."""
    with warnings.catch_warnings():
        # What the library only warns of is refused here.
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        return _loads(content)


def _loads(content: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(content), formats=_KINDS) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                return False
            picture.load()
    except (OSError, SyntaxError, ValueError, *_REFUSED):
        return False
    return True

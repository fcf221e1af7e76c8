"""Pictures are drawn anew: what is kept has the pixels of what was sent, and nothing else of it.

Place, camera, thumbnails, comments, and whatever hung on behind the picture do not come along.
"""

from io import BytesIO

from PIL import Image, ImageOps

from casework.files.wrong import BROKEN, Unfit, too_wide
from casework.models import MediaType

MILLION = 1_000_000
QUALITY = 90
FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG"}
MODES = {MediaType.JPEG: ("L", "RGB"), MediaType.PNG: ("1", "L", "LA", "P", "RGB", "RGBA")}
TURNED = 0x0112
# What Pillow says of a picture that unpacks to far too much, before we can ask its size.
TOO_WIDE = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def drawn_anew(content: bytes, media_type: MediaType, megapixels: int) -> bytes:
    """The same picture without anything beside it; raises Unfit where it cannot be read whole."""
    try:
        with Image.open(BytesIO(content), formats=[FORMATS[media_type]]) as image:
            if image.width * image.height > megapixels * MILLION:
                raise Unfit(too_wide(megapixels))
            image.load()
            return _drawn(image, media_type)
    except TOO_WIDE as error:
        raise Unfit(too_wide(megapixels)) from error
    except Unfit:
        raise
    except Exception as error:
        # The decoders fail in many ways; whichever it is, the picture cannot be read.
        raise Unfit(BROKEN) from error


def _drawn(image: Image.Image, media_type: MediaType) -> bytes:
    if image.getexif().get(TURNED, 1) != 1:
        ImageOps.exif_transpose(image, in_place=True)
    if image.mode.startswith("I"):
        # Sixteen bits of grey become eight; a plain conversion would cut them off at white.
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if image.mode not in MODES[media_type]:
        image = image.convert("RGB")
    clear = image.info.get("transparency")
    image.info = {} if clear is None or media_type == MediaType.JPEG else {"transparency": clear}
    into = BytesIO()
    image.save(into, FORMATS[media_type], quality=QUALITY)
    return into.getvalue()

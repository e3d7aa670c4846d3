"""One picture of a camera that is not read on: it is opened, adapts to the light, and is closed again.

A camera that stays open is kept from other programs, as video calls, and costs thirty pictures a second.
"""

from formcheck.core.interfaces import Image
from formcheck.vision.camera.address import Address
from formcheck.vision.camera.camera import open_backend
from formcheck.vision.camera.usb import UsbCamera
from formcheck.vision.orientation import AS_STORED, Orientation

ADAPT_S = 0.5
"""The first pictures of most cameras are dark, or too bright, for about so long."""


def single_picture(address: Address, orientation: Orientation = AS_STORED) -> Image:
    """Return one picture, upright. Raises SourceError where there is none: no camera, or another program has it."""
    backend = open_backend(address)
    try:
        if isinstance(backend, UsbCamera):
            backend.adapt(ADAPT_S)
        return orientation.upright(backend.next().image)
    finally:
        backend.close()

"""The codes of an authenticator app (RFC 6238 with SHA-1, 30 seconds and 6 digits)."""

import base64
import hashlib
import hmac
import struct
import time

PERIOD = 30
ENOUGH = 10


def code_of(secret: str, *, steps: int = 0) -> str:
    """The code of now, or of so many ``steps`` later.

    The portal takes no code of another period. One that is about to end would be refused by
    the time it comes, so this waits for the next.
    """
    left = PERIOD - time.time() % PERIOD
    if left < ENOUGH:
        time.sleep(left)
    counter = struct.pack(">Q", int(time.time()) // PERIOD + steps)
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    offset = digest[-1] & 0xF
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"

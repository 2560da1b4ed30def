"""Hashes of a text's shingles, its runs of some characters: the same on every machine and in every version."""

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

_FACTOR = np.uint64(0x9E37_79B9_7F4A_7C15)
_MIX = np.uint64(0xBF58_476D_1CE4_E5B9)
_HALF = np.uint64(32)


def hash_shingles(text: str, size: int) -> Hashes:
    """The 64-bit hash of the shingle that starts at each character; empty for a text of fewer than `size` characters.

    A polynomial over the code points, wrapping around, and a last mix that brings each bit down to all others.
    """
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    count = len(letters) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    found = letters[:count].copy()
    for offset in range(1, size):
        found *= _FACTOR
        found += letters[offset : offset + count]
    found ^= found >> _HALF
    found *= _MIX
    found ^= found >> _HALF
    return found

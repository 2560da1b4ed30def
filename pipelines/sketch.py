"""Which hashes the archive keeps of a text, and by which a new text looks for those it is related to.

A hash is kept when its lower half is under a limit, whatever text it is of: so two texts keep the same hashes of what
they share. The limit falls with the length, so that a bulletin keeps enough of its few shingles to be found from inside
a long roundup, and a book does not fill the index. Limits are nested: what a long text keeps of a passage, a short one
keeps of it too.
"""

import numpy as np
from numpy.typing import NDArray

from pipelines.shingles import Hashes, hash_shingles

#: Longer than the shingles that verify: fewer are stock phrases (党的十八大以来), and reworded copies have them too.
SKETCHED = 7
#: Kept of a text where the shares below let it, and never more than.
_KEPT, _MOST_KEPT = 44, 600
#: Of 1,024 shingles: the least and most that are kept of a text, and what a text asks by at least.
_SPARSE, _DENSE, _ASKED = 40, 512, 128
#: A very long text asks by no more than about this many.
_MOST_ASKED = 800
_WHOLE, _HALF = 1 << 32, np.uint64(32)
_LOWER = np.uint64(_WHOLE - 1)

#: Hashes that two texts share before they are compared in full.
MIN_SHARED = 3
#: Of the texts that keep one hash, only so many are candidates, the earliest: a text that all print still meets the
#: first of its cluster, and a phrase of the trade costs no more than this.
MOST_SHARING = 24


def stored(bare: str) -> tuple[int, ...]:
    """The hashes that the archive keeps of a bare text: sorted, distinct, signed 32-bit; about 45 of an article."""
    hashes = hash_shingles(bare, SKETCHED)
    return _sample(hashes, _stored_limit(len(hashes)))


def asked(bare: str) -> tuple[int, ...]:
    """The hashes that a bare text is looked up by, in the same form: those that are stored of it, and more."""
    hashes = hash_shingles(bare, SKETCHED)
    count = len(hashes)
    wanted = min(_ASKED * _WHOLE // 1024, _MOST_ASKED * _WHOLE // max(count, 1))
    return _sample(hashes, max(wanted, _stored_limit(count)))


def _stored_limit(count: int) -> int:
    """Below which a hash of a text of so many shingles is kept, out of 2**32."""
    share = _KEPT * _WHOLE // max(count, 1)
    within = min(max(share, _SPARSE * _WHOLE // 1024), _DENSE * _WHOLE // 1024)
    return min(within, _MOST_KEPT * _WHOLE // max(count, 1))


def _sample(hashes: Hashes, limit: int) -> tuple[int, ...]:
    kept: NDArray[np.uint64] = hashes[(hashes & _LOWER) < np.uint64(limit)] >> _HALF
    return tuple(np.unique(kept.astype(np.uint32).view(np.int32)).tolist())

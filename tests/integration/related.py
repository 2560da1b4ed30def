"""Everything that an archive says of copies, as one digest."""

import hashlib
from typing import Any

from psycopg import Connection

_ROWS = """
    select encode(a.lines_digest, 'hex'), encode(b.lines_digest, 'hex'), r.kind, r.score,
        case r.holder when r.a then 0 when r.b then 1 end, r.lines, a.cluster_id = b.cluster_id
    from relation r join text a on a.id = r.a join text b on b.id = r.b
"""


def relations_digest(conn: Connection) -> tuple[int, str]:
    """Return (relations, sha256 in hex): equal digests, equal relations, in whatever order their texts came (P4)."""
    rows = sorted(repr(_turned(row)) for row in conn.execute(_ROWS))
    return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _turned(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A relation with the smaller digest first."""
    a, b, kind, score, holder, lines, together = row
    if a < b:
        return a, b, kind, score, holder, sorted(map(tuple, lines)), together
    turned = sorted((its, mine) for mine, its in lines)
    return b, a, kind, score, None if holder is None else 1 - holder, turned, together

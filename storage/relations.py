"""Table `relation`: pairs of related texts. Rows follow from the two texts and the matcher alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from psycopg import Connection

#: (line of a, line of b), from 0.
Lines = Sequence[tuple[int, int]]
#: Kinds that make one cluster of two texts; a roundup that contains others must not.
JOINING = ("same", "near", "spun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """How a text is related to another."""

    kind: str
    #: Per mille.
    score: int
    #: For `contains`: the text that holds the other.
    holder: int | None
    #: Equal or reworded lines: of the text with the smaller number, then of the other.
    lines: Lines

    @property
    def joins(self) -> bool:
        """Whether the two belong to one cluster."""
        return self.kind in JOINING


def others(conn: Connection, text_id: int) -> dict[int, bool]:
    """Return the texts that a text is related to now, and whether that joins the two in a cluster."""
    rows = conn.execute(
        """
        select b, kind from relation where a = %(text)s union all select a, kind from relation where b = %(text)s
        """,
        {"text": text_id},
    )
    return {int(other): kind in JOINING for other, kind in rows}


def store(conn: Connection, text_id: int, related: Mapping[int, Related], matcher: int) -> None:
    """Write the relations of a text; those that stand as they are stay untouched."""
    conn.cursor().executemany(
        """
        insert into relation as known (a, b, kind, score, holder, lines, matcher)
        values (%s, %s, %s, %s, %s, %s::integer[], %s)
        on conflict (a, b) do update set kind = excluded.kind, score = excluded.score, holder = excluded.holder,
            lines = excluded.lines, matcher = excluded.matcher
        where known.matcher <> excluded.matcher
        """,
        [
            (*sorted((text_id, other)), one.kind, one.score, one.holder, [list(pair) for pair in one.lines], matcher)
            for other, one in sorted(related.items(), key=lambda entry: sorted((text_id, entry[0])))
        ],
    )


def remove(conn: Connection, text_ids: Collection[int], others: Collection[int] | None = None) -> None:
    """Remove the relations of some texts: to certain others, or to any."""
    conn.execute(
        """
        delete from relation
        where (a = any(%(texts)s) and (%(any)s or b = any(%(others)s)))
            or (b = any(%(texts)s) and (%(any)s or a = any(%(others)s)))
        """,
        {"texts": list(text_ids), "any": others is None, "others": list(others or ())},
    )

"""Clusters: texts that are copies of one another, directly or through others. Column `cluster_id` of table `text`.

A cluster's number is its smallest text's; a text that never had a copy is in none. Of two workers that change clusters
at once, one waits until the other commits.
"""

from collections.abc import Iterable, Sequence

from psycopg import Connection

_LOCK = 8_305_221


def lock(conn: Connection) -> None:
    """Keep everybody else from changing clusters until this transaction ends."""
    conn.execute("select pg_advisory_xact_lock(%s)", [_LOCK])


def join(conn: Connection, text_ids: Sequence[int]) -> None:
    """Make one cluster of some texts and theirs. The caller holds the lock."""
    conn.execute(
        """
        with joined as (select id, cluster_id from text where id = any(%(texts)s)),
            smallest as (select min(least(id, cluster_id)) as id from joined),
            members as (select id from joined union select t.id from joined join text t using (cluster_id))
        update text set cluster_id = smallest.id from smallest, members
        where text.id = members.id and text.cluster_id is distinct from smallest.id
        """,
        {"texts": list(text_ids)},
    )


def begin(conn: Connection, text_id: int, document_id: int) -> None:
    """Make a cluster of a text that another article than this document's has too. The caller holds the text."""
    conn.execute(
        """
        update text set cluster_id = id where id = %(text)s and cluster_id is null and exists (
            select from document_text t join document d on d.id = t.document_id
            where t.text_id = %(text)s and d.article_id <> (select article_id from document where id = %(document)s))
        """,
        {"text": text_id, "document": document_id},
    )


def split(conn: Connection, text_ids: Sequence[int]) -> None:
    """Work out anew the clusters of some texts, after relations are gone. The caller holds the lock."""
    members = conn.execute(
        """
        select id, cluster_id from text
        where cluster_id in (select cluster_id from text where id = any(%s)) order by id
        """,
        [list(text_ids)],
    ).fetchall()
    edges = conn.execute(
        "select a, b from relation where a = any(%s) and kind <> 'contains'", [[id_ for id_, _ in members]]
    ).fetchall()
    smallest = components([id_ for id_, _ in members], edges)
    changed = [(smallest[id_], id_) for id_, cluster_id in members if smallest[id_] != cluster_id]
    conn.cursor().executemany("update text set cluster_id = %s where id = %s", changed)


def divided(conn: Connection) -> list[str]:
    """Say which related texts are in two clusters."""
    rows = conn.execute(
        """
        select r.a, r.b from relation r join text a on a.id = r.a join text b on b.id = r.b
        where r.kind <> 'contains' and (a.cluster_id <> b.cluster_id or a.cluster_id is null or b.cluster_id is null)
        """
    )
    return [f"texts {a} and {b} are copies in different clusters" for a, b in rows]


def components(nodes: Iterable[int], edges: Iterable[Sequence[int]]) -> dict[int, int]:
    """Return, for each node, the smallest node that it is connected with.

    >>> components([1, 2, 3, 4], [(2, 4), (4, 1)])
    {1: 1, 2: 1, 3: 3, 4: 1}
    """
    parent = {node: node for node in nodes}

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    for a, b in edges:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    return {node: root(node) for node in parent}

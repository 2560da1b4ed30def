"""One digest over everything that the archive's documents say: equal digests, equal documents (promise P4)."""

import hashlib

from psycopg import Connection

_ROWS = """
    select o.name, encode(c.url_digest, 'hex'), encode(c.payload_digest, 'hex'), v.pipeline_version, v.source_digest,
        r.outcome, r.detail, d.layout, d.charset, d.title, d.byline, d.origin, d.published_text,
        extract(epoch from d.published_at)::text, d.clean_title, d.clean_text, d.folded, d.spun_score, d.outside_chars,
        encode(d.text_digest, 'hex'), d.kicker, d.subtitle, d.column_name, d.section,
        d.editor, d.date_quality, d.found_by::text, d.language, encode(a.key_digest, 'hex'),
        (select json_agg(json_build_array(p.ordinal, p.kind, p.raw, p.clean, p.image) order by p.ordinal)::text
            from paragraph p where p.document_id = d.id),
        (select json_agg(json_build_array(m.ordinal, m.field, m.paragraph, m.start_offset, m.end_offset, m.kind,
                m.rule, m.score, m.replacement) order by m.ordinal)::text from mark m where m.document_id = d.id),
        (select json_agg(json_build_array(ci.cited_title, ci.cited_outlet) order by ci.ordinal)::text
            from citation ci where ci.document_id = d.id)
    from reading r
    join capture c on c.id = r.capture_id
    join outlet o on o.id = c.outlet_id
    join version v on v.id = r.version_id
    left join document d on d.capture_id = r.capture_id and d.version_id = r.version_id
    left join article a on a.id = d.article_id
    order by 1, 2, 3, 4, 5
"""


def digest(conn: Connection) -> tuple[int, str]:
    """Return (readings, sha256 in hex) over all readings of all versions, whatever their ids and times of writing."""
    found, count = hashlib.sha256(), 0
    with conn.cursor(name="digest") as cur:
        cur.itersize = 200
        cur.execute(_ROWS)
        for row in cur:
            found.update(repr(row).encode("utf-8", "backslashreplace") + b"\n")
            count += 1
    return count, found.hexdigest()

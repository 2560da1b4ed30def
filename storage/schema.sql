-- Written by `make schema` from alembic/versions; a test keeps it equal to them. Do not edit.

CREATE SCHEMA archive;

COMMENT ON SCHEMA archive IS 'What readers use: views and functions that stay stable';

CREATE TABLE public.article (
    id bigint NOT NULL,
    outlet_id integer NOT NULL,
    url_digest bytea NOT NULL,
    url text NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    key_digest bytea,
    CONSTRAINT article_key_digest_check CHECK ((octet_length(key_digest) = 32))
);

CREATE TABLE public.capture (
    id bigint NOT NULL,
    outlet_id integer NOT NULL,
    url_digest bytea NOT NULL,
    payload_digest bytea NOT NULL,
    url text NOT NULL,
    final_url text NOT NULL,
    fetched_at timestamp with time zone NOT NULL,
    status integer NOT NULL,
    headers jsonb NOT NULL,
    role text NOT NULL,
    CONSTRAINT capture_role_check CHECK ((role = ANY (ARRAY['article'::text, 'part'::text, 'list'::text, 'feed'::text, 'robots'::text])))
);

CREATE TABLE public.document (
    id bigint NOT NULL,
    capture_id bigint NOT NULL,
    version_id integer NOT NULL,
    article_id bigint NOT NULL,
    layout text NOT NULL,
    charset text NOT NULL,
    title text NOT NULL,
    byline text NOT NULL,
    origin text NOT NULL,
    published_text text NOT NULL,
    published_at timestamp with time zone,
    clean_title text NOT NULL,
    clean_text text NOT NULL,
    folded text NOT NULL,
    spun_score integer NOT NULL,
    outside_chars integer NOT NULL,
    text_digest bytea NOT NULL,
    kicker text DEFAULT ''::text NOT NULL,
    subtitle text DEFAULT ''::text NOT NULL,
    column_name text DEFAULT ''::text NOT NULL,
    section text DEFAULT ''::text NOT NULL,
    editor text DEFAULT ''::text NOT NULL,
    date_quality text DEFAULT 'none'::text NOT NULL,
    found_by jsonb DEFAULT '{}'::jsonb NOT NULL,
    language text DEFAULT ''::text NOT NULL,
    title_key bigint,
    paragraph_keys bigint[],
    CONSTRAINT document_date_quality_check CHECK ((date_quality = ANY (ARRAY['minute'::text, 'day'::text, 'relative'::text, 'updated'::text, 'address'::text, 'impossible'::text, 'future'::text, 'none'::text]))),
    CONSTRAINT document_found_by_check CHECK ((jsonb_typeof(found_by) = 'object'::text)),
    CONSTRAINT document_spun_score_check CHECK (((spun_score >= 0) AND (spun_score <= 1000)))
);

CREATE TABLE public.document_text (
    document_id bigint NOT NULL,
    text_id integer,
    related_by integer
);

CREATE TABLE public.fetch_attempt (
    id bigint NOT NULL,
    run_id bigint,
    outlet_id integer NOT NULL,
    frontier_id bigint,
    url_digest bytea NOT NULL,
    url text NOT NULL,
    role text NOT NULL,
    fetched_at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    status integer,
    capture_id bigint,
    duration_ms integer,
    detail text DEFAULT ''::text NOT NULL,
    CONSTRAINT fetch_attempt_outcome_check CHECK ((outcome = ANY (ARRAY['stored'::text, 'unchanged'::text, 'returned'::text, 'gone'::text, 'blocked'::text, 'refused_robots'::text, 'refused_egress'::text, 'refused_offsite'::text, 'refused_scheme'::text, 'refused_redirects'::text, 'refused_too_large'::text, 'refused_url'::text, 'failed_timeout'::text, 'failed_dns'::text, 'failed_connection'::text, 'failed_http'::text, 'failed_body'::text, 'lost'::text])))
);

CREATE TABLE public.outlet (
    id integer NOT NULL,
    name text NOT NULL,
    title text NOT NULL,
    region text NOT NULL,
    promoted_version_id integer,
    registered_at timestamp with time zone DEFAULT now() NOT NULL,
    names text[] DEFAULT '{}'::text[] NOT NULL
);

CREATE TABLE public.reviewed (
    document_id bigint NOT NULL,
    clean_title text NOT NULL,
    clean_text text NOT NULL,
    folded text NOT NULL,
    text_digest bytea NOT NULL,
    paragraphs text[] NOT NULL,
    citations text[] NOT NULL,
    cited_outlets text[] DEFAULT '{}'::text[] NOT NULL,
    title_key bigint,
    paragraph_keys bigint[]
);

CREATE VIEW public.current_document AS
 SELECT a.id AS of_article_id,
    a.outlet_id,
    a.url,
    a.first_seen_at,
    d.id,
    d.capture_id,
    d.version_id,
    d.article_id,
    d.layout,
    d.charset,
    d.title,
    d.byline,
    d.origin,
    d.published_text,
    d.published_at,
    COALESCE(r.clean_title, d.clean_title) AS clean_title,
    COALESCE(r.clean_text, d.clean_text) AS clean_text,
    COALESCE(r.folded, d.folded) AS folded,
    d.spun_score,
    d.outside_chars,
    COALESCE(r.text_digest, d.text_digest) AS text_digest,
    d.last_seen_at,
    d.kicker,
    d.subtitle,
    d.column_name,
    d.section,
    d.editor,
    d.date_quality,
    d.found_by,
    d.language,
    r.paragraphs AS reviewed_paragraphs,
    r.citations AS reviewed_citations,
    t.text_id,
    LEAST(COALESCE(d.published_at, a.first_seen_at), a.first_seen_at) AS appeared_at
   FROM (((public.article a
     CROSS JOIN LATERAL ( SELECT d_1.id,
            d_1.capture_id,
            d_1.version_id,
            d_1.article_id,
            d_1.layout,
            d_1.charset,
            d_1.title,
            d_1.byline,
            d_1.origin,
            d_1.published_text,
            d_1.published_at,
            d_1.clean_title,
            d_1.clean_text,
            d_1.folded,
            d_1.spun_score,
            d_1.outside_chars,
            d_1.text_digest,
            d_1.kicker,
            d_1.subtitle,
            d_1.column_name,
            d_1.section,
            d_1.editor,
            d_1.date_quality,
            d_1.found_by,
            d_1.language,
            d_1.title_key,
            d_1.paragraph_keys,
            seen.last_seen_at
           FROM ((public.document d_1
             JOIN public.capture c ON ((c.id = d_1.capture_id)))
             CROSS JOIN LATERAL ( SELECT COALESCE(max(f.fetched_at), c.fetched_at) AS last_seen_at
                   FROM public.fetch_attempt f
                  WHERE (f.capture_id = c.id)) seen)
          WHERE ((d_1.article_id = a.id) AND (d_1.id = ( SELECT v.id
                   FROM public.document v
                  WHERE (v.capture_id = d_1.capture_id)
                  ORDER BY (v.version_id = ( SELECT o.promoted_version_id
                           FROM public.outlet o
                          WHERE (o.id = a.outlet_id))) DESC NULLS LAST, v.version_id DESC
                 LIMIT 1)))
          ORDER BY seen.last_seen_at DESC, c.id DESC
         LIMIT 1) d)
     LEFT JOIN public.reviewed r ON ((r.document_id = d.id)))
     LEFT JOIN public.document_text t ON ((t.document_id = d.id)));

CREATE VIEW public.current_text AS
 SELECT c.of_article_id AS article_id,
    c.id AS document_id,
    c.text_id,
    o.name AS outlet,
    array_remove((lower(o.title) || o.names), ''::text) AS names,
    lower(c.origin) AS origin,
    c.published_at,
    c.first_seen_at,
    c.appeared_at
   FROM (public.current_document c
     JOIN public.outlet o ON ((o.id = c.outlet_id)));

CREATE TABLE public.text (
    id integer NOT NULL,
    lines_digest bytea NOT NULL,
    text_digest bytea NOT NULL,
    characters integer NOT NULL,
    matcher integer,
    cluster_id integer,
    CONSTRAINT text_lines_digest_check CHECK ((octet_length(lines_digest) = 32)),
    CONSTRAINT text_text_digest_check CHECK ((octet_length(text_digest) = 32))
);

CREATE VIEW archive.cluster AS
 SELECT t.cluster_id,
    own.article_id,
    mine.outlet,
    (mine.place = 1) AS is_source,
    (mine.place)::integer AS place,
    cardinality(ranked.documents) AS articles,
    ranked.source_article_id,
    mine.published_at,
    mine.first_seen_at,
    (mine.appeared_at - ranked.since) AS after_source
   FROM ((((public.document own
     JOIN public.document_text dt ON ((dt.document_id = own.id)))
     JOIN public.text t ON ((t.id = dt.text_id)))
     CROSS JOIN LATERAL ( SELECT array_agg(m.document_id) AS documents,
            array_agg(m.outlet) AS outlets,
            array_agg(m.published_at) AS published,
            array_agg(m.first_seen_at) AS seen,
            array_agg(m.appeared_at) AS appeared,
            (array_agg(m.article_id))[1] AS source_article_id,
            (array_agg(m.appeared_at))[1] AS since
           FROM ( SELECT k.article_id,
                    k.document_id,
                    k.text_id,
                    k.outlet,
                    k.names,
                    k.origin,
                    k.published_at,
                    k.first_seen_at,
                    k.appeared_at,
                    k.others,
                    (EXISTS ( SELECT
                           FROM (unnest(k.others) other(other)
                             CROSS JOIN LATERAL string_to_table(other.other, '、'::text) name(name))
                          WHERE ((other.other <> array_to_string(k.names, '、'::text)) AND (strpos(k.origin, name.name) > 0)))) AS credits
                   FROM ( SELECT c.article_id,
                            c.document_id,
                            c.text_id,
                            c.outlet,
                            c.names,
                            c.origin,
                            c.published_at,
                            c.first_seen_at,
                            c.appeared_at,
                            array_agg(array_to_string(c.names, '、'::text)) OVER () AS others
                           FROM (((public.text its
                             JOIN public.document_text ids ON ((ids.text_id = its.id)))
                             JOIN public.document d ON ((d.id = ids.document_id)))
                             CROSS JOIN LATERAL ( SELECT c_1.article_id,
                                    c_1.document_id,
                                    c_1.text_id,
                                    c_1.outlet,
                                    c_1.names,
                                    c_1.origin,
                                    c_1.published_at,
                                    c_1.first_seen_at,
                                    c_1.appeared_at
                                   FROM public.current_text c_1
                                  WHERE ((c_1.article_id = d.article_id) AND (c_1.document_id = d.id))
                                 OFFSET 0) c)
                          WHERE ((its.cluster_id = t.cluster_id) AND (its.characters >= 40))) k
                  ORDER BY k.appeared_at, k.first_seen_at, (EXISTS ( SELECT
                           FROM (unnest(k.others) other(other)
                             CROSS JOIN LATERAL string_to_table(other.other, '、'::text) name(name))
                          WHERE ((other.other <> array_to_string(k.names, '、'::text)) AND (strpos(k.origin, name.name) > 0)))), k.article_id) m
         HAVING (count(*) > 1)) ranked)
     CROSS JOIN LATERAL ( SELECT m.document_id,
            m.outlet,
            m.published_at,
            m.first_seen_at,
            m.appeared_at,
            m.place
           FROM UNNEST(ranked.documents, ranked.outlets, ranked.published, ranked.seen, ranked.appeared) WITH ORDINALITY m(document_id, outlet, published_at, first_seen_at, appeared_at, place)
          WHERE (m.document_id = dt.document_id)
         OFFSET 0) mine)
  WHERE ((t.characters >= 40) AND (t.cluster_id IS NOT NULL));

COMMENT ON VIEW archive.cluster IS 'Articles that are same, near or spun copies of one another, directly or through others; one row an article of a cluster of two and more. An article that only holds another belongs to no cluster by that';

COMMENT ON COLUMN archive.cluster.cluster_id IS 'The cluster''s number; two clusters that a new article links become one, with the smaller number';

COMMENT ON COLUMN archive.cluster.article_id IS 'The article';

COMMENT ON COLUMN archive.cluster.outlet IS 'Its outlet';

COMMENT ON COLUMN archive.cluster.is_source IS 'Whether it had the text first, by the rule of archive.copy';

COMMENT ON COLUMN archive.cluster.place IS 'Its place in that order, from 1';

COMMENT ON COLUMN archive.cluster.articles IS 'How many articles the cluster has';

COMMENT ON COLUMN archive.cluster.source_article_id IS 'The article that had it first';

COMMENT ON COLUMN archive.cluster.published_at IS 'When it was published, as its page says';

COMMENT ON COLUMN archive.cluster.first_seen_at IS 'When this archive first captured it';

COMMENT ON COLUMN archive.cluster.after_source IS 'How long after the source it came out, as delay in archive.copy';

CREATE TABLE public.citation (
    document_id bigint NOT NULL,
    ordinal integer NOT NULL,
    cited_title text NOT NULL,
    cited_outlet text DEFAULT ''::text NOT NULL
);

CREATE VIEW public.document_citation AS
 SELECT c.document_id,
    c.ordinal,
    c.cited_title AS title,
    c.cited_outlet AS outlet
   FROM public.citation c
  WHERE (NOT (EXISTS ( SELECT
           FROM public.reviewed r
          WHERE (r.document_id = c.document_id))))
UNION ALL
 SELECT r.document_id,
    ((cited.place - 1))::integer AS ordinal,
    cited.title,
    COALESCE(cited.outlet, ''::text) AS outlet
   FROM (public.reviewed r
     CROSS JOIN LATERAL UNNEST(r.citations, r.cited_outlets) WITH ORDINALITY cited(title, outlet, place));

CREATE TABLE public.headline (
    document_id bigint NOT NULL,
    article_id bigint NOT NULL,
    outlet_id integer NOT NULL,
    title text NOT NULL,
    part integer,
    dated_at timestamp with time zone NOT NULL
);

CREATE TABLE public.likeness (
    cited text NOT NULL,
    title text NOT NULL,
    score integer NOT NULL,
    CONSTRAINT likeness_score_check CHECK (((score >= 1) AND (score <= 1000)))
);

CREATE TABLE public.mention (
    document_id bigint NOT NULL,
    ordinal integer NOT NULL,
    name text NOT NULL,
    own boolean NOT NULL,
    title text NOT NULL,
    dated_at timestamp with time zone NOT NULL
);

CREATE TABLE public.relation (
    a integer NOT NULL,
    b integer NOT NULL,
    kind text NOT NULL,
    score integer NOT NULL,
    holder integer,
    lines integer[] NOT NULL,
    matcher integer NOT NULL,
    CONSTRAINT relation_check CHECK ((a < b)),
    CONSTRAINT relation_check1 CHECK (((kind = 'contains'::text) = (holder IS NOT NULL))),
    CONSTRAINT relation_check2 CHECK (((holder = a) OR (holder = b))),
    CONSTRAINT relation_kind_check CHECK ((kind = ANY (ARRAY['same'::text, 'near'::text, 'contains'::text, 'spun'::text]))),
    CONSTRAINT relation_score_check CHECK (((score >= 0) AND (score <= 1000)))
);

CREATE VIEW public.related_text AS
 SELECT text.id AS text_id,
    text.id AS other_id,
    'same'::text AS kind,
    1000 AS score,
    NULL::integer AS holder,
    NULL::integer[] AS lines,
    1 AS own,
    2 AS others
   FROM public.text
  WHERE (text.characters >= 40)
UNION ALL
 SELECT relation.a AS text_id,
    relation.b AS other_id,
    relation.kind,
    relation.score,
    relation.holder,
    relation.lines,
    1 AS own,
    2 AS others
   FROM public.relation
UNION ALL
 SELECT relation.b AS text_id,
    relation.a AS other_id,
    relation.kind,
    relation.score,
    relation.holder,
    relation.lines,
    2 AS own,
    1 AS others
   FROM public.relation;

CREATE VIEW public.cited_headline AS
 SELECT d.id AS document_id,
    c.ordinal,
    c.title AS cited_title,
    c.outlet AS cited_outlet,
    h.article_id,
    h.title,
    h.dated_at,
    h.how,
    h.score,
    h.named
   FROM ((public.document d
     CROSS JOIN LATERAL ( SELECT c_1.document_id,
            c_1.ordinal,
            c_1.title,
            c_1.outlet
           FROM public.document_citation c_1
          WHERE (c_1.document_id = d.id)
         OFFSET 0) c)
     LEFT JOIN LATERAL ( SELECT h_1.article_id,
            h_1.title,
            h_1.dated_at,
            'exact'::text AS how,
            1000 AS score,
            (EXISTS ( SELECT
                   FROM (public.mention m
                     JOIN public.outlet o ON (((o.id = h_1.outlet_id) AND (m.name = ANY (o.names)))))
                  WHERE ((m.document_id = c.document_id) AND (m.ordinal = c.ordinal)))) AS named
           FROM public.headline h_1
          WHERE ((h_1.title = c.title) AND (h_1.article_id <> d.article_id))
        UNION ALL
         SELECT h_1.article_id,
            h_1.title,
            h_1.dated_at,
            'similar'::text AS how,
            l.score,
            near.named
           FROM ((public.likeness l
             JOIN public.headline h_1 ON (((h_1.title = l.title) AND (h_1.article_id <> d.article_id))))
             CROSS JOIN LATERAL ( SELECT (EXISTS ( SELECT
                           FROM (public.mention m
                             JOIN public.outlet o ON (((o.id = h_1.outlet_id) AND (m.name = ANY (o.names)))))
                          WHERE ((m.document_id = c.document_id) AND (m.ordinal = c.ordinal) AND ((h_1.dated_at >= (m.dated_at - '30 days'::interval)) AND (h_1.dated_at <= (m.dated_at + '30 days'::interval)))))) AS named) near)
          WHERE ((l.cited = c.title) AND (near.named OR (EXISTS ( SELECT
                   FROM (((public.document_text mine
                     JOIN public.related_text r ON ((r.text_id = mine.text_id)))
                     JOIN public.document_text its ON ((its.text_id = r.other_id)))
                     CROSS JOIN LATERAL ( SELECT n_1.document_id,
                            n_1.ordinal,
                            n_1.title,
                            n_1.outlet
                           FROM public.document_citation n_1
                          WHERE (n_1.document_id = its.document_id)
                         OFFSET 0) n)
                  WHERE ((mine.document_id = c.document_id) AND (n.title = l.title))))))) h ON (true));

CREATE VIEW public.copied_article AS
 SELECT k.article_id
   FROM ((archive.cluster k
     JOIN public.article own ON ((own.id = k.article_id)))
     JOIN public.article source ON (((source.id = k.source_article_id) AND (source.outlet_id <> own.outlet_id))));

CREATE VIEW archive.citation AS
 SELECT a.of_article_id AS article_id,
    target.ordinal,
    target.cited_title,
    COALESCE(first.article_id, target.article_id) AS cited_article_id,
    target.cited_outlet,
    target.how,
    target.score
   FROM ((public.current_document a
     CROSS JOIN LATERAL ( WITH found AS MATERIALIZED (
                 SELECT h.document_id,
                    h.ordinal,
                    h.cited_title,
                    h.cited_outlet,
                    h.article_id,
                    h.title,
                    h.dated_at,
                    h.how,
                    h.score,
                    h.named,
                    (h.named AND (NOT ((h.cited_outlet = ANY (ARRAY['本报'::text, '本系列'::text])) AND (EXISTS ( SELECT
                           FROM public.copied_article k
                          WHERE (k.article_id = a.of_article_id)
                         OFFSET 0))))) AS meant
                   FROM public.cited_headline h
                  WHERE (h.document_id = a.id)
                )
         SELECT DISTINCT ON (f.ordinal) f.ordinal,
            f.cited_title,
            f.cited_outlet,
            f.meant,
            sure.article_id,
            sure.how,
            sure.score
           FROM (found f
             LEFT JOIN LATERAL ( SELECT f.article_id,
                    f.how,
                    f.score
                  WHERE ((f.how = 'exact'::text) OR (NOT (EXISTS ( SELECT
                           FROM found rival
                          WHERE ((rival.ordinal = f.ordinal) AND (rival.how = 'similar'::text) AND (rival.meant = f.meant) AND (rival.title <> f.title) AND (rival.article_id <> f.article_id) AND (rival.score > (f.score - 80)))))))) sure ON (true))
          ORDER BY f.ordinal, (sure.article_id IS NULL), f.meant DESC, f.how, f.score DESC, f.dated_at, f.article_id) target)
     LEFT JOIN LATERAL ( SELECT k.source_article_id AS article_id
           FROM archive.cluster k
          WHERE ((NOT target.meant) AND (k.article_id = target.article_id) AND (k.source_article_id <> a.of_article_id))
         OFFSET 0) first ON (true));

COMMENT ON VIEW archive.citation IS 'Titles that an article''s text names, the outlet that it says they are of, and the article of this archive that is meant';

COMMENT ON COLUMN archive.citation.article_id IS 'The article that cites';

COMMENT ON COLUMN archive.citation.ordinal IS 'Place among its citations, from 0';

COMMENT ON COLUMN archive.citation.cited_title IS 'The title named, folded';

COMMENT ON COLUMN archive.citation.cited_article_id IS 'The article that is meant; null while the archive holds none';

COMMENT ON COLUMN archive.citation.cited_outlet IS 'Outlets named for it, folded, joined by 、; 本报 or 本系列 is the article''s own; empty where none is named';

COMMENT ON COLUMN archive.citation.how IS 'exact: an article has borne that title; similar: one says the same in other words, and its outlet is named or a copy of the citing article has the title right; null while the archive holds none';

COMMENT ON COLUMN archive.citation.score IS 'Likeness of the two titles, per mille';

CREATE FUNCTION archive.cited_by(article_id bigint) RETURNS SETOF archive.citation
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 20
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    with bearer as materialized (
        select cited_by.article_id as id
        union
        select its.article_id
        from public.document mine
        join public.document_text held on held.document_id = mine.id
        join public.text t on t.id = held.text_id
        join public.text copy on copy.cluster_id = t.cluster_id
        join public.document_text copied on copied.text_id = copy.id
        join public.document its on its.id = copied.document_id
        where mine.article_id = cited_by.article_id
    ), headline as materialized (
        select distinct h.title from bearer
        join public.document d on d.article_id = bearer.id
        join public.headline h on h.document_id = d.id
    ), named as materialized (
        select title from headline
        union
        select l.cited from headline join public.likeness l on l.title = headline.title
    ), citing as materialized (
        select c.document_id from named
        join public.citation c on md5(c.cited_title) = md5(named.title) and c.cited_title = named.title
        union
        select r.document_id from named join public.reviewed r on r.citations @> array[named.title]
    )
    select found.* from (select distinct d.article_id from citing join public.document d on d.id = citing.document_id) c
    cross join lateral (select * from archive.citation v where v.article_id = c.article_id offset 0) found
    where found.cited_article_id = cited_by.article_id
    order by found.article_id, found.ordinal
$$;

COMMENT ON FUNCTION archive.cited_by(article_id bigint) IS 'Rows of archive.citation that mean an article: who cites it, by which title';

CREATE FUNCTION archive.excerpt(clean_text text, folded text, wanted text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select case when place = 0 then left(clean_text, 60)
        else case when place > 21 then '…' else '' end
            || replace(substr(clean_text, greatest(place - 20, 1), 60), E'\n', ' ')
            || case when place + 40 < length(clean_text) then '…' else '' end end
    from (select strpos(substr(folded, length(folded) - length(clean_text) + 1), wanted) as place) as found
$$;

CREATE FUNCTION archive.fold(text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$ select translate($1, $old$ABCDEFGHIJKLMNOPQRSTUVWXYZÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮĲĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƠƢƤƦƧƩƬƮƯƱƲƳƵƷƸƼǄǅǇǈǊǋǍǏǑǓǕǗǙǛǞǠǢǤǦǨǪǬǮǱǲǴǶǷǸǺǼǾȀȂȄȆȈȊȌȎȐȒȔȖȘȚȜȞȠȢȤȦȨȪȬȮȰȲȺȻȽȾɁɃɄɅɆɈɊɌɎͰͲͶͿΆΈΉΊΌΎΏΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫϏϘϚϜϞϠϢϤϦϨϪϬϮϴϷϹϺϽϾϿЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѶѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӁӃӅӇӉӋӍӐӒӔӖӘӚӜӞӠӢӤӦӨӪӬӮӰӲӴӶӸӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖႠႡႢႣႤႥႦႧႨႩႪႫႬႭႮႯႰႱႲႳႴႵႶႷႸႹႺႻႼႽႾႿჀჁჂჃჄჅჇჍᎠᎡᎢᎣᎤᎥᎦᎧᎨᎩᎪᎫᎬᎭᎮᎯᎰᎱᎲᎳᎴᎵᎶᎷᎸᎹᎺᎻᎼᎽᎾᎿᏀᏁᏂᏃᏄᏅᏆᏇᏈᏉᏊᏋᏌᏍᏎᏏᏐᏑᏒᏓᏔᏕᏖᏗᏘᏙᏚᏛᏜᏝᏞᏟᏠᏡᏢᏣᏤᏥᏦᏧᏨᏩᏪᏫᏬᏭᏮᏯᏰᏱᏲᏳᏴᏵᲐᲑᲒᲓᲔᲕᲖᲗᲘᲙᲚᲛᲜᲝᲞᲟᲠᲡᲢᲣᲤᲥᲦᲧᲨᲩᲪᲫᲬᲭᲮᲯᲰᲱᲲᲳᲴᲵᲶᲷᲸᲹᲺᲽᲾᲿḀḂḄḆḈḊḌḎḐḒḔḖḘḚḜḞḠḢḤḦḨḪḬḮḰḲḴḶḸḺḼḾṀṂṄṆṈṊṌṎṐṒṔṖṘṚṜṞṠṢṤṦṨṪṬṮṰṲṴṶṸṺṼṾẀẂẄẆẈẊẌẎẐẒẔẞẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸỺỼỾἈἉἊἋἌἍἎἏἘἙἚἛἜἝἨἩἪἫἬἭἮἯἸἹἺἻἼἽἾἿὈὉὊὋὌὍὙὛὝὟὨὩὪὫὬὭὮὯᾈᾉᾊᾋᾌᾍᾎᾏᾘᾙᾚᾛᾜᾝᾞᾟᾨᾩᾪᾫᾬᾭᾮᾯᾸᾹᾺΆᾼῈΈῊΉῌῘῙῚΊῨῩῪΎῬῸΌῺΏῼΩKÅℲⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅬⅭⅮⅯↃⒶⒷⒸⒹⒺⒻⒼⒽⒾⒿⓀⓁⓂⓃⓄⓅⓆⓇⓈⓉⓊⓋⓌⓍⓎⓏⰀⰁⰂⰃⰄⰅⰆⰇⰈⰉⰊⰋⰌⰍⰎⰏⰐⰑⰒⰓⰔⰕⰖⰗⰘⰙⰚⰛⰜⰝⰞⰟⰠⰡⰢⰣⰤⰥⰦⰧⰨⰩⰪⰫⰬⰭⰮⰯⱠⱢⱣⱤⱧⱩⱫⱭⱮⱯⱰⱲⱵⱾⱿⲀⲂⲄⲆⲈⲊⲌⲎⲐⲒⲔⲖⲘⲚⲜⲞⲠⲢⲤⲦⲨⲪⲬⲮⲰⲲⲴⲶⲸⲺⲼⲾⳀⳂⳄⳆⳈⳊⳌⳎⳐⳒⳔⳖⳘⳚⳜⳞⳠⳢⳫⳭⳲ　㑮㑯㑳㑶㒓㓄㓨㔋㖮㗲㗿㘉㘓㘔㘚㛝㜄㜏㜐㜗㜢㜷㞞㟺㠏㠣㢗㢝㥮㦎㦛㦞㨻㩋㩜㩳㩵㪎㯤㰙㵗㵾㶆㷍㷿㸇㹽㺏㺜㻶㿖㿗㿧䀉䀹䁪䁻䂎䃮䅐䅳䆉䉑䉙䉬䉲䉶䊭䊷䊺䋃䋔䋙䋚䋦䋹䋻䋼䋿䌈䌋䌖䌝䌟䌥䌰䍤䍦䍽䎙䎱䓣䕤䕳䖅䗅䗿䙔䙡䙱䚩䛄䛳䜀䜖䝭䝻䝼䞈䞋䞓䟃䟆䟐䠆䠱䡐䡩䡵䢨䤤䥄䥇䥑䥕䥗䥩䥯䥱䦘䦛䦟䦯䦳䧢䪊䪏䪗䪘䪴䪾䫀䫂䫟䫴䫶䫻䫾䬓䬘䬝䬞䬧䭀䭃䭑䭔䭿䮄䮝䮞䮠䮫䮰䮳䮾䯀䯤䰾䱀䱁䱙䱧䱬䱰䱷䱸䱽䲁䲅䲖䲘䲰䳜䳢䳤䳧䳫䴉䴋䴬䴱䴴䴽䵳䵴䶕䶲丟並乾亂亙亞佇佈佔併來侖侶侷俁係俓俔俠俥俬倀倆倈倉個們倖値倫倲偉偑側偵偽傌傑傖傘備傢傭傯傳傴債傷傾僂僅僉僑僕僞僤僥僨僱價儀儁儂億儅儈儉儎儐儔儕儘償儣優儭儲儷儸儺儻儼兇兌兒兗內兩冊冑冪凈凍凙凜凱別刪剄則剋剎剗剛剝剮剴創剷剾劃劄劇劉劊劌劍劏劑劚勁勑動務勛勝勞勢勣勩勱勳勵勸勻匭匯匱區協卹卻卽厙厠厤厭厲厴參叄叢吒吳吶呂咼員哯唄唓唸問啓啞啟啢喎喚喪喫喬單喲嗆嗇嗊嗎嗚嗩嗰嗶嗹嘆嘍嘓嘔嘖嘗嘜嘩嘪嘮嘯嘰嘳嘵嘸嘺嘽噁噅噓噚噝噞噠噥噦噯噲噴噸噹嚀嚇嚌嚐嚕嚙嚛嚥嚦嚧嚨嚮嚲嚳嚴嚶嚽囀囁囂囃囅囈囉囌囑囒囪圇國圍園圓圖團圞垻埡埨埬埰執堅堊堖堚堝堯報場塊塋塏塒塗塚塢塤塵塸塹塿墊墜墠墮墰墲墳墶墻墾壇壈壋壎壓壗壘壙壚壜壞壟壠壢壣壩壪壯壺壼壽夠夢夥夾奐奧奩奪奬奮奼妝妳姍姦娙娛婁婡婦婭媈媧媯媰媼媽嫋嫗嫵嫺嫻嫿嬀嬃嬇嬈嬋嬌嬙嬡嬣嬤嬦嬪嬰嬸嬻孃孄孆孇孋孌孎孫學孻孾孿宮寀寠寢實寧審寫寬寵寶將專尋對導尷屆屍屓屜屢層屨屩屬岡峯峴島峽崍崑崗崙崢崬嵐嵗嵼嵽嵾嶁嶄嶇嶈嶔嶗嶘嶠嶢嶧嶨嶮嶸嶹嶺嶼嶽巊巋巒巔巖巗巘巰巹帥師帳帶幀幃幓幗幘幝幟幣幩幫幬幷幹幾庫廁廂廄廈廎廕廚廝廞廟廠廡廢廣廧廩廬廳廻弒弔弳張強彃彄彆彈彌彎彔彙彠彥彫彲彿後徑從徠復徵徹徿恆恥悅悞悵悶悽惡惱惲惻愛愜愨愴愷愻愾慄態慍慘慚慟慣慤慪慫慮慳慶慺慼慾憂憊憐憑憒憖憚憢憤憫憮憲憶憸憹懀懇應懌懍懎懞懟懣懤懨懲懶懷懸懺懼懾戀戇戔戧戩戰戱戲戶扞拋拚挩挱挾捨捫捱捲掃掄掆掗掙掚掛採揀揚換揮揯損搖搗搧搵搶摋摐摑摜摟摯摳摶摺摻撈撊撏撐撓撝撟撣撥撧撫撲撳撻撾撿擁擄擇擊擋擓擔據擟擠擡擣擫擬擯擰擱擲擴擷擺擻擼擽擾攄攆攋攏攔攖攙攛攜攝攢攣攤攪攬敎敓敗敘敵數斂斃斅斆斕斬斷斸於旂旣昇時晉晛晝暈暉暐暘暢暫曄曆曇曉曊曏曖曠曥曨曬書會朥朧朮東枴柵柺査桱桿梔梖梘梜條梟梲棄棊棖棗棟棡棧棲棶椏椲楇楊楓楨業極榘榦榪榮榲榿構槍槓槤槧槨槫槮槳槶槼樁樂樅樑樓標樞樠樢樣樤樧樫樳樸樹樺樿橈橋機橢橫橯檁檉檔檜檟檢檣檭檮檯檳檵檸檻櫃櫅櫍櫓櫚櫛櫝櫞櫟櫠櫥櫧櫨櫪櫫櫬櫱櫳櫸櫻欄欅欇權欍欏欐欑欒欓欖欘欞欽歎歐歟歡歲歴歷歸歿殘殞殢殤殨殫殭殮殯殰殲殺殻殼毀毆毊毿氂氈氌氣氫氬氭氳氾汎汙決沒沖況泝洩洶浹浿涇涗涼淒淚淥淨淩淪淵淶淺渙減渢渦測渾湊湋湞湧湯溈準溝溡溫溮溳溼滄滅滌滎滙滬滯滲滷滸滻滾滿漁漊漍漚漢漣漬漲漵漸漿潁潑潔潕潙潚潛潣潤潯潰潷潿澀澅澆澇澐澗澠澤澦澩澫澬澮澱澾濁濃濄濆濕濘濚濛濜濟濤濧濫濰濱濺濼濾濿瀂瀃瀅瀆瀇瀉瀋瀏瀕瀘瀝瀟瀠瀦瀧瀨瀰瀲瀾灃灄灍灑灒灕灘灙灝灡灣灤灧灩災為烏烴無煇煉煒煙煢煥煩煬煱熂熅熉熌熒熓熗熚熡熰熱熲熾燀燁燈燉燒燖燙燜營燦燬燭燴燶燻燼燾爃爄爇爍爐爖爛爥爧爭爲爺爾牀牆牘牴牽犖犛犞犢犧狀狹狽猌猙猶猻獁獃獄獅獊獎獨獩獪獫獮獰獱獲獵獷獸獺獻獼玀玁珼現琱琺琿瑋瑒瑣瑤瑩瑪瑲瑻瑽璉璊璕璗璝璡璣璦璫璯環璵璸璼璽璾璿瓄瓅瓊瓏瓔瓕瓚瓛甌甕產産畝畢畫異畵當畼疇疊痙痠痮痾瘂瘋瘍瘓瘞瘡瘧瘮瘱瘲瘺瘻療癆癇癉癐癒癘癟癡癢癤癥癧癩癬癭癮癰癱癲發皁皚皟皰皸皺盃盜盞盡監盤盧盨盪眝眞眥眾睍睏睜睞瞘瞜瞞瞤瞭瞶瞼矇矉矑矓矚矯硃硜硤硨硯碕碙碩碭碸確碼碽磑磚磠磣磧磯磽磾礄礎礐礒礙礦礪礫礬礮礱祇祕祿禍禎禕禡禦禪禮禰禱禿秈稅稈稏稜稟種稱穀穇穌積穎穠穡穢穩穫穭窩窪窮窯窵窶窺竄竅竇竈竊竚竪竱競筆筍筧筴箇箋箏箚節範築篋篔篘篠篢篤篩篳篸簀簂簍簑簞簡簢簣簫簹簽簾籃籅籋籌籔籙籛籜籟籠籤籩籪籬籮籲粵糉糝糞糧糰糲糴糶糹糺糾紀紂紃約紅紆紇紈紉紋納紐紓純紕紖紗紘紙級紛紜紝紞紟紡紬紮細紱紲紳紵紹紺紼紿絀絁終絃組絅絆絍絎結絕絙絛絝絞絡絢絥給絧絨絪絰統絲絳絶絹絺綀綁綃綄綆綇綈綉綋綌綎綏綐綑經綖綜綝綞綟綠綡綢綣綧綪綫綬維綯綰綱網綳綴綵綸綹綺綻綽綾綿緄緇緊緋緍緑緒緓緔緗緘緙線緝緞緟締緡緣緤緦編緩緬緮緯緰緱緲練緶緷緸緹緻緼縈縉縊縋縍縎縐縑縕縗縛縝縞縟縣縧縫縬縭縮縯縰縱縲縳縴縵縶縷縸縹縺總績繂繃繅繆繈繏繐繒繓織繕繚繞繟繡繢繨繩繪繫繬繭繮繯繰繳繶繷繸繹繻繼繽繾繿纁纆纇纈纊續纍纏纓纔纕纖纗纘纚纜缽罃罈罌罎罰罵罷羅羆羈羋羣羥羨義羵羶習翫翬翹翽耬耮聖聞聯聰聲聳聵聶職聹聻聽聾肅脅脈脛脣脥脩脫脹腎腖腡腦腪腫腳腸膃膕膚膞膠膢膩膹膽膾膿臉臍臏臗臘臚臟臠臢臥臨臺與興舉舊舖舘艙艣艤艦艫艱艷芻苧茲荊莊莖莢莧菕華菴菸萇萊萬萴萵葉葒著葝葤葦葯葷蒍蒐蒓蒔蒕蒞蒭蒼蓀蓆蓋蓧蓮蓯蓴蓽蔄蔔蔘蔞蔣蔥蔦蔭蔯蔿蕁蕆蕎蕒蕓蕕蕘蕝蕢蕩蕪蕭蕳蕷蕽薀薆薈薊薌薑薔薘薟薦薩薳薴薵薹薺藍藎藝藥藪藭藴藶藷藹藺蘀蘄蘆蘇蘊蘋蘚蘞蘟蘢蘭蘺蘿虆虉處虛虜號虧虯蛺蛻蜆蝀蝕蝟蝦蝨蝸螄螞螢螮螻螿蟂蟄蟈蟎蟘蟜蟣蟬蟯蟲蟳蟶蟻蠀蠁蠅蠆蠍蠐蠑蠔蠙蠟蠣蠦蠨蠱蠶蠻蠾衆衊術衕衚衛衝袞袷裊裏補裝裡製複褌褘褲褳褸褻襀襇襉襏襓襖襗襘襝襠襤襪襬襯襰襲襴襵覈見覎規覓視覘覛覡覥覦親覬覯覲覷覹覺覼覽覿觀觴觶觸訁訂訃計訊訌討訏訐訑訒訓訕訖託記訛訜訝訞訟訢訣訥訨訩訪設許訴訶診註証詀詁詆詊詎詐詑詒詓詔評詖詗詘詛詝詞詠詡詢詣試詩詪詫詬詭詮詰話該詳詵詷詼詿誂誄誅誆誇誋誌認誑誒誕誘誚語誠誡誣誤誥誦誨說誫説誰課誳誴誶誷誹誺誼誾調諂諄談諉請諍諏諑諒諓論諗諛諜諝諞諟諡諢諣諤諥諦諧諫諭諮諯諰諱諲諳諴諶諷諸諺諼諾謀謁謂謄謅謆謉謊謎謏謐謔謖謗謙謚講謝謠謡謨謫謬謭謯謱謳謸謹謾譁譂譅譆證譊譎譏譑譓譖識譙譚譜譞譟譨譫譭譯議譴護譸譽譾讀讅變讋讌讎讒讓讕讖讚讜讞谿豈豎豐豔豬豵豶貍貓貗貙貝貞貟負財貢貧貨販貪貫責貯貰貲貳貴貶買貸貺費貼貽貿賀賁賂賃賄賅資賈賊賑賒賓賕賙賚賜賝賞賟賠賡賢賣賤賦賧質賫賬賭賰賴賵賺賻購賽賾贃贄贅贇贈贉贊贋贍贏贐贑贓贔贖贗贚贛贜赬趕趙趨趲跡踐踰踴蹌蹔蹕蹟蹠蹣蹤蹳蹺蹻躂躉躊躋躍躎躑躒躓躕躘躚躝躡躥躦躪軀軉車軋軌軍軏軑軒軔軕軗軛軜軝軟軤軨軫軬軲軷軸軹軺軻軼軾軿較輄輅輇輈載輊輋輒輓輔輕輖輗輛輜輝輞輟輢輥輦輨輩輪輬輮輯輳輶輷輸輻輼輾輿轀轂轄轅轆轇轉轊轍轎轐轔轗轟轠轡轢轣轤辦辭辮辯農迴逕這連週進遊運過達違遙遜遞遠遡適遱遲遶遷選遺遼邁還邇邊邏邐郟郵鄆鄉鄒鄔鄖鄟鄧鄩鄭鄰鄲鄳鄴鄶鄺酇酈醃醖醜醞醟醣醫醬醱醲醶釀釁釃釅釋釐釒釓釔釕釗釘釙釚針釟釣釤釦釧釨釩釲釳釴釵釷釹釺釾釿鈀鈁鈃鈄鈅鈆鈇鈈鈉鈋鈍鈎鈐鈑鈒鈔鈕鈖鈗鈛鈞鈠鈡鈣鈥鈦鈧鈮鈯鈰鈲鈳鈴鈷鈸鈹鈺鈽鈾鈿鉀鉁鉅鉆鉈鉉鉊鉋鉍鉑鉔鉕鉗鉚鉛鉝鉞鉠鉢鉤鉥鉦鉧鉬鉭鉮鉳鉶鉷鉸鉺鉻鉽鉾鉿銀銁銂銃銅銈銊銍銏銑銓銖銘銚銛銜銠銣銥銦銨銩銪銫銬銱銳銶銷銹銻銼鋁鋂鋃鋅鋇鋉鋌鋏鋐鋒鋗鋙鋝鋟鋠鋣鋤鋥鋦鋨鋩鋪鋭鋮鋯鋰鋱鋶鋸鋹鋼錀錁錂錄錆錇錈錏錐錒錕錘錙錚錛錜錝錞錟錠錡錢錤錥錦錨錩錫錮錯録錳錶錸錼錽鍀鍁鍃鍄鍅鍆鍇鍈鍉鍊鍋鍍鍒鍔鍘鍚鍛鍠鍤鍥鍩鍬鍭鍮鍰鍵鍶鍺鍼鍾鎂鎄鎇鎈鎊鎌鎍鎓鎔鎖鎘鎙鎚鎛鎝鎞鎡鎢鎣鎦鎧鎩鎪鎬鎭鎮鎯鎰鎲鎳鎵鎶鎷鎸鎿鏃鏆鏇鏈鏉鏌鏍鏏鏐鏑鏗鏘鏚鏜鏝鏞鏟鏡鏢鏤鏥鏦鏨鏰鏵鏷鏹鏺鏻鏽鏾鐃鐄鐇鐈鐋鐍鐎鐏鐐鐒鐓鐔鐘鐙鐝鐠鐥鐦鐧鐨鐩鐪鐫鐮鐯鐲鐳鐵鐶鐸鐺鐼鐽鐿鑀鑄鑉鑊鑌鑑鑒鑔鑕鑞鑠鑣鑥鑪鑭鑰鑱鑲鑴鑷鑹鑼鑽鑾鑿钁钂長門閂閃閆閈閉開閌閍閎閏閐閑閒間閔閗閘閝閞閡閣閤閥閨閩閫閬閭閱閲閵閶閹閻閼閽閾閿闃闆闇闈闉闊闋闌闍闐闑闒闓闔闕闖關闞闠闡闢闤闥陘陝陞陣陰陳陸陽隉隊階隑隕際隤隨險隮隯隱隴隸隻雋雖雙雛雜雞離難雲電霑霢霣霧霼霽靂靄靆靈靉靚靜靝靦靧靨鞏鞝鞦鞽鞾韁韃韆韉韋韌韍韓韙韚韛韜韝韞韠韻響頁頂頃項順頇須頊頌頍頎頏預頑頒頓頔頗領頜頠頡頤頦頫頭頮頰頲頴頵頷頸頹頻頽顂顃顅顆題額顎顏顒顓顔顗願顙顛類顢顣顥顧顫顬顯顰顱顳顴風颭颮颯颰颱颳颶颷颸颺颻颼颾飀飄飆飈飋飛飠飢飣飥飦飩飪飫飭飯飱飲飴飵飶飼飽飾飿餃餄餅餈餉養餌餎餏餑餒餓餔餕餖餗餘餚餛餜餞餡餦餧館餪餫餬餭餱餳餵餶餷餸餺餼餾餿饁饃饅饈饉饊饋饌饑饒饗饘饜饞饟饠饢馬馭馮馯馱馳馴馹馼駁駃駉駊駎駐駑駒駓駔駕駘駙駚駛駝駞駟駡駢駤駧駩駪駫駭駰駱駶駸駻駼駿騁騂騃騄騅騉騊騌騍騎騏騑騔騖騙騚騜騝騞騟騠騤騧騪騫騭騮騰騱騴騵騶騷騸騻騼騾驀驁驂驃驄驅驊驋驌驍驎驏驓驕驗驙驚驛驟驢驤驥驦驨驪驫骯髏髒體髕髖髮鬆鬍鬖鬚鬠鬢鬥鬧鬨鬩鬮鬱鬹魎魘魚魛魟魢魥魦魨魯魴魵魷魺魽鮀鮁鮃鮄鮅鮆鮈鮊鮋鮍鮎鮐鮑鮒鮓鮚鮜鮝鮞鮟鮠鮡鮣鮤鮦鮪鮫鮭鮮鮯鮰鮳鮵鮶鮸鮺鮿鯀鯁鯄鯆鯇鯉鯊鯒鯔鯕鯖鯗鯛鯝鯞鯡鯢鯤鯧鯨鯪鯫鯬鯰鯱鯴鯶鯷鯻鯽鯾鯿鰁鰂鰃鰆鰈鰉鰊鰋鰌鰍鰏鰐鰑鰒鰓鰕鰛鰜鰟鰠鰣鰤鰥鰦鰧鰨鰩鰫鰭鰮鰱鰲鰳鰵鰶鰷鰹鰺鰻鰼鰽鰾鱀鱂鱄鱅鱆鱇鱈鱉鱊鱒鱔鱖鱗鱘鱚鱝鱟鱠鱢鱣鱤鱧鱨鱭鱮鱯鱲鱷鱸鱺鳥鳧鳩鳬鳲鳳鳴鳶鳷鳼鳽鳾鴀鴃鴅鴆鴇鴉鴐鴒鴔鴕鴗鴛鴜鴝鴞鴟鴣鴥鴦鴨鴮鴯鴰鴲鴳鴴鴷鴻鴽鴿鵁鵂鵃鵊鵏鵐鵑鵒鵓鵚鵜鵝鵟鵠鵡鵧鵩鵪鵫鵬鵮鵯鵰鵲鵷鵾鶄鶇鶉鶊鶌鶒鶓鶖鶗鶘鶚鶠鶡鶥鶦鶩鶪鶬鶭鶯鶰鶱鶲鶴鶹鶺鶻鶼鶿鷀鷁鷂鷄鷅鷉鷊鷐鷓鷔鷖鷗鷙鷚鷟鷣鷤鷥鷦鷨鷩鷫鷭鷯鷲鷳鷴鷷鷸鷹鷺鷽鷿鸂鸇鸊鸋鸌鸏鸑鸕鸗鸘鸚鸛鸝鸞鹵鹹鹺鹼鹽麗麥麨麩麪麫麬麯麲麳麴麵麷麼麽黃黌點黨黲黴黶黷黽黿鼂鼉鼕鼴齊齋齎齏齒齔齕齗齘齙齜齟齠齡齣齦齧齩齪齬齭齮齯齰齲齴齶齷齼齾龍龎龐龑龓龔龕龜龭龯鿁鿓ꙀꙂꙄꙆꙈꙊꙌꙎꙐꙒꙔꙖꙘꙚꙜꙞꙠꙢꙤꙦꙨꙪꙬꚀꚂꚄꚆꚈꚊꚌꚎꚐꚒꚔꚖꚘꚚꜢꜤꜦꜨꜪꜬꜮꜲꜴꜶꜸꜺꜼꜾꝀꝂꝄꝆꝈꝊꝌꝎꝐꝒꝔꝖꝘꝚꝜꝞꝠꝢꝤꝦꝨꝪꝬꝮꝹꝻꝽꝾꞀꞂꞄꞆꞋꞍꞐꞒꞖꞘꞚꞜꞞꞠꞢꞤꞦꞨꞪꞫꞬꞭꞮꞰꞱꞲꞳꞴꞶꞸꞺꞼꞾꟀꟂꟄꟅꟆꟇꟉꟐꟖꟘꟵ豈更車賈滑串句龜龜契金喇奈懶癩羅蘿螺裸邏樂洛烙珞落酪駱亂卵欄爛蘭鸞嵐濫藍襤拉臘蠟廊朗浪狼郎來冷勞擄櫓爐盧老蘆虜路露魯鷺碌祿綠菉錄鹿論壟弄籠聾牢磊賂雷壘屢樓淚漏累縷陋勒肋凜凌稜綾菱陵讀拏樂諾丹寧怒率異北磻便復不泌數索參塞省葉說殺辰沈拾若掠略亮兩凉梁糧良諒量勵呂女廬旅濾礪閭驪麗黎力曆歷轢年憐戀撚漣煉璉秊練聯輦蓮連鍊列劣咽烈裂說廉念捻殮簾獵令囹寧嶺怜玲瑩羚聆鈴零靈領例禮醴隸惡了僚寮尿料樂燎療蓼遼龍暈阮劉杻柳流溜琉留硫紐類六戮陸倫崙淪輪律慄栗率隆利吏履易李梨泥理痢罹裏裡里離匿溺吝燐璘藺隣鱗麟林淋臨立笠粒狀炙識什茶刺切度拓糖宅洞暴輻行降見廓兀嗀塚晴凞猪益礼神祥福靖精羽蘒諸逸都飯飼館鶴郞隷侮僧免勉勤卑喝嘆器塀墨層屮悔慨憎懲敏既暑梅海渚漢煮爫琢碑社祉祈祐祖祝禍禎穀突節練縉繁署者臭艹艹著褐視謁謹賓贈辶逸難響頻恵𤋮舘並况全侀充冀勇勺喝啕喙嗢塚墳奄奔婢嬨廒廙彩徭惘慎愈憎慠懲戴揄搜摒敖晴朗望杖歹殺流滛滋漢瀞煮瞧爵犯猪瑱甆画瘝瘟益盛直睊着磌窱節类絛練缾者荒華蝹襁覆視調諸請謁諾諭謹變贈輸遲醙鉶陼難靖韛響頋頻鬒龜𢡊𢡄𣏕㮝䀘䀹𥉉𥳐𧻓齃龎！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～𐐀𐐁𐐂𐐃𐐄𐐅𐐆𐐇𐐈𐐉𐐊𐐋𐐌𐐍𐐎𐐏𐐐𐐑𐐒𐐓𐐔𐐕𐐖𐐗𐐘𐐙𐐚𐐛𐐜𐐝𐐞𐐟𐐠𐐡𐐢𐐣𐐤𐐥𐐦𐐧𐒰𐒱𐒲𐒳𐒴𐒵𐒶𐒷𐒸𐒹𐒺𐒻𐒼𐒽𐒾𐒿𐓀𐓁𐓂𐓃𐓄𐓅𐓆𐓇𐓈𐓉𐓊𐓋𐓌𐓍𐓎𐓏𐓐𐓑𐓒𐓓𐕰𐕱𐕲𐕳𐕴𐕵𐕶𐕷𐕸𐕹𐕺𐕼𐕽𐕾𐕿𐖀𐖁𐖂𐖃𐖄𐖅𐖆𐖇𐖈𐖉𐖊𐖌𐖍𐖎𐖏𐖐𐖑𐖒𐖔𐖕𐲀𐲁𐲂𐲃𐲄𐲅𐲆𐲇𐲈𐲉𐲊𐲋𐲌𐲍𐲎𐲏𐲐𐲑𐲒𐲓𐲔𐲕𐲖𐲗𐲘𐲙𐲚𐲛𐲜𐲝𐲞𐲟𐲠𐲡𐲢𐲣𐲤𐲥𐲦𐲧𐲨𐲩𐲪𐲫𐲬𐲭𐲮𐲯𐲰𐲱𐲲𑢠𑢡𑢢𑢣𑢤𑢥𑢦𑢧𑢨𑢩𑢪𑢫𑢬𑢭𑢮𑢯𑢰𑢱𑢲𑢳𑢴𑢵𑢶𑢷𑢸𑢹𑢺𑢻𑢼𑢽𑢾𑢿𖹀𖹁𖹂𖹃𖹄𖹅𖹆𖹇𖹈𖹉𖹊𖹋𖹌𖹍𖹎𖹏𖹐𖹑𖹒𖹓𖹔𖹕𖹖𖹗𖹘𖹙𖹚𖹛𖹜𖹝𖹞𖹟𞤀𞤁𞤂𞤃𞤄𞤅𞤆𞤇𞤈𞤉𞤊𞤋𞤌𞤍𞤎𞤏𞤐𞤑𞤒𞤓𞤔𞤕𞤖𞤗𞤘𞤙𞤚𞤛𞤜𞤝𞤞𞤟𞤠𞤡𠁞𠌥𠏢𠐊𠗣𠞆𠠎𠬙𠼤𠽃𠿕𡂡𡃄𡃕𡃤𡄔𡄣𡅏𡅯𡑍𡑭𡓁𡓾𡔖𡞵𡟫𡠹𡢃𡮉𡮣𡳳𡸗𡹬𡻕𡽗𡾱𡿖𢍰𢠼𢣐𢣚𢣭𢤩𢤱𢤿𢯷𢶒𢶫𢷮𢹿𢺳𣈶𣋋𣍐𣙎𣜬𣝕𣞻𣠩𣠲𣯩𣯴𣯶𣽏𣾷𣿉𤁣𤄷𤅶𤑳𤑹𤒎𤒻𤓌𤓎𤓩𤘀𤛮𤛱𤜆𤠮𤢟𤢻𤩂𤪺𤫩𤬅𤳷𤳸𤷃𤸫𤺔𥊝𥌃𥏝𥕥𥖅𥖲𥗇𥗽𥜐𥜰𥞵𥢢𥢶𥢷𥨐𥪂𥯤𥴨𥴼𥵃𥵊𥶽𥸠𥻦𥼽𥽖𥾯𥿊𦀖𦂅𦃄𦃩𦅇𦅈𦆲𦒀𦔖𦘧𦟼𦠅𦡝𦢈𦣎𦧺𦪙𦪽𦱌𦾟𧎈𧒯𧔥𧕟𧜗𧜵𧝞𧞫𧟀𧡴𧢄𧦝𧦧𧩕𧩙𧩼𧫝𧬤𧭈𧭹𧳟𧵳𧶔𧶧𧷎𧸘𧹈𧽯𨂐𨄣𨅍𨆪𨇁𨇞𨇤𨇰𨇽𨈊𨈌𨊰𨊸𨊻𨋢𨌈𨍰𨎌𨎮𨏠𨏥𨞺𨟊𨢿𨣈𨣞𨣧𨤻𨥛𨥟𨦫𨧀𨧜𨧰𨧱𨨏𨨛𨨢𨩰𨪕𨫒𨬖𨭆𨭎𨭖𨭸𨮂𨮳𨯅𨯟𨰃𨰋𨰥𨰲𨲳𨳑𨳕𨴗𨴹𨵩𨵸𨶀𨶏𨶮𨶲𨷲𨼳𨽏𩀨𩅙𩎖𩎢𩏂𩏠𩏪𩏷𩑔𩒎𩓣𩓥𩔑𩔳𩖰𩗀𩗓𩗴𩘀𩘝𩘹𩘺𩙈𩚛𩚥𩚩𩚵𩛆𩛌𩛡𩛩𩜇𩜦𩜵𩝔𩝽𩞄𩞦𩞯𩟐𩟗𩠴𩡣𩡺𩢡𩢴𩢸𩢾𩣏𩣑𩣫𩣵𩣺𩤊𩤙𩤲𩤸𩥄𩥇𩥉𩥑𩦠𩧆𩭙𩯁𩯳𩰀𩰹𩳤𩴵𩵦𩵩𩵹𩶁𩶘𩶰𩶱𩷰𩸃𩸄𩸡𩸦𩻗𩻬𩻮𩼶𩽇𩿅𩿤𩿪𪀖𪀦𪀾𪁈𪁖𪂆𪃍𪃏𪃒𪃧𪄆𪄕𪅂𪆷𪇳𪈼𪉸𪋿𪌭𪍠𪓰𪔵𪘀𪘯𪙏𪟖𪷓𫒡𫜦$old$, $new$abcdefghijklmnopqrstuvwxyzàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįĳĵķĺļľŀłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷÿźżžɓƃƅɔƈɖɗƌǝəɛƒɠɣɩɨƙɯɲɵơƣƥʀƨʃƭʈưʊʋƴƶʒƹƽǆǆǉǉǌǌǎǐǒǔǖǘǚǜǟǡǣǥǧǩǫǭǯǳǳǵƕƿǹǻǽǿȁȃȅȇȉȋȍȏȑȓȕȗșțȝȟƞȣȥȧȩȫȭȯȱȳⱥȼƚⱦɂƀʉʌɇɉɋɍɏͱͳͷϳάέήίόύώαβγδεζηθικλμνξοπρστυφχψωϊϋϗϙϛϝϟϡϣϥϧϩϫϭϯθϸϲϻͻͼͽѐёђѓєѕіїјљњћќѝўџабвгдежзийклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѷѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӂӄӆӈӊӌӎӑӓӕӗәӛӝӟӡӣӥӧөӫӭӯӱӳӵӷӹӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯաբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆⴀⴁⴂⴃⴄⴅⴆⴇⴈⴉⴊⴋⴌⴍⴎⴏⴐⴑⴒⴓⴔⴕⴖⴗⴘⴙⴚⴛⴜⴝⴞⴟⴠⴡⴢⴣⴤⴥⴧⴭꭰꭱꭲꭳꭴꭵꭶꭷꭸꭹꭺꭻꭼꭽꭾꭿꮀꮁꮂꮃꮄꮅꮆꮇꮈꮉꮊꮋꮌꮍꮎꮏꮐꮑꮒꮓꮔꮕꮖꮗꮘꮙꮚꮛꮜꮝꮞꮟꮠꮡꮢꮣꮤꮥꮦꮧꮨꮩꮪꮫꮬꮭꮮꮯꮰꮱꮲꮳꮴꮵꮶꮷꮸꮹꮺꮻꮼꮽꮾꮿᏸᏹᏺᏻᏼᏽაბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵჶჷჸჹჺჽჾჿḁḃḅḇḉḋḍḏḑḓḕḗḙḛḝḟḡḣḥḧḩḫḭḯḱḳḵḷḹḻḽḿṁṃṅṇṉṋṍṏṑṓṕṗṙṛṝṟṡṣṥṧṩṫṭṯṱṳṵṷṹṻṽṿẁẃẅẇẉẋẍẏẑẓẕßạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹỻỽỿἀἁἂἃἄἅἆἇἐἑἒἓἔἕἠἡἢἣἤἥἦἧἰἱἲἳἴἵἶἷὀὁὂὃὄὅὑὓὕὗὠὡὢὣὤὥὦὧᾀᾁᾂᾃᾄᾅᾆᾇᾐᾑᾒᾓᾔᾕᾖᾗᾠᾡᾢᾣᾤᾥᾦᾧᾰᾱὰάᾳὲέὴήῃῐῑὶίῠῡὺύῥὸόὼώῳωkåⅎⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻⅼⅽⅾⅿↄⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩⰰⰱⰲⰳⰴⰵⰶⰷⰸⰹⰺⰻⰼⰽⰾⰿⱀⱁⱂⱃⱄⱅⱆⱇⱈⱉⱊⱋⱌⱍⱎⱏⱐⱑⱒⱓⱔⱕⱖⱗⱘⱙⱚⱛⱜⱝⱞⱟⱡɫᵽɽⱨⱪⱬɑɱɐɒⱳⱶȿɀⲁⲃⲅⲇⲉⲋⲍⲏⲑⲓⲕⲗⲙⲛⲝⲟⲡⲣⲥⲧⲩⲫⲭⲯⲱⲳⲵⲷⲹⲻⲽⲿⳁⳃⳅⳇⳉⳋⳍⳏⳑⳓⳕⳗⳙⳛⳝⳟⳡⳣⳬⳮⳳ 𫝈㑔㑇㐹𠉂𪠟刾𪟎𪠵𠵾𪡛𠰱𪢌𫬐㘎𫝦㚯㛣𫝧𡞋𡞱𡝠𪨊𪩇㟆𫵷𪪑𢋈㤘𢛯𢗓𪫷𪮃𪮋㨫㧐擜𪯋𣘐𣗙𣳆𪷍𫞛𤆢𤈷𤎺𫞣𤠋𪺻𪼋𪽮𤻊𤽯𥁢𥅴𥇢䀥𥎝鿎𫀨𫀬𫁂𫁲𥬀𫂈𥮜𫁷𥺅䌶𫄚𫄜𫄞䌺䌻𫄩䌿䌾𫄮𦈓𦈖𦈘𦈜𦈟𦈞𦈠𦈙𫅅䍠𦍠𫅭䎬𬜯𫟕𦰴𫟑𫊪𧉞𫋲䙌𧜭𫌯𫍠𫍫䜧𫟢𫎧𧹕䞍𧹑𫎪𫎭𫎺𫎳𫎱𫏃𨅛𫟤𫟥𫟦𨑹𫟺𫠀䦂鿏𬭯𫔋𨱖𫔆䥾𨸄䦶䦷𫔵𨷿𨸟𫖅𩏼𩐀𩏿𫖫𫖬𫖱𫖰𫖲𩖗𫖺𫗇𫠈𫗊𩙮𩙯𩙧𫗟𩠇𩠈𫗱𫗰𩧭𫠊𩧰𩨁𩧿𩨇𫘮𩨏𩧪䯅𩩈鲃𫚐𫚏𩾈𫚠𩾊𩾋䲣𫠑䲝鳚𫚜𩾂鳤𪉂𫛬𫛰𫛮𫛺𫛼鹮𫜅𪎈𫜒𪎋𫜔𪑅𫜙𫜨𫜳丢并干乱亘亚伫布占并来仑侣局俣系𠇹伣侠伡私伥俩俫仓个们幸值伦㑈伟㐽侧侦伪㐷杰伧伞备家佣偬传伛债伤倾偻仅佥侨仆伪𫢸侥偾雇价仪俊侬亿当侩俭傤傧俦侪尽偿𠆲优𠋆储俪㑩傩傥俨凶兑儿兖内两册胄幂净冻𪞝凛凯别删刭则克刹刬刚剥剐剀创铲𠛅划札剧刘刽刿剑㓥剂㔉劲𠡠动务勋胜劳势𪟝勚劢勋励劝匀匦汇匮区协恤却即厍厕历厌厉厣参叁丛咤吴呐吕呙员𠯟呗𪠳念问启哑启唡㖞唤丧吃乔单哟呛啬唝吗呜唢𠮶哔𪡏叹喽啯呕啧尝唛哗𪡃唠啸叽𪡞哓呒𪡀啴恶𠯠嘘㖊咝𪡋哒哝哕嗳哙喷吨当咛吓哜尝噜啮𪠸咽呖𠰷咙向亸喾严嘤𪢕啭嗫嚣𠱞冁呓啰苏嘱𪢠囱囵国围园圆图团𪢮坝垭𫭢𪣆采执坚垩垴𪣒埚尧报场块茔垲埘涂冢坞埙尘𫭟堑𪣻垫坠𫮃堕坛𪢸坟垯墙垦坛𡒄垱埙压𡋤垒圹垆坛坏垄垅坜𪤚坝塆壮壶壸寿够梦伙夹奂奥奁夺奖奋姹妆你姗奸𫰛娱娄𫝫妇娅𫝨娲妫㛀媪妈袅妪妩娴娴婳妫媭𫝬娆婵娇嫱嫒𪥰嬷𫝩嫔婴婶𪥿娘𫝮𫝭𪥫㛤娈𡠟孙学𡥧𪧀孪宫采𪧘寝实宁审写宽宠宝将专寻对导尴届尸屃屉屡层屦𪨗属冈峰岘岛峡崃昆岗仑峥岽岚岁𡶴𫶇㟥嵝崭岖𡺃嵚崂𡺄峤峣峄峃崄嵘𫝵岭屿岳𪩎岿峦巅岩𪨷𪩘巯卺帅师帐带帧帏㡎帼帻𪩷帜币𪩸帮帱并干几库厕厢厩厦庼荫厨厮𫷷庙厂庑废广𪪞廪庐厅回弑吊弪张强𪪼𫸩别弹弥弯录汇彟彦雕彨佛后径从徕复征彻𪫌恒耻悦悮怅闷凄恶恼恽恻爱惬悫怆恺𢙏忾栗态愠惨惭恸惯悫怄怂虑悭庆㥪戚欲忧惫怜凭愦慭惮𢙒愤悯怃宪忆𪫺𢙐𢙓恳应怿懔𢠁蒙怼懑㤽恹惩懒怀悬忏惧慑恋戆戋戗戬战戯戏户捍抛拼捝挲挟舍扪挨卷扫抡㧏挜挣𪭵挂采拣扬换挥搄损摇捣扇揾抢𢫬𪭢掴掼搂挚抠抟折掺捞𪭾挦撑挠㧑挢掸拨𪮖抚扑揿挞挝捡拥掳择击挡㧟担据𪭧挤抬捣𢬍拟摈拧搁掷扩撷摆擞撸㧰扰摅撵𪮶拢拦撄搀撺携摄攒挛摊搅揽教敚败叙敌数敛毙𢽾敩斓斩断𣃁于旗既升时晋𬀪昼晕晖𬀩旸畅暂晔历昙晓𪰶向暧旷𣆐昽晒书会𦛨胧术东拐栅拐查𣐕杆栀𪱷枧𬂩条枭棁弃棋枨枣栋㭎栈栖梾桠㭏𣒌杨枫桢业极矩干杩荣榅桤构枪杠梿椠椁𣏢椮桨椢椝桩乐枞梁楼标枢𣗊㭤样𣔌榝㭴桪朴树桦椫桡桥机椭横𣓿檩柽档桧槚检樯𣘴梼台槟𪲛柠槛柜𪲎𬃊橹榈栉椟橼栎𪲮橱槠栌枥橥榇蘖栊榉樱栏榉𪳍权𣐤椤𪲔𪴙栾𣗋榄𣚚棂钦叹欧欤欢岁历历归殁残殒𣨼殇㱮殚僵殓殡㱩歼杀壳壳毁殴𪵑毵牦毡氇气氢氩𣱝氲泛泛污决没冲况溯泄汹浃𬇙泾涚凉凄泪渌净凌沦渊涞浅涣减沨涡测浑凑𣲗浈涌汤沩准沟𪶄温浉涢湿沧灭涤荥汇沪滞渗卤浒浐滚满渔溇𬇹沤汉涟渍涨溆渐浆颍泼洁𣲘沩㴋潜𫞗润浔溃滗涠涩𣶩浇涝沄涧渑泽滪泶𬇕𫞚浍淀㳠浊浓㳡𣸣湿泞溁蒙浕济涛㳔滥潍滨溅泺滤𪵱澛𣽷滢渎㲿泻沈浏濒泸沥潇潆潴泷濑弥潋澜沣滠𫞝洒𪷽漓滩𣺼灏㳕湾滦滟滟灾为乌烃无𪸩炼炜烟茕焕烦炀㶽𪸕煴𤈶𤇄荧𤆡炝𤇹𤋏𬉼热颎炽𬊤烨灯炖烧𬊈烫焖营灿毁烛烩㶶熏烬焘𫞡𤇃𦶟烁炉𤇭烂𪹳𫞠争为爷尔床墙牍抵牵荦牦𪺭犊牺状狭狈𪺽狰犹狲犸呆狱狮𪺷奖独𤞃狯猃狝狞㺍获猎犷兽獭献猕猡𤞤𫞥现雕珐珲玮玚琐瑶莹玛玱𪻲𪻐琏𫞩𬍤𬍡𪻺琎玑瑷珰㻅环玙瑸𫞨玺𫞦璇𪻨𬍛琼珑璎𤦀瓒𤩽瓯瓮产产亩毕画异画当𪽈畴叠痉酸𪽪疴痖疯疡痪瘗疮疟瘆𪽷疭瘘瘘疗痨痫瘅𤶊愈疠瘪痴痒疖症疬癞癣瘿瘾痈瘫癫发皂皑𤾀疱皲皱杯盗盏尽监盘卢𪾔荡𪾣真眦众𪾢困睁睐眍䁖瞒𥆧了瞆睑蒙𪾸𪾦眬瞩矫朱硁硖砗砚埼𥐻硕砀砜确码䂵硙砖硵碜碛矶硗䃅硚础𬒈𥐟碍矿砺砾矾𪿫砻只秘禄祸祯祎祃御禅礼祢祷秃籼税秆䅉棱禀种称谷䅟稣积颖秾穑秽稳获穞窝洼穷窑窎窭窥窜窍窦灶窃𥩟竖𫁟竞笔笋笕䇲个笺筝札节范筑箧筼𥬠筿𬕂笃筛筚𥮾箦𫂆篓蓑箪简𫂃篑箫筜签帘篮𥫣𥬞筹䉤箓篯箨籁笼签笾簖篱箩吁粤粽糁粪粮团粝籴粜纟𫄙纠纪纣𬘓约红纡纥纨纫纹纳纽纾纯纰纼纱纮纸级纷纭纴𬘘𫄛纺䌷扎细绂绁绅纻绍绀绋绐绌𫄟终弦组䌹绊𫟃绗结绝𫄠绦绔绞络绚𫄢给𫄡绒𬘡绖统丝绛绝绢𫄨𦈌绑绡𬘫绠𦈋绨绣𫟄绤𬘩绥䌼捆经𫄧综𬘭缍𫄫绿𫟅绸绻𬘯𬘬线绶维绹绾纲网绷缀彩纶绺绮绽绰绫绵绲缁紧绯𦈏绿绪绬绱缃缄缂线缉缎𫟆缔缗缘𫄬缌编缓缅𫄭纬𦈕缑缈练缏𦈉𦈑缇致缊萦缙缢缒𫄰𦈔绉缣缊缞缚缜缟缛县绦缝𦈚缡缩𬙂𫄳纵缧䌸纤缦絷缕𫄲缥𦈐总绩𫄴绷缫缪𫄶𦈝𰬸缯𦈛织缮缭绕𦈎绣缋𫄤绳绘系𫄱茧缰缳缲缴𫄷𫄣䍁绎𦈡继缤缱䍀𫄸𬙊颣缬纩续累缠缨才𬙋纤𫄹缵𫄥缆钵䓨坛罂坛罚骂罢罗罴羁芈群羟羡义𫅗膻习玩翚翘翙耧耢圣闻联聪声耸聩聂职聍𫆏听聋肃胁脉胫唇𣍰修脱胀肾胨脶脑𣍯肿脚肠腽腘肤䏝胶𦝼腻𪱥胆脍脓脸脐膑𣎑腊胪脏脔臜卧临台与兴举旧铺馆舱𫇛舣舰舻艰艳刍苎兹荆庄茎荚苋𰰨华庵烟苌莱万荝莴叶荭着𫈎荮苇药荤𫇭搜莼莳蒀莅𫇴苍荪席盖𦰏莲苁莼荜𬜬卜参蒌蒋葱茑荫𫈟𫇭荨蒇荞荬芸莸荛𫈵蒉荡芜萧𫈉蓣𫇽蕰𫉁荟蓟芗姜蔷荙莶荐萨䓕苎䓓苔荠蓝荩艺药薮䓖蕴苈𫉄蔼蔺萚蕲芦苏蕴苹藓蔹𦻕茏兰蓠萝蔂𬟁处虚虏号亏虬蛱蜕蚬𬟽蚀猬虾虱蜗蛳蚂萤䗖蝼螀𫋇蛰蝈螨𫋌𫊸虮蝉蛲虫𫊻蛏蚁𧏗蚃蝇虿蝎蛴蝾蚝𧏖蜡蛎𫊮蟏蛊蚕蛮𧑏众蔑术同胡卫冲衮夹袅里补装里制复裈袆裤裢褛亵𫌀裥裥袯𫋹袄𫋷𫋻裣裆褴袜摆衬𧝝袭襕𫌇核见觃规觅视觇𫌪觋觍觎亲觊觏觐觑𫌭觉𫌨览觌观觞觯触讠订讣计讯讧讨𬣙讦𫍙讱训讪讫托记讹𫍛讶𫍚讼䜣诀讷𫟞讻访设许诉诃诊注证𧮪诂诋𫟟讵诈𫍡诒𫍜诏评诐诇诎诅𬣞词咏诩询诣试诗𬣳诧诟诡诠诘话该详诜𫍣诙诖𫍥诔诛诓夸𫍪志认诳诶诞诱诮语诚诫诬误诰诵诲说𫍨说谁课𫍮𫟡谇𫍬诽𫍧谊訚调谄谆谈诿请诤诹诼谅𬣡论谂谀谍谞谝𬤊谥诨𫍩谔𫍳谛谐谏谕咨𫍱𫍰讳𬤇谙𫍯谌讽诸谚谖诺谋谒谓誊诌𫍸𫍷谎谜𫍲谧谑谡谤谦谥讲谢谣谣谟谪谬谫𫍹𫍴讴𫍵谨谩哗𫟠𰶎𫍻证𫍢谲讥𫍤𬤝谮识谯谭谱𫍽噪𫍦谵毁译议谴护诪誉谫读谉变詟䜩雠谗让谰谶赞谠谳溪岂竖丰艳猪𫎆豮狸猫𫎌䝙贝贞贠负财贡贫货贩贪贯责贮贳赀贰贵贬买贷贶费贴贻贸贺贲赂赁贿赅资贾贼赈赊宾赇赒赉赐𫎩赏𧹖赔赓贤卖贱赋赕质赍账赌䞐赖赗赚赙购赛赜𧹗贽赘赟赠𫎫赞赝赡赢赆𫎬赃赑赎赝𫎦赣赃赪赶赵趋趱迹践逾踊跄𫏐跸迹跖蹒踪𫏆跷𫏋跶趸踌跻跃䟢踯跞踬蹰𨀁跹𨅬蹑蹿躜躏躯𨉗车轧轨军𫐄轪轩轫𫐅𨐅轭𫐇𬨂软轷𫐉轸𫐊轱𫐈轴轵轺轲轶轼𫐌较𨐈辂辁辀载轾𪨶辄挽辅轻𫐏𫐐辆辎辉辋辍𫐎辊辇𫐑辈轮辌𫐓辑辏𬨎𫐒输辐辒辗舆辒毂辖辕辘𫐖转𫐕辙轿𫐗辚𫐘轰𫐙辔轹𫐆轳办辞辫辩农回径这连周进游运过达违遥逊递远溯适𫐷迟绕迁选遗辽迈还迩边逻逦郏邮郓乡邹邬郧𫑘邓𬩽郑邻郸𫑡邺郐邝酂郦腌酝丑酝蒏糖医酱酦𬪩𫑷酿衅酾酽释厘钅钆钇钌钊钉钋𫟲针𫓥钓钐扣钏𫓦钒𫟳𨰿𬬩钗钍钕钎䥺𬬱钯钫钘钭钥𫓪𫓧钚钠𨱂钝钩钤钣钑钞钮𫟴𫟵𫓨钧𨱁钟钙钬钛钪铌𨱄铈𨱃钶铃钴钹铍钰钸铀钿钾𨱅巨钻铊铉𬬿铇铋铂𫓬钷钳铆铅𫟷钺𫓭钵钩𬬸钲𬭁钼钽𬬹锫铏𫟹铰铒铬𫟸𫓴铪银𫓲𫟻铳铜𫓯𫓰铚𫟶铣铨铢铭铫铦衔铑铷铱铟铵铥铕铯铐铞锐𨱇销锈锑锉铝𰾄锒锌钡𨱈铤铗𬭎锋𫓶铻锊锓𫓵铘锄锃锔锇铓铺锐铖锆锂铽锍锯𬬮钢𬬭锞𨱋录锖锫锩铔锥锕锟锤锱铮锛𫓻𫓽𬭚锬锭锜钱𫓹𫓾锦锚锠锡锢错录锰表铼镎𫓸锝锨锪𨱉钫钔锴锳𫔂炼锅镀𫔄锷铡钖锻锽锸锲锘锹𬭤𨱎锾键锶锗针钟镁锿镅𫟿镑镰𫔅𬭩镕锁镉𫔈锤镈𨱏𫔇镃钨蓥镏铠铩锼镐镇镇𨱍镒镋镍镓鿔𨰾镌镎镞𨱌旋链𨱒镆镙𬭬镠镝铿锵𬭭镗镘镛铲镜镖镂𫔊𫓩錾镚铧镤镪䥽𬭸锈𫔌铙𨱑𫔍𫓱铴𫔎𨱓𨱔镣铹镦镡钟镫镢镨䦅锎锏镄𬭼𫓺镌镰䦃镯镭铁镮铎铛𫔁𫟼镱𰾭铸𫠁镬镔鉴鉴镲锧镴铄镳镥𬬻镧钥镵镶𫔔镊镩锣钻銮凿镢镋长门闩闪闫闬闭开闶𨸂闳闰𨸃闲闲间闵𫔯闸𫠂𫔰阂阁合阀闺闽阃阆闾阅阅𫔴阊阉阎阏阍阈阌阒板暗闱𬮱阔阕阑阇阗𫔶阘闿阖阙闯关阚阓阐辟阛闼陉陕升阵阴陈陆阳陧队阶𬮿陨际𬯎随险𬯀陦隐陇隶只隽虽双雏杂鸡离难云电沾霡𫕥雾𪵣霁雳霭叇灵叆靓静靔腼𫖃靥巩绱秋鞒𫖇缰鞑千鞯韦韧韨韩韪𫠅𫖔韬鞲韫𫖒韵响页顶顷项顺顸须顼颂𫠆颀颃预顽颁顿𬱖颇领颌𬱟颉颐颏𫖯头颒颊颋颕𫖳颔颈颓频颓𩓋𩖖𫖶颗题额颚颜颙颛颜𫖮愿颡颠类颟𫖹颢顾颤颥显颦颅颞颧风飐飑飒𩙥台刮飓𩙪飔飏飖飕𩙫飗飘飙飚𫗋飞饣饥饤饦𫗞饨饪饫饬饭飧饮饴𫗢𫗣饲饱饰饳饺饸饼糍饷养饵饹饻饽馁饿𫗦馂饾𫗧余肴馄馃饯馅𫗠𫗪馆𫗬𫗥糊𫗮糇饧喂馉馇𩠌馎饩馏馊馌馍馒馐馑馓馈馔饥饶飨𫗴餍馋𫗵𫗩馕马驭冯𫘛驮驰驯驲𫘜驳𫘝𬳶𫘟𩧨驻驽驹𬳵驵驾骀驸𩧫驶驼𫘞驷骂骈𫘠𩧲𩧴𬳽𫘡骇骃骆𩧺骎𫘣𬳿骏骋骍𫘤𫘧骓𫘥𫘦骔骒骑骐𬴂𩨀骛骗𩨊𫘩𩨃𬴃𩨈𫘨骙䯄𩨄骞骘骝腾𫘬𫘫𫘪驺骚骟𫘭𫠋骡蓦骜骖骠骢驱骅𩧯骕骁𬴊骣𫘯骄验𫘰惊驿骤驴骧骥骦𫘱骊骉肮髅脏体髌髋发松胡𩭹须𫘽鬓斗闹哄阋阄郁鬶魉魇鱼鱽𫚉鱾𩽹𫚌鲀鲁鲂𫚍鱿鲄𫠐𬶍鲅鲆𫚒𫚑𫚖𬶋鲌鲉鲏鲇鲐鲍鲋鲊鲒鲘鲞鲕𩽾𬶏𬶐䲟𫚓鲖鲔鲛鲑鲜𫚗𫚔鲓𫚛鲪𩾃鲝𫚚鲧鲠𩾁𫚙鲩鲤鲨鲬鲻鲯鲭鲞鲷鲴𫚡鲱鲵鲲鲳鲸鲮鲰𫚞鲶𩾇鲺𩽼鳀𬶟鲫𫚣鳊鳈鲗鳂䲠鲽鳇𬶠𫚢䲡鳅鲾鳄𫚊鳆鳃𫚥鳁鳒鳑鳋鲥𫚕鳏𫚤䲢鳎鳐𫚦鳍鳁鲢鳌鳓鳘𬶭鲦鲣鲹鳗鳛𫚧鳔𬶨鳉𫚋鳙𫠒𩾌鳕鳖𫚪鳟鳝鳜鳞鲟𬶮鲼鲎鲙𫚫鳣鳡鳢鲿鲚𫚈鳠𫚭鳄鲈鲡鸟凫鸠凫鸤凤鸣鸢𫛛𪉃𫛚䴓𫛜𫛞𫛝鸩鸨鸦𫛤鸰𫛡鸵𫁡鸳𪉈鸲鸮鸱鸪𫛣鸯鸭𫛦鸸鸹𪉆𫛩鸻䴕鸿𫛪鸽䴔鸺鸼𫛥𬷕鹀鹃鹆鹁𪉍鹈鹅𫛭鹄鹉𫛨𫛳鹌𫛱鹏鹐鹎雕鹊鹓鹍䴖鸫鹑鹒𫛵𫛶鹋鹙𫛸鹕鹗𬸘鹖鹛𫛷鹜䴗鸧𫛯莺𫛫𬸣鹟鹤鹠鹡鹘鹣鹚鹚鹢鹞鸡𫛽䴘鹝𫜀鹧𪉑鹥鸥鸷鹨𬸦𫜃𫛴鸶鹪𪉊𫜁鹔𬸪鹩鹫鹇鹇𫜄鹬鹰鹭鸴𬸯㶉鹯䴙𫛢鹱鹲𬸚鸬𫛟鹴鹦鹳鹂鸾卤咸鹾碱盐丽麦𪎊麸面面𤿲曲𪎉𪎌曲面𫜑么么黄黉点党黪霉黡黩黾鼋鼌鼍冬鼹齐斋赍齑齿龀龁龂𬹼龅龇龃龆龄出龈啮𫜪龊龉𫜭𬺈𫠜𫜬龋𫜮腭龌𬺓𫜰龙厐庞䶮𫜲龚龛龟𩨎𨱆䜤鿒ꙁꙃꙅꙇꙉꙋꙍꙏꙑꙓꙕꙗꙙꙛꙝꙟꙡꙣꙥꙧꙩꙫꙭꚁꚃꚅꚇꚉꚋꚍꚏꚑꚓꚕꚗꚙꚛꜣꜥꜧꜩꜫꜭꜯꜳꜵꜷꜹꜻꜽꜿꝁꝃꝅꝇꝉꝋꝍꝏꝑꝓꝕꝗꝙꝛꝝꝟꝡꝣꝥꝧꝩꝫꝭꝯꝺꝼᵹꝿꞁꞃꞅꞇꞌɥꞑꞓꞗꞙꞛꞝꞟꞡꞣꞥꞧꞩɦɜɡɬɪʞʇʝꭓꞵꞷꞹꞻꞽꞿꟁꟃꞔʂᶎꟈꟊꟑꟗꟙꟶ岂更车贾滑串句龟龟契金喇奈懒癞罗萝螺裸逻乐洛烙珞落酪骆乱卵栏烂兰鸾岚滥蓝褴拉腊蜡廊朗浪狼郎来冷劳掳橹炉卢老芦虏路露鲁鹭碌禄绿菉录鹿论垄弄笼聋牢磊赂雷垒屡楼泪漏累缕陋勒肋凛凌棱绫菱陵读拏乐诺丹宁怒率异北磻便复不泌数索参塞省叶说杀辰沈拾若掠略亮两凉梁粮良谅量励吕女庐旅滤砺闾骊丽黎力历历轹年怜恋撚涟炼琏秊练联辇莲连炼列劣咽烈裂说廉念捻殓帘猎令囹宁岭怜玲莹羚聆铃零灵领例礼醴隶恶了僚寮尿料乐燎疗蓼辽龙晕阮刘杻柳流溜琉留硫纽类六戮陆伦仑沦轮律栗栗率隆利吏履易李梨泥理痢罹里里里离匿溺吝燐璘蔺隣鳞麟林淋临立笠粒状炙识什茶刺切度拓糖宅洞暴辐行降见廓兀嗀冢晴凞猪益礼神祥福靖精羽蘒诸逸都饭饲馆鹤郞隷侮僧免勉勤卑喝叹器塀墨层屮悔慨憎惩敏既暑梅海渚汉煮爫琢碑社祉祈祐祖祝祸祯谷突节练缙繁署者臭艹艹着褐视谒谨宾赠辶逸难响频恵𤋮馆并况全侀充冀勇勺喝啕喙嗢冢坟奄奔婢嬨廒廙彩徭惘慎愈憎慠惩戴揄搜摒敖晴朗望杖歹杀流滛滋汉瀞煮瞧爵犯猪瑱甆画瘝瘟益盛直睊着磌窱节类绦练缾者荒华蝹襁覆视调诸请谒诺谕谨变赠输迟醙铏陼难靖𫖔响頋频鬒龟𢡊𢡄𣏕㮝䀘𥅴𥉉𥳐𧻓齃厐!"#$%&'()*+,-./0123456789:;<=>?@abcdefghijklmnopqrstuvwxyz[\]^_`abcdefghijklmnopqrstuvwxyz{|}~𐐨𐐩𐐪𐐫𐐬𐐭𐐮𐐯𐐰𐐱𐐲𐐳𐐴𐐵𐐶𐐷𐐸𐐹𐐺𐐻𐐼𐐽𐐾𐐿𐑀𐑁𐑂𐑃𐑄𐑅𐑆𐑇𐑈𐑉𐑊𐑋𐑌𐑍𐑎𐑏𐓘𐓙𐓚𐓛𐓜𐓝𐓞𐓟𐓠𐓡𐓢𐓣𐓤𐓥𐓦𐓧𐓨𐓩𐓪𐓫𐓬𐓭𐓮𐓯𐓰𐓱𐓲𐓳𐓴𐓵𐓶𐓷𐓸𐓹𐓺𐓻𐖗𐖘𐖙𐖚𐖛𐖜𐖝𐖞𐖟𐖠𐖡𐖣𐖤𐖥𐖦𐖧𐖨𐖩𐖪𐖫𐖬𐖭𐖮𐖯𐖰𐖱𐖳𐖴𐖵𐖶𐖷𐖸𐖹𐖻𐖼𐳀𐳁𐳂𐳃𐳄𐳅𐳆𐳇𐳈𐳉𐳊𐳋𐳌𐳍𐳎𐳏𐳐𐳑𐳒𐳓𐳔𐳕𐳖𐳗𐳘𐳙𐳚𐳛𐳜𐳝𐳞𐳟𐳠𐳡𐳢𐳣𐳤𐳥𐳦𐳧𐳨𐳩𐳪𐳫𐳬𐳭𐳮𐳯𐳰𐳱𐳲𑣀𑣁𑣂𑣃𑣄𑣅𑣆𑣇𑣈𑣉𑣊𑣋𑣌𑣍𑣎𑣏𑣐𑣑𑣒𑣓𑣔𑣕𑣖𑣗𑣘𑣙𑣚𑣛𑣜𑣝𑣞𑣟𖹠𖹡𖹢𖹣𖹤𖹥𖹦𖹧𖹨𖹩𖹪𖹫𖹬𖹭𖹮𖹯𖹰𖹱𖹲𖹳𖹴𖹵𖹶𖹷𖹸𖹹𖹺𖹻𖹼𖹽𖹾𖹿𞤢𞤣𞤤𞤥𞤦𞤧𞤨𞤩𞤪𞤫𞤬𞤭𞤮𞤯𞤰𞤱𞤲𞤳𞤴𞤵𞤶𞤷𞤸𞤹𞤺𞤻𞤼𞤽𞤾𞤿𞥀𞥁𞥂𞥃𠀾𠆿𠉗𫝋㓆𠛆𠚳𪠡𫪄𪠺𪜎𪢒𪡺𠴛𪢐𠴢𠵸𠲥𪢖𫭼𡋗𪤄𡋀𡍣㛟𫝪㛿㛠𡭜𡭬𡳃𪨩𪨹岁𡸃㟜𪩛𪪴𢙑𪬚𢘝𢘞𪫡𢘙𪬯𪭝𪭯𢫞𢫊𢬦𪮳暅𣈣𫧃㭣𪳗𣘷𣘓𣞎𣑶𣯣𣭤毶𪶮㳢𣶫𣺽𪶒𣷷𤎻𪹀𤊀𪹹𪹠𤎺𤊰𪺣𤙯𫞢𪺪𪺸𤝢𢢐𫞧㻘㻏𪼴𪽝𤳄𪽭𤶧𪽴𥅿𥅘𪿊𥐰𥐯𪿞𪿵𬒗𫀓𫀌𥞦䅪𫞷𫀮𥧂𥩺𫁳𫂖𫁺𥱔𥭉𫁱𥮋𫂿𥹥𥺇𫄝𦈈𫄦𦈒𦈗𫄯𫄪𫄵𫟇𫅥𫅼𡳒𫆝𫞅𫆫𣍨𦟗𫇘䑽𦨩𫇪𦶻𧌥𫊹𧒭𧉐䘞䙊䘛𫌋𧝧𫌫𫌬𫍞𫍟𫍭䜥𫍶𫍺𫍼𫍾𫍐𧳕䞌𧹓䞎𪠀𫎨𪥠𫎸𫏌𨀱𨁴𫏕𧿈𨅫𫏨𫏞𫏑𨂺𨄄䢀䢁𨐆䢂𫐍𫐔𫐋𨐉𨐇𨐊𫟫𫟬𨡙𨡺𨟳𨠨𨤰𨱀𫓫䦀𬭊䦁𫟽𨱊𬭛𫓼𫓿𫟾𫓮𨱐𫔏𬭶𬭳𫔑𫔐𨱕𫔒䥿𫔓𫔉𫓳𫔕𫔃𫔖𨸁𨸀𨸅𫔲𨸆𨸇𨸉𨸊𨸌𨸋𨸎𫔽𨸘𫕚𫕨𫖑𩏾𫖓𫖖𩏽𫃗𫖪𫖭𩖕𫖵𫖷𫖴𫠇𩙦𫗈𫗉𩙩𩙭𩙨𩙬𩙰𩟿𩠀𫗡𩠁𩠂𫗤𫗨𩠃𩠉𩠆𩠊𩠋𫗳𩠎𩠏䭪𩠅𫗚𩠠𩡖𩧦𩧬𩧵𩧳𩧮𩧶䯃𩧸𩧻𩧼𩧩𩨆𩨉𩨅𩨋𩨍𩧱𩨌𫠌𩨐𩬣𫙂𩯒𩬤𩰰𩲒𩴌𫠏𩽺𩽻𫚎䲞𩽿𩽽𩾄𩾅𫚝𫚟𩾆𫚨𫚩𫚘𫚬𩾎𫠖𫛠𪉄𫛧𪉅𪉋𪉉𪉌𪉎𪉐𪉏𫛻𫛹𪉔𪉒𫜂𫛾𪉕𱊜𫜊𫧮𫜓𫜕𫜟𪔭𪚏𪚐𫜯𠛾𣶭𫓷𫜫$new$) $_$;

CREATE FUNCTION archive.highlight(article_id bigint, query text, opening text DEFAULT '【'::text, closing text DEFAULT '】'::text) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    wanted text := archive.fold(btrim(query));
    body text;
    folded text;
    place integer;
    marked text := '';
begin
    select d.clean_text, right(d.folded, length(d.clean_text)) into body, folded
    from public.current_document d where d.of_article_id = highlight.article_id;
    if body is null or coalesce(wanted, '') = '' then
        return body;
    end if;
    loop
        place := strpos(folded, wanted);
        exit when place = 0;
        marked := marked || left(body, place - 1) || opening || substr(body, place, length(wanted)) || closing;
        body := substr(body, place + length(wanted));
        folded := substr(folded, place + length(wanted));
    end loop;
    return marked || body;
end $$;

CREATE FUNCTION archive.paragraph_changes(before text[], before_keys bigint[], after text[], after_keys bigint[]) RETURNS TABLE(change text, paragraph integer, previous_paragraph integer)
    LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    by_words boolean := before_keys is null or after_keys is null;
    old_keys text[]; old_places integer[]; old_gaps integer[];
    new_keys text[]; new_places integer[]; new_gaps integer[];
    head integer := 0; tail integer := 0; gap integer := 0;
    olds integer; news integer; width integer; i integer; j integer;
    common integer[];
    pair record;
begin
    select coalesce(array_agg(key order by place), '{}'), coalesce(array_agg(place order by place), '{}')
    into old_keys, old_places
    from (
        select u.place,
            case when by_words then regexp_replace(u.words, '\s', '', 'g') else before_keys[u.place]::text end as key
        from unnest(before) with ordinality as u (words, place)
    ) said where key not in ('', '0');
    select coalesce(array_agg(key order by place), '{}'), coalesce(array_agg(place order by place), '{}')
    into new_keys, new_places
    from (
        select u.place,
            case when by_words then regexp_replace(u.words, '\s', '', 'g') else after_keys[u.place]::text end as key
        from unnest(after) with ordinality as u (words, place)
    ) said where key not in ('', '0');
    olds := cardinality(old_keys);
    news := cardinality(new_keys);
    while head < least(olds, news) and old_keys[head + 1] = new_keys[head + 1] loop
        head := head + 1;
    end loop;
    while tail < least(olds, news) - head and old_keys[olds - tail] = new_keys[news - tail] loop
        tail := tail + 1;
    end loop;
    old_keys := old_keys[head + 1 : olds - tail];
    old_places := old_places[head + 1 : olds - tail];
    new_keys := new_keys[head + 1 : news - tail];
    new_places := new_places[head + 1 : news - tail];
    olds := olds - head - tail;
    news := news - head - tail;

    -- common[(i - 1) * width + j]: how long a sequence the paragraphs from i and from j on have in common.
    width := news + 1;
    common := array_fill(0, array[(olds + 1) * width]);
    for i in reverse olds .. 1 loop
        for j in reverse news .. 1 loop
            common[(i - 1) * width + j] := case when old_keys[i] = new_keys[j] then common[i * width + j + 1] + 1
                else greatest(common[i * width + j], common[(i - 1) * width + j + 1]) end;
        end loop;
    end loop;
    old_gaps := array_fill(null::integer, array[olds]);
    new_gaps := array_fill(null::integer, array[news]);
    i := 1;
    j := 1;
    while i <= olds or j <= news loop
        if i <= olds and j <= news and old_keys[i] = new_keys[j] then
            gap := gap + 1;
            i := i + 1;
            j := j + 1;
        elsif j > news or (i <= olds and common[i * width + j] >= common[(i - 1) * width + j + 1]) then
            old_gaps[i] := gap;
            i := i + 1;
        else
            new_gaps[j] := gap;
            j := j + 1;
        end if;
    end loop;

    for i in 1 .. olds loop
        for j in 1 .. news loop
            if old_gaps[i] is not null and new_gaps[j] is not null and old_keys[i] = new_keys[j] then
                return query select 'moved', new_places[j] - 1, old_places[i] - 1;
                old_gaps[i] := null;
                new_gaps[j] := null;
            end if;
        end loop;
    end loop;

    for pair in
        with went as (
            select u.i, old_gaps[u.i] as gap, public.grams(before[old_places[u.i]]) as said,
                count(*) over (partition by old_gaps[u.i]) as many
            from generate_series(1, olds) as u (i) where old_gaps[u.i] is not null
        ), came as (
            select u.j, new_gaps[u.j] as gap, public.grams(after[new_places[u.j]]) as said,
                count(*) over (partition by new_gaps[u.j]) as many
            from generate_series(1, news) as u (j) where new_gaps[u.j] is not null
        )
        select w.i, c.j, w.many = 1 and c.many = 1 as alone, s.shared,
            100 * s.shared / greatest(least(cardinality(w.said), cardinality(c.said)), 1) as share
        from went w join came c on c.gap = w.gap
        cross join lateral (
            select count(*) as shared from (select unnest(w.said) intersect select unnest(c.said)) as both_say
        ) s
        order by alone desc, shared desc, i, j
    loop
        if old_gaps[pair.i] is not null and new_gaps[pair.j] is not null and (pair.alone or pair.share >= 40) then
            return query select 'changed', new_places[pair.j] - 1, old_places[pair.i] - 1;
        elsif old_gaps[pair.i] is not null and new_gaps[pair.j] is null and pair.shared >= 4 and pair.share >= 70 then
            return query select 'merged', new_places[pair.j] - 1, old_places[pair.i] - 1;
        elsif old_gaps[pair.i] is null and new_gaps[pair.j] is not null and pair.shared >= 4 and pair.share >= 70 then
            return query select 'split', new_places[pair.j] - 1, old_places[pair.i] - 1;
        else
            continue;
        end if;
        old_gaps[pair.i] := null;
        new_gaps[pair.j] := null;
    end loop;
    return query select 'removed', null::integer, old_places[u.i] - 1
        from generate_series(1, olds) as u (i) where old_gaps[u.i] is not null;
    return query select 'added', new_places[u.j] - 1, null::integer
        from generate_series(1, news) as u (j) where new_gaps[u.j] is not null;
end $$;

CREATE FUNCTION archive.search(query text, since timestamp with time zone DEFAULT NULL::timestamp with time zone, until timestamp with time zone DEFAULT NULL::timestamp with time zone, outlet text DEFAULT NULL::text) RETURNS TABLE(article_id bigint, outlet_name text, published_at timestamp with time zone, title text, excerpt text, url text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    wanted text := archive.fold(btrim(query));
begin
    if wanted is null or wanted = '' then
        raise exception 'search needs at least one character' using errcode = 'invalid_parameter_value';
    end if;
    return query
    select d.article_id, o.name, d.published_at, said.title, archive.excerpt(said.body, said.folded, wanted), a.url
    from (
        select d.id, d.clean_title as title, d.clean_text as body, d.folded from public.document d
        where public.grams(d.folded) @> public.grams(wanted) and strpos(d.folded, wanted) > 0
            and not exists (select from public.reviewed r where r.document_id = d.id)
        union all
        select r.document_id, r.clean_title, r.clean_text, r.folded from public.reviewed r
        where public.grams(r.folded) @> public.grams(wanted) and strpos(r.folded, wanted) > 0
    ) said
    join public.document d on d.id = said.id
    join public.article a on a.id = d.article_id
    join public.outlet o on o.id = a.outlet_id
    where (search.outlet is null or o.name = search.outlet)
        and (since is null or d.published_at >= since)
        and (until is null or d.published_at < until)
        and exists (
            select 1 from public.current_document v where v.of_article_id = d.article_id and v.id = d.id)
    order by d.published_at desc nulls last, d.article_id;
end $$;

CREATE FUNCTION public.grams(folded text) RETURNS integer[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    letters text[] := string_to_array(folded, null);
    previous integer;
    current integer;
    found integer[] := '{}';
begin
    for place in 1 .. coalesce(array_length(letters, 1), 0) loop
        current := ascii(letters[place]);
        if place > 1 then
            found[place - 1] := (previous % 32768) * 65536 + current % 65536;
        end if;
        previous := current;
    end loop;
    return found;
end $$;

CREATE FUNCTION public.grant_reader() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    large_object_function regprocedure;
begin
    execute format('revoke temporary on database %I from public', current_database());
    revoke create on schema public from public;
    revoke all on all functions in schema public from public;
    revoke all on all functions in schema archive from public;
    if exists (select 1 from pg_roles where rolname = 'archive_reader') then
        grant usage on schema archive to archive_reader;
        grant select on all tables in schema archive to archive_reader;
        grant execute on all functions in schema archive to archive_reader;
    end if;
    for large_object_function in
        select oid from pg_proc where pronamespace = 'pg_catalog'::regnamespace
            and (proname like 'lo\_%' or proname in ('loread', 'lowrite'))
    loop
        begin
            execute format('revoke execute on function %s from public', large_object_function);
        exception when insufficient_privilege then null;
        end;
    end loop;
end $$;

CREATE FUNCTION public.keep_decisions() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception 'decisions are never changed or removed: a later one takes the place of an earlier one'
        using errcode = 'integrity_constraint_violation';
end $$;

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception 'models and snapshots are never changed or removed (table %)', tg_table_name
        using errcode = 'integrity_constraint_violation';
end $$;

CREATE FUNCTION public.refuse_rewrite() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception 'captures are never rewritten or removed (table %)', tg_table_name
        using errcode = 'integrity_constraint_violation';
end $$;

CREATE TABLE public.decision (
    id bigint NOT NULL,
    article_id bigint NOT NULL,
    key bytea NOT NULL,
    field text NOT NULL,
    before text NOT NULL,
    span text NOT NULL,
    after text NOT NULL,
    verdict text NOT NULL,
    kind text NOT NULL,
    replacement text,
    note text NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    CONSTRAINT decision_check CHECK (((kind = 'repaired'::text) = (replacement IS NOT NULL))),
    CONSTRAINT decision_decided_by_check CHECK ((decided_by <> ''::text)),
    CONSTRAINT decision_field_check CHECK ((field = ANY (ARRAY['body'::text, 'title'::text, 'document'::text]))),
    CONSTRAINT decision_key_check CHECK ((octet_length(key) = 32)),
    CONSTRAINT decision_kind_check CHECK ((kind = ANY (ARRAY['boilerplate'::text, 'off_topic'::text, 'promo'::text, 'injected'::text, 'echo'::text, 'repaired'::text, 'caption'::text, 'credit'::text, 'spun_word'::text, 'replaced_name'::text, 'suspect'::text]))),
    CONSTRAINT decision_verdict_check CHECK ((verdict = ANY (ARRAY['undone'::text, 'confirmed'::text, 'cut'::text, 'cleared'::text])))
);

CREATE TABLE public.mark (
    document_id bigint NOT NULL,
    ordinal integer NOT NULL,
    field text NOT NULL,
    paragraph integer,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    kind text NOT NULL,
    rule text NOT NULL,
    score integer NOT NULL,
    replacement text,
    CONSTRAINT mark_check CHECK ((end_offset >= start_offset)),
    CONSTRAINT mark_check1 CHECK (((field = 'body'::text) = (paragraph IS NOT NULL))),
    CONSTRAINT mark_check2 CHECK (((kind = 'repaired'::text) = (replacement IS NOT NULL))),
    CONSTRAINT mark_field_check CHECK ((field = ANY (ARRAY['body'::text, 'title'::text, 'document'::text]))),
    CONSTRAINT mark_kind_check CHECK ((kind = ANY (ARRAY['boilerplate'::text, 'off_topic'::text, 'promo'::text, 'injected'::text, 'echo'::text, 'repaired'::text, 'caption'::text, 'credit'::text, 'spun_word'::text, 'replaced_name'::text, 'suspect'::text]))),
    CONSTRAINT mark_score_check CHECK (((score >= 0) AND (score <= 1000)))
);

CREATE TABLE public.reviewed_mark (
    document_id bigint NOT NULL,
    ordinal integer NOT NULL,
    field text NOT NULL,
    paragraph integer,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    kind text NOT NULL,
    rule text NOT NULL,
    score integer NOT NULL,
    replacement text,
    decision_id bigint
);

CREATE VIEW public.decided_mark AS
 SELECT m.document_id,
    m.ordinal,
    m.field,
    m.paragraph,
    m.start_offset,
    m.end_offset,
    m.kind,
    m.rule,
    m.score,
    m.replacement,
    NULL::bigint AS decision_id,
    NULL::text AS verdict
   FROM public.mark m
  WHERE (NOT (EXISTS ( SELECT
           FROM public.reviewed r
          WHERE (r.document_id = m.document_id))))
UNION ALL
 SELECT m.document_id,
    m.ordinal,
    m.field,
    m.paragraph,
    m.start_offset,
    m.end_offset,
    m.kind,
    m.rule,
    m.score,
    m.replacement,
    m.decision_id,
    d.verdict
   FROM (public.reviewed_mark m
     LEFT JOIN public.decision d ON ((d.id = m.decision_id)));

CREATE TABLE public.reading (
    capture_id bigint NOT NULL,
    version_id integer NOT NULL,
    outcome text NOT NULL,
    detail text DEFAULT ''::text NOT NULL,
    read_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT reading_outcome_check CHECK ((outcome = ANY (ARRAY['read'::text, 'not_text'::text, 'block_page'::text, 'captcha'::text, 'soft_404'::text, 'no_body'::text, 'too_complex'::text, 'timeout'::text, 'memory'::text, 'crashed'::text])))
);

CREATE TABLE public.version (
    id integer NOT NULL,
    outlet_id integer NOT NULL,
    pipeline_version text NOT NULL,
    source_digest text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE VIEW public.visible_document AS
 SELECT d.id,
    c.id AS capture_id,
    d.version_id,
    d.article_id,
    d.layout,
    d.charset,
    d.title,
    d.byline,
    d.origin,
    d.published_text,
    d.published_at,
    COALESCE(r.clean_title, d.clean_title) AS clean_title,
    COALESCE(r.clean_text, d.clean_text) AS clean_text,
    COALESCE(r.folded, d.folded) AS folded,
    d.spun_score,
    d.outside_chars,
    COALESCE(r.text_digest, d.text_digest) AS text_digest,
    d.kicker,
    d.subtitle,
    d.column_name,
    d.section,
    d.editor,
    d.date_quality,
    d.found_by,
    d.language,
    t.text_id,
        CASE
            WHEN (r.document_id IS NULL) THEN d.title_key
            ELSE r.title_key
        END AS title_key,
        CASE
            WHEN (r.document_id IS NULL) THEN d.paragraph_keys
            ELSE r.paragraph_keys
        END AS paragraph_keys,
    c.outlet_id,
    c.role,
    c.fetched_at
   FROM (((public.document d
     JOIN public.capture c ON ((c.id = d.capture_id)))
     LEFT JOIN public.reviewed r ON ((r.document_id = d.id)))
     LEFT JOIN public.document_text t ON ((t.document_id = d.id)))
  WHERE (d.id = ( SELECT v.id
           FROM public.document v
          WHERE (v.capture_id = c.id)
          ORDER BY (v.version_id = ( SELECT o.promoted_version_id
                   FROM public.outlet o
                  WHERE (o.id = c.outlet_id))) DESC NULLS LAST, v.version_id DESC
         LIMIT 1));

CREATE VIEW archive.article AS
 SELECT a.of_article_id AS article_id,
    o.name AS outlet,
    a.url,
    a.clean_title AS title,
    a.byline,
    a.origin,
    a.published_at,
    a.published_text,
    a.clean_text AS text,
    length(a.clean_text) AS characters,
    a.first_seen_at,
    a.last_seen_at,
    (( SELECT count(*) AS count
           FROM public.visible_document d
          WHERE (d.article_id = a.of_article_id)))::integer AS captures,
    (( SELECT count(*) AS count
           FROM public.decided_mark m
          WHERE ((m.document_id = a.id) AND (m.verdict IS DISTINCT FROM 'undone'::text) AND (m.kind = ANY (ARRAY['boilerplate'::text, 'off_topic'::text, 'promo'::text, 'injected'::text, 'echo'::text])))))::integer AS cuts,
    a.spun_score,
    a.layout,
    a.charset,
    a.capture_id,
    a.id AS document_id,
    v.pipeline_version,
    v.source_digest,
    a.kicker,
    a.subtitle,
    a.column_name,
    a.section,
    a.editor,
    a.date_quality,
    a.language,
    a.found_by,
    g.gone_at,
    g.gone_how
   FROM (((public.current_document a
     JOIN public.outlet o ON ((o.id = a.outlet_id)))
     JOIN public.version v ON ((v.id = a.version_id)))
     LEFT JOIN LATERAL ( SELECT
                CASE
                    WHEN bool_and((looked.gone_at IS NOT NULL)) THEN max(looked.gone_at)
                    ELSE NULL::timestamp with time zone
                END AS gone_at,
                CASE
                    WHEN bool_and((looked.gone_at IS NOT NULL)) THEN (array_agg(looked.how ORDER BY looked.gone_at DESC))[1]
                    ELSE NULL::text
                END AS gone_how
           FROM ((( SELECT DISTINCT c.outlet_id,
                    c.url_digest
                   FROM (public.visible_document d
                     JOIN public.capture c ON ((c.id = d.capture_id)))
                  WHERE (d.article_id = a.of_article_id)) address
             CROSS JOIN LATERAL ( SELECT max(GREATEST(c.fetched_at, ( SELECT max(f.fetched_at) AS max
                           FROM public.fetch_attempt f
                          WHERE (f.capture_id = c.id)))) AS at
                   FROM public.capture c
                  WHERE ((c.outlet_id = address.outlet_id) AND (c.url_digest = address.url_digest) AND (EXISTS ( SELECT
                           FROM public.document d
                          WHERE (d.capture_id = c.id))))) shown)
             LEFT JOIN LATERAL ( SELECT f.fetched_at AS gone_at,
                        CASE f.outcome
                            WHEN 'gone'::text THEN (COALESCE(f.status, 404))::text
                            ELSE 'notice'::text
                        END AS how
                   FROM public.fetch_attempt f
                  WHERE ((f.outlet_id = address.outlet_id) AND (f.url_digest = address.url_digest) AND (f.fetched_at > shown.at) AND ((f.outcome = 'gone'::text) OR ((EXISTS ( SELECT
                           FROM public.reading r
                          WHERE ((r.capture_id = f.capture_id) AND (r.outcome = 'soft_404'::text)))) AND (NOT (EXISTS ( SELECT
                           FROM public.document d
                          WHERE (d.capture_id = f.capture_id)))))))
                  ORDER BY f.fetched_at
                 LIMIT 1) looked ON (true))) g ON (true));

COMMENT ON VIEW archive.article IS 'One row an article: what its current text is, after the marks and what people decided about them. Undo nothing here: see archive.paragraph and archive.mark, and `huiliu review`';

COMMENT ON COLUMN archive.article.article_id IS 'The article''s number in this archive';

COMMENT ON COLUMN archive.article.outlet IS 'Name of the outlet that published it';

COMMENT ON COLUMN archive.article.url IS 'Canonical URL at which it was first seen; archive.capture has all of its addresses';

COMMENT ON COLUMN archive.article.title IS 'Title, after the marks';

COMMENT ON COLUMN archive.article.byline IS 'Authors as the page names them, joined by 、';

COMMENT ON COLUMN archive.article.origin IS '来源: the medium that the page credits';

COMMENT ON COLUMN archive.article.published_at IS 'When it was published, as the page says; null where it gives no believable time';

COMMENT ON COLUMN archive.article.published_text IS 'That time as printed on the page';

COMMENT ON COLUMN archive.article.text IS 'Clean text: paragraphs joined by line feeds, cuts left out, repairs applied';

COMMENT ON COLUMN archive.article.characters IS 'Length of the clean text';

COMMENT ON COLUMN archive.article.first_seen_at IS 'When this archive first captured it';

COMMENT ON COLUMN archive.article.last_seen_at IS 'When the page was last seen showing this text';

COMMENT ON COLUMN archive.article.captures IS 'How many different captures of it, at any of its addresses, are held and were read';

COMMENT ON COLUMN archive.article.cuts IS 'How many spans were cut from the current text';

COMMENT ON COLUMN archive.article.spun_score IS 'Per mille; 500 and more says 伪原创 (spun text)';

COMMENT ON COLUMN archive.article.layout IS 'Which reader read it: layout:NAME, family:NAME or generic';

COMMENT ON COLUMN archive.article.charset IS 'Character set that its bytes were decoded with';

COMMENT ON COLUMN archive.article.capture_id IS 'The capture that the current text was read from';

COMMENT ON COLUMN archive.article.document_id IS 'The document that holds it';

COMMENT ON COLUMN archive.article.pipeline_version IS 'Version of the pipeline that read it';

COMMENT ON COLUMN archive.article.source_digest IS 'Digest of the outlet''s source file when it was read';

COMMENT ON COLUMN archive.article.kicker IS '引题: the line over the title, as printed; empty where there is none, as the columns that follow are';

COMMENT ON COLUMN archive.article.subtitle IS '副题: the line under the title, as printed';

COMMENT ON COLUMN archive.article.column_name IS 'The column that the title begins with, as printed';

COMMENT ON COLUMN archive.article.section IS 'Section of the site, or page of the paper (版面)';

COMMENT ON COLUMN archive.article.editor IS 'Editors as the page names them (责任编辑, 校对), joined by 、';

COMMENT ON COLUMN archive.article.date_quality IS 'What the page says of the time: minute, day, relative (3小时前), updated (its last change only) or address (a day in its URL only); where published_at is null: impossible, future or none';

COMMENT ON COLUMN archive.article.language IS 'Of the clean text: zh-Hans, zh-Hant, en, mixed, or empty for any other';

COMMENT ON COLUMN archive.article.found_by IS 'The rule that found each field, as {field: rule}; a field that was not found is left out';

COMMENT ON COLUMN archive.article.gone_at IS 'When its site was first seen to have taken it down, after it was last seen; null while it is there, or is there again';

COMMENT ON COLUMN archive.article.gone_how IS '404, 410, or notice: a page that says so (已删除) in its place';

CREATE TABLE public.payload (
    digest bytea NOT NULL,
    size integer NOT NULL,
    codec text NOT NULL,
    dict_id integer,
    body bytea,
    location text,
    CONSTRAINT payload_check CHECK (((body IS NULL) <> (location IS NULL))),
    CONSTRAINT payload_codec_check CHECK ((codec = ANY (ARRAY['zstd'::text, 'none'::text]))),
    CONSTRAINT payload_digest_check CHECK ((octet_length(digest) = 32))
);
ALTER TABLE ONLY public.payload ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE VIEW archive.capture AS
 SELECT c.id AS capture_id,
    o.name AS outlet,
    d.article_id,
    c.url,
    c.final_url,
    c.fetched_at,
    c.status,
    c.role,
    c.headers,
    p.size AS bytes,
    encode(c.payload_digest, 'hex'::text) AS payload_digest
   FROM (((public.capture c
     JOIN public.outlet o ON ((o.id = c.outlet_id)))
     JOIN public.payload p ON ((p.digest = c.payload_digest)))
     LEFT JOIN public.visible_document d ON ((d.capture_id = c.id)));

COMMENT ON VIEW archive.capture IS 'What was fetched: one row for each different body a URL has shown';

COMMENT ON COLUMN archive.capture.capture_id IS 'The capture''s number';

COMMENT ON COLUMN archive.capture.outlet IS 'The outlet';

COMMENT ON COLUMN archive.capture.article_id IS 'The article it is of; null for lists, feeds, parts and pages in which no article was read';

COMMENT ON COLUMN archive.capture.url IS 'Canonical URL';

COMMENT ON COLUMN archive.capture.final_url IS 'URL after redirects';

COMMENT ON COLUMN archive.capture.fetched_at IS 'When this body was first fetched';

COMMENT ON COLUMN archive.capture.status IS 'HTTP status';

COMMENT ON COLUMN archive.capture.role IS 'article, part, list, feed or robots';

COMMENT ON COLUMN archive.capture.headers IS 'Answer headers as [[name, value], ...], in the order sent';

COMMENT ON COLUMN archive.capture.bytes IS 'Size of the body';

COMMENT ON COLUMN archive.capture.payload_digest IS 'sha256 of the body, in hex';

CREATE VIEW public.copied_text AS
 SELECT own.article_id,
    other.article_id AS copy_article_id,
    own.id AS document_id,
    other.id AS copy_document_id,
    r.kind,
    r.score,
    r.holder,
    r.text_id,
    r.lines,
    r.own,
    r.others,
    first.outlet,
    later.outlet AS copy_outlet,
    first.published_at,
    later.published_at AS copy_published_at,
    first.first_seen_at,
    later.first_seen_at AS copy_first_seen_at,
    (later.appeared_at - first.appeared_at) AS delay,
    credit.is_given
   FROM (((((((public.document own
     JOIN public.document_text own_text ON ((own_text.document_id = own.id)))
     JOIN public.related_text r ON ((r.text_id = own_text.text_id)))
     JOIN public.document_text other_text ON ((other_text.text_id = r.other_id)))
     JOIN public.document other ON (((other.id = other_text.document_id) AND (other.article_id <> own.article_id))))
     CROSS JOIN LATERAL ( SELECT c.article_id,
            c.document_id,
            c.text_id,
            c.outlet,
            c.names,
            c.origin,
            c.published_at,
            c.first_seen_at,
            c.appeared_at
           FROM public.current_text c
          WHERE ((c.article_id = own.article_id) AND (c.document_id = own.id))
         OFFSET 0) first)
     CROSS JOIN LATERAL ( SELECT c.article_id,
            c.document_id,
            c.text_id,
            c.outlet,
            c.names,
            c.origin,
            c.published_at,
            c.first_seen_at,
            c.appeared_at
           FROM public.current_text c
          WHERE ((c.article_id = other.article_id) AND (c.document_id = other.id))
         OFFSET 0) later)
     CROSS JOIN LATERAL ( SELECT (EXISTS ( SELECT
                   FROM unnest(first.names) name(name)
                  WHERE (strpos(later.origin, name.name) > 0))) AS is_given,
            (EXISTS ( SELECT
                   FROM unnest(later.names) name(name)
                  WHERE (strpos(first.origin, name.name) > 0))) AS is_taken) credit)
  WHERE (ROW(first.appeared_at, first.first_seen_at, credit.is_taken, first.article_id) < ROW(later.appeared_at, later.first_seen_at, credit.is_given, later.article_id));

CREATE VIEW archive.copy AS
 SELECT article_id,
    copy_article_id,
    kind,
    score,
    published_at,
    copy_published_at,
    outlet,
    copy_outlet,
    first_seen_at,
    copy_first_seen_at,
    delay,
        CASE
            WHEN (holder IS NOT NULL) THEN
            CASE holder
                WHEN text_id THEN article_id
                ELSE copy_article_id
            END
            ELSE NULL::bigint
        END AS holder_article_id,
    (is_given AND (outlet <> copy_outlet)) AS is_credited
   FROM public.copied_text;

COMMENT ON VIEW archive.copy IS 'Pairs of articles with related texts, the one that had it first before the other: the earlier published (a date later than it was first seen proves nothing), then the earlier seen, then the one that does not credit the other''s outlet';

COMMENT ON COLUMN archive.copy.article_id IS 'The earlier article';

COMMENT ON COLUMN archive.copy.copy_article_id IS 'The later article';

COMMENT ON COLUMN archive.copy.kind IS 'same: equal once width, script, punctuation and white space are folded; near: one text with edits; contains: one holds the other; spun: the same text reworded (伪原创)';

COMMENT ON COLUMN archive.copy.score IS 'Likeness, per mille';

COMMENT ON COLUMN archive.copy.published_at IS 'When the earlier one was published, as its page says';

COMMENT ON COLUMN archive.copy.copy_published_at IS 'When the later one was published, as its page says';

COMMENT ON COLUMN archive.copy.outlet IS 'Outlet of the earlier one';

COMMENT ON COLUMN archive.copy.copy_outlet IS 'Outlet of the later one';

COMMENT ON COLUMN archive.copy.first_seen_at IS 'When this archive first captured the earlier one';

COMMENT ON COLUMN archive.copy.copy_first_seen_at IS 'When this archive first captured the later one';

COMMENT ON COLUMN archive.copy.delay IS 'How much later it came out: published_at against published_at, first_seen_at in its place where that is earlier or it is null';

COMMENT ON COLUMN archive.copy.holder_article_id IS 'The article that holds the other whole; null for any kind but contains';

COMMENT ON COLUMN archive.copy.is_credited IS 'Whether the later one''s origin (来源) names the earlier one''s outlet, and that is not its own';

CREATE TABLE public.paragraph (
    document_id bigint NOT NULL,
    ordinal integer NOT NULL,
    kind text NOT NULL,
    raw text NOT NULL,
    clean text,
    image text,
    CONSTRAINT paragraph_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'heading'::text, 'caption'::text])))
);

CREATE VIEW public.document_line AS
 SELECT d.id AS document_id,
    p.ordinal AS paragraph,
    ((row_number() OVER (PARTITION BY d.id ORDER BY p.ordinal, piece.place))::integer - 1) AS line
   FROM ((((public.document d
     JOIN public.paragraph p ON ((p.document_id = d.id)))
     LEFT JOIN public.reviewed r ON ((r.document_id = d.id)))
     CROSS JOIN LATERAL btrim(COALESCE(r.paragraphs[(p.ordinal + 1)], p.clean, p.raw), '

  　'::text) stripped(stripped))
     CROSS JOIN LATERAL string_to_table(stripped.stripped, '
'::text) WITH ORDINALITY piece(words, place))
  WHERE (stripped.stripped <> ''::text);

CREATE VIEW archive.copy_paragraph AS
 SELECT c.article_id,
    pair.paragraph,
    c.copy_article_id,
    pair.copy_paragraph
   FROM (public.copied_text c
     CROSS JOIN LATERAL ( SELECT mine.paragraph,
            its.paragraph AS copy_paragraph
           FROM ((( SELECT c.lines[at.at][c.own] AS line,
                    c.lines[at.at][c.others] AS copy_line
                   FROM generate_subscripts(c.lines, 1) at(at)
                UNION ALL
                 SELECT l.line,
                    l.line
                   FROM public.document_line l
                  WHERE ((l.document_id = c.document_id) AND (c.lines IS NULL))) aligned
             JOIN public.document_line mine ON (((mine.document_id = c.document_id) AND (mine.line = aligned.line))))
             JOIN public.document_line its ON (((its.document_id = c.copy_document_id) AND (its.line = aligned.copy_line))))
         OFFSET 0) pair);

COMMENT ON VIEW archive.copy_paragraph IS 'The evidence of each copy: which paragraph of the one is which of the other, equal or reworded';

COMMENT ON COLUMN archive.copy_paragraph.article_id IS 'The earlier article, as in archive.copy';

COMMENT ON COLUMN archive.copy_paragraph.paragraph IS 'Its paragraph, as in archive.paragraph';

COMMENT ON COLUMN archive.copy_paragraph.copy_article_id IS 'The later article';

COMMENT ON COLUMN archive.copy_paragraph.copy_paragraph IS 'Its paragraph';

CREATE TABLE public.placement (
    document_id bigint NOT NULL,
    decision_id bigint NOT NULL,
    found text NOT NULL,
    paragraph integer,
    start_offset integer,
    end_offset integer,
    CONSTRAINT placement_check CHECK (((found = 'found'::text) = (start_offset IS NOT NULL))),
    CONSTRAINT placement_check1 CHECK (((start_offset IS NULL) = (end_offset IS NULL))),
    CONSTRAINT placement_found_check CHECK ((found = ANY (ARRAY['found'::text, 'missing'::text, 'ambiguous'::text])))
);

CREATE VIEW archive.decision AS
 SELECT d.id AS decision_id,
    d.article_id,
    d.verdict,
    d.kind,
    d.field,
    d.span AS raw,
    d.before,
    d.after,
    d.note,
    d.decided_by,
    d.decided_at,
    ((d.verdict <> 'cleared'::text) AND (NOT (EXISTS ( SELECT
           FROM public.decision later
          WHERE ((later.article_id = d.article_id) AND (later.key = d.key) AND (later.id > d.id)))))) AS holds,
    p.found,
    a.id AS document_id,
    p.paragraph,
    p.start_offset,
    p.end_offset
   FROM ((public.decision d
     LEFT JOIN public.current_document a ON ((a.of_article_id = d.article_id)))
     LEFT JOIN public.placement p ON (((p.document_id = a.id) AND (p.decision_id = d.id))));

COMMENT ON VIEW archive.decision IS 'What people decided about marks, every decision ever made; a later one on the same span takes the place of an earlier one';

COMMENT ON COLUMN archive.decision.decision_id IS 'Its number, in the order in which they were made';

COMMENT ON COLUMN archive.decision.article_id IS 'The article';

COMMENT ON COLUMN archive.decision.verdict IS 'undone, confirmed, cut (the judge missed it) or cleared (what was decided before holds no longer)';

COMMENT ON COLUMN archive.decision.kind IS 'Kind of the mark decided on, or of the cut made';

COMMENT ON COLUMN archive.decision.field IS 'body, title or document';

COMMENT ON COLUMN archive.decision.raw IS 'The raw characters of the span';

COMMENT ON COLUMN archive.decision.before IS 'Raw text before it, by which it is found in every version''s reading; a line feed is a paragraph''s border';

COMMENT ON COLUMN archive.decision.after IS 'Raw text after it';

COMMENT ON COLUMN archive.decision.note IS 'Why, in the person''s words';

COMMENT ON COLUMN archive.decision.decided_by IS 'Who decided';

COMMENT ON COLUMN archive.decision.decided_at IS 'When';

COMMENT ON COLUMN archive.decision.holds IS 'Whether it is in force: the last on its span, and not cleared';

COMMENT ON COLUMN archive.decision.found IS 'found, missing or ambiguous in the current document, which is where readers see its effect; null when it does not hold';

COMMENT ON COLUMN archive.decision.document_id IS 'That document';

COMMENT ON COLUMN archive.decision.paragraph IS 'Paragraph it was found in, from 0; null outside the body, and where it was not found';

COMMENT ON COLUMN archive.decision.start_offset IS 'First character of the span, from 0, in the raw field';

COMMENT ON COLUMN archive.decision.end_offset IS 'First character after the span';

CREATE VIEW public.gone_address AS
 SELECT address.outlet_id,
    address.url_digest,
    looked.gone_at,
    looked.how
   FROM ((( SELECT f.outlet_id,
            f.url_digest
           FROM public.fetch_attempt f
          WHERE ((f.outcome = 'gone'::text) AND (f.role = 'article'::text))
        UNION
         SELECT c.outlet_id,
            c.url_digest
           FROM (public.reading r
             JOIN public.capture c ON ((c.id = r.capture_id)))
          WHERE (r.outcome = 'soft_404'::text)) address
     CROSS JOIN LATERAL ( SELECT max(GREATEST(c.fetched_at, ( SELECT max(f.fetched_at) AS max
                   FROM public.fetch_attempt f
                  WHERE (f.capture_id = c.id)))) AS at
           FROM public.capture c
          WHERE ((c.outlet_id = address.outlet_id) AND (c.url_digest = address.url_digest) AND (EXISTS ( SELECT
                   FROM public.document d
                  WHERE (d.capture_id = c.id))))) shown)
     JOIN LATERAL ( SELECT f.fetched_at AS gone_at,
                CASE f.outcome
                    WHEN 'gone'::text THEN (COALESCE(f.status, 404))::text
                    ELSE 'notice'::text
                END AS how
           FROM public.fetch_attempt f
          WHERE ((f.outlet_id = address.outlet_id) AND (f.url_digest = address.url_digest) AND (f.fetched_at > shown.at) AND ((f.outcome = 'gone'::text) OR ((EXISTS ( SELECT
                   FROM public.reading r
                  WHERE ((r.capture_id = f.capture_id) AND (r.outcome = 'soft_404'::text)))) AND (NOT (EXISTS ( SELECT
                   FROM public.document d
                  WHERE (d.capture_id = f.capture_id)))))))
          ORDER BY f.fetched_at
         LIMIT 1) looked ON (true));

CREATE VIEW archive.gone AS
 SELECT a.article_id,
    g.outlet,
    a.url,
    a.title,
    a.published_at,
    a.first_seen_at,
    a.last_seen_at,
    g.gone_at,
    g.gone_how
   FROM (( SELECT one.article_id,
            one.outlet,
            max(one.gone_at) AS gone_at,
            (array_agg(one.how ORDER BY one.gone_at DESC))[1] AS gone_how
           FROM ( SELECT DISTINCT d.article_id,
                    o.name AS outlet,
                    g_1.url_digest,
                    g_1.gone_at,
                    g_1.how
                   FROM (((public.gone_address g_1
                     JOIN public.outlet o ON ((o.id = g_1.outlet_id)))
                     JOIN public.capture c ON (((c.outlet_id = g_1.outlet_id) AND (c.url_digest = g_1.url_digest))))
                     CROSS JOIN LATERAL ( SELECT v.article_id
                           FROM public.visible_document v
                          WHERE (v.capture_id = c.id)
                         OFFSET 0) d)) one
          GROUP BY one.article_id, one.outlet
         HAVING (count(*) = ( SELECT count(DISTINCT c.url_digest) AS count
                   FROM (public.visible_document d
                     JOIN public.capture c ON ((c.id = d.capture_id)))
                  WHERE (d.article_id = one.article_id)))) g
     JOIN archive.article a ON ((a.article_id = g.article_id)));

COMMENT ON VIEW archive.gone IS 'Articles that were taken down: each address of theirs now answers 404 or 410, or says that it is no more';

COMMENT ON COLUMN archive.gone.article_id IS 'The article, whose last text archive.article keeps';

COMMENT ON COLUMN archive.gone.outlet IS 'The outlet';

COMMENT ON COLUMN archive.gone.url IS 'Canonical URL at which it was first seen';

COMMENT ON COLUMN archive.gone.title IS 'Its last title';

COMMENT ON COLUMN archive.gone.published_at IS 'When it was published, as its page said';

COMMENT ON COLUMN archive.gone.first_seen_at IS 'When this archive first captured it';

COMMENT ON COLUMN archive.gone.last_seen_at IS 'When it was last seen';

COMMENT ON COLUMN archive.gone.gone_at IS 'When it was first seen to be gone';

COMMENT ON COLUMN archive.gone.gone_how IS '404, 410, or notice: a page that says so (已删除) in its place';

CREATE VIEW archive.mark AS
 SELECT a.of_article_id AS article_id,
    a.id AS document_id,
    m.field,
    m.paragraph,
    m.start_offset,
    m.end_offset,
    m.kind,
    ((m.kind = ANY (ARRAY['boilerplate'::text, 'off_topic'::text, 'promo'::text, 'injected'::text, 'echo'::text])) AND (m.verdict IS DISTINCT FROM 'undone'::text)) AS is_cut,
    m.rule,
    m.score,
    substr(
        CASE m.field
            WHEN 'title'::text THEN a.title
            WHEN 'body'::text THEN p.raw
            ELSE ''::text
        END, (m.start_offset + 1), (m.end_offset - m.start_offset)) AS raw,
    m.replacement,
    m.verdict,
    m.decision_id
   FROM ((public.current_document a
     CROSS JOIN LATERAL ( SELECT d.document_id,
            d.ordinal,
            d.field,
            d.paragraph,
            d.start_offset,
            d.end_offset,
            d.kind,
            d.rule,
            d.score,
            d.replacement,
            d.decision_id,
            d.verdict
           FROM public.decided_mark d
          WHERE (d.document_id = a.id)
         OFFSET 0) m)
     LEFT JOIN public.paragraph p ON (((p.document_id = m.document_id) AND (p.ordinal = m.paragraph))));

COMMENT ON VIEW archive.mark IS 'Every repair, cut and label in each article''s current document, people''s own cuts with them';

COMMENT ON COLUMN archive.mark.article_id IS 'The article';

COMMENT ON COLUMN archive.mark.document_id IS 'The document';

COMMENT ON COLUMN archive.mark.field IS 'body, title or document';

COMMENT ON COLUMN archive.mark.paragraph IS 'Paragraph that the offsets count in; null outside the body';

COMMENT ON COLUMN archive.mark.start_offset IS 'First character of the span, from 0, in the raw field';

COMMENT ON COLUMN archive.mark.end_offset IS 'First character after the span';

COMMENT ON COLUMN archive.mark.kind IS 'What the mark says of the span';

COMMENT ON COLUMN archive.mark.is_cut IS 'Whether the span is left out of the clean text; false where a person undid the cut';

COMMENT ON COLUMN archive.mark.rule IS 'Name of the rule that made it; review: a person made it';

COMMENT ON COLUMN archive.mark.score IS 'The rule''s confidence, per mille';

COMMENT ON COLUMN archive.mark.raw IS 'The raw characters of the span';

COMMENT ON COLUMN archive.mark.replacement IS 'What stands in their place after a repair; null for cuts and labels';

COMMENT ON COLUMN archive.mark.verdict IS 'What a person decided: undone, confirmed or cut (by that person); null while nobody did';

COMMENT ON COLUMN archive.mark.decision_id IS 'That decision, in archive.decision';

CREATE TABLE public.model (
    id integer NOT NULL,
    digest bytea NOT NULL,
    basis bytea NOT NULL,
    articles integer NOT NULL,
    outlets integer NOT NULL,
    checked integer NOT NULL,
    harmed integer NOT NULL,
    fitted_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT model_basis_check CHECK ((octet_length(basis) = 32)),
    CONSTRAINT model_digest_check CHECK ((octet_length(digest) = 32))
);

CREATE TABLE public.model_choice (
    id bigint NOT NULL,
    model_id integer,
    snapshot_id integer,
    chosen_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.model_content (
    digest bytea NOT NULL,
    body bytea NOT NULL,
    CONSTRAINT model_content_digest_check CHECK ((octet_length(digest) = 32))
);
ALTER TABLE ONLY public.model_content ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE TABLE public.model_file (
    model_id integer NOT NULL,
    name text NOT NULL,
    digest bytea NOT NULL
);

CREATE VIEW archive.model AS
 SELECT id AS model,
    fitted_at,
    articles,
    outlets,
    checked,
    harmed,
    ( SELECT sum(octet_length(c.body)) AS sum
           FROM (public.model_file f
             JOIN public.model_content c ON ((c.digest = f.digest)))
          WHERE (f.model_id = m.id)) AS bytes,
    (NOT (id IS DISTINCT FROM ( SELECT model_choice.model_id
           FROM public.model_choice
          ORDER BY model_choice.id DESC
         LIMIT 1))) AS in_use
   FROM public.model m;

COMMENT ON VIEW archive.model IS 'Models fitted on this archive (`huiliu model fit`). The shipped one is not among them.';

COMMENT ON COLUMN archive.model.model IS 'The model''s number, as `huiliu model use` takes it; versions read with it end in .mN';

COMMENT ON COLUMN archive.model.fitted_at IS 'When it was fitted';

COMMENT ON COLUMN archive.model.articles IS 'How many articles judged clean it was fitted on';

COMMENT ON COLUMN archive.model.outlets IS 'Of how many outlets they are';

COMMENT ON COLUMN archive.model.checked IS 'How many further clean articles its limits were chosen on';

COMMENT ON COLUMN archive.model.harmed IS 'How many of those lose anything to it';

COMMENT ON COLUMN archive.model.bytes IS 'Size of its files';

COMMENT ON COLUMN archive.model.in_use IS 'Whether pages are read with it from now on';

CREATE VIEW archive.outcome AS
 SELECT o.name AS outlet,
    'fetch'::text AS stage,
    f.outcome,
    f.fetched_at AS at,
    f.url,
    f.role,
    f.status,
    f.detail,
    f.run_id,
    f.capture_id,
    NULL::text AS pipeline_version
   FROM (public.fetch_attempt f
     JOIN public.outlet o ON ((o.id = f.outlet_id)))
UNION ALL
 SELECT o.name AS outlet,
    'read'::text AS stage,
    r.outcome,
    r.read_at AS at,
    c.url,
    c.role,
    c.status,
    r.detail,
    NULL::bigint AS run_id,
    r.capture_id,
    v.pipeline_version
   FROM (((public.reading r
     JOIN public.capture c ON ((c.id = r.capture_id)))
     JOIN public.outlet o ON ((o.id = c.outlet_id)))
     JOIN public.version v ON ((v.id = r.version_id)));

COMMENT ON VIEW archive.outcome IS 'How every fetch, and every reading of a capture, ended';

COMMENT ON COLUMN archive.outcome.outlet IS 'The outlet';

COMMENT ON COLUMN archive.outcome.stage IS 'fetch or read';

COMMENT ON COLUMN archive.outcome.outcome IS 'One of a closed list of each stage';

COMMENT ON COLUMN archive.outcome.at IS 'When';

COMMENT ON COLUMN archive.outcome.url IS 'Canonical URL';

COMMENT ON COLUMN archive.outcome.role IS 'article, part, list, feed or robots';

COMMENT ON COLUMN archive.outcome.status IS 'HTTP status, where there was an answer';

COMMENT ON COLUMN archive.outcome.detail IS 'More, in words';

COMMENT ON COLUMN archive.outcome.run_id IS 'The run, for a fetch';

COMMENT ON COLUMN archive.outcome.capture_id IS 'The capture, where there is one';

COMMENT ON COLUMN archive.outcome.pipeline_version IS 'The version, for a reading';

CREATE TABLE public.frontier (
    id bigint NOT NULL,
    outlet_id integer NOT NULL,
    url_digest bytea NOT NULL,
    url text NOT NULL,
    role text NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    depth integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    checks integer DEFAULT 0 NOT NULL,
    etag text,
    last_modified text,
    lease_token bigint,
    lease_run_id bigint,
    lease_expires_at timestamp with time zone,
    discovered_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    key_digest bytea,
    CONSTRAINT frontier_check CHECK (((state = 'leased'::text) = (lease_token IS NOT NULL))),
    CONSTRAINT frontier_check1 CHECK (((state = 'refused'::text) = (reason <> ''::text))),
    CONSTRAINT frontier_role_check CHECK ((role = ANY (ARRAY['article'::text, 'part'::text, 'list'::text, 'feed'::text, 'robots'::text]))),
    CONSTRAINT frontier_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'leased'::text, 'done'::text, 'refused'::text, 'gone'::text])))
);

CREATE TABLE public.run (
    id bigint NOT NULL,
    outlet_id integer NOT NULL,
    scheduled_at timestamp with time zone,
    queued_at timestamp with time zone DEFAULT now() NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    state text DEFAULT 'queued'::text NOT NULL,
    token bigint,
    detail text DEFAULT ''::text NOT NULL,
    since date,
    until date,
    article_limit integer,
    CONSTRAINT run_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'killed_deadline'::text, 'interrupted'::text, 'missed'::text])))
);

CREATE VIEW archive.outlet_health AS
 SELECT o.name AS outlet,
    o.title,
    o.region,
    (( SELECT count(*) AS count
           FROM public.article a
          WHERE (a.outlet_id = o.id)))::integer AS articles,
    (( SELECT count(*) AS count
           FROM public.capture c
          WHERE (c.outlet_id = o.id)))::integer AS captures,
    ( SELECT max(a.first_seen_at) AS max
           FROM public.article a
          WHERE (a.outlet_id = o.id)) AS last_new_article_at,
    last_run.state AS last_run_state,
    last_run.finished_at AS last_run_finished_at,
    ( SELECT max(r.finished_at) AS max
           FROM public.run r
          WHERE ((r.outlet_id = o.id) AND (r.state = 'done'::text))) AS last_success_at,
    COALESCE(day.fetches, 0) AS fetches_24h,
    COALESCE(day.failures, 0) AS failures_24h,
    COALESCE(queue.pending, 0) AS pending,
    COALESCE(queue.refused, 0) AS refused,
    COALESCE(queue.gone, 0) AS gone,
    (( SELECT count(*) AS count
           FROM public.capture c
          WHERE ((c.outlet_id = o.id) AND (c.role = 'article'::text) AND ((c.status >= 200) AND (c.status <= 299)) AND (NOT (EXISTS ( SELECT 1
                   FROM public.reading r
                  WHERE (r.capture_id = c.id)))))))::integer AS unread,
    v.pipeline_version AS promoted_version
   FROM ((((public.outlet o
     LEFT JOIN public.version v ON ((v.id = o.promoted_version_id)))
     LEFT JOIN LATERAL ( SELECT r.state,
            r.finished_at
           FROM public.run r
          WHERE (r.outlet_id = o.id)
          ORDER BY r.id DESC
         LIMIT 1) last_run ON (true))
     LEFT JOIN LATERAL ( SELECT (count(*))::integer AS fetches,
            (count(*) FILTER (WHERE ((f.outcome ~~ 'failed%'::text) OR (f.outcome = ANY (ARRAY['blocked'::text, 'lost'::text])))))::integer AS failures
           FROM public.fetch_attempt f
          WHERE ((f.outlet_id = o.id) AND (f.fetched_at > (now() - '24:00:00'::interval)))) day ON (true))
     LEFT JOIN LATERAL ( SELECT (count(*) FILTER (WHERE (fr.state = ANY (ARRAY['pending'::text, 'leased'::text]))))::integer AS pending,
            (count(*) FILTER (WHERE (fr.state = 'refused'::text)))::integer AS refused,
            (count(*) FILTER (WHERE (fr.state = 'gone'::text)))::integer AS gone
           FROM public.frontier fr
          WHERE (fr.outlet_id = o.id)) queue ON (true));

COMMENT ON VIEW archive.outlet_health IS 'Freshness and outcomes, one row an outlet';

COMMENT ON COLUMN archive.outlet_health.outlet IS 'Name';

COMMENT ON COLUMN archive.outlet_health.title IS 'Title';

COMMENT ON COLUMN archive.outlet_health.region IS 'Region';

COMMENT ON COLUMN archive.outlet_health.articles IS 'Articles held';

COMMENT ON COLUMN archive.outlet_health.captures IS 'Captures held';

COMMENT ON COLUMN archive.outlet_health.last_new_article_at IS 'When an article of it was last seen for the first time';

COMMENT ON COLUMN archive.outlet_health.last_run_state IS 'How its last run stands';

COMMENT ON COLUMN archive.outlet_health.last_run_finished_at IS 'When its last run ended';

COMMENT ON COLUMN archive.outlet_health.last_success_at IS 'When a run last ended well';

COMMENT ON COLUMN archive.outlet_health.fetches_24h IS 'Fetches in the last 24 hours';

COMMENT ON COLUMN archive.outlet_health.failures_24h IS 'Of these, those that failed or were blocked; what is gone or refused is none';

COMMENT ON COLUMN archive.outlet_health.pending IS 'URLs still to be fetched';

COMMENT ON COLUMN archive.outlet_health.refused IS 'URLs refused for good';

COMMENT ON COLUMN archive.outlet_health.gone IS 'URLs that answered 404 or 410';

COMMENT ON COLUMN archive.outlet_health.unread IS 'Article captures that no version has read yet';

COMMENT ON COLUMN archive.outlet_health.promoted_version IS 'The version that readers see first';

CREATE VIEW archive.paragraph AS
 SELECT a.of_article_id AS article_id,
    a.id AS document_id,
    p.ordinal AS paragraph,
    p.kind,
    p.raw,
    COALESCE(a.reviewed_paragraphs[(p.ordinal + 1)], p.clean, p.raw) AS text,
    ((COALESCE(a.reviewed_paragraphs[(p.ordinal + 1)], p.clean, p.raw) = ''::text) AND (p.raw <> ''::text)) AS is_cut,
    p.image
   FROM (public.current_document a
     JOIN public.paragraph p ON ((p.document_id = a.id)));

COMMENT ON VIEW archive.paragraph IS 'Raw paragraphs of each article''s current document, in order, beside what marks and decisions leave of them';

COMMENT ON COLUMN archive.paragraph.article_id IS 'The article';

COMMENT ON COLUMN archive.paragraph.document_id IS 'The document';

COMMENT ON COLUMN archive.paragraph.paragraph IS 'Place in the article, from 0';

COMMENT ON COLUMN archive.paragraph.kind IS 'text, heading or caption';

COMMENT ON COLUMN archive.paragraph.raw IS 'As extracted, nothing cut and nothing repaired';

COMMENT ON COLUMN archive.paragraph.text IS 'After the marks and decisions; empty when cut whole';

COMMENT ON COLUMN archive.paragraph.is_cut IS 'Whether the whole paragraph was cut';

COMMENT ON COLUMN archive.paragraph.image IS 'URL of the picture that a caption belongs to, as the page names it; null for any other';

CREATE VIEW public.sighting AS
 SELECT d.id,
    d.capture_id,
    d.version_id,
    d.article_id,
    d.layout,
    d.charset,
    d.title,
    d.byline,
    d.origin,
    d.published_text,
    d.published_at,
    d.clean_title,
    d.clean_text,
    d.folded,
    d.spun_score,
    d.outside_chars,
    d.text_digest,
    d.kicker,
    d.subtitle,
    d.column_name,
    d.section,
    d.editor,
    d.date_quality,
    d.found_by,
    d.language,
    d.text_id,
    d.title_key,
    d.paragraph_keys,
    d.outlet_id,
    d.role,
    d.fetched_at,
    o.name AS outlet,
    d.fetched_at AS seen_at
   FROM (public.visible_document d
     JOIN public.outlet o ON ((o.id = d.outlet_id)))
  WHERE (d.role = 'article'::text)
UNION ALL
 SELECT d.id,
    d.capture_id,
    d.version_id,
    d.article_id,
    d.layout,
    d.charset,
    d.title,
    d.byline,
    d.origin,
    d.published_text,
    d.published_at,
    d.clean_title,
    d.clean_text,
    d.folded,
    d.spun_score,
    d.outside_chars,
    d.text_digest,
    d.kicker,
    d.subtitle,
    d.column_name,
    d.section,
    d.editor,
    d.date_quality,
    d.found_by,
    d.language,
    d.text_id,
    d.title_key,
    d.paragraph_keys,
    d.outlet_id,
    d.role,
    d.fetched_at,
    o.name AS outlet,
    f.fetched_at AS seen_at
   FROM ((public.visible_document d
     JOIN public.outlet o ON ((o.id = d.outlet_id)))
     JOIN public.fetch_attempt f ON (((f.capture_id = d.capture_id) AND (f.outcome = 'returned'::text))));

CREATE VIEW public.edited AS
 SELECT s.id,
    s.capture_id,
    s.version_id,
    s.article_id,
    s.layout,
    s.charset,
    s.title,
    s.byline,
    s.origin,
    s.published_text,
    s.published_at,
    s.clean_title,
    s.clean_text,
    s.folded,
    s.spun_score,
    s.outside_chars,
    s.text_digest,
    s.kicker,
    s.subtitle,
    s.column_name,
    s.section,
    s.editor,
    s.date_quality,
    s.found_by,
    s.language,
    s.text_id,
    s.title_key,
    s.paragraph_keys,
    s.outlet_id,
    s.role,
    s.fetched_at,
    s.outlet,
    s.seen_at,
    p.id AS previous_id,
    p.clean_title AS previous_title,
    p.clean_text AS previous_text,
    p.paragraph_keys AS previous_keys,
        CASE
            WHEN ((p.title_key IS NULL) OR (s.title_key IS NULL)) THEN (p.clean_title <> s.clean_title)
            ELSE (p.title_key <> s.title_key)
        END AS has_new_title,
    (p.text_digest <> s.text_digest) AS has_new_text
   FROM (public.sighting s
     LEFT JOIN LATERAL ( SELECT p_1.id,
            p_1.capture_id,
            p_1.version_id,
            p_1.article_id,
            p_1.layout,
            p_1.charset,
            p_1.title,
            p_1.byline,
            p_1.origin,
            p_1.published_text,
            p_1.published_at,
            p_1.clean_title,
            p_1.clean_text,
            p_1.folded,
            p_1.spun_score,
            p_1.outside_chars,
            p_1.text_digest,
            p_1.kicker,
            p_1.subtitle,
            p_1.column_name,
            p_1.section,
            p_1.editor,
            p_1.date_quality,
            p_1.found_by,
            p_1.language,
            p_1.text_id,
            p_1.title_key,
            p_1.paragraph_keys,
            p_1.outlet_id,
            p_1.role,
            p_1.fetched_at,
            p_1.outlet,
            p_1.seen_at
           FROM public.sighting p_1
          WHERE ((p_1.article_id = s.article_id) AND (ROW(p_1.seen_at, p_1.capture_id) < ROW(s.seen_at, s.capture_id)))
          ORDER BY p_1.seen_at DESC, p_1.capture_id DESC
         LIMIT 1) p ON (true));

CREATE VIEW archive.revision AS
 SELECT article_id,
        CASE
            WHEN (previous_id IS NULL) THEN 1
            ELSE (( SELECT count(*) AS count
               FROM public.edited was
              WHERE ((was.article_id = e.article_id) AND (ROW(was.seen_at, was.capture_id) <= ROW(e.seen_at, e.capture_id)) AND ((was.previous_id IS NULL) OR was.has_new_title OR was.has_new_text))))::integer
        END AS revision,
    seen_at AS captured_at,
    clean_title AS title,
    clean_text AS text,
    length(clean_text) AS characters,
    (length(clean_text) - length(previous_text)) AS length_change,
    capture_id,
    id AS document_id,
    outlet
   FROM public.edited e
  WHERE ((previous_id IS NULL) OR has_new_title OR has_new_text);

COMMENT ON VIEW archive.revision IS 'The texts that an article has had: looks whose normalised text or title differs from the look before';

COMMENT ON COLUMN archive.revision.article_id IS 'The article';

COMMENT ON COLUMN archive.revision.revision IS 'Its revisions counted from 1';

COMMENT ON COLUMN archive.revision.captured_at IS 'When this text was first seen, or was seen again after another';

COMMENT ON COLUMN archive.revision.title IS 'Title of that revision';

COMMENT ON COLUMN archive.revision.text IS 'Clean text of that revision';

COMMENT ON COLUMN archive.revision.characters IS 'Its length';

COMMENT ON COLUMN archive.revision.length_change IS 'Length against the look before, 0 where words were exchanged for as many; null for the first';

COMMENT ON COLUMN archive.revision.capture_id IS 'The capture that shows it';

COMMENT ON COLUMN archive.revision.document_id IS 'The document that reads it';

COMMENT ON COLUMN archive.revision.outlet IS 'The outlet';

CREATE VIEW archive.revision_paragraph AS
 SELECT e.article_id,
    n.revision,
    c.change,
    c.paragraph,
    c.previous_paragraph,
        CASE c.change
            WHEN 'title'::text THEN e.clean_title
            ELSE now.words[(c.paragraph + 1)]
        END AS text,
        CASE c.change
            WHEN 'title'::text THEN e.previous_title
            ELSE past.words[(c.previous_paragraph + 1)]
        END AS previous_text,
    e.outlet,
    e.seen_at AS captured_at
   FROM ((((public.edited e
     CROSS JOIN LATERAL ( SELECT COALESCE(array_agg(COALESCE(r.paragraphs[(p.ordinal + 1)], p.clean, p.raw) ORDER BY p.ordinal), '{}'::text[]) AS words
           FROM (public.paragraph p
             LEFT JOIN public.reviewed r ON ((r.document_id = p.document_id)))
          WHERE (p.document_id = e.id)) now)
     CROSS JOIN LATERAL ( SELECT COALESCE(array_agg(COALESCE(r.paragraphs[(p.ordinal + 1)], p.clean, p.raw) ORDER BY p.ordinal), '{}'::text[]) AS words
           FROM (public.paragraph p
             LEFT JOIN public.reviewed r ON ((r.document_id = p.document_id)))
          WHERE (p.document_id = e.previous_id)) past)
     CROSS JOIN LATERAL ( SELECT (count(*))::integer AS revision
           FROM public.edited was
          WHERE ((was.article_id = e.article_id) AND (ROW(was.seen_at, was.capture_id) <= ROW(e.seen_at, e.capture_id)) AND ((was.previous_id IS NULL) OR was.has_new_title OR was.has_new_text))) n)
     CROSS JOIN LATERAL ( SELECT 'title'::text AS change,
            NULL::integer AS paragraph,
            NULL::integer AS previous_paragraph
          WHERE e.has_new_title
        UNION ALL
         SELECT paragraph_changes.change,
            paragraph_changes.paragraph,
            paragraph_changes.previous_paragraph
           FROM archive.paragraph_changes(past.words, e.previous_keys, now.words, e.paragraph_keys) paragraph_changes(change, paragraph, previous_paragraph)) c)
  WHERE ((e.previous_id IS NOT NULL) AND (e.has_new_title OR e.has_new_text));

COMMENT ON VIEW archive.revision_paragraph IS 'What a revision changed against the one before, paragraph by paragraph; white space, punctuation, width and script are no change';

COMMENT ON COLUMN archive.revision_paragraph.article_id IS 'The article';

COMMENT ON COLUMN archive.revision_paragraph.revision IS 'The revision that shows the change: its number in archive.revision, from 2';

COMMENT ON COLUMN archive.revision_paragraph.change IS 'title, added, removed, changed, moved, merged (previous_paragraph went into paragraph, which holds more) or split (paragraph was taken out of previous_paragraph)';

COMMENT ON COLUMN archive.revision_paragraph.paragraph IS 'Place in this revision, from 0; null for a title and for what was removed';

COMMENT ON COLUMN archive.revision_paragraph.previous_paragraph IS 'Place in the revision before; null for a title and for what was added';

COMMENT ON COLUMN archive.revision_paragraph.text IS 'What it says now; null for what was removed';

COMMENT ON COLUMN archive.revision_paragraph.previous_text IS 'What it said before; null for what was added';

COMMENT ON COLUMN archive.revision_paragraph.outlet IS 'The outlet';

COMMENT ON COLUMN archive.revision_paragraph.captured_at IS 'When the change was first seen';

CREATE VIEW archive.run AS
 SELECT r.id AS run_id,
    o.name AS outlet,
    r.scheduled_at,
    r.queued_at,
    r.started_at,
    r.finished_at,
    r.state,
    r.detail,
    COALESCE(f.fetches, 0) AS fetches,
    COALESCE(f.stored, 0) AS stored,
    COALESCE(f.unchanged, 0) AS unchanged,
    COALESCE(f.refused, 0) AS refused,
    COALESCE(f.failed, 0) AS failed
   FROM ((public.run r
     JOIN public.outlet o ON ((o.id = r.outlet_id)))
     LEFT JOIN LATERAL ( SELECT (count(*))::integer AS fetches,
            (count(*) FILTER (WHERE (f_1.outcome = 'stored'::text)))::integer AS stored,
            (count(*) FILTER (WHERE (f_1.outcome = ANY (ARRAY['unchanged'::text, 'returned'::text]))))::integer AS unchanged,
            (count(*) FILTER (WHERE ((f_1.outcome ~~ 'refused%'::text) OR (f_1.outcome = 'blocked'::text))))::integer AS refused,
            (count(*) FILTER (WHERE ((f_1.outcome ~~ 'failed%'::text) OR (f_1.outcome = ANY (ARRAY['gone'::text, 'lost'::text])))))::integer AS failed
           FROM public.fetch_attempt f_1
          WHERE (f_1.run_id = r.id)) f ON (true));

COMMENT ON VIEW archive.run IS 'The ledger of crawls';

COMMENT ON COLUMN archive.run.run_id IS 'The run''s number';

COMMENT ON COLUMN archive.run.outlet IS 'The outlet';

COMMENT ON COLUMN archive.run.scheduled_at IS 'The slot it was scheduled for; null when a person asked for it';

COMMENT ON COLUMN archive.run.queued_at IS 'When it was queued';

COMMENT ON COLUMN archive.run.started_at IS 'When its process started';

COMMENT ON COLUMN archive.run.finished_at IS 'When it ended';

COMMENT ON COLUMN archive.run.state IS 'queued, running, done, failed, killed_deadline, interrupted or missed';

COMMENT ON COLUMN archive.run.detail IS 'Why it ended so';

COMMENT ON COLUMN archive.run.fetches IS 'Fetches it made';

COMMENT ON COLUMN archive.run.stored IS 'New captures';

COMMENT ON COLUMN archive.run.unchanged IS 'Pages that showed what the archive held already';

COMMENT ON COLUMN archive.run.refused IS 'URLs refused by robots.txt, by our own rules or by the site';

COMMENT ON COLUMN archive.run.failed IS 'Fetches that failed, and pages that are gone';

CREATE TABLE public.series_link (
    a bigint NOT NULL,
    b bigint NOT NULL,
    reason text NOT NULL,
    CONSTRAINT series_link_check CHECK ((a < b)),
    CONSTRAINT series_link_reason_check CHECK ((reason = ANY (ARRAY['announced'::text, 'numbered'::text, 'cited'::text, 'column'::text])))
);

CREATE VIEW public.series_step AS
 SELECT own.article_id,
    other.article_id AS next_article_id
   FROM ((public.document own
     JOIN ( SELECT series_link.a,
            series_link.b
           FROM public.series_link
        UNION ALL
         SELECT series_link.b,
            series_link.a
           FROM public.series_link) l ON ((l.a = own.id)))
     JOIN public.document other ON ((other.id = l.b)))
  WHERE ((EXISTS ( SELECT
           FROM public.current_document c
          WHERE ((c.of_article_id = own.article_id) AND (c.id = own.id))
         OFFSET 0)) AND (EXISTS ( SELECT
           FROM public.current_document c
          WHERE ((c.of_article_id = other.article_id) AND (c.id = other.id))
         OFFSET 0)) AND (NOT (EXISTS ( SELECT
           FROM public.copied_article k
          WHERE (k.article_id = own.article_id)
         OFFSET 0))) AND (NOT (EXISTS ( SELECT
           FROM public.copied_article k
          WHERE (k.article_id = other.article_id)
         OFFSET 0))));

CREATE VIEW archive.series AS
 SELECT chain.series_id,
    own.article_id,
    chain.outlet,
    chain.part,
    chain.parts,
    chain.title,
    chain.published_at
   FROM (( SELECT DISTINCT series_step.article_id
           FROM public.series_step) own
     CROSS JOIN LATERAL ( WITH RECURSIVE reached(article_id) AS (
                 SELECT own.article_id
                UNION
                 SELECT s.next_article_id
                   FROM (reached r_1
                     JOIN public.series_step s USING (article_id))
                )
         SELECT c.of_article_id AS article_id,
            min(c.of_article_id) OVER () AS series_id,
            o.name AS outlet,
            (row_number() OVER (ORDER BY h.part, h.dated_at, c.of_article_id))::integer AS part,
            (count(*) OVER ())::integer AS parts,
            c.clean_title AS title,
            c.published_at
           FROM (((reached r
             JOIN public.current_document c ON ((c.of_article_id = r.article_id)))
             JOIN public.headline h ON ((h.document_id = c.id)))
             JOIN public.outlet o ON ((o.id = c.outlet_id)))) chain)
  WHERE ((chain.article_id = own.article_id) AND (chain.parts <= 24));

COMMENT ON VIEW archive.series IS 'Articles of one outlet that are parts of one series: within seven days of each other they cite one another, are numbered, or share column, reporter and a rare word of the title. One row a part';

COMMENT ON COLUMN archive.series.series_id IS 'The series: the smallest article_id of its parts';

COMMENT ON COLUMN archive.series.article_id IS 'The part';

COMMENT ON COLUMN archive.series.outlet IS 'Its outlet';

COMMENT ON COLUMN archive.series.part IS 'Its place, from 1: by the number in the title, or else by time';

COMMENT ON COLUMN archive.series.parts IS 'How many parts of the series the archive holds';

COMMENT ON COLUMN archive.series.title IS 'Title of the part';

COMMENT ON COLUMN archive.series.published_at IS 'When it was published, as its page says';

CREATE TABLE public.snapshot (
    id integer NOT NULL,
    digest bytea NOT NULL,
    articles integer NOT NULL,
    outlets integer NOT NULL,
    taken_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT snapshot_digest_check CHECK ((octet_length(digest) = 32))
);

CREATE TABLE public.witness (
    snapshot_id integer NOT NULL,
    ordinal integer NOT NULL,
    shape text NOT NULL,
    key text NOT NULL,
    raw text NOT NULL,
    kind text NOT NULL,
    rule text NOT NULL,
    score integer NOT NULL,
    articles integer NOT NULL,
    outlets integer NOT NULL,
    copies integer NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    article_ids bigint[] NOT NULL,
    CONSTRAINT witness_kind_check CHECK ((kind = ANY (ARRAY['off_topic'::text, 'promo'::text, 'injected'::text, 'suspect'::text]))),
    CONSTRAINT witness_score_check CHECK (((score >= 0) AND (score <= 1000))),
    CONSTRAINT witness_shape_check CHECK ((shape = ANY (ARRAY['phrase'::text, 'paragraph'::text])))
);

CREATE VIEW archive.witness AS
 SELECT w.snapshot_id AS snapshot,
    s.taken_at,
    w.shape,
    w.raw,
    w.kind,
    (w.kind <> 'suspect'::text) AS is_cut,
    w.rule,
    w.score,
    w.articles,
    w.outlets,
    w.copies,
    w.first_seen_at,
    w.last_seen_at,
    w.article_ids,
    (NOT (s.id IS DISTINCT FROM ( SELECT model_choice.snapshot_id
           FROM public.model_choice
          ORDER BY model_choice.id DESC
         LIMIT 1))) AS in_use
   FROM (public.snapshot s
     JOIN public.witness w ON ((w.snapshot_id = s.id)));

COMMENT ON VIEW archive.witness IS 'What recurs in unrelated articles, or was added to copies of archived originals: one row a phrase or paragraph of each snapshot (`huiliu model witness`).';

COMMENT ON COLUMN archive.witness.snapshot IS 'The snapshot''s number; versions read with it end in .wN';

COMMENT ON COLUMN archive.witness.taken_at IS 'When the archive was looked through';

COMMENT ON COLUMN archive.witness.shape IS 'phrase (anywhere in a text) or paragraph (as a whole)';

COMMENT ON COLUMN archive.witness.raw IS 'As first seen; of a paragraph its first 200 characters';

COMMENT ON COLUMN archive.witness.kind IS 'What it is marked as: injected, promo, off_topic; or suspect, where the proof is too weak to cut';

COMMENT ON COLUMN archive.witness.is_cut IS 'Whether it is cut from articles';

COMMENT ON COLUMN archive.witness.rule IS 'campaign, campaign_paragraph, added_to_copy or witnessed (suspect)';

COMMENT ON COLUMN archive.witness.score IS 'Strength of the proof in per mille';

COMMENT ON COLUMN archive.witness.articles IS 'In how many unrelated articles it stands; copies of one text count once';

COMMENT ON COLUMN archive.witness.outlets IS 'In how many outlets';

COMMENT ON COLUMN archive.witness.copies IS 'In how many of them it was added to a text whose original the archive holds';

COMMENT ON COLUMN archive.witness.first_seen_at IS 'When it was first captured';

COMMENT ON COLUMN archive.witness.last_seen_at IS 'When it was last captured';

COMMENT ON COLUMN archive.witness.article_ids IS 'The first of these articles: archive.article';

COMMENT ON COLUMN archive.witness.in_use IS 'Whether pages are read with this snapshot from now on';

ALTER TABLE public.article ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.article_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.capture ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.capture_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.decision ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.document ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE public.fencing_token
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE public.fetch_attempt ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.fetch_attempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.frontier ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.frontier_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.leader (
    only_row boolean DEFAULT true NOT NULL,
    epoch bigint NOT NULL,
    name text NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    CONSTRAINT leader_only_row_check CHECK (only_row)
);

ALTER TABLE public.model_choice ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.model_choice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.model ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.model_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.outlet ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outlet_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.part (
    article_capture_id bigint NOT NULL,
    ordinal integer NOT NULL,
    outlet_id integer NOT NULL,
    url_digest bytea NOT NULL,
    capture_id bigint,
    settled boolean DEFAULT false NOT NULL
);

ALTER TABLE public.run ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.schedule (
    outlet_id integer NOT NULL,
    line text NOT NULL,
    since timestamp with time zone NOT NULL
);

CREATE TABLE public.shingle (
    hash integer NOT NULL,
    text_id integer NOT NULL
)
WITH (autovacuum_vacuum_insert_scale_factor='0.02');

ALTER TABLE public.snapshot ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.snapshot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.text ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.text_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.version ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.article
    ADD CONSTRAINT article_outlet_id_key_digest_key UNIQUE (outlet_id, key_digest);

ALTER TABLE ONLY public.article
    ADD CONSTRAINT article_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.capture
    ADD CONSTRAINT capture_outlet_id_url_digest_payload_digest_key UNIQUE (outlet_id, url_digest, payload_digest);

ALTER TABLE ONLY public.capture
    ADD CONSTRAINT capture_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.citation
    ADD CONSTRAINT citation_pkey PRIMARY KEY (document_id, ordinal);

ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_capture_id_version_id_key UNIQUE (capture_id, version_id);

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.document_text
    ADD CONSTRAINT document_text_pkey PRIMARY KEY (document_id);

ALTER TABLE ONLY public.fetch_attempt
    ADD CONSTRAINT fetch_attempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.frontier
    ADD CONSTRAINT frontier_outlet_id_url_digest_key UNIQUE (outlet_id, url_digest);

ALTER TABLE ONLY public.frontier
    ADD CONSTRAINT frontier_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.headline
    ADD CONSTRAINT headline_pkey PRIMARY KEY (document_id);

ALTER TABLE ONLY public.leader
    ADD CONSTRAINT leader_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.likeness
    ADD CONSTRAINT likeness_pkey PRIMARY KEY (cited, title);

ALTER TABLE ONLY public.mark
    ADD CONSTRAINT mark_pkey PRIMARY KEY (document_id, ordinal);

ALTER TABLE ONLY public.mention
    ADD CONSTRAINT mention_pkey PRIMARY KEY (document_id, ordinal, name);

ALTER TABLE ONLY public.model_choice
    ADD CONSTRAINT model_choice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.model_content
    ADD CONSTRAINT model_content_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY public.model
    ADD CONSTRAINT model_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.model_file
    ADD CONSTRAINT model_file_pkey PRIMARY KEY (model_id, name);

ALTER TABLE ONLY public.model
    ADD CONSTRAINT model_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outlet
    ADD CONSTRAINT outlet_name_key UNIQUE (name);

ALTER TABLE ONLY public.outlet
    ADD CONSTRAINT outlet_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.paragraph
    ADD CONSTRAINT paragraph_pkey PRIMARY KEY (document_id, ordinal);

ALTER TABLE ONLY public.part
    ADD CONSTRAINT part_pkey PRIMARY KEY (article_capture_id, ordinal);

ALTER TABLE ONLY public.payload
    ADD CONSTRAINT payload_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY public.placement
    ADD CONSTRAINT placement_pkey PRIMARY KEY (document_id, decision_id);

ALTER TABLE ONLY public.reading
    ADD CONSTRAINT reading_pkey PRIMARY KEY (capture_id, version_id);

ALTER TABLE ONLY public.relation
    ADD CONSTRAINT relation_pkey PRIMARY KEY (a, b);

ALTER TABLE ONLY public.reviewed_mark
    ADD CONSTRAINT reviewed_mark_pkey PRIMARY KEY (document_id, ordinal);

ALTER TABLE ONLY public.reviewed
    ADD CONSTRAINT reviewed_pkey PRIMARY KEY (document_id);

ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_outlet_id_scheduled_at_key UNIQUE (outlet_id, scheduled_at);

ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.schedule
    ADD CONSTRAINT schedule_pkey PRIMARY KEY (outlet_id);

ALTER TABLE ONLY public.series_link
    ADD CONSTRAINT series_link_pkey PRIMARY KEY (a, b);

ALTER TABLE ONLY public.shingle
    ADD CONSTRAINT shingle_pkey PRIMARY KEY (hash, text_id);

ALTER TABLE ONLY public.snapshot
    ADD CONSTRAINT snapshot_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.snapshot
    ADD CONSTRAINT snapshot_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.text
    ADD CONSTRAINT text_lines_digest_key UNIQUE (lines_digest);

ALTER TABLE ONLY public.text
    ADD CONSTRAINT text_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_outlet_id_id_key UNIQUE (outlet_id, id);

ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_outlet_id_pipeline_version_source_digest_key UNIQUE (outlet_id, pipeline_version, source_digest);

ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.witness
    ADD CONSTRAINT witness_pkey PRIMARY KEY (snapshot_id, ordinal);

ALTER TABLE ONLY public.witness
    ADD CONSTRAINT witness_snapshot_id_shape_key_key UNIQUE (snapshot_id, shape, key);

CREATE INDEX article_url ON public.article USING btree (outlet_id, url_digest);

CREATE INDEX capture_article ON public.capture USING btree (outlet_id, fetched_at) WHERE (role = 'article'::text);

CREATE INDEX capture_outlet ON public.capture USING btree (outlet_id, id);

CREATE INDEX citation_title ON public.citation USING btree (md5(cited_title));

CREATE INDEX decision_key ON public.decision USING btree (article_id, key, id DESC);

CREATE INDEX document_article ON public.document USING btree (article_id, capture_id);

CREATE INDEX document_grams ON public.document USING gin (public.grams(folded));

CREATE INDEX document_published ON public.document USING btree (published_at);

CREATE INDEX document_text_digest ON public.document USING btree (text_digest);

CREATE INDEX document_text_pending ON public.document_text USING btree (document_id) WHERE (related_by IS NULL);

CREATE INDEX document_text_text ON public.document_text USING btree (text_id);

CREATE INDEX fetch_attempt_capture ON public.fetch_attempt USING btree (capture_id, fetched_at);

CREATE INDEX fetch_attempt_gone ON public.fetch_attempt USING btree (outlet_id, url_digest) WHERE ((outcome = 'gone'::text) AND (role = 'article'::text));

CREATE INDEX fetch_attempt_outlet ON public.fetch_attempt USING btree (outlet_id, fetched_at);

CREATE INDEX fetch_attempt_returned ON public.fetch_attempt USING btree (fetched_at) WHERE (outcome = 'returned'::text);

CREATE INDEX fetch_attempt_run ON public.fetch_attempt USING btree (run_id, outcome);

CREATE INDEX fetch_attempt_url ON public.fetch_attempt USING btree (outlet_id, url_digest, fetched_at);

CREATE INDEX frontier_due ON public.frontier USING btree (outlet_id, due_at, id) WHERE (state = 'pending'::text);

CREATE INDEX frontier_key ON public.frontier USING btree (outlet_id, key_digest) WHERE (key_digest IS NOT NULL);

CREATE INDEX frontier_leased ON public.frontier USING btree (outlet_id) WHERE (state = 'leased'::text);

CREATE INDEX frontier_recheck ON public.frontier USING btree (outlet_id, due_at) WHERE (state = 'done'::text);

CREATE INDEX headline_outlet ON public.headline USING btree (outlet_id, dated_at);

CREATE INDEX headline_title ON public.headline USING btree (title);

CREATE INDEX likeness_title ON public.likeness USING btree (title);

CREATE INDEX mark_doubt ON public.mark USING btree ((
CASE kind
    WHEN 'suspect'::text THEN (1000 - score)
    ELSE score
END), document_id, ordinal) WHERE (kind = ANY (ARRAY['boilerplate'::text, 'off_topic'::text, 'promo'::text, 'injected'::text, 'echo'::text, 'suspect'::text]));

CREATE INDEX mark_kind ON public.mark USING btree (kind, rule);

CREATE INDEX mention_name ON public.mention USING btree (name, dated_at);

CREATE INDEX part_open ON public.part USING btree (outlet_id, url_digest) WHERE (NOT settled);

CREATE INDEX reading_gone ON public.reading USING btree (capture_id) WHERE (outcome = 'soft_404'::text);

CREATE INDEX reading_version ON public.reading USING btree (version_id, outcome);

CREATE INDEX relation_b ON public.relation USING btree (b, a);

CREATE INDEX reviewed_citations ON public.reviewed USING gin (citations);

CREATE INDEX reviewed_grams ON public.reviewed USING gin (public.grams(folded));

CREATE INDEX run_outlet ON public.run USING btree (outlet_id, id DESC);

CREATE INDEX series_link_b ON public.series_link USING btree (b, a);

CREATE INDEX text_cluster ON public.text USING btree (cluster_id) WHERE (cluster_id IS NOT NULL);

CREATE INDEX text_text_digest ON public.text USING btree (text_digest);

CREATE TRIGGER capture_is_sacred BEFORE DELETE OR UPDATE OR TRUNCATE ON public.capture FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_rewrite();

CREATE TRIGGER decision_is_history BEFORE DELETE OR UPDATE OR TRUNCATE ON public.decision FOR EACH STATEMENT EXECUTE FUNCTION public.keep_decisions();

CREATE TRIGGER model_content_is_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.model_content FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER model_file_is_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.model_file FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER model_is_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.model FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER payload_is_sacred BEFORE DELETE OR TRUNCATE ON public.payload FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_rewrite();

CREATE TRIGGER payload_keeps_digest BEFORE UPDATE OF digest, size ON public.payload FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_rewrite();

CREATE TRIGGER snapshot_is_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.snapshot FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER witness_is_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.witness FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE ONLY public.article
    ADD CONSTRAINT article_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlet(id);

ALTER TABLE ONLY public.capture
    ADD CONSTRAINT capture_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlet(id);

ALTER TABLE ONLY public.capture
    ADD CONSTRAINT capture_payload_digest_fkey FOREIGN KEY (payload_digest) REFERENCES public.payload(digest);

ALTER TABLE ONLY public.citation
    ADD CONSTRAINT citation_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.article(id);

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.article(id);

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_capture_id_version_id_fkey FOREIGN KEY (capture_id, version_id) REFERENCES public.reading(capture_id, version_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.document_text
    ADD CONSTRAINT document_text_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.document_text
    ADD CONSTRAINT document_text_text_id_fkey FOREIGN KEY (text_id) REFERENCES public.text(id);

ALTER TABLE ONLY public.fetch_attempt
    ADD CONSTRAINT fetch_attempt_capture_id_fkey FOREIGN KEY (capture_id) REFERENCES public.capture(id);

ALTER TABLE ONLY public.fetch_attempt
    ADD CONSTRAINT fetch_attempt_frontier_id_fkey FOREIGN KEY (frontier_id) REFERENCES public.frontier(id);

ALTER TABLE ONLY public.fetch_attempt
    ADD CONSTRAINT fetch_attempt_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlet(id);

ALTER TABLE ONLY public.fetch_attempt
    ADD CONSTRAINT fetch_attempt_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.run(id);

ALTER TABLE ONLY public.frontier
    ADD CONSTRAINT frontier_lease_run_id_fkey FOREIGN KEY (lease_run_id) REFERENCES public.run(id);

ALTER TABLE ONLY public.frontier
    ADD CONSTRAINT frontier_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlet(id);

ALTER TABLE ONLY public.headline
    ADD CONSTRAINT headline_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.article(id);

ALTER TABLE ONLY public.headline
    ADD CONSTRAINT headline_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.headline
    ADD CONSTRAINT headline_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlet(id);

ALTER TABLE ONLY public.mark
    ADD CONSTRAINT mark_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mention
    ADD CONSTRAINT mention_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.model_choice
    ADD CONSTRAINT model_choice_model_id_fkey FOREIGN KEY (model_id) REFERENCES public.model(id);

ALTER TABLE ONLY public.model_choice
    ADD CONSTRAINT model_choice_snapshot_id_fkey FOREIGN KEY (snapshot_id) REFERENCES public.snapshot(id);

ALTER TABLE ONLY public.model_file
    ADD CONSTRAINT model_file_digest_fkey FOREIGN KEY (digest) REFERENCES public.model_content(digest);

ALTER TABLE ONLY public.model_file
    ADD CONSTRAINT model_file_model_id_fkey FOREIGN KEY (model_id) REFERENCES public.model(id);

ALTER TABLE ONLY public.outlet
    ADD CONSTRAINT outlet_id_promoted_version_id_fkey FOREIGN KEY (id, promoted_version_id) REFERENCES public.version(outlet_id, id);

ALTER TABLE ONLY public.paragraph
    ADD CONSTRAINT paragraph_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.part
    ADD CONSTRAINT part_article_capture_id_fkey FOREIGN KEY (article_capture_id) REFERENCES public.capture(id);

ALTER TABLE ONLY public.part
    ADD CONSTRAINT part_capture_id_fkey FOREIGN KEY (capture_id) REFERENCES public.capture(id);

ALTER TABLE ONLY public.part
    ADD CONSTRAINT part_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlet(id);

ALTER TABLE ONLY public.placement
    ADD CONSTRAINT placement_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decision(id);

ALTER TABLE ONLY public.placement
    ADD CONSTRAINT placement_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.reviewed(document_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reading
    ADD CONSTRAINT reading_capture_id_fkey FOREIGN KEY (capture_id) REFERENCES public.capture(id);

ALTER TABLE ONLY public.reading
    ADD CONSTRAINT reading_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.version(id);

ALTER TABLE ONLY public.relation
    ADD CONSTRAINT relation_a_fkey FOREIGN KEY (a) REFERENCES public.text(id);

ALTER TABLE ONLY public.relation
    ADD CONSTRAINT relation_b_fkey FOREIGN KEY (b) REFERENCES public.text(id);

ALTER TABLE ONLY public.reviewed
    ADD CONSTRAINT reviewed_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reviewed_mark
    ADD CONSTRAINT reviewed_mark_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decision(id);

ALTER TABLE ONLY public.reviewed_mark
    ADD CONSTRAINT reviewed_mark_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.reviewed(document_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlet(id);

ALTER TABLE ONLY public.schedule
    ADD CONSTRAINT schedule_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlet(id);

ALTER TABLE ONLY public.series_link
    ADD CONSTRAINT series_link_a_fkey FOREIGN KEY (a) REFERENCES public.document(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.series_link
    ADD CONSTRAINT series_link_b_fkey FOREIGN KEY (b) REFERENCES public.document(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlet(id);

ALTER TABLE ONLY public.witness
    ADD CONSTRAINT witness_snapshot_id_fkey FOREIGN KEY (snapshot_id) REFERENCES public.snapshot(id);

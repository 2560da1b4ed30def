-- What became of the paragraphs of one text in another, by their keys where both have some (else by their words without
-- white space). Paragraphs that say nothing count for nothing. What stays in order is the longest such sequence; the
-- rest moved, if it stands elsewhere, or else is looked at gap by gap: one for one, or by the pairs of characters that
-- they share, a paragraph changed, took in another (merged), or gave one off (split).
create function archive.paragraph_changes(
    before text[], before_keys bigint[], after text[], after_keys bigint[]
) returns table (change text, paragraph integer, previous_paragraph integer)
language plpgsql immutable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
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

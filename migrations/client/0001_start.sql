-- The first shape of the desktop's store.
--
-- Every row that a person can see carries `digest`: a keyed hash of its other columns (store/digest.rs),
-- because SQLite pages have no checksum and a wrong value must never be shown.
-- Times are microseconds since 1970, money is minor units with an ISO 4217 code, ids are UUIDv7 text.

-- One row: who this store is. Its id keys the digests, so pages of another store never pass for ours.
create table store_identity (
    only integer primary key check (only = 1),
    store_id text not null,
    created_at integer not null,
    digest integer not null
) strict;

create table watchlists (
    id text primary key,
    name text not null,
    query text not null,
    sources text not null,
    interval_minutes integer,
    paused integer not null,
    created_at integer not null,
    -- Deleted rows stay, so that a deletion can be undone.
    deleted_at integer,
    digest integer not null
) strict, without rowid;

create table rules (
    id text primary key,
    watchlist text not null references watchlists (id),
    text text not null,
    enabled integer not null,
    muted_until integer,
    position integer not null,
    deleted_at integer,
    digest integer not null
) strict, without rowid;
create index rules_of_watchlist on rules (watchlist, position);

create table listings (
    -- Rises with the time of the first sight: newest first needs no sort, here and in the word index.
    seq integer primary key,
    id text not null,
    source text not null,
    market_id text not null,
    url text not null,
    title text not null,
    name text not null,
    brand text,
    family text,
    reference text,
    reference_base text,
    seller text,
    price_minor integer,
    price_currency text,
    first_price_minor integer,
    first_price_currency text,
    landed_minor integer,
    landed_currency text,
    -- The price in the collector's currency: the only one that prices of all markets sort by.
    price_rank integer,
    -- How far the price fell since it was first seen, in parts per million; negative when it rose.
    drop_ppm integer not null,
    year integer,
    condition text,
    set_name text,
    kind text not null,
    state text not null,
    ends_at integer,
    country text,
    image text,
    photo text,
    first_seen integer not null,
    last_seen integer not null,
    matches integer not null,
    dismissed integer not null,
    -- Folded words of title, brand, family, reference and seller, a blank before each (store/words.rs).
    words text not null,
    digest integer not null
) strict;
create unique index listings_by_id on listings (id);
create unique index listings_by_market on listings (source, market_id);
create index listings_by_reference on listings (reference_base) where reference_base is not null;
-- One index for each order of the table; the trailing columns let filters be decided inside the index.
create index listings_newest on listings (seq, state, dismissed, matches, kind, source);
create index listings_by_price on listings (price_rank, seq desc, state, dismissed, matches, kind, source);
create index listings_by_landed on listings (landed_minor, seq desc, state, dismissed, matches, kind, source);
create index listings_by_end on listings (ends_at, seq desc, state, dismissed, matches, kind, source);
create index listings_by_drop on listings (drop_ppm desc, seq desc, state, dismissed, matches, kind, source);

-- What the page said, in full; apart from `listings`, whose rows stay short for the table.
create table listing_documents (
    seq integer primary key references listings (seq),
    normalised text not null,
    landed text,
    digest integer not null
) strict;

-- How many listings there are of each kind that filters tell apart, so that a total needs no walk.
create table listing_tallies (
    source text not null,
    kind text not null,
    state text not null,
    dismissed integer not null,
    matches integer not null,
    listings integer not null,
    digest integer not null,
    primary key (source, kind, state, dismissed, matches)
) strict, without rowid;

-- Search as you type. Rowid is `seq`, so the newest hits come first without a sort. The words come
-- folded and split from Rust, hence the ascii tokenizer; `detail=none` because order does not matter.
create virtual table listing_words using fts5 (
    words,
    content = '',
    contentless_delete = 1,
    detail = none,
    prefix = '1 2 3 4 5 6 7 8',
    tokenize = 'ascii'
);
-- Many rows at once are sorted in memory before they reach the file: one large piece, not many to merge.
insert into listing_words (listing_words, rank) values ('hashsize', 33554432);

-- Words longer than the longest prefix index: a typed beginning is looked up here and asked as whole words.
create table long_words (
    word text primary key
) strict, without rowid;

-- Which watchlist's polls found a listing, and whether one of its rules matches it now.
create table watchlist_listings (
    watchlist text not null references watchlists (id),
    listing text not null references listings (id),
    found_at integer not null,
    matching integer not null,
    digest integer not null,
    primary key (watchlist, listing)
) strict, without rowid;
create index watchlists_of_listing on watchlist_listings (listing, watchlist, matching);

-- Immutable: what was seen stays seen.
create table observations (
    listing text not null references listings (id),
    at integer not null,
    -- When the listing was looked at before this: no look in between, no line in the chart.
    previous_look integer,
    kind text not null,
    price_minor integer,
    price_currency text,
    shipping_minor integer,
    shipping_currency text,
    state text not null,
    digest integer not null,
    primary key (listing, at)
) strict, without rowid;
create trigger observations_stay before update on observations begin
    select raise(abort, 'observations are immutable');
end;

-- Stretches in which a listing was looked at; between them nobody looked, and the chart shows a gap.
create table sightings (
    listing text not null references listings (id),
    since integer not null,
    until integer not null,
    digest integer not null,
    primary key (listing, since)
) strict, without rowid;

create table alerts (
    seq integer primary key,
    id text not null unique,
    at integer not null,
    rule text not null references rules (id),
    watchlist text not null references watchlists (id),
    listing text not null references listings (id),
    -- Rule, listing and value: the same news is told once.
    notice_key text not null unique,
    rule_text text not null,
    watchlist_name text not null,
    headline text not null,
    reason text not null,
    urgency text not null,
    channels text not null,
    old_price_minor integer,
    old_price_currency text,
    new_price_minor integer,
    new_price_currency text,
    trace text not null,
    read integer not null,
    archived integer not null,
    snoozed_until integer,
    delivery text not null,
    digest integer not null
) strict;
create index alerts_unread on alerts (archived, read, snoozed_until);
create index alerts_queued on alerts (seq) where delivery = 'queued';
create index alerts_of_rule on alerts (rule, listing, at);

-- What a rule remembers of a listing between polls.
create table alert_memory (
    rule text not null references rules (id),
    listing text not null references listings (id),
    alerted_at integer,
    alerted_price_minor integer,
    alerted_price_currency text,
    held_since integer,
    armed integer not null,
    digest integer not null,
    primary key (rule, listing)
) strict, without rowid;

create table sources (
    key text primary key,
    name text not null,
    kind text not null,
    address text not null,
    enabled integer not null,
    demo integer not null,
    state text not null,
    last_poll integer,
    last_success integer,
    next_poll integer,
    daily_budget integer not null,
    digest integer not null
) strict, without rowid;

-- Requests made of a source on a day (days since 1970 in the collector's zone).
create table budget_days (
    source text not null,
    day integer not null,
    used integer not null,
    digest integer not null,
    primary key (source, day)
) strict, without rowid;

-- Share of a field's values that a poll could fill.
create table fills (
    source text not null,
    field text not null,
    at integer not null,
    share real not null,
    digest integer not null,
    primary key (source, field, at)
) strict, without rowid;

-- What the fetcher remembers of a host or address: token bucket, robots.txt, validators, breaker.
create table fetch_memory (
    kind text not null,
    key text not null,
    document text not null,
    updated_at integer not null,
    digest integer not null,
    primary key (kind, key)
) strict, without rowid;

create table settings (
    key text primary key,
    document text not null,
    digest integer not null
) strict, without rowid;

create table poll_schedule (
    watchlist text not null references watchlists (id),
    source text not null,
    next_at integer not null,
    last_at integer,
    failures integer not null,
    digest integer not null,
    primary key (watchlist, source)
) strict, without rowid;
create index poll_schedule_due on poll_schedule (next_at);

-- The cache of photos: the file lies beside the store under its hash.
create table photos (
    url text primary key,
    hash text not null,
    media_type text not null,
    bytes integer not null,
    fetched_at integer not null,
    digest integer not null
) strict, without rowid;
create index photos_by_hash on photos (hash);

-- Pages as they were fetched, so that a newer reader can read history again (`watches reparse`).
--
-- A body is kept once however often and wherever it was found; a look names its body. Looks and bodies are
-- forgotten oldest first beyond the person's quota.

create table page_bodies (
    -- BLAKE3 of the unpacked text, in hexadecimal: the body vouches for itself.
    hash text primary key,
    -- Of the packed body; what the quota counts.
    packed_bytes integer not null,
    page_bytes integer not null,
    -- Zstandard.
    packed blob not null,
    digest integer not null
) strict;
-- Answers the sum without touching the bodies.
create index page_bodies_size on page_bodies (packed_bytes);

-- One row for each text that an address of a source showed.
create table page_looks (
    source text not null,
    -- Empty for a saved file whose address is unknown.
    url text not null,
    body text not null references page_bodies (hash),
    status integer not null,
    media_type text not null,
    -- Times on the page that are relative count from here.
    fetched_at integer not null,
    -- The last poll that found this text there.
    last_at integer not null,
    digest integer not null,
    primary key (source, url, body)
) strict, without rowid;
create index page_looks_by_time on page_looks (last_at);
create index page_looks_of_body on page_looks (body);

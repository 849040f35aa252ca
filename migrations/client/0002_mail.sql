-- Mail as a source: which folders and accounts are read, how far, and the messages nobody could read.
--
-- A source's password is in the system's keyring, never here. A removed source keeps its row for a while
-- (removed_at), so that the removal can be undone without reading everything again.
create table mail_boxes (
    source text primary key,
    -- Where it is: the app's JSON document.
    place text not null,
    -- How far it was read: UIDs of an account, files of a folder; the app's JSON document.
    cursor text not null,
    removed_at integer,
    digest integer not null
) strict, without rowid;

create table quarantine (
    id text primary key,
    source text not null,
    -- The hash of the message: the same one is kept once, also after it was deleted.
    hash text not null unique,
    sender text not null,
    subject text not null,
    sent_at integer,
    taken_at integer not null,
    why text not null,
    bytes integer not null,
    -- The message in base64; null when it is too large to be kept, or after it was deleted for good.
    message text,
    -- Deleted rows stay, so that a deletion can be undone and the message is not taken again.
    deleted_at integer,
    digest integer not null
) strict, without rowid;
create index quarantine_by_time on quarantine (taken_at);

-- What can be found out about chats: nothing but a fold over the log. To have it built anew, set the version to 0.

-- Up to where the log is in here, and by which fold. Whoever adds to the history locks this row first.
create table history_place (
  version    int not null,
  position   bigint not null,
  command_id text collate "C" not null,
  single     boolean primary key default true check (single)
) with (fillfactor = 10);

insert into history_place (version, position, command_id) values (0, 0, '');

create table history_chat (
  id      bigint generated always as identity primary key, -- in the order in which they came
  name    text collate "C" not null unique,
  started timestamptz not null,
  record  text not null                                    -- JSON
) with (fillfactor = 80);

create index history_chat_started on history_chat (started, id);

-- What chats can be found by: the hash of a name and a value.
create table history_facet (
  hash    uuid not null,
  started timestamptz not null,
  chat_id bigint not null,
  primary key (hash, started, chat_id)
);

create index history_facet_chat on history_facet (chat_id);

-- The words of what was said; the texts themselves are in the log alone.
create table history_said (
  chat_id   bigint not null,
  number    int not null,           -- 1, 2, 3 ... in the chat
  clearance smallint not null,      -- who may find it: nobody with less
  words     tsvector not null,
  primary key (chat_id, number)
) with (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

create index history_said_words on history_said using gin (words);

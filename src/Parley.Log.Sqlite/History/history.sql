-- Up to where the log is in here, and by which fold; one row.
create table place (
  version    integer not null,
  position   integer not null,
  command_id text    not null
);

insert into place values (0, 0, '');

create table chat (
  id      integer primary key,    -- in the order in which they came
  name    text    not null unique,
  started integer not null,       -- ticks of 100 ns, UTC
  record  blob    not null        -- JSON
);

create index chat_started on chat (started, id);

-- What chats can be found by: the hash of a name and a value.
create table facet (
  hash    blob    not null,
  started integer not null,
  chat_id integer not null,
  primary key (hash, started, chat_id)
) without rowid;

create index facet_chat on facet (chat_id);

-- The words of what was said, by who may find it; the texts themselves are in the log alone. The row of an utterance is
-- chat.id * 2^20 + its number. Words come separated by blanks, and ready: nothing else is to be made of them.
create virtual table said using fts5 (agents, supervisors, content = '', columnsize = 0, tokenize = 'ascii');

-- A content that chats have as a file, once whoever sends it.
create table file_content (
  id     uuid primary key,
  sha256 bytea not null unique,
  size   bigint not null,
  kept   boolean not null default false -- some chat has it: it is never removed
);

-- Its bytes. They are written before the row above, in the same transaction, so that nobody waits for a sender who is slow.
create table file_chunk (
  content_id uuid not null,
  number     int not null,              -- 0, 1, 2 ...
  data       bytea not null,
  primary key (content_id, number)
);

-- Most files are compressed already.
alter table file_chunk alter column data set storage external;

-- A file that is durable, while it is not yet certain that it is in its chat.
create table file_held (
  chat       text collate "C" not null,
  file       text collate "C" not null,
  content_id uuid not null references file_content (id),
  primary key (chat, file)
);

create index file_held_content on file_held (content_id);

-- Lets go of a held file, and of its content if that was all.
create function drop_file(of_chat text, of_file text) returns void language plpgsql as $$
declare
  dropped uuid;
begin
  delete from file_held where chat = of_chat and file = of_file returning content_id into dropped;
  if dropped is null then return; end if;

  -- whoever wants to hold the same content waits here; who came sooner is seen by the next statement
  perform from file_content where id = dropped for update;

  delete from file_content
  where id = dropped and not kept and not exists (select from file_held where content_id = dropped);
  if found then
    delete from file_chunk where content_id = dropped;
  end if;
end $$;

-- Streams get a small number, so that the indexes of events stay compact and grow at their end however streams are named.
create table stream (
  id    integer primary key,
  name  text not null unique,
  began integer            -- version of the first event of the present life; null: not live
);

create index stream_live on stream (name) where began is not null;

create table event (
  position     integer primary key,   -- order of commit, from 1
  stream_id    integer not null references stream (id),
  version      integer not null,      -- 1, 2, 3 ... in the stream
  type         text    not null,
  data         blob    not null,
  command_id   text    not null,
  ends_command integer not null       -- 1: the last event of its command; a reader of the whole log may pause here
);

create unique index event_version on event (stream_id, version);

create index event_command on event (stream_id, command_id);

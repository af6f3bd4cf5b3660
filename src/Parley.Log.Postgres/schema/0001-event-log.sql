create table stream (
  id      bigint generated always as identity primary key,
  name    text collate "C" not null unique,
  version int not null,
  began   int                  -- version of the first event of the present life; null: not live
) with (fillfactor = 70);

create index stream_live on stream (name) where began is not null;

-- A stream's row is there before its first event and is never deleted: a foreign key would check nothing, for each event.
create table event (
  position     bigint primary key,         -- order of commit, from 1, without holes
  stream_id    bigint not null,
  version      int not null,               -- 1, 2, 3 ... in the stream
  type         text not null,
  data         bytea not null,
  command_id   text collate "C" not null,
  ends_command boolean not null            -- the last event of its command; a reader of the whole log may pause here
) with (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

create unique index event_version on event (stream_id, version);

create index event_command on event (stream_id, command_id);

-- Whoever appends holds this lock until its commit is visible: so positions are dense, and their order is the order of commit,
-- whichever node commits. No row stands for it: one that every batch changes would be a chain of dead versions, searched by every
-- batch, for as long as somebody keeps an old snapshot, a dump for one.
create function lock_log_end() returns void language sql as $$
  select pg_advisory_xact_lock(hashtextextended('parley log ' || current_schema(), 0))
$$;

-- Stores a batch of commands, each whole or not at all. No two of them may touch the same stream; a stream's part is known by
-- its place in the arrays, 1, 2, 3 ..., and so is a command.
create function append_commands(
  part_command  int[],     -- by part: which command it belongs to
  part_stream   text[],
  part_key      text[],    -- by part: the id of its command
  part_expected int[],     -- by part: the version at which it was decided
  part_events   int[],     -- by part: how many events it has
  part_life     int[],     -- by part: 0 continues, 1 begins with these events, 2 ends with them
  event_part    int[],
  event_number  int[],     -- by event: 1, 2, 3 ... in its part
  event_type    text[],
  event_data    bytea[],
  event_ends    boolean[], -- by event: the last of its command
  out ended     bigint,    -- the position before the first event that is stored now
  out outcomes  int[])     -- by command: 0 stored, 1 stale, 2 repeated
language plpgsql as $$
declare
  ids bigint[];
begin
  -- every statement after the lock sees all that was committed before
  perform lock_log_end();
  select coalesce(max(position), 0) into ended from event;

  select array_agg(s.id order by p.n) into ids
  from unnest(part_stream) with ordinality p(name, n) left join stream s on s.name = p.name;

  select array_agg(case when repeated then 2 when stale then 1 else 0 end order by command) into outcomes
  from (
    select command,
           -- the limit keeps it a look at the index for each part: "exists" is planned as a hash of the whole log
           bool_or((select true from event e where e.stream_id = ids[n] and e.command_id = key limit 1)) is true as repeated,
           bool_or(coalesce((select version from stream where id = ids[n]), 0) <> expected) as stale
    from unnest(part_command, part_key, part_expected) with ordinality p(command, key, expected, n)
    group by command) judged;

  if not 0 = any (outcomes) then return; end if;

  insert into stream (name, version)
  select name, 0 from unnest(part_command, part_stream) with ordinality p(command, name, n)
  where outcomes[command] = 0 and ids[n] is null;

  if array_position(ids, null) is not null then
    select array_agg(s.id order by p.n) into ids
    from unnest(part_stream) with ordinality p(name, n) left join stream s on s.name = p.name;
  end if;

  insert into event (position, stream_id, version, type, data, command_id, ends_command)
  select ended + row_number() over (order by n), ids[part], part_expected[part] + number, type, data, part_key[part], ends
  from unnest(event_part, event_number, event_type, event_data, event_ends) with ordinality e(part, number, type, data, ends, n)
  where outcomes[part_command[part]] = 0;

  update stream
  set version = expected + events,
      began = case life when 1 then expected + 1 when 2 then null else began end
  from unnest(part_command, part_expected, part_events, part_life) with ordinality p(command, expected, events, life, n)
  where outcomes[command] = 0 and stream.id = ids[n];

  perform pg_notify('parley_log', '');
end $$;

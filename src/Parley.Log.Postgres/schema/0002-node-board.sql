-- Who does the work that one node does for all; a claim that is not renewed in time is anybody's.
create table claim (
  work    text primary key,
  node    uuid not null,
  expires timestamptz not null
) with (fillfactor = 10);

-- By which node somebody was seen last.
create table sighting (
  who  text collate "C" primary key,
  node uuid not null,
  at   timestamptz not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.1);

-- Random bytes that all nodes share.
create table secret (
  name  text primary key,
  value bytea not null
);

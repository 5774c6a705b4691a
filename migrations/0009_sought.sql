-- What somebody looks for in a long list is compared by words, normalised like names: see crates/matching.
alter table import_message add column sought_key text not null default '';  -- only while it waits
alter table feedback add column sought_key text not null default '';
-- How many messages of a file still wait for somebody.
create index import_message_open on import_message (batch_id, id) where state in ('refused', 'waiting');

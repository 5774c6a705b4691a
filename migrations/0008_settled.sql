-- How many messages of a file that were refused or waited somebody has dealt with since.
alter table import_batch add column settled bigint not null default 0;
update import_batch set settled = (select count(*) from import_message m where m.batch_id = import_batch.id and m.state = 'resolved');
-- What is due is kept in a shorter notation: rows of the old one are made again when the portal starts.
delete from forecast;

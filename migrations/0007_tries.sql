-- The try after which a job is given up. Whoever lets it begin again gives it as many more.
alter table job add column last_try bigint not null default 6;
update job set last_try = tries + 6 where state in ('waiting', 'running', 'asks');
-- The last job of a key.
create index job_key on job (once_key, created_at);

-- The try after which a job is given up. Whoever lets it begin again gives it as many more.
alter table job add column last_try bigint not null default 6;
-- Has the work of a key been done?
create index job_key on job (once_key, state);

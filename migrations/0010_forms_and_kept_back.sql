-- What a form knows of somebody besides the name, to be held against who is on file without reading every form of that name: telephone and
-- ZIP code as digits, the mother's first name as a key. `miis migrate` fills them in.
alter table objection add column phone_key text not null default '';
alter table objection add column zip_key text not null default '';
alter table objection add column mother_key text not null default '';
-- An office's own word of whoever is kept from it is compared like a name on file: those born on a day, in one look.
create index patient_kept_back_day on patient (birth_date) where sharing <> 'shared';
-- The forms of one name, the latest first.
create index objection_named on objection (birth_date, last_key, first_key, submitted_at);

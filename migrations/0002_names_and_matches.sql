-- A name and date of birth somebody is being added under, or a form is being kept for: on an engine with several writers the
-- row makes the second one wait for the first. SQLite has one writer and leaves the table empty.
create table name_hold (
    birth_date date not null,
    last_key text not null,
    first_key text not null,
    held bigint not null,
    primary key (birth_date, last_key, first_key)
);

-- Further records an accepted form is about: one person can be on file twice. The first is objection.patient_id.
create table objection_match (
    patient_id uuid not null references patient (id),
    id uuid not null,
    objection_id uuid not null references objection (id),
    primary key (patient_id, id),
    unique (patient_id, objection_id)
);
create index objection_match_form on objection_match (objection_id);

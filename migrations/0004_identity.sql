-- What tells people apart: twins, other names. What names a dose: the numbers of its order.
alter table patient add column multiple_birth text not null default '';   -- Y | N, empty if unknown (HL7 PID-24)
alter table patient add column birth_order bigint not null default 0;     -- from 1, 0 if unknown (HL7 PID-25)
alter table patient add column protected boolean not null default false;  -- an office has said so (HL7 PD1-12)

-- Names somebody went by before, or goes by besides: searched and matched like the name itself.
create table other_name (
    patient_id uuid not null references patient (id),
    id uuid not null,
    kind text not null,               -- former | other
    last_name text not null,
    first_name text not null,
    middle_name text not null,
    last_key text not null,
    first_key text not null,
    birth_date date not null,
    since timestamptz not null,
    primary key (patient_id, id),
    unique (patient_id, last_key, first_key)
);
create index other_name_person on other_name (birth_date, last_key, first_key);

-- Order numbers of a dose, with who gave them (HL7 ORC-3 and ORC-2), empty if unknown.
alter table dose add column filler_key text not null default '';
alter table dose add column placer_key text not null default '';
-- The day and the vaccine of a dose that counts, empty for one that does not and for those stored before this column: an office
-- cannot store the same vaccine of one day twice, whoever presses at the same moment.
alter table dose add column day_key text not null default '';
create unique index dose_once on dose (patient_id, site_id, day_key) where day_key <> '';

-- How the keys of names are made that are on file: `miis migrate` makes them again when the program makes them differently.
create table key_version (
    name text primary key,            -- names
    version bigint not null,
    done_to uuid                      -- how far the work has got, empty when it is done
);

-- Since when a certificate's doses are not what the record says any more, and what the office decided about it.
alter table certificate add column changed_at timestamptz;
alter table certificate add column kept_at timestamptz;
alter table certificate add column kept_reason text not null default '';
alter table certificate add column replaced_by uuid;
create index certificate_undecided on certificate (site_id, changed_at) where changed_at is not null and kept_at is null and revoked_at is null;

-- A form that was sent: the same press again finds what the first has done.
create table form_press (
    digest bytea primary key,
    at timestamptz not null,
    answer text not null
);
create index form_press_at on form_press (at);

-- What a queue says of a message without opening it.
alter table import_batch add column file_name text not null default '';
alter table import_message add column about text not null default '';     -- the name in it, only while it waits

-- What a school calls its grades, said once by its nurse.
create table grade_word (
    school_id uuid not null references site (id),
    id uuid not null,
    word_key text not null,
    grade text not null,
    primary key (school_id, id),
    unique (school_id, word_key)
);
create index enrolment_number on enrolment (school_id, student_number);

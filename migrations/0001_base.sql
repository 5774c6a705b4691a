-- The registry's first tables. The dialect both engines share is in README.md beside this file.
-- (A semicolon ends a statement, so no comment holds one.)

-- Places: provider offices, schools, child care centres.
create table site (
    id uuid primary key,
    name text not null,
    kind text not null,               -- provider | school | child_care
    street text not null,
    city text not null,
    state text not null,
    zip text not null,
    phone text not null,
    code text not null,               -- the name it has in messages (HL7 MSH-22, RXA-11) and files
    created_at timestamptz not null
);
create unique index site_code on site (code);
create index site_kind on site (kind, name);

-- People who can sign in.
create table account (
    id uuid primary key,
    login_key text not null,
    name text not null,
    password_hash text not null,
    role text not null,
    site_id uuid references site (id),
    licence text not null,
    language text not null,
    active boolean not null,
    created_at timestamptz not null
);
create unique index account_login on account (login_key);

-- Sessions: only a digest of the cookie's secret is kept.
create table session (
    digest bytea primary key,
    account_id uuid not null references account (id),
    created_at timestamptz not null,
    seen_at timestamptz not null,
    expires_at timestamptz not null,
    reason text not null              -- why the Department looks, empty for everyone else
);
create index session_account on session (account_id);
create index session_expires on session (expires_at);

-- People.
create table patient (
    id uuid primary key,
    version bigint not null,
    last_name text not null,
    first_name text not null,
    middle_name text not null,
    last_key text not null,
    first_key text not null,
    birth_date date not null,
    gender text not null,
    mother_first text not null,
    mother_maiden text not null,
    street text not null,
    city text not null,
    state text not null,
    zip text not null,
    phone text not null,
    language text not null,
    address_restricted boolean not null,
    provisional_enrolment boolean not null,
    sharing text not null,            -- shared | provisional | objected
    created_at timestamptz not null,
    updated_at timestamptz not null
);
-- A day of birth holds a few hundred of seven million people: every search by date starts here.
create index patient_birth on patient (birth_date, last_key, first_key);
-- The way in when the date was mistyped.
create index patient_name on patient (last_key, first_key, birth_date);

-- Numbers other systems know a person by.
create table patient_number (
    patient_id uuid not null references patient (id),
    id uuid not null,
    authority text not null,
    number_key text not null,
    primary key (patient_id, id),
    unique (patient_id, authority, number_key)
);
create index patient_number_key on patient_number (authority, number_key);

-- Who a person's family is, as far as signing in goes.
create table guardian (
    patient_id uuid not null references patient (id),
    id uuid not null,
    account_id uuid not null references account (id),
    relation text not null,           -- self | parent | guardian
    primary key (patient_id, id),
    unique (patient_id, account_id)
);
create index guardian_account on guardian (account_id);

-- Which offices have a person in their care.
create table care (
    patient_id uuid not null references patient (id),
    id uuid not null,
    site_id uuid not null references site (id),
    since timestamptz not null,
    primary key (patient_id, id),
    unique (patient_id, site_id)
);
create index care_site on care (site_id, since);

-- Doses. A correction changes the row and keeps the old one in dose_change.
create table dose (
    patient_id uuid not null references patient (id),
    id uuid not null,
    version bigint not null,
    given_on date not null,
    cvx bigint not null,
    mvx text not null,
    product text not null,
    lot text not null,
    site_id uuid references site (id),
    office text not null,
    source text not null,             -- administered | historical
    state text not null,              -- active | voided
    reported_at timestamptz not null,
    primary key (patient_id, id)
);

create table dose_change (
    patient_id uuid not null references patient (id),
    id uuid not null,
    dose_id uuid not null,
    changed_at timestamptz not null,
    changed_by uuid,
    kind text not null,               -- corrected | voided | imported
    reason text not null,
    before jsonb not null,
    primary key (patient_id, id)
);

-- Laboratory results and histories of disease.
create table evidence (
    patient_id uuid not null references patient (id),
    id uuid not null,
    antigen text not null,
    kind text not null,               -- laboratory | clinician | parent
    found_on date not null,
    site_id uuid references site (id),
    primary key (patient_id, id)
);

create table exemption (
    patient_id uuid not null references patient (id),
    id uuid not null,
    kind text not null,               -- medical | religious
    antigens text not null,           -- keys with blanks between, empty means all
    signed_on date not null,
    primary key (patient_id, id)
);

-- The certified record: asked for, and issued.
create table record_request (
    patient_id uuid not null references patient (id),
    id uuid not null,
    version bigint not null,
    account_id uuid not null references account (id),
    site_id uuid not null references site (id),
    purpose text not null,
    recipient text not null,
    state text not null,              -- asked | returned | released
    reason text not null,
    certificate_id uuid,
    asked_at timestamptz not null,
    decided_at timestamptz,
    primary key (patient_id, id)
);
create index record_request_site on record_request (site_id, state, asked_at);
create unique index record_request_open on record_request (patient_id, site_id) where state = 'asked';
create index record_request_account on record_request (account_id, asked_at);

create table certificate (
    patient_id uuid not null references patient (id),
    id uuid not null,
    version bigint not null,
    code text not null,               -- what anybody may check: 80 random bits, printed on the document
    site_id uuid not null references site (id),
    account_id uuid not null references account (id),
    identity_check text not null,
    statement jsonb not null,
    doses_digest text not null,
    issued_at timestamptz not null,
    revoked_at timestamptz,
    revoked_reason text not null,
    primary key (patient_id, id)
);
create index certificate_code on certificate (code);
create index certificate_site on certificate (site_id, issued_at);

-- Objections and their withdrawals. A form may name nobody the registry knows (yet).
create table objection (
    id uuid primary key,
    version bigint not null,
    receipt text not null,
    form jsonb not null,
    form_digest bytea not null,       -- the same form sent twice is one form
    choice text not null,             -- object | withdraw
    last_key text not null,
    first_key text not null,
    birth_date date not null,
    state text not null,
    reason text not null,
    patient_id uuid,
    account_id uuid,
    site_id uuid,
    submitted_at timestamptz not null,
    received_by uuid,
    decided_at timestamptz,
    decided_by uuid
);
create unique index objection_receipt on objection (receipt);
create unique index objection_digest on objection (form_digest);
create index objection_queue on objection (state, submitted_at);
create index objection_person on objection (birth_date, last_key, first_key);
create index objection_patient on objection (patient_id, submitted_at);

-- A form somebody without an account is filling in, under the digest of a cookie. Swept after some hours.
create table draft (
    digest bytea primary key,
    content jsonb not null,
    objection_id uuid,                -- once submitted: the answers are gone, the receipt can still be shown
    updated_at timestamptz not null
);
create index draft_updated on draft (updated_at);

-- Students. A line the registry has no shareable record for keeps only the school's own number.
create table enrolment (
    school_id uuid not null references site (id),
    id uuid not null,
    patient_id uuid,
    grade text not null,
    class_name text not null,
    student_number text not null,
    created_at timestamptz not null,
    primary key (school_id, id)
);
create index enrolment_class on enrolment (school_id, class_name);
create index enrolment_patient on enrolment (patient_id, school_id);

-- A class list under review: forgotten when it is saved or thrown away.
create table roster (
    school_id uuid not null references site (id),
    id uuid not null,
    account_id uuid not null references account (id),
    uploaded_at timestamptz not null,
    content jsonb not null,
    primary key (school_id, id)
);

-- Imported files and the result of each message.
create table import_batch (
    id uuid primary key,
    site_id uuid not null references site (id),
    account_id uuid,
    kind text not null,               -- hl7 | csv
    received_at timestamptz not null,
    accepted bigint not null,
    warned bigint not null,
    refused bigint not null,
    waiting bigint not null,
    repeated bigint not null
);
create index import_batch_site on import_batch (site_id, received_at);

create table import_message (
    id uuid primary key,
    batch_id uuid not null references import_batch (id),
    site_id uuid not null references site (id),
    position bigint not null,
    control_id text not null,
    digest bytea not null,
    state text not null,              -- accepted | warned | refused | waiting | resolved
    issues jsonb not null,
    content text not null,            -- kept only while somebody has to act on it
    patient_id uuid
);
create unique index import_message_digest on import_message (site_id, digest);
create index import_message_batch on import_message (batch_id, position);
create index import_message_state on import_message (site_id, state);

-- Who did and saw what.
create table audit (
    id uuid primary key,
    at timestamptz not null,
    account_id uuid,
    actor text not null,
    role text not null,
    site_id uuid,
    patient_id uuid,
    action text not null,
    outcome text not null,
    reason text not null
);
create index audit_patient on audit (patient_id, at);

-- Feedback without personal data.
create table feedback (
    id uuid primary key,
    at timestamptz not null,
    topic text not null,
    message text not null,
    language text not null
);

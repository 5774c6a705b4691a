-- As what somebody acts: a role, with the place where it is held at one. Several for one account, one chosen for a session.
create table standing (
    id uuid primary key,
    account_id uuid not null references account (id),
    role text not null,
    site_id uuid references site (id),
    created_at timestamptz not null
);
create index standing_account on standing (account_id, created_at);
-- What an account was until now is its first standing, under the account's own id.
insert into standing (id, account_id, role, site_id, created_at) select id, id, role, site_id, created_at from account;

alter table session add column standing_id uuid references standing (id);
alter table session add column assurance bigint not null default 1;      -- 1: one factor, 2: two (NIST SP 800-63B)
update session set standing_id = account_id;

-- A person at one office: care.id stands in its addresses. What the office has said of the person: all it sees of them while
-- the record is kept from it. Empty for those taken into care before this column, who were shown as they are on file.
alter table care add column said jsonb;
create index care_chart on care (site_id, id);
-- Those whose record is kept back are few: a list of an office finds them without looking at the others.
create index patient_kept_back on patient (id) where sharing <> 'shared';

-- What a reading was for.
alter table audit add column purpose text not null default '';

-- Groups of a forecast are written otherwise from now on: whoever finds one of no schedule works it out again.
update forecast set schedule = '', groups = '[]';

-- What was last searched for in a session, so that the way back leads to what was found: names stand in no address.
alter table session add column search text not null default '';

-- Open forms of one name and date of birth stand together in the queue.
create index objection_last on objection (last_key, submitted_at);
create index objection_open on objection (birth_date, last_key, first_key) where state in ('submitted', 'needs_information');

-- A student of a school that another school has put on its list: told to the first one until somebody has seen it.
create table listed_elsewhere (
    school_id uuid not null references site (id),
    id uuid not null,
    patient_id uuid not null,
    by_school uuid not null references site (id),
    reason text not null,
    at timestamptz not null,
    seen_at timestamptz,
    primary key (school_id, id)
);
create index listed_elsewhere_open on listed_elsewhere (school_id, at) where seen_at is null;

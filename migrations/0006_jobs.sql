-- Work the program does by itself: taken by one server at a time, tried again when that one stops in the middle of it.
create table job (
    id uuid primary key,
    kind text not null,               -- import | forecasts | sweep
    once_key text not null,           -- the same work twice is one job, as long as it is not finished
    state text not null,              -- waiting | running | asks | done | dead
    site_id uuid references site (id),
    payload jsonb not null,
    done bigint not null,             -- how far it is, and of how much: 0 while nobody knows
    total bigint not null,
    tries bigint not null,            -- also which lease it is: whoever holds an older one writes nothing
    run_at timestamptz not null,
    leased_until timestamptz,
    outcome text not null,            -- what it asks or came to, a word of the program's
    fault text not null,              -- why the last try failed, without anything personal
    created_at timestamptz not null,
    finished_at timestamptz
);
create unique index job_once on job (once_key) where state in ('waiting', 'running', 'asks');
create index job_next on job (run_at) where state in ('waiting', 'running');
create index job_state on job (state, created_at);

-- A file as it was handed in, until its job is finished.
create table job_file (
    job_id uuid primary key references job (id),
    content bytea not null
);

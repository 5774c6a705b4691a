-- Schedules and overlays that were imported, in the project's notation. A release is never changed, only added.
create table schedule_text (
    id uuid primary key,
    kind text not null,               -- release | overlay
    name text not null,
    files jsonb not null,             -- its files: name and text of each
    digest text not null,
    imported_at timestamptz not null
);
create unique index schedule_text_name on schedule_text (kind, name);

-- Which schedule is in force: the newest row. Those before it say which one was, and when. A program that carries another
-- schedule of its own than the one before it adds a row when it starts.
create table schedule_choice (
    id uuid primary key,
    release text not null,            -- its name
    built_in boolean not null,        -- it comes with the program
    digest text not null,             -- SHA-256 of all its text, with what is laid over it
    errata boolean not null,
    overlays jsonb not null,          -- their names, in the order they are laid over it
    chosen_at timestamptz not null
);
create index schedule_choice_newest on schedule_choice (chosen_at, id);

-- What is due for a person, as of a day: for lists, reminders and coverage. Written with whatever changes it, so a row is
-- never older than the doses beside it. Pages work it out afresh.
create table forecast (
    patient_id uuid primary key references patient (id),
    version bigint not null,          -- grows with every writing
    as_of date not null,
    schedule text not null,           -- the beginning of the schedule's digest, empty while it is being renewed
    due_on date,                      -- from this day something is recommended
    overdue_on date,                  -- from this day something is overdue
    groups text not null              -- every vaccine group, in the notation of crates/registry/src/forecast.rs
);

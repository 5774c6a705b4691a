//! The work the program does by itself: what waits, what is being done, and what was given up.

use domain::JobId;
use leptos::prelude::*;
use registry::{Job, JobKind, RegistryError};
use words::Words;

use crate::{
    answer::{Failure, Page, Reply},
    call::Call,
    ui,
};

fn row(words: Words, job: Job, office: &str) -> Vec<AnyView> {
    let known = JobKind::from_key(&job.kind);
    let kind = match known {
        Some(JobKind::Import) => words.jobs_import(),
        Some(JobKind::Forecasts) => words.jobs_forecasts(),
        Some(JobKind::Sweep) => words.jobs_sweep(),
        None => words.jobs_other(),
    };
    let is_given_up = job.state == "dead";
    let state = match job.state.as_str() {
        "dead" => words.jobs_given_up(),
        "running" => words.jobs_running(),
        "asks" => words.jobs_asks(),
        _ => words.jobs_waiting(),
    };
    let fault = (!job.fault.is_empty()).then(|| view! { <p class="hint">{job.fault.clone()}</p> });
    let again = (is_given_up && known.is_some()).then(|| {
        let id = job.job_id().to_string();
        let name = [kind, office, &words.moment(job.created_at)].join(", ");
        ui::form(
            "/department/jobs",
            view! {
                <input type="hidden" name="job" value=id/>
                <button type="submit" class="button quiet">{words.jobs_again()}<span class="visually-hidden">{format!(" ({name})")}</span></button>
            },
        )
    });
    let of = (!office.is_empty()).then(|| view! { <p class="hint">{office.to_owned()}</p> });
    vec![
        view! { <div>{kind}{of}</div> }.into_any(),
        words.moment(job.created_at).into_any(),
        view! { <div>{state}{fault}</div> }.into_any(),
        words.jobs_tries(job.tries).into_any(),
        again.into_any(),
    ]
}

/// `/department/jobs`
pub(crate) async fn page(call: Call) -> Reply {
    let words = call.words;
    let jobs = call.registry.jobs_page(&call.caller.principal, call.page_number("page")).await?;
    let told = match call.told() {
        "again" => Some(words.jobs_begun_again()),
        "newer" => Some(words.jobs_newer()),
        _ => None,
    };
    let form = call.form;
    Ok(Page::new(words.jobs_title(), move || {
        let pages = ui::pages(words, "/department/jobs", "page", &jobs, &form);
        // What needs somebody stands first.
        let (given_up, others): (Vec<_>, Vec<_>) = jobs.lines.into_iter().partition(|(job, _)| job.state == "dead");
        let none = given_up.is_empty() && others.is_empty();
        let columns = || {
            [words.jobs_what(), words.looked_when(), words.jobs_state(), words.jobs_begun(), ""]
                .map(str::to_owned)
                .to_vec()
        };
        let table = |title: String, jobs: Vec<(Job, String)>| {
            let rows = jobs.into_iter().map(|(job, office)| row(words, job, &office)).collect();
            ui::captioned(title, columns(), rows)
        };
        view! {
            {told.map(ui::done)}
            <h1>{words.jobs_title()}</h1>
            <p class="lead">{words.jobs_lead()}</p>
            {none.then(|| view! { <p>{words.jobs_none()}</p> })}
            {(!given_up.is_empty()).then(|| table(words.jobs_given_up().to_owned(), given_up))}
            {(!others.is_empty()).then(|| table(words.jobs_open().to_owned(), others))}
            {pages}
        }
        .into_any()
    })
    .wide()
    .into())
}

/// Posted there: something that was given up begins again.
pub(crate) async fn again(call: Call) -> Reply {
    let id: JobId = call.form.value("job").parse().map_err(|_| Failure::BadRequest)?;
    match call.registry.retry_job(&call.caller.principal, id).await {
        Err(RegistryError::Conflict) => call.go_telling("/department/jobs", "newer"),
        begun => {
            begun?;
            call.registry.start_job(id);
            call.go_telling("/department/jobs", "again")
        }
    }
}

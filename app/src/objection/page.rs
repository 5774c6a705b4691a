//! One question a page.

use super::{Answers, Step, step::Asking};
use crate::{
    answer::{Failure, Page, Reply},
    call::Call,
    ui,
};
use leptos::prelude::*;

fn draw(call: Call, answers: &Answers, step: Step) -> Page {
    let words = call.words;
    let said = answers.said(call.registry.today(), words);
    let asking = Asking { minor: said.is_minor(call.registry.today()), desk: answers.desk };
    let asked: Vec<Step> = Step::ALL.iter().copied().filter(|step| step.is_asked(asking.minor)).collect();
    let place = asked.iter().position(|known| *known == step).unwrap_or(0);
    let before = place.checked_sub(1).and_then(|before| asked.get(before));
    let back = before.map_or("/objection".to_owned(), |before| format!("/objection/{}", before.key()));
    let progress = words.objection_progress(&(place + 1).to_string(), &asked.len().to_string());
    let heading = step.question(words, said.withdraws());
    let single = step.is_single();
    let form = call.form;
    Page::new(heading, move || {
        view! {
            {ui::back(back, words.back_step())}
            {ui::error_summary(&form, words)}
            <p class="progress">{progress}</p>
            <h1 class:visually-hidden=single>{heading}</h1>
            {ui::form("", view! { <div class=if single { "single" } else { "" }>{step.view(&form, words, asking)}</div>{ui::button(words.objection_continue())} })}
        }
        .into_any()
    })
}

fn wanted(call: &Call) -> Result<Step, Failure> {
    Step::from_key(&call.param::<String>("step")?).ok_or(Failure::NotFound)
}

/// `/objection/{step}`
pub(crate) async fn page(mut call: Call) -> Reply {
    let step = wanted(&call)?;
    let Some(answers) = Answers::load(&call).await? else { return Call::go("/objection") };
    answers.fill(&mut call.form);
    Ok(draw(call, &answers, step).into())
}

/// Posted there.
pub(crate) async fn send(mut call: Call) -> Reply {
    let step = wanted(&call)?;
    let Some(mut answers) = Answers::load(&call).await? else { return Call::go("/objection") };
    let (words, today) = (call.words, call.registry.today());
    let mut said = answers.said(today, words);
    step.read(&mut call.form, words, today, &mut said);
    answers.add(step, &call.form);
    if !call.form.is_fine() {
        return Call::again(draw(call, &answers, step));
    }
    let secret = call.draft.clone().unwrap_or_default();
    answers.save(&call, &secret).await?;
    let next = match answers.complete(today, words) {
        Ok(_) => None,
        Err(_) => step.next(said.is_minor(today)),
    };
    Call::go(next.map_or("/objection/check".to_owned(), |next| format!("/objection/{}", next.key())))
}

//! The pages that explain: one function each, all of one shape.

use leptos::prelude::*;

use crate::{
    answer::{Page, Reply},
    call::Call,
    ui,
};

/// A heading with its paragraphs.
type Section = (&'static str, Vec<&'static str>);

fn article(
    title: &'static str,
    lead: &'static str,
    sections: Vec<Section>,
    end: Option<(&'static str, &'static str)>,
) -> Page {
    Page::new(title, move || {
        let sections = sections
            .into_iter()
            .map(|(heading, paragraphs)| {
                view! { <section><h2>{heading}</h2>{paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}</section> }
            })
            .collect_view();
        view! {
            <article class="article">
                <h1>{title}</h1>
                <p class="lead">{lead}</p>
                {sections}
                {end.map(|(to, text)| ui::button_link(to, text))}
            </article>
        }
        .into_any()
    })
    .about(lead)
}

/// `/about`
pub(crate) async fn about(call: Call) -> Reply {
    let w = call.words;
    let sections = vec![
        (w.about_what(), vec![w.about_what_1(), w.about_what_2()]),
        (w.about_why(), vec![w.about_why_1(), w.about_why_2(), w.about_why_3()]),
        (w.about_who(), vec![w.about_who_1(), w.about_who_2()]),
    ];
    Ok(article(w.about_title(), w.about_lead(), sections, Some(("/your-information", w.information_title()))).into())
}

/// `/your-information`
pub(crate) async fn information(call: Call) -> Reply {
    let w = call.words;
    let sections = vec![
        (w.information_what(), vec![w.information_what_1(), w.information_what_2()]),
        (w.information_law(), vec![w.information_law_1(), w.information_law_2()]),
        (w.information_who(), vec![w.information_who_1(), w.information_who_2(), w.information_who_3()]),
        (
            w.information_objection(),
            vec![w.information_objection_1(), w.information_objection_2(), w.information_objection_3()],
        ),
        (w.information_rights(), vec![w.information_rights_1()]),
    ];
    Ok(article(w.information_title(), w.information_lead(), sections, Some(("/objection", w.objection_title()))).into())
}

/// `/questions`
pub(crate) async fn questions(call: Call) -> Reply {
    let w = call.words;
    let items = [
        (w.question_copy(), w.answer_copy()),
        (w.question_school(), w.answer_school()),
        (w.question_wrong(), w.answer_wrong()),
        (w.question_missing(), w.answer_missing()),
        (w.question_valid(), w.answer_valid()),
        (w.question_optout(), w.answer_optout()),
        (w.question_moved(), w.answer_moved()),
        (w.question_exempt(), w.answer_exempt()),
        (w.question_lost(), w.answer_lost()),
    ];
    Ok(Page::new(w.questions_title(), move || {
        let items = items.map(|(question, answer)| view! { <details class="question"><summary>{question}</summary><p>{answer}</p></details> }).collect_view();
        view! { <article class="article"><h1>{w.questions_title()}</h1>{items}</article> }.into_any()
    })
    .about(w.questions_about())
    .into())
}

/// `/for-schools`
pub(crate) async fn schools(call: Call) -> Reply {
    let w = call.words;
    let sections = vec![
        (w.schools_check(), vec![w.schools_check_1(), w.schools_check_2()]),
        (w.schools_list(), vec![w.schools_list_1()]),
        (w.schools_none(), vec![w.schools_none_1()]),
        (w.schools_certificate(), vec![w.schools_certificate_1()]),
    ];
    Ok(article(w.schools_title(), w.schools_lead(), sections, Some(("/school", w.schools_enter()))).into())
}

/// `/for-providers`
pub(crate) async fn providers(call: Call) -> Reply {
    let w = call.words;
    let sections = vec![
        (w.providers_report(), vec![w.providers_report_1(), w.providers_report_2()]),
        (w.providers_record(), vec![w.providers_record_1()]),
        (w.providers_certify(), vec![w.providers_certify_1()]),
        (w.providers_form(), vec![w.providers_form_1()]),
    ];
    Ok(article(w.providers_title(), w.providers_lead(), sections, Some(("/provider", w.providers_enter()))).into())
}

/// `/get-record`
pub(crate) async fn get_record(call: Call) -> Reply {
    let w = call.words;
    let sections = vec![
        (w.get_record_how(), vec![w.get_record_how_1(), w.get_record_how_2(), w.get_record_how_3()]),
        (w.get_record_no_account(), vec![w.get_record_no_account_1()]),
        (w.get_record_school(), vec![w.get_record_school_1()]),
    ];
    Ok(article(w.get_record_title(), w.get_record_lead(), sections, Some(("/family", w.get_record_enter()))).into())
}

/// `/privacy`
pub(crate) async fn privacy(call: Call) -> Reply {
    let w = call.words;
    let sections = vec![
        (w.privacy_kept(), vec![w.privacy_kept_1(), w.privacy_kept_2()]),
        (w.privacy_cookies(), vec![w.privacy_cookies_1()]),
        (w.privacy_looks(), vec![w.privacy_looks_1()]),
        (w.privacy_law(), vec![w.privacy_law_1()]),
    ];
    Ok(article(w.privacy_title(), w.privacy_lead(), sections, None).into())
}

/// `/accessibility`
pub(crate) async fn accessibility(call: Call) -> Reply {
    let w = call.words;
    let sections = vec![
        (w.accessibility_how(), vec![w.accessibility_how_1(), w.accessibility_how_2()]),
        (w.accessibility_trouble(), vec![w.accessibility_trouble_1()]),
    ];
    Ok(article(w.accessibility_title(), w.accessibility_lead(), sections, Some(("/feedback", w.feedback_title())))
        .into())
}

/// `/contact`
pub(crate) async fn contact(call: Call) -> Reply {
    let w = call.words;
    let sections = vec![
        (w.contact_record(), vec![w.contact_record_1()]),
        (w.contact_department(), vec![w.contact_department_1(), w.contact_department_2()]),
    ];
    Ok(article(w.contact_title(), w.contact_lead(), sections, None).into())
}

//! Reporting a dose by form, correcting one, taking one back.

use advice::Warnings;
use domain::{
    ChartId, Cvx, DoseId, Invalid, Mvx, PatientId, catalogue,
    catalogue::Use,
    date::PastDay,
    dose::{Dose, Lot, Product, Source},
    text::{Line, Reason},
};
use leptos::prelude::*;
use registry::{CertificateFate, Certified, DoseEntry, RegistryError};

use crate::{
    answer::{Failure, Page, Reply},
    call::Call,
    form::{Form, why_words},
    islands::VaccineSearch,
    ui::{self, Field, TextArea},
};

/// The vaccines to choose from: those given today first, then older and unspecified ones, then foreign ones. With each, what
/// else it may be searched by: the diseases, in the reader's language and as they are abbreviated.
pub(crate) fn choices(words: words::Words) -> Vec<ui::Searchable> {
    let text = |vaccine: &catalogue::Vaccine| {
        let products: Vec<&str> = vaccine.products.iter().map(|product| product.name).collect();
        let products = if products.is_empty() { String::new() } else { format!(" – {}", products.join(", ")) };
        format!("{}{products} ({})", vaccine.name, vaccine.cvx)
    };
    let of = |usage: Use| catalogue::all().iter().filter(move |vaccine| vaccine.usage == usage);
    let known_as = |vaccine: &catalogue::Vaccine| {
        let groups = vaccine.groups();
        let groups = groups.iter().map(|group| format!("{} {group:?}", ui::group_name(words, *group)));
        format!("{} {}", groups.collect::<Vec<_>>().join(" "), vaccine.name.replace([' ', '-'], ""))
    };
    let mut all = vec![ui::Searchable {
        value: String::new(),
        text: words.dose_choose_vaccine().to_owned(),
        known_as: String::new(),
    }];
    for usage in [Use::Current, Use::Unspecified, Use::Historical, Use::Foreign] {
        all.extend(of(usage).map(|vaccine| ui::Searchable {
            value: vaccine.cvx.to_string(),
            text: text(vaccine),
            known_as: known_as(vaccine),
        }));
    }
    all
}

/// The fields of a dose.
pub(crate) fn fields(form: &Form, words: words::Words) -> AnyView {
    let sources = [
        ("administered".to_owned(), words.dose_given_here().to_owned(), String::new()),
        (
            "historical".to_owned(),
            words.dose_given_elsewhere().to_owned(),
            words.dose_given_elsewhere_hint().to_owned(),
        ),
    ];
    view! {
        <VaccineSearch label=words.dose_search().to_owned() matches=words.dose_matches("{n}")/>
        {ui::searchable(form, "cvx", words.dose_vaccine(), &choices(words))}
        {ui::date_field(form, words, "given", words.dose_date(), words.date_hint(), false)}
        {ui::radios(form, "source", words.dose_source(), "", &sources)}
        {Field::new("office", words.dose_office()).hint(words.dose_office_hint()).limit(100).view(form)}
        {Field::new("product", words.field_optional(words.dose_product())).limit(100).width("half").view(form)}
        {Field::new("mvx", words.field_optional(words.dose_maker())).hint(words.dose_maker_hint()).limit(3).width("short").view(form)}
        {Field::new("lot", words.field_optional(words.dose_lot())).limit(30).width("half").view(form)}
    }
    .into_any()
}

/// Reads the fields; what is wrong is noted in the form.
pub(crate) fn read(call: &mut Call) -> Option<DoseEntry> {
    let words = call.words;
    let today = call.registry.today();
    let form = &mut call.form;
    let cvx = form.value("cvx").parse::<Cvx>();
    let cvx = match cvx {
        Err(Invalid::Missing) => {
            form.wrong("cvx", words.dose_vaccine_missing());
            None
        }
        other => form.accept("cvx", words, other),
    };
    let given_on = form.date("given", words, today);
    let given_on = given_on.and_then(|day| form.accept("given", words, PastDay::new(day, today)));
    let source = match form.value("source") {
        "administered" => Some(Source::Administered),
        "historical" => Some(Source::Historical),
        _ => form.accept("source", words, Err(Invalid::Choice)),
    };
    let office = form.accept("office", words, Line::new(form.value("office")));
    let product = form.accept("product", words, Product::new(form.value("product")));
    let lot = form.accept("lot", words, Lot::new(form.value("lot")));
    let despite = form.accept("despite", words, Line::new(form.value("despite")));
    let mvx = if form.value("mvx").trim().is_empty() {
        Some(None)
    } else {
        form.accept("mvx", words, form.value("mvx").parse::<Mvx>()).map(Some)
    };
    Some(DoseEntry {
        given_on: given_on?,
        cvx: cvx?,
        mvx: mvx?,
        product: product?,
        lot: lot?,
        source: source?,
        office: office?,
        despite: despite?,
        warned: call.form.value("warned").to_owned(),
    })
}

/// What the schedule says against the dose, with the field for the reason to save it all the same. Its place is at the top of the
/// form: what is entered stays below, and can be changed instead.
pub(crate) fn warned(form: &Form, words: words::Words, warnings: Option<&Warnings>) -> AnyView {
    let Some(warnings) = warnings else { return ().into_any() };
    let items = warnings.sentences(words).into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view();
    ui::warning(
        words.warning(),
        view! {
            <h2>{words.warning_title()}</h2>
            <p>{words.warning_lead()}</p>
            <ul>{items}</ul>
            <input type="hidden" name="warned" value=warnings.key()/>
            {Field::new("despite", words.warning_reason()).hint(words.warning_reason_hint()).limit(300).view(form)}
            {ui::button(words.warning_save())}
            <p>{words.warning_change()}</p>
        },
    )
}

/// Notes what a report was answered with; gives the warnings, if it was with those.
pub(crate) fn note_refusal(
    form: &mut Form,
    words: words::Words,
    error: RegistryError,
) -> Result<Option<Box<Warnings>>, Failure> {
    match error {
        RegistryError::Warned(warnings) => {
            form.wrong("despite", words.warning_reason_missing());
            Ok(Some(warnings))
        }
        RegistryError::OnRecord => {
            form.wrong("given", words.dose_on_record());
            Ok(None)
        }
        RegistryError::Certified(numbers) => {
            form.wrong("fate", words.certified_missing());
            form.prefill("certified", numbers.join(", "));
            Ok(None)
        }
        RegistryError::Invalid(field, why) => {
            let field = match field {
                "despite" => "despite",
                "certificate_reason" => "fate-reason",
                _ => "given",
            };
            form.wrong(field, why_words(words, why));
            Ok(None)
        }
        other => Err(other.into()),
    }
}

fn draw_new(call: Call, chart: ChartId, name: String, warnings: Option<Box<Warnings>>) -> Page {
    let words = call.words;
    let form = call.form;
    Page::new(words.dose_new_title(), move || {
        view! {
            {ui::back(format!("/provider/people/{chart}"), words.back_record())}
            {ui::error_summary(&form, words)}
            <h1>{words.dose_new_heading(&name)}</h1>
            {ui::form("", view! {
                {warned(&form, words, warnings.as_deref())}
                {fields(&form, words)}
                {ui::button(words.dose_save())}
            })}
        }
        .into_any()
    })
    .with_islands()
}

/// `/provider/people/{chart}/doses/new`
pub(crate) async fn new_page(mut call: Call) -> Reply {
    let (chart, patient) = call.charted().await?;
    let name = call.registry.name(&call.caller, patient).await?.to_string();
    call.form.prefill("source", "administered");
    Ok(draw_new(call, chart, name, None).into())
}

/// Posted there.
pub(crate) async fn new_send(mut call: Call) -> Reply {
    let words = call.words;
    let (chart, patient) = call.charted().await?;
    let Some(entry) = read(&mut call) else {
        let name = call.registry.name(&call.caller, patient).await?.to_string();
        return Call::again(draw_new(call, chart, name, None));
    };
    match call.registry.add_dose(&call.caller, patient, &entry).await {
        Ok(_) => call.go_telling(&format!("/provider/people/{chart}"), "dose"),
        Err(error) => {
            let warnings = note_refusal(&mut call.form, words, error)?;
            let name = call.registry.name(&call.caller, patient).await?.to_string();
            Call::again(draw_new(call, chart, name, warnings))
        }
    }
}

/// What becomes of the office's certificates that state the dose: asked where there are some.
pub(crate) fn certified(form: &Form, words: words::Words) -> AnyView {
    let numbers = form.value("certified").to_owned();
    if numbers.is_empty() {
        return ().into_any();
    }
    let choices: Vec<_> = CertificateFate::ALL
        .iter()
        .map(|fate| {
            let (label, hint) = match fate {
                CertificateFate::Replace => (words.certified_replace(), words.certified_replace_hint()),
                CertificateFate::Revoke => (words.certified_revoke(), words.certified_revoke_hint()),
                CertificateFate::Keep => (words.certified_keep(), words.certified_keep_hint()),
            };
            (fate.key().to_owned(), label.to_owned(), hint.to_owned())
        })
        .collect();
    ui::warning(
        words.warning(),
        view! {
            <h2>{words.certified_title()}</h2>
            <p>{words.certified_text(&numbers)}</p>
            <input type="hidden" name="certified" value=numbers/>
            {ui::radios(form, "fate", words.certified_question(), "", &choices)}
            {Field::new("fate-reason", words.certified_reason()).limit(300).view(form)}
        },
    )
}

/// What was chosen for them, if something was.
pub(crate) fn fate(form: &mut Form, words: words::Words) -> Option<Certified> {
    match CertificateFate::from_key(form.value("fate"))? {
        CertificateFate::Replace => Some(Certified::Replace),
        CertificateFate::Revoke => Some(Certified::Revoke),
        CertificateFate::Keep => {
            let reason = Reason::new(form.value("fate-reason"));
            form.accept("fate-reason", words, reason).map(Certified::Keep)
        }
    }
}

/// A dose on its way to be corrected, and whose it is.
struct Correcting {
    chart: ChartId,
    name: String,
    dose: Dose,
}

impl Correcting {
    async fn fetch(call: &Call, chart: ChartId, patient: PatientId) -> Result<Self, Failure> {
        let (name, dose) = call.registry.own_dose(&call.caller, patient, call.param("dose")?).await?;
        Ok(Self { chart, name: name.to_string(), dose })
    }
}

fn draw_correct(call: Call, of: Correcting, warnings: Option<Box<Warnings>>) -> Page {
    let words = call.words;
    let form = call.form;
    let Correcting { chart, name, dose } = of;
    let id = dose.id;
    let which = words.dose_correct_which(&name, &catalogue::name(dose.cvx), &words.date(dose.given_on));
    Page::new(words.dose_correct_title(), move || {
        let version = form.value("version").to_owned();
        let version = view! { <input type="hidden" name="version" value=version/> };
        let again = version.clone();
        // The question stands in the form it was asked by.
        let voiding = form.ticked("void-reason");
        view! {
            {ui::back(format!("/provider/people/{chart}"), words.back_record())}
            {ui::error_summary(&form, words)}
            <h1>{words.dose_correct_title()}</h1>
            <p class="lead">{which}</p>
            <p>{words.dose_correct_lead()}</p>
            {ui::form(&format!("/provider/people/{chart}/doses/{id}"), view! {
                {version}
                {warned(&form, words, warnings.as_deref())}
                {(!voiding).then(|| certified(&form, words))}
                {fields(&form, words)}
                {TextArea::new("reason", words.dose_reason()).hint(words.dose_reason_hint()).rows(2).view(&form)}
                {ui::button(words.dose_save())}
            })}
            <h2>{words.dose_void_title()}</h2>
            <p>{words.dose_void_text()}</p>
            {ui::form(&format!("/provider/people/{chart}/doses/{id}/void"), view! {
                {again}
                {voiding.then(|| certified(&form, words))}
                {Field::new("void-reason", words.dose_void_reason()).hint(words.dose_void_reason_hint()).limit(300).view(&form)}
                {ui::danger_button(words.dose_void())}
            })}
        }
        .into_any()
    })
    .with_islands()
    .at(format!("/provider/people/{chart}/doses/{id}"))
}

/// `/provider/people/{chart}/doses/{dose}`
pub(crate) async fn correct_page(mut call: Call) -> Reply {
    let (chart, patient) = call.charted().await?;
    let correcting = Correcting::fetch(&call, chart, patient).await?;
    fill(&mut call.form, &correcting.dose);
    Ok(draw_correct(call, correcting, None).into())
}

fn fill(form: &mut Form, dose: &Dose) {
    form.prefill("version", dose.version.to_string());
    form.prefill("cvx", dose.cvx.to_string());
    form.prefill_date("given", dose.given_on);
    form.prefill("source", dose.source.key());
    form.prefill("office", dose.office.clone());
    form.prefill("product", dose.product.to_string());
    form.prefill("mvx", Mvx::or_empty(dose.mvx.as_ref()).to_owned());
    form.prefill("lot", dose.lot.to_string());
}

/// Posted there.
pub(crate) async fn correct_send(mut call: Call) -> Reply {
    let words = call.words;
    let (chart, patient) = call.charted().await?;
    let id: DoseId = call.param("dose")?;
    let reason = Reason::new(call.form.value("reason"));
    let reason = call.form.accept("reason", words, reason);
    let version = call.form.value("version").parse().unwrap_or(0);
    let mut warnings = None;
    let fate = fate(&mut call.form, words);
    if let (Some(entry), Some(reason), true) = (read(&mut call), reason, call.form.is_fine()) {
        match call.registry.correct_dose(&call.caller, patient, id, version, &entry, &reason, fate.as_ref()).await {
            Ok(()) => return call.go_telling(&format!("/provider/people/{chart}"), "corrected"),
            Err(error) => warnings = note_refusal(&mut call.form, words, error)?,
        }
    }
    let correcting = Correcting::fetch(&call, chart, patient).await?;
    Call::again(draw_correct(call, correcting, warnings))
}

/// Posted to `.../void`.
pub(crate) async fn void_send(mut call: Call) -> Reply {
    let words = call.words;
    let (chart, patient) = call.charted().await?;
    let id: DoseId = call.param("dose")?;
    let reason = Reason::new(call.form.value("void-reason"));
    let version = call.form.value("version").parse().unwrap_or(0);
    let reason = call.form.accept("void-reason", words, reason);
    let fate = fate(&mut call.form, words);
    if let (Some(reason), true) = (reason, call.form.is_fine()) {
        match call.registry.void_dose(&call.caller, patient, id, version, &reason, fate.as_ref()).await {
            Ok(()) => return call.go_telling(&format!("/provider/people/{chart}"), "void"),
            Err(error) => drop(note_refusal(&mut call.form, words, error)?),
        }
    }
    let correcting = Correcting::fetch(&call, chart, patient).await?;
    fill(&mut call.form, &correcting.dose);
    Call::again(draw_correct(call, correcting, None))
}

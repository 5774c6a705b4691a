//! The steps of the form: each owns its fields, how they are asked, read and summed up.

use chrono::NaiveDate;
use domain::{
    BirthDate, Invalid, PersonName,
    objection::{Choice, Form as Objection, STATEMENTS, Signer},
    patient::{Address, Gender, Mother},
    text,
};
use leptos::prelude::*;
use words::Words;

use crate::{
    form::{Form, why_words},
    provider::newcomer::genders,
    ui::{self, Field},
};

/// One question a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::VariantArray)]
pub(crate) enum Step {
    /// Object, or withdraw an objection.
    Choice,
    /// Whose record.
    Name,
    /// Their date of birth.
    Birth,
    /// Their gender.
    Gender,
    /// Where they live.
    Address,
    /// How to reach them.
    Contact,
    /// Their mother's name, under 18.
    Mother,
    /// What they have to know.
    Statements,
    /// Who signs.
    Signer,
}

/// What the steps have read so far.
#[derive(Debug, Default)]
pub(crate) struct FormSoFar {
    choice: Option<Choice>,
    name: Option<PersonName>,
    born: Option<BirthDate>,
    gender: Option<Gender>,
    address: Option<Address>,
    phone: String,
    email: String,
    mother: Mother,
    signer: Option<Signer>,
}

impl FormSoFar {
    /// Somebody under 18: their mother's name is asked, and somebody else signs.
    pub(crate) fn is_minor(&self, today: NaiveDate) -> bool {
        self.born.is_some_and(|born| born.is_minor_on(today))
    }

    /// Do they withdraw an objection?
    pub(crate) fn withdraws(&self) -> bool {
        self.choice == Some(Choice::Withdraw)
    }

    /// The form without its signature.
    pub(crate) fn form(self, today: NaiveDate, words: Words) -> Option<Objection> {
        Some(Objection {
            choice: self.choice?,
            name: self.name?,
            born: self.born?.date(),
            gender: self.gender?,
            address: self.address?,
            phone: self.phone,
            email: self.email,
            mother: self.mother,
            signer: self.signer?,
            signature: String::new(),
            signed_on: today,
            office: String::new(),
            office_staff: String::new(),
            language: words.lang().code().to_owned(),
        })
    }
}

/// How a step is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asking {
    /// Of somebody under 18.
    pub minor: bool,
    /// Somebody of an office types for the family: the browser must not offer their own name and address.
    pub desk: bool,
}

impl Step {
    /// In their order.
    pub(crate) const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

    /// The word in its address.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Name => "name",
            Self::Birth => "birth",
            Self::Gender => "gender",
            Self::Address => "address",
            Self::Contact => "contact",
            Self::Mother => "mother",
            Self::Statements => "statements",
            Self::Signer => "signer",
        }
    }

    /// Reads the word.
    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|step| step.key() == key)
    }

    /// The fields it asks for.
    pub(crate) fn fields(self) -> Vec<String> {
        let names: &[&str] = match self {
            Self::Choice => &["choice"],
            Self::Name => &["last", "first", "middle"],
            Self::Birth => &["born-month", "born-day", "born-year"],
            Self::Gender => &["gender"],
            Self::Address => &["street", "city", "state", "zip", "no-address"],
            Self::Contact => &["phone", "email"],
            Self::Mother => &["mother-first", "mother-maiden"],
            Self::Signer => &["signer"],
            Self::Statements => return (1..=STATEMENTS).map(statement).collect(),
        };
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    /// Is it asked of this person?
    pub(crate) fn is_asked(self, minor: bool) -> bool {
        self != Self::Mother || minor
    }

    /// The step after this one.
    pub(crate) fn next(self, minor: bool) -> Option<Self> {
        Self::ALL.iter().copied().skip_while(|step| *step != self).skip(1).find(|step| step.is_asked(minor))
    }

    /// Is its question the legend of its only group? Then it needs no heading besides.
    pub(crate) const fn is_single(self) -> bool {
        matches!(self, Self::Choice | Self::Gender | Self::Signer | Self::Birth)
    }

    /// Its question.
    pub(crate) fn question(self, words: Words, withdraw: bool) -> &'static str {
        match self {
            Self::Choice => words.objection_q_choice(),
            Self::Name => words.objection_q_name(),
            Self::Birth => words.objection_q_birth(),
            Self::Gender => words.objection_q_gender(),
            Self::Address => words.objection_q_address(),
            Self::Contact => words.objection_q_contact(),
            Self::Mother => words.objection_q_mother(),
            Self::Statements if withdraw => words.objection_q_statements_withdraw(),
            Self::Statements => words.objection_q_statements(),
            Self::Signer => words.objection_q_signer(),
        }
    }

    /// Its fields, as they are drawn.
    pub(crate) fn view(self, form: &Form, words: Words, asking: Asking) -> AnyView {
        let own = |token: &'static str| if asking.desk { "off" } else { token };
        match self {
            Self::Choice => {
                let choice = |choice: Choice| (choice.key().to_owned(), choice_name(words, choice).to_owned(), String::new());
                let choices = [choice(Choice::Object), choice(Choice::Withdraw)];
                ui::radios(form, "choice", words.objection_q_choice(), "", &choices)
            }
            // Often a child's, and not of whoever sits at the keyboard.
            Self::Name => view! {
                {Field::new("last", words.field_last()).autocomplete("off").limit(80).width("half").view(form)}
                {Field::new("first", words.field_first()).hint(words.field_first_hint()).autocomplete("off").limit(80).width("half").view(form)}
                {Field::new("middle", words.field_optional(words.field_middle())).autocomplete("off").limit(80).width("half").view(form)}
            }
            .into_any(),
            Self::Birth => ui::date_field(form, words, "born", words.field_born(), words.date_hint(), false),
            Self::Gender => ui::radios(form, "gender", words.field_gender(), "", &genders(words)),
            Self::Address => view! {
                {Field::new("street", words.field_street()).autocomplete(own("address-line1")).limit(120).view(form)}
                {Field::new("city", words.field_city()).autocomplete(own("address-level2")).limit(60).width("half").view(form)}
                {Field::new("state", words.field_state()).hint(words.field_state_hint()).autocomplete(own("address-level1")).limit(20).width("short").view(form)}
                {Field::new("zip", words.field_zip()).autocomplete(own("postal-code")).limit(10).width("short").view(form)}
                {ui::checkbox(form, "no-address", words.objection_no_address())}
            }
            .into_any(),
            Self::Contact => view! {
                <p class="hint">{words.objection_contact_hint()}</p>
                {Field::new("phone", words.field_optional(words.field_phone())).kind("tel").autocomplete(own("tel")).limit(25).width("half").view(form)}
                {Field::new("email", words.field_optional(words.field_email())).hint(words.field_email_hint()).kind("email").autocomplete(own("email")).limit(120).view(form)}
            }
            .into_any(),
            Self::Mother => view! {
                {Field::new("mother-first", words.field_mother_first()).autocomplete("off").limit(80).width("half").view(form)}
                {Field::new("mother-maiden", words.field_mother_maiden()).autocomplete("off").limit(80).width("half").view(form)}
            }
            .into_any(),
            Self::Statements => {
                let texts = words.objection_statements().into_iter();
                texts.zip(1..).map(|(text, number)| ui::checkbox(form, statement(number), text)).collect_view().into_any()
            }
            Self::Signer => {
                let may_sign = |signer: &&Signer| !(asking.minor && **signer == Signer::Patient);
                let choice =
                    |signer: &Signer| (signer.key().to_owned(), signer_name(words, *signer).to_owned(), String::new());
                let choices: Vec<_> = Signer::ALL.iter().filter(may_sign).map(choice).collect();
                ui::radios(form, "signer", words.objection_q_signer(), "", &choices)
            }
        }
    }

    /// Reads its fields into what was said before; what is wrong with them is noted in the form.
    pub(crate) fn read(self, form: &mut Form, words: Words, today: NaiveDate, said: &mut FormSoFar) {
        match self {
            Self::Choice => said.choice = one_of(form, "choice", words, Choice::from_key),
            Self::Name => said.name = name(form, words),
            Self::Birth => {
                let date = form.date("born", words, today);
                said.born = date.and_then(|date| form.accept("born", words, BirthDate::new(date, today)));
            }
            Self::Gender => said.gender = one_of(form, "gender", words, |key| Gender::parse(key).ok()),
            Self::Address => said.address = address(form, words),
            Self::Contact => {
                let phone = text::line(form.value("phone"), 25);
                said.phone = form.accept("phone", words, phone).flatten().unwrap_or_default();
                if !said.phone.is_empty() && said.phone.chars().filter(char::is_ascii_digit).count() < 7 {
                    form.wrong("phone", words.error_phone());
                }
                form.value("email").trim().clone_into(&mut said.email);
                let is_address = |email: &str| email.contains('@') && !email.contains(' ');
                if !said.email.is_empty() && (!is_address(&said.email) || text::line(&said.email, 120).is_err()) {
                    form.wrong("email", words.error_email());
                }
            }
            Self::Mother => {
                let mut line = |name: &str| {
                    let line = text::line(form.value(name), 80);
                    form.accept(name, words, line).flatten().unwrap_or_default()
                };
                said.mother = Mother { first: line("mother-first"), maiden: line("mother-maiden") };
                if said.mother == Mother::default() {
                    form.wrong("mother-first", words.error_mother());
                }
            }
            Self::Statements => {
                for number in 1..=STATEMENTS {
                    if !form.ticked(&statement(number)) {
                        form.wrong(&statement(number), words.objection_statement_missing(&number.to_string()));
                    }
                }
            }
            Self::Signer => {
                let minor = said.is_minor(today);
                let may_sign = |signer: &Signer| !(minor && *signer == Signer::Patient);
                said.signer = one_of(form, "signer", words, |key| Signer::from_key(key).filter(may_sign));
            }
        }
    }

    /// Its line on the page where everything is checked.
    pub(crate) fn summary(self, words: Words, form: &Objection) -> (String, String) {
        let joined =
            |parts: [&str; 2], by: &str| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(by);
        let (label, value) = match self {
            Self::Choice => (words.objection_part_a(), choice_name(words, form.choice).to_owned()),
            Self::Name => (words.field_name(), form.name.to_string()),
            Self::Birth => (words.field_born(), words.date(form.born)),
            Self::Gender => (words.field_gender(), ui::gender_name(words, form.gender).to_owned()),
            Self::Address if form.address == Address::default() => {
                (words.field_address(), words.objection_no_address().to_owned())
            }
            Self::Address => (words.field_address(), form.address.one_line()),
            Self::Contact => (words.field_contact(), joined([&form.phone, &form.email], ", ")),
            Self::Mother => (words.field_mother(), joined([&form.mother.first, &form.mother.maiden], " ")),
            Self::Statements => (
                self.question(words, form.choice == Choice::Withdraw),
                words.objection_statements_all(&STATEMENTS.to_string()),
            ),
            Self::Signer => (words.objection_signer(), signer_name(words, form.signer).to_owned()),
        };
        (label.to_owned(), value)
    }
}

fn statement(number: usize) -> String {
    format!("statement-{number}")
}

/// One of the choices of a field.
fn one_of<T>(form: &mut Form, name: &str, words: Words, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let value = read(form.value(name));
    if value.is_none() {
        form.wrong(name, words.error_choice());
    }
    value
}

fn name(form: &mut Form, words: Words) -> Option<PersonName> {
    match PersonName::new(form.value("last"), form.value("first"), form.value("middle")) {
        Ok(name) => Some(name),
        Err(why) => {
            form.wrong(
                "last",
                if why == Invalid::Missing { words.error_last_missing() } else { why_words(words, why) },
            );
            None
        }
    }
}

fn address(form: &mut Form, words: Words) -> Option<Address> {
    if form.ticked("no-address") {
        // Nothing that was typed is thrown away unsaid.
        if ["street", "city", "zip"].iter().all(|name| form.value(name).trim().is_empty()) {
            return Some(Address::default());
        }
        form.wrong("no-address", words.objection_address_or_none());
        return None;
    }
    let mut is_there = |name: &str| {
        let line = text::required(form.value(name), 120);
        form.accept(name, words, line).is_some()
    };
    let are_there = [is_there("street"), is_there("city")];
    form.address(words).filter(|_| are_there.iter().all(|there| *there))
}

/// What is asked for.
fn choice_name(words: Words, choice: Choice) -> &'static str {
    match choice {
        Choice::Object => words.objection_choice_object(),
        Choice::Withdraw => words.objection_choice_withdraw(),
    }
}

/// What a signer is called.
pub(crate) fn signer_name(words: Words, signer: Signer) -> &'static str {
    match signer {
        Signer::Patient => words.signer_patient(),
        Signer::Parent => words.signer_parent(),
        Signer::Guardian => words.signer_guardian(),
        Signer::Representative => words.signer_representative(),
    }
}

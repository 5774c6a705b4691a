//! Turns `locales/<language>/*.ftl` into one typed method a message, so that a missing, misspelt or half-translated
//! sentence stops the build. The output is plain Rust: nothing is parsed or looked up while a page is made.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a build script reads its environment and stops the build by panicking"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fmt::Write as _,
    fs,
    path::Path,
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey},
    parser,
};

/// Languages in the order of `Lang`'s variants; the first is the one every other is compared with.
const LANGUAGES: [(&str, &str); 2] = [("en", "En"), ("es", "Es")];

type Messages = BTreeMap<String, Pattern<String>>;

fn main() {
    let mut languages = Vec::new();
    for (code, variant) in LANGUAGES {
        let mut messages = Messages::new();
        let mut terms = Messages::new();
        let folder = Path::new("locales").join(code);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files: Vec<_> =
            fs::read_dir(&folder).expect("the language's folder").map(|entry| entry.expect("a file").path()).collect();
        files.sort();
        for file in files {
            println!("cargo::rerun-if-changed={}", file.display());
            let text = fs::read_to_string(&file).expect("UTF-8 text");
            let resource = parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", file.display()));
            for entry in resource.body {
                let (map, id, pattern) = match entry {
                    Entry::Message(message) => {
                        (&mut messages, message.id.name, message.value.expect("a message has a text"))
                    }
                    Entry::Term(term) => (&mut terms, term.id.name, term.value),
                    Entry::Junk { content } => panic!("{}: not understood: {content}", file.display()),
                    _ => continue,
                };
                assert!(map.insert(id.clone(), pattern).is_none(), "{}: {id} stands twice", file.display());
            }
        }
        languages.push((code, variant, messages, terms));
    }
    let keys: BTreeSet<&String> = languages[0].2.keys().collect();
    for (code, _, messages, _) in &languages {
        let theirs: BTreeSet<&String> = messages.keys().collect();
        let odd: Vec<_> = keys.symmetric_difference(&theirs).collect();
        assert!(odd.is_empty(), "messages that stand only in en or only in {code}: {odd:?}");
    }
    let mut out = String::from("impl Words {\n");
    for key in &keys {
        method(&mut out, key, &languages);
    }
    out.push_str("}\n\n/// Every key, for the test that finds unused ones.\npub const KEYS: &[&str] = &[\n");
    for key in &keys {
        writeln!(out, "    {:?},", name(key)).expect("memory");
    }
    out.push_str("];\n\n/// Every sentence: its key, the language's code, the text; `…` stands for what is filled in.\npub const SENTENCES: &[(&str, &str, &str)] = &[\n");
    for key in &keys {
        for (code, _, messages, terms) in &languages {
            let mut texts = Vec::new();
            sentences(&messages[*key], terms, &mut texts);
            for text in texts {
                writeln!(out, "    ({key:?}, {code:?}, {text:?}),").expect("memory");
            }
        }
    }
    out.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR").expect("cargo")).join("words.rs"), out).expect("the output folder");
}

fn name(key: &str) -> String {
    key.replace('-', "_")
}

/// A variable and whether it is a number.
type Variables = Vec<(String, bool)>;

fn method(out: &mut String, key: &str, languages: &[(&str, &str, Messages, Messages)]) {
    let mut variables = Variables::new();
    collect(&languages[0].2[key], &mut variables);
    let english: BTreeSet<_> = variables.iter().cloned().collect();
    for (code, _, messages, _) in languages {
        let mut theirs = Variables::new();
        collect(&messages[key], &mut theirs);
        let names =
            |list: &BTreeSet<(String, bool)>| list.iter().map(|(name, _)| name.clone()).collect::<BTreeSet<_>>();
        assert!(names(&theirs.into_iter().collect()) == names(&english), "{key}: other variables in {code}");
    }
    let parameters: String = variables
        .iter()
        .map(|(name, number)| format!(", {}: {}", name.replace('-', "_"), if *number { "i64" } else { "&str" }))
        .collect();
    let kind = if variables.is_empty() { "&'static str" } else { "String" };
    let first = plain(&languages[0].2[key]).replace('\\', "").replace('`', "'");
    writeln!(out, "    /// {first}\n    pub fn {}(self{parameters}) -> {kind} {{\n        match self.0 {{", name(key))
        .expect("memory");
    for (code, variant, messages, terms) in languages {
        let pattern = &messages[key];
        if variables.is_empty() {
            writeln!(out, "            Lang::{variant} => {:?},", fixed(pattern, terms, key, code)).expect("memory");
        } else {
            write!(out, "            Lang::{variant} => {{ let mut s = String::new(); ").expect("memory");
            push(out, pattern, terms);
            writeln!(out, "s }}").expect("memory");
        }
    }
    out.push_str("        }\n    }\n\n");
}

fn collect(pattern: &Pattern<String>, variables: &mut Variables) {
    let mut add = |name: &str, number: bool| match variables.iter_mut().find(|(known, _)| known == name) {
        Some((_, known)) => *known |= number,
        None => variables.push((name.to_owned(), number)),
    };
    let mut inner = Vec::new();
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => add(&id.name, false),
            Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
                add(&id.name, true);
                inner.extend(variants.iter().map(|variant| &variant.value));
            }
            _ => {}
        }
    }
    for pattern in inner {
        collect(pattern, variables);
    }
}

/// The English text for the method's documentation.
fn plain(pattern: &Pattern<String>) -> String {
    let mut text = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(&value.replace('\n', " ")),
            PatternElement::Placeable { .. } => text.push('…'),
        }
    }
    text
}

/// The texts a message can be, one for each of its forms.
fn sentences(pattern: &Pattern<String>, terms: &Messages, texts: &mut Vec<String>) {
    let mut forms = vec![String::new()];
    for element in &pattern.elements {
        let mut after = Vec::new();
        match element {
            PatternElement::TextElement { value } => after.push(value.replace('\n', " ")),
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                for variant in variants {
                    sentences(&variant.value, terms, &mut after);
                }
            }
            PatternElement::Placeable { expression } => {
                after.push(term(expression, terms).unwrap_or_else(|| "…".to_owned()));
            }
        }
        forms = forms.iter().flat_map(|form| after.iter().map(move |text| format!("{form}{text}"))).collect();
    }
    texts.append(&mut forms);
}

fn term(expression: &Expression<String>, terms: &Messages) -> Option<String> {
    match expression {
        Expression::Inline(InlineExpression::TermReference { id, .. }) => {
            Some(fixed(terms.get(&id.name).unwrap_or_else(|| panic!("no term -{}", id.name)), terms, &id.name, ""))
        }
        Expression::Inline(InlineExpression::StringLiteral { value }) => Some(value.clone()),
        _ => None,
    }
}

fn fixed(pattern: &Pattern<String>, terms: &Messages, key: &str, code: &str) -> String {
    let parts = pattern.elements.iter().map(|element| match element {
        PatternElement::TextElement { value } => value.replace('\n', " "),
        PatternElement::Placeable { expression } => {
            term(expression, terms).unwrap_or_else(|| panic!("{key} ({code}): not a fixed text"))
        }
    });
    parts.collect()
}

fn push(out: &mut String, pattern: &Pattern<String>, terms: &Messages) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => literal(out, &value.replace('\n', " ")),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(InlineExpression::VariableReference { id }) => {
                    write!(
                        out,
                        "{{ use std::fmt::Write as _; let _ = write!(s, \"{{}}\", {}); }} ",
                        id.name.replace('-', "_")
                    )
                    .expect("memory");
                }
                Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
                    write!(out, "match {} {{ ", id.name.replace('-', "_")).expect("memory");
                    let (other, exact): (Vec<_>, Vec<_>) = variants.iter().partition(|variant| variant.default);
                    for variant in exact {
                        let (VariantKey::NumberLiteral { value } | VariantKey::Identifier { name: value }) =
                            &variant.key;
                        match value.as_str() {
                            // Which numbers are "one" or "few" is the language's own matter (CLDR).
                            "zero" | "one" | "two" | "few" | "many" => {
                                let number = id.name.replace('-', "_");
                                write!(out, "_ if crate::plural::is(self.0, {number}, {value:?}) => {{ ")
                            }
                            exactly => {
                                let number: i64 = exactly.parse().unwrap_or_else(|_| panic!("[{exactly}] is no form"));
                                write!(out, "{number} => {{ ")
                            }
                        }
                        .expect("memory");
                        push(out, &variant.value, terms);
                        out.push_str("} ");
                    }
                    out.push_str("_ => { ");
                    push(out, &other[0].value, terms);
                    out.push_str("} } ");
                }
                other => {
                    let text =
                        term(other, terms).unwrap_or_else(|| panic!("only variables, terms and plurals: {other:?}"));
                    literal(out, &text);
                }
            },
        }
    }
}

/// A fixed piece of text; one letter is pushed as a letter.
fn literal(out: &mut String, text: &str) {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => write!(out, "s.push({letter:?}); "),
        _ => write!(out, "s.push_str({text:?}); "),
    }
    .expect("memory");
}

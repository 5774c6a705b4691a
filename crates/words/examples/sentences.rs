//! Prints every sentence a person reads, both languages side by side, the hardest English first: `cargo xtask words`.

use std::{cmp::Ordering, collections::BTreeMap};

use words::{SENTENCES, plain};

fn main() {
    let mut by_key: BTreeMap<&str, (Vec<&str>, Vec<&str>)> = BTreeMap::new();
    for (key, language, text) in SENTENCES {
        let entry = by_key.entry(key).or_default();
        if *language == "en" { entry.0.push(text) } else { entry.1.push(text) }
    }
    let grade = |texts: &[&str]| texts.iter().filter_map(|text| plain::grade(text)).fold(0.0, f64::max);
    let mut rows: Vec<_> =
        by_key.into_iter().map(|(key, (english, others))| (grade(&english), key, english, others)).collect();
    rows.sort_by(|one, other| other.0.partial_cmp(&one.0).unwrap_or(Ordering::Equal));
    println!(
        "# Every sentence\n\n`…` stands for what is filled in. The grade is of the English text; none for labels of a few words.\n"
    );
    println!("| grade | key | English | Spanish |\n|---|---|---|---|");
    for (grade, key, english, others) in rows {
        let grade = if grade > 0.0 { format!("{grade:.1}") } else { String::new() };
        println!(
            "| {grade} | {key} | {} | {} |",
            english.join("<br>").replace('|', "/"),
            others.join("<br>").replace('|', "/")
        );
    }
}

//! The vaccines with a field of their own on the page that checks.

use words::Words;

/// The vaccines with a field of their own: its name, the code of the vaccine without a product.
pub const ROWS: [(&str, u16); 14] = [
    ("hepb", 45),
    ("rotavirus", 122),
    ("dtap", 107),
    ("hib", 17),
    ("pcv", 152),
    ("polio", 89),
    ("mmr", 3),
    ("varicella", 21),
    ("hepa", 85),
    ("tdap", 115),
    ("menacwy", 147),
    ("hpv", 137),
    ("flu", 88),
    ("covid", 213),
];

/// The field of a vaccine, as it is labelled.
pub fn row_name(words: Words, row: &str) -> &'static str {
    match row {
        "hepb" => words.check_hepb(),
        "rotavirus" => words.check_rotavirus(),
        "dtap" => words.check_dtap(),
        "hib" => words.check_hib(),
        "pcv" => words.check_pcv(),
        "polio" => words.check_polio(),
        "mmr" => words.check_mmr(),
        "varicella" => words.check_varicella(),
        "hepa" => words.check_hepa(),
        "tdap" => words.check_tdap(),
        "menacwy" => words.check_menacwy(),
        "hpv" => words.check_hpv(),
        "flu" => words.check_flu(),
        _ => words.check_covid(),
    }
}

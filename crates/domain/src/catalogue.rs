//! The vaccines the registry knows, from `data/vaccines.txt`: words, antigens, trade names and makers by CVX.

use std::{collections::HashMap, sync::LazyLock};

use crate::code::{Antigen, Cvx, Mvx, VaccineGroup};

/// How a code is used today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Given in the United States now.
    Current,
    /// No longer given; found in histories.
    Historical,
    /// The product is not known.
    Unspecified,
    /// Given outside the United States.
    Foreign,
    /// An immune globulin or a skin test: recorded, never counted as a dose.
    NotVaccine,
}

/// One CVX code with what is known of it.
#[derive(Debug, Clone)]
pub struct Vaccine {
    /// The code.
    pub cvx: Cvx,
    /// How it is used.
    pub usage: Use,
    /// Its short name, as clinicians write it.
    pub name: &'static str,
    /// What it protects against.
    pub antigens: Vec<Antigen>,
    /// A live vaccine given by injection or into the nose (matters for the 28 days between two of them).
    pub live: bool,
    /// Trade names with their makers' MVX codes.
    pub products: Vec<Product>,
}

/// A trade name.
#[derive(Debug, Clone)]
pub struct Product {
    /// As on the box.
    pub name: &'static str,
    /// Maker codes; none where the maker is not known.
    pub makers: Vec<&'static str>,
}

impl Vaccine {
    /// The groups a dose of it is listed under.
    pub fn groups(&self) -> Vec<VaccineGroup> {
        let mut groups: Vec<_> = self.antigens.iter().map(|antigen| antigen.group()).collect();
        groups.sort_unstable();
        groups.dedup();
        if groups.is_empty() {
            groups.push(VaccineGroup::Other);
        }
        groups
    }

    /// Does it protect against this?
    pub fn covers(&self, antigen: Antigen) -> bool {
        self.antigens.contains(&antigen)
    }
}

static ALL: LazyLock<Vec<Vaccine>> = LazyLock::new(|| {
    let mut all: Vec<Vaccine> = include_str!("../data/vaccines.txt").lines().filter_map(read).collect();
    all.sort_by_key(|vaccine| vaccine.cvx);
    all
});

/// Every vaccine, by code.
pub fn all() -> &'static [Vaccine] {
    &ALL
}

/// What is known of a code; `None` for a code that is not CDC's.
pub fn vaccine(cvx: Cvx) -> Option<&'static Vaccine> {
    ALL.binary_search_by_key(&cvx, |vaccine| vaccine.cvx).ok().map(|at| &ALL[at])
}

/// The words for a code: its short name, or the bare code.
pub fn name(cvx: Cvx) -> String {
    vaccine(cvx).map_or_else(|| format!("CVX {cvx}"), |vaccine| vaccine.name.to_owned())
}

/// The trade name of a vaccine by its maker, where the maker has one product under the code: CVX 43 of MSD is Recombivax HB for
/// adults.
pub fn product_by_maker(cvx: Cvx, mvx: Option<&Mvx>) -> Option<&'static str> {
    let mvx = Mvx::or_empty(mvx);
    if mvx.is_empty() {
        return None;
    }
    let mut products = vaccine(cvx)?.products.iter().filter(|product| product.makers.contains(&mvx));
    let first = products.next()?;
    products.next().is_none().then_some(first.name)
}

/// The groups a code is listed under; none for a code that is not CDC's.
pub fn groups(cvx: Cvx) -> Vec<VaccineGroup> {
    vaccine(cvx).map(Vaccine::groups).unwrap_or_default()
}

/// Is a dose of this code listed under a group? A code that is not CDC's stands with the other vaccines.
pub fn is_listed_under(cvx: Cvx, group: VaccineGroup) -> bool {
    vaccine(cvx).map_or(group == VaccineGroup::Other, |vaccine| vaccine.groups().contains(&group))
}

static NDC: LazyLock<HashMap<&'static str, (Cvx, &'static str)>> = LazyLock::new(|| {
    include_str!("../data/ndc.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split(' ');
            Some((fields.next()?, (Cvx::stored(fields.next()?.parse().ok()?), fields.next().unwrap_or(""))))
        })
        .collect()
});

/// The vaccine and maker of a National Drug Code: of eleven digits with or without dashes (`58160-0811-52`), of ten as printed on
/// the box (4-4-2, 5-3-2 or 5-4-1), without the package's part, or as the box's bar code holds it (UPC, GTIN-14).
///
/// Ten digits without dashes can be read in three ways: they are taken when every way that is a known code is the same vaccine.
pub fn by_ndc(code: &str) -> Option<(Cvx, &'static str)> {
    let code = code.trim();
    let parts: Vec<&str> = code.split('-').map(str::trim).collect();
    if parts.iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let find = |labeler: &str, product: &str| NDC.get(format!("{labeler:0>5}{product:0>4}").as_str()).copied();
    match parts.as_slice() {
        [labeler, product, package] => {
            let is_known =
                matches!((labeler.len(), product.len(), package.len()), (5, 4, 1..=2) | (4, 4, 2) | (5, 3, 2));
            is_known.then(|| find(labeler, product)).flatten()
        }
        [labeler, product] => {
            matches!((labeler.len(), product.len()), (5, 3 | 4) | (4, 4)).then(|| find(labeler, product)).flatten()
        }
        [whole] => match whole.len() {
            11 => NDC.get(whole.get(..9)?).copied(),
            10 => by_ten_digits(whole, find),
            // A bar code: the drug code between a prefix and a check digit.
            12 if whole.starts_with('3') => by_ten_digits(whole.get(1..11)?, find),
            14 if whole.starts_with("003") => by_ten_digits(whole.get(3..13)?, find),
            _ => None,
        },
        _ => None,
    }
}

fn by_ten_digits(code: &str, find: impl Fn(&str, &str) -> Option<(Cvx, &'static str)>) -> Option<(Cvx, &'static str)> {
    let ways = [(4, 8), (5, 8), (5, 9)];
    let mut known = ways.into_iter().filter_map(|(labeler, end)| find(code.get(..labeler)?, code.get(labeler..end)?));
    let first = known.next()?;
    known.all(|(cvx, _)| cvx == first.0).then_some(first)
}

fn read(line: &'static str) -> Option<Vaccine> {
    if line.starts_with('#') {
        return None;
    }
    let mut fields = line.split('|').map(str::trim);
    let cvx = Cvx::stored(fields.next()?.parse().ok()?);
    let used = match fields.next()? {
        "v" => Use::Current,
        "h" => Use::Historical,
        "u" => Use::Unspecified,
        "f" => Use::Foreign,
        "n" => Use::NotVaccine,
        _ => return None,
    };
    let name = fields.next()?;
    let antigens = fields.next()?.split_whitespace().filter_map(|key| key.parse().ok()).collect();
    let is_live = fields.next() == Some("live");
    let products =
        fields.next().unwrap_or("").split(';').map(str::trim).filter(|text| !text.is_empty()).map(product).collect();
    Some(Vaccine { cvx, usage: used, name, antigens, live: is_live, products })
}

fn product(text: &'static str) -> Product {
    match text.rsplit_once(':') {
        Some((name, makers)) => Product { name, makers: makers.split('+').collect() },
        None => Product { name: text, makers: Vec::new() },
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = include_str!("../data/vaccines.txt").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(all().len(), lines);
        assert!(all().windows(2).all(|pair| pair[0].cvx < pair[1].cvx), "a code stands twice");
    }

    #[test]
    fn antigens_are_all_understood() {
        for line in include_str!("../data/vaccines.txt").lines().filter(|line| !line.starts_with('#')) {
            let words = line.split('|').nth(3).unwrap_or("").split_whitespace();
            for word in words {
                assert!(word.parse::<Antigen>().is_ok(), "{word} in {line}");
            }
        }
    }

    #[test]
    fn the_table_agrees_with_cdcs_list() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cdsi/codes/cdsi_cvx_to_antigen.json");
        let Ok(text) = fs::read_to_string(&path) else {
            eprintln!("SKIPPED: CDC's list is not here; the catalogue was not compared with it");
            return;
        };
        // Each entry begins with its code; every code CDC relates to an antigen must be ours and have antigens.
        let mut compared = 0;
        for entry in text.split("\"cvx\": \"").skip(1) {
            let code: u16 = entry.split('"').next().unwrap_or("").parse().unwrap_or(0);
            let vaccine = vaccine(Cvx::stored(code));
            assert!(vaccine.is_some_and(|vaccine| !vaccine.antigens.is_empty()), "CVX {code}");
            compared += 1;
        }
        assert!(compared > 200, "only {compared} codes compared");
    }

    #[test]
    fn a_box_is_known_by_its_drug_code() {
        assert_eq!(by_ndc("58160-0811-52").map(|(cvx, _)| cvx), Some(Cvx::stored(110)));
        assert_eq!(by_ndc("58160081152").map(|(cvx, _)| cvx), Some(Cvx::stored(110)));
        // As printed on the box, without its package, without dashes, and as its bar code.
        let of = |code: &str| by_ndc(code).map(|(cvx, _)| cvx.number());
        for code in ["58160-811-52", "58160-811", "58160-0811", "5816081152", "358160811523", "00358160811523"] {
            assert_eq!(of(code), Some(110), "{code}");
        }
        assert_eq!(of("0006-4681-00"), Some(3));
        for code in ["58160-81-152", "1-2-3", "58160--52", "-", "", "58160-811-521", "99999-999-99"] {
            assert_eq!(of(code), None, "{code}");
        }
        assert_eq!(by_ndc("ééééé-081152"), None);
    }

    #[test]
    fn a_maker_names_the_product_where_it_has_one() {
        let by = |mvx: &str| product_by_maker(Cvx::stored(43), Mvx::stored(mvx.to_owned()).as_ref());
        assert_eq!(by("MSD"), Some("Recombivax-Adult"));
        assert_eq!(by("SKB"), Some("Engerix-B-Adult"));
        assert_eq!(by(""), None);
        assert_eq!(by("PFR"), None);
    }

    #[test]
    fn a_combined_vaccine_is_listed_under_each_of_its_groups() {
        let pediarix = vaccine(Cvx::stored(110)).map(Vaccine::groups);
        assert_eq!(pediarix, Some(vec![VaccineGroup::HepB, VaccineGroup::Dtap, VaccineGroup::Polio]));
    }
}

//! The schedule's vaccine groups, as a record lists them and as people call them.

use domain::{Antigen, Cvx, catalogue, code::VaccineGroup};
use words::Words;

use crate::Audience;

/// The group a record lists a group of the schedule under. Travel vaccines share one.
pub(crate) fn vaccine_group(name: &str) -> VaccineGroup {
    match name {
        "HepB" => VaccineGroup::HepB,
        "Rotavirus" => VaccineGroup::Rotavirus,
        "DTaP/Tdap/Td" => VaccineGroup::Dtap,
        "Hib" => VaccineGroup::Hib,
        "Pneumococcal" => VaccineGroup::Pneumococcal,
        "Polio" => VaccineGroup::Polio,
        "MMR" => VaccineGroup::Mmr,
        "Varicella" => VaccineGroup::Varicella,
        "HepA" => VaccineGroup::HepA,
        "Meningococcal" => VaccineGroup::MenAcwy,
        "Meningococcal B" => VaccineGroup::MenB,
        "HPV" => VaccineGroup::Hpv,
        "Influenza" => VaccineGroup::Influenza,
        "COVID-19" => VaccineGroup::Covid19,
        "RSV" => VaccineGroup::Rsv,
        "Zoster" => VaccineGroup::Zoster,
        _ => VaccineGroup::Other,
    }
}

/// Does a vaccine stand under every group another one stands under?
pub(crate) fn stands_for(vaccine: u16, other: u16) -> bool {
    let groups = catalogue::groups(Cvx::stored(vaccine));
    catalogue::groups(Cvx::stored(other)).iter().all(|group| groups.contains(group))
}

/// A group of vaccines, by the disease people know.
pub fn group_name(words: Words, group: VaccineGroup) -> &'static str {
    match group {
        VaccineGroup::HepB => words.group_hepb(),
        VaccineGroup::Rotavirus => words.group_rotavirus(),
        VaccineGroup::Dtap => words.group_dtap(),
        VaccineGroup::Hib => words.group_hib(),
        VaccineGroup::Pneumococcal => words.group_pneumococcal(),
        VaccineGroup::Polio => words.group_polio(),
        VaccineGroup::Mmr => words.group_mmr(),
        VaccineGroup::Varicella => words.group_varicella(),
        VaccineGroup::HepA => words.group_hepa(),
        VaccineGroup::MenAcwy => words.group_menacwy(),
        VaccineGroup::MenB => words.group_menb(),
        VaccineGroup::Hpv => words.group_hpv(),
        VaccineGroup::Influenza => words.group_influenza(),
        VaccineGroup::Covid19 => words.group_covid(),
        VaccineGroup::Rsv => words.group_rsv(),
        VaccineGroup::Zoster => words.group_zoster(),
        VaccineGroup::Other => words.group_other(),
    }
}

/// A group of the schedule, by the disease people know; one that an overlay adds keeps its own name.
pub(crate) fn name_of(words: Words, name: &str) -> String {
    let group = vaccine_group(name);
    let known = match name {
        _ if group != VaccineGroup::Other => group_name(words, group),
        "Chikungunya" => words.group_chikungunya(),
        "Cholera" => words.group_cholera(),
        "Dengue" => words.group_dengue(),
        "Ebola" => words.group_ebola(),
        "Japanese Encephalitis" => words.group_japanese_encephalitis(),
        "Orthopoxvirus" => words.group_orthopoxvirus(),
        "Rabies" => words.group_rabies(),
        "TBE" => words.group_tbe(),
        "Typhoid" => words.group_typhoid(),
        "Yellow Fever" => words.group_yellow_fever(),
        other => other,
    };
    known.to_owned()
}

/// A vaccine as its reader calls it: families by what it protects against, with the short of the card, such as
/// "Measles, mumps, rubella (MMR)"; offices by CDC's name.
pub fn vaccine_name(words: Words, code: Cvx, audience: Audience) -> String {
    let name = catalogue::name(code);
    let Some(vaccine) = catalogue::vaccine(code).filter(|vaccine| !vaccine.antigens.is_empty()) else { return name };
    if audience == Audience::Office {
        return name;
    }
    let against: Vec<&str> = vaccine.antigens.iter().map(|antigen| antigen_name(words, *antigen)).collect();
    let plain = capital(&against.join(words.list_separator()));
    // What a card prints for short; CDC's long descriptions say nothing to a family.
    let is_short = name.chars().count() <= 16 && !name.contains([',', '(']);
    if is_short && !plain.eq_ignore_ascii_case(&name) { format!("{plain} ({name})") } else { plain }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn antigen_name(words: Words, antigen: Antigen) -> &'static str {
    match antigen {
        Antigen::Diphtheria => words.vaccine_diphtheria(),
        Antigen::Tetanus => words.vaccine_tetanus(),
        Antigen::Pertussis => words.vaccine_pertussis(),
        Antigen::Polio => words.vaccine_polio(),
        Antigen::Hib => words.vaccine_hib(),
        Antigen::HepB => words.vaccine_hepb(),
        Antigen::HepA => words.vaccine_hepa(),
        Antigen::Measles => words.vaccine_measles(),
        Antigen::Mumps => words.vaccine_mumps(),
        Antigen::Rubella => words.vaccine_rubella(),
        Antigen::Varicella => words.vaccine_varicella(),
        Antigen::Pneumococcal => words.vaccine_pneumococcal(),
        Antigen::Rotavirus => words.vaccine_rotavirus(),
        Antigen::Influenza => words.vaccine_influenza(),
        Antigen::MenAcwy => words.vaccine_menacwy(),
        Antigen::MenB => words.vaccine_menb(),
        Antigen::Hpv => words.vaccine_hpv(),
        Antigen::Covid19 => words.vaccine_covid(),
        Antigen::Rsv => words.vaccine_rsv(),
        Antigen::Zoster => words.vaccine_zoster(),
        Antigen::YellowFever => words.vaccine_yellow_fever(),
        Antigen::JapaneseEncephalitis => words.vaccine_japanese_encephalitis(),
        Antigen::Rabies => words.vaccine_rabies(),
        Antigen::Typhoid => words.vaccine_typhoid(),
        Antigen::Cholera => words.vaccine_cholera(),
        Antigen::Dengue => words.vaccine_dengue(),
        Antigen::Ebola => words.vaccine_ebola(),
        Antigen::Orthopox => words.vaccine_orthopoxvirus(),
        Antigen::TickBorneEncephalitis => words.vaccine_tbe(),
        Antigen::Chikungunya => words.vaccine_chikungunya(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_reads_what_a_vaccine_is_for_and_an_office_its_name() {
        let (english, spanish) = (Words(words::Lang::En), Words(words::Lang::Es));
        for (cvx, family, familia, office) in [
            (3, "Measles, mumps, rubella (MMR)", "Sarampión, paperas, rubéola (MMR)", "MMR"),
            (8, "Hepatitis B", "Hepatitis B", "Hep B, adolescent or pediatric"),
            (
                120,
                "Diphtheria, tetanus, whooping cough, Hib, polio (DTaP-Hib-IPV)",
                "Difteria, tétanos, tos ferina, Hib, polio (DTaP-Hib-IPV)",
                "DTaP-Hib-IPV",
            ),
            (10, "Polio (IPV)", "Polio (IPV)", "IPV"),
            (19, "BCG", "BCG", "BCG"),
            (999, "CVX 999", "CVX 999", "CVX 999"),
        ] {
            assert_eq!(vaccine_name(english, Cvx::stored(cvx), Audience::Family), family);
            assert_eq!(vaccine_name(spanish, Cvx::stored(cvx), Audience::Family), familia);
            assert_eq!(vaccine_name(spanish, Cvx::stored(cvx), Audience::Office), office);
        }
    }

    #[test]
    fn every_group_of_the_schedule_has_a_name_in_spanish() {
        let schedule = schedule::data::schedule().unwrap_or_else(|error| panic!("{error}"));
        let spanish = Words(words::Lang::Es);
        // Names that are the same in both languages.
        let same = ["HepB", "HepA", "Hib", "Rotavirus", "COVID-19", "Polio", "Dengue"];
        for group in &schedule.groups {
            let ours = name_of(spanish, &group.name);
            assert!(ours != group.name || same.contains(&group.name.as_str()), "{}", group.name);
        }
    }
}

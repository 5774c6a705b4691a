//! The schedule's vaccine groups, as a record lists them and as people call them.

use domain::{Cvx, catalogue, code::VaccineGroup};
use words::Words;

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
    let groups = catalogue::groups(Cvx::known(vaccine));
    catalogue::groups(Cvx::known(other)).iter().all(|group| groups.contains(group))
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

#[cfg(test)]
mod tests {
    use super::*;

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

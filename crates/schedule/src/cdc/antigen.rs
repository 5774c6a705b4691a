//! An antigen's file: immunity, contraindications, and its series.

use roxmltree::Node;

use super::{
    Raw, Result,
    at::{At, children, is_bare, name, text},
};
use crate::{
    Antigen, BornBefore, Contraindication, Immunity, Indication, Kind, Series, Sex, VaccineContraindication, Window,
};

impl<'a> At<'a> {
    pub(super) fn antigen(self, root: Node<'a, 'a>) -> Result<Raw> {
        let mut antigen = Antigen {
            name: String::new(),
            group: 0,
            immunity: Immunity::default(),
            contraindications: Vec::new(),
            vaccine_contraindications: Vec::new(),
            series: Vec::new(),
        };
        let mut named: Option<(&str, &str)> = None;
        for child in children(root) {
            match name(child) {
                "immunity" => antigen.immunity = self.immunity(child)?,
                "contraindications" => self.contraindications(child, &mut antigen)?,
                "series" => {
                    let about = self.about(child)?;
                    if named.is_some_and(|before| before != about) {
                        return self
                            .wrong(child, format!("a series about {}, {} in a file about others", about.0, about.1));
                    }
                    named = Some(about);
                    antigen.series.push(self.series(child)?);
                }
                _ => return self.unknown(child),
            }
        }
        let Some((disease, group)) = named else { return self.wrong(root, "no series") };
        disease.clone_into(&mut antigen.name);
        Ok(Raw { name: disease.to_owned(), group: group.to_owned(), antigen })
    }

    pub(super) fn immunity(self, node: Node<'a, 'a>) -> Result<Immunity> {
        let mut immunity = Immunity::default();
        for child in children(node) {
            match name(child) {
                "clinicalHistory" => {
                    for part in children(child) {
                        match name(part) {
                            "guidelineCode" => immunity.history.push(self.number(part)?),
                            "guidelineTitle" => {}
                            _ => return self.unknown(part),
                        }
                    }
                }
                "dateOfBirth" => immunity.born_before.push(self.born_before(child)?),
                _ => return self.unknown(child),
            }
        }
        Ok(immunity)
    }

    pub(super) fn born_before(self, node: Node<'a, 'a>) -> Result<BornBefore> {
        let (mut date, mut country, mut unless) = (None, String::new(), Vec::new());
        for child in children(node) {
            match name(child) {
                "immunityBirthDate" => date = self.date(child)?,
                "birthCountry" => text(child).clone_into(&mut country),
                "exclusion" => {
                    for part in children(child) {
                        match name(part) {
                            "exclusionCode" => unless.push(self.number(part)?),
                            "exclusionTitle" => {}
                            _ => return self.unknown(part),
                        }
                    }
                }
                _ => return self.unknown(child),
            }
        }
        let Some(date) = date else { return self.wrong(node, "the date is missing") };
        Ok(BornBefore { date, country, unless })
    }

    pub(super) fn contraindications(self, node: Node<'a, 'a>, antigen: &mut Antigen) -> Result<()> {
        for level in children(node) {
            for child in children(level) {
                if name(child) != "contraindication" {
                    return self.unknown(child);
                }
                let (mut code, mut window, mut vaccines) = (None, Window::default(), Vec::new());
                for part in children(child) {
                    match name(part) {
                        "observationCode" => code = Some(self.number(part)?),
                        "observationTitle" | "contraindicationText" | "contraindicationGuidance" => {}
                        "beginAge" => window.from = self.length(part)?,
                        "endAge" => window.to = self.length(part)?,
                        "contraindicatedVaccine" => vaccines.push(self.aged(part)?),
                        _ => return self.unknown(part),
                    }
                }
                let Some(code) = code else { return self.wrong(child, "the observation is missing") };
                match name(level) {
                    "vaccineGroup" => antigen.contraindications.push(Contraindication { code, window }),
                    "vaccine" => antigen.vaccine_contraindications.push(VaccineContraindication { code, vaccines }),
                    _ => return self.unknown(level),
                }
            }
        }
        Ok(())
    }

    /// What a series is about: antigen and vaccine group.
    pub(super) fn about(self, node: Node<'a, 'a>) -> Result<(&'a str, &'a str)> {
        let of = |wanted: &str| children(node).find(|child| name(*child) == wanted).map(text);
        match (of("targetDisease"), of("vaccineGroup")) {
            (Some(disease), Some(group)) => Ok((disease, group)),
            _ => self.wrong(node, "a series without a disease or a vaccine group"),
        }
    }

    pub(super) fn series(self, node: Node<'a, 'a>) -> Result<Series> {
        let mut series = Series {
            name: String::new(),
            kind: Kind::Standard,
            equivalent: Vec::new(),
            genders: Vec::new(),
            default: false,
            product: false,
            group: 0,
            group_name: String::new(),
            priority: 0,
            preference: 0,
            start: Window::default(),
            indications: Vec::new(),
            doses: Vec::new(),
        };
        for child in children(node) {
            match name(child) {
                "seriesName" => text(child).clone_into(&mut series.name),
                "targetDisease" | "vaccineGroup" | "seriesAdminGuidance" => {}
                "requiredGender" | "indication" if is_bare(child) => {}
                "seriesType" => {
                    series.kind = match text(child) {
                        "Standard" => Kind::Standard,
                        "Risk" => Kind::Risk,
                        "Evaluation Only" => Kind::EvaluationOnly,
                        other => return self.wrong(child, format!("{other:?} is no type of series")),
                    }
                }
                "equivalentSeriesGroups" => {
                    for number in text(child).split(';').map(str::trim).filter(|number| !number.is_empty()) {
                        match number.parse() {
                            Ok(number) => series.equivalent.push(number),
                            Err(_) => return self.wrong(child, format!("{number:?} is no group of series")),
                        }
                    }
                }
                "requiredGender" => series.genders.push(match text(child) {
                    "Female" => Sex::Female,
                    "Male" => Sex::Male,
                    "Unknown" => Sex::Unknown,
                    other => return self.wrong(child, format!("{other:?} is no gender")),
                }),
                "selectSeries" => self.select(child, &mut series)?,
                "indication" => series.indications.push(self.indication(child)?),
                "seriesDose" => {
                    let (number, dose) = self.dose(child)?;
                    if number != series.doses.len() + 1 {
                        return self.wrong(child, format!("dose {number} is not the next one"));
                    }
                    series.doses.push(dose);
                }
                _ => return self.unknown(child),
            }
        }
        if series.doses.is_empty() { self.wrong(node, "a series without doses") } else { Ok(series) }
    }

    pub(super) fn select(self, node: Node<'a, 'a>, series: &mut Series) -> Result<()> {
        for child in children(node) {
            match name(child) {
                "defaultSeries" => series.default = self.yes(child)?,
                "productPath" => series.product = self.yes(child)?,
                "seriesGroupName" => text(child).clone_into(&mut series.group_name),
                "seriesGroup" => series.group = self.number(child)?,
                "seriesPriority" => {
                    series.priority = match text(child).as_bytes() {
                        [letter @ b'A'..=b'Z'] => letter - b'A',
                        _ => return self.wrong(child, "a priority is a letter"),
                    }
                }
                // Empty where a group has one series only: nothing to break a tie with.
                "seriesPreference" => series.preference = self.optional_number(child)?.unwrap_or(u8::MAX),
                "minAgeToStart" => series.start.from = self.length(child)?,
                "maxAgeToStart" => series.start.to = self.length(child)?,
                _ => return self.unknown(child),
            }
        }
        Ok(())
    }

    pub(super) fn indication(self, node: Node<'a, 'a>) -> Result<Indication> {
        let (mut code, mut window) = (None, Window::default());
        for child in children(node) {
            match name(child) {
                "observationCode" => code = self.coded(child)?,
                "description" | "guidance" => {}
                "beginAge" => window.from = self.length(child)?,
                "endAge" => window.to = self.length(child)?,
                _ => return self.unknown(child),
            }
        }
        code.map_or_else(|| self.wrong(node, "the observation is missing"), |code| Ok(Indication { code, window }))
    }
}

//! Twelve offices, eight schools, two child care centres, a college.

use domain::SiteId;
use registry::Site;

use super::{Dice, names};

const OFFICES: [&str; 12] = [
    "Elm Street Pediatrics",
    "Harbor Family Medicine",
    "Cabot Community Health Center",
    "Maple Avenue Pediatrics",
    "Highland Internal Medicine",
    "Pioneer Valley Family Practice",
    "Bay State Pharmacy",
    "Riverside Community Clinic",
    "Merrimack Pediatrics",
    "Berkshire Family Health",
    "Cape Shore Medical",
    "Lincoln Women and Children",
];
const SCHOOLS: [(&str, i32, i32); 8] = [
    ("Adams Elementary School", 0, 5),
    ("Baldwin Elementary School", 0, 6),
    ("Curley K-8 School", 0, 8),
    ("Douglass Middle School", 6, 8),
    ("Emerson Middle School", 6, 8),
    ("Fuller High School", 9, 12),
    ("Garrison High School", 9, 12),
    ("Hale K-12 School", 0, 12),
];
const CENTRES: [&str; 2] = ["Sunflower Child Care", "Little Harbor Child Care"];

/// All places.
pub(super) struct Places {
    offices: Vec<Site>,
    schools: Vec<(Site, i32, i32)>,
    centres: Vec<Site>,
    college: Site,
}

impl Places {
    /// Makes them.
    pub(super) fn make(dice: &mut Dice) -> Self {
        let mut site = |name: &str, kind: &str, code: String| {
            let (street, city, zip) = names::address(dice);
            let phone = names::phone(dice);
            Site {
                id: dice.id(),
                name: name.into(),
                kind: kind.into(),
                street,
                city: city.into(),
                state: "MA".into(),
                zip: zip.into(),
                phone,
                code,
            }
        };
        let offices =
            OFFICES.iter().enumerate().map(|(at, name)| site(name, "provider", format!("P{:04}", 1001 + at))).collect();
        let schools = SCHOOLS
            .iter()
            .enumerate()
            .map(|(at, (name, low, high))| (site(name, "school", format!("S{:04}", 2001 + at)), *low, *high))
            .collect();
        let centres = CENTRES
            .iter()
            .enumerate()
            .map(|(at, name)| site(name, "child_care", format!("C{:04}", 3001 + at)))
            .collect();
        let college = site("Bay Path State College", "college", "K4001".to_owned());
        Self { offices, schools, centres, college }
    }

    /// Every one.
    pub(super) fn all(&self) -> impl Iterator<Item = &Site> {
        self.offices
            .iter()
            .chain(self.schools.iter().map(|(school, ..)| school))
            .chain(&self.centres)
            .chain([&self.college])
    }

    /// An office by its number.
    pub(super) fn office(&self, at: usize) -> &Site {
        &self.offices[at % self.offices.len()]
    }

    /// Any office.
    pub(super) fn any_office(&self, dice: &mut Dice) -> &Site {
        dice.pick(&self.offices)
    }

    /// A school by its number.
    pub(super) fn school(&self, at: usize) -> &Site {
        &self.schools[at % self.schools.len()].0
    }

    /// A child care centre by its number.
    pub(super) fn child_care(&self, at: usize) -> &Site {
        &self.centres[at % self.centres.len()]
    }

    /// The college.
    pub(super) const fn college(&self) -> &Site {
        &self.college
    }

    /// A school that has a grade (0 is kindergarten).
    pub(super) fn school_for(&self, dice: &mut Dice, grade: i32) -> SiteId {
        let fitting: Vec<&(Site, i32, i32)> =
            self.schools.iter().filter(|(_, low, high)| (*low..=*high).contains(&grade)).collect();
        dice.pick(&fitting).0.site_id()
    }
}

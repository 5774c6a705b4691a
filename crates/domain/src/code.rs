//! Codes of the field: vaccines (CVX), makers (MVX) and the diseases a vaccine protects against.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Invalid, catalogue};

/// CDC's code for a vaccine, such as 3 for MMR. From outside only codes of the [`catalogue`] can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Cvx(u16);

impl Cvx {
    /// A code from outside, if it is one of CDC's.
    pub fn known(code: u16) -> Option<Self> {
        catalogue::vaccine(Self(code)).map(|vaccine| vaccine.cvx)
    }

    /// A code the store kept or the program itself writes: it was known then.
    pub const fn stored(code: u16) -> Self {
        Self(code)
    }

    /// The number.
    pub const fn number(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Cvx {
    type Error = Invalid;

    fn try_from(code: u16) -> Result<Self, Invalid> {
        Self::known(code).ok_or(Invalid::Code)
    }
}

impl From<Cvx> for u16 {
    fn from(cvx: Cvx) -> Self {
        cvx.0
    }
}

/// As HL7 writes it: two digits at least.
impl fmt::Display for Cvx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0)
    }
}

impl FromStr for Cvx {
    type Err = Invalid;

    /// Takes `3`, `03` or `003`.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::Missing);
        }
        if text.len() > 3 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Invalid::Code);
        }
        text.parse().ok().and_then(Self::known).ok_or(Invalid::Code)
    }
}

/// CDC's code for a maker, such as `MSD`: two or three letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mvx(String);

impl Mvx {
    /// What the store kept; nothing where no maker was known.
    pub fn stored(text: String) -> Option<Self> {
        (!text.is_empty()).then_some(Self(text))
    }

    /// As the store keeps it: empty where no maker is known.
    pub fn or_empty(mvx: Option<&Self>) -> &str {
        mvx.map_or("", Self::as_str)
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Mvx {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let text = text.trim().to_ascii_uppercase();
        let letters = text.bytes().all(|byte| byte.is_ascii_uppercase());
        if letters && (2..=3).contains(&text.len()) { Ok(Self(text)) } else { Err(Invalid::Code) }
    }
}

macro_rules! antigens {
    ($($name:ident => $key:literal),+ $(,)?) => {
        /// What a vaccine protects against; several for a combined vaccine.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Antigen { $(#[doc = $key] $name),+ }

        impl Antigen {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word the catalogue and the store write.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }
        }
    };
}

antigens! {
    Diphtheria => "Diphtheria", Tetanus => "Tetanus", Pertussis => "Pertussis", Polio => "Polio", Hib => "Hib",
    HepB => "HepB", HepA => "HepA", Measles => "Measles", Mumps => "Mumps", Rubella => "Rubella",
    Varicella => "Varicella", Pneumococcal => "Pneumococcal", Rotavirus => "Rotavirus", Influenza => "Influenza",
    MenAcwy => "MenACWY", MenB => "MenB", Hpv => "HPV", Covid19 => "COVID19", Rsv => "RSV", Zoster => "Zoster",
    YellowFever => "YellowFever", JapaneseEncephalitis => "JapaneseEncephalitis", Rabies => "Rabies",
    Typhoid => "Typhoid", Cholera => "Cholera", Dengue => "Dengue", Ebola => "Ebola", Orthopox => "Orthopox",
    TickBorneEncephalitis => "TickBorneEncephalitis", Chikungunya => "Chikungunya",
}

impl FromStr for Antigen {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        Self::ALL.iter().copied().find(|antigen| antigen.key() == text).ok_or(Invalid::Code)
    }
}

impl Antigen {
    /// The group its doses are listed under: measles, mumps and rubella stand together, as do diphtheria, tetanus and
    /// whooping cough.
    pub const fn group(self) -> VaccineGroup {
        match self {
            Self::Diphtheria | Self::Tetanus | Self::Pertussis => VaccineGroup::Dtap,
            Self::Polio => VaccineGroup::Polio,
            Self::Hib => VaccineGroup::Hib,
            Self::HepB => VaccineGroup::HepB,
            Self::HepA => VaccineGroup::HepA,
            Self::Measles | Self::Mumps | Self::Rubella => VaccineGroup::Mmr,
            Self::Varicella => VaccineGroup::Varicella,
            Self::Pneumococcal => VaccineGroup::Pneumococcal,
            Self::Rotavirus => VaccineGroup::Rotavirus,
            Self::Influenza => VaccineGroup::Influenza,
            Self::MenAcwy => VaccineGroup::MenAcwy,
            Self::MenB => VaccineGroup::MenB,
            Self::Hpv => VaccineGroup::Hpv,
            Self::Covid19 => VaccineGroup::Covid19,
            Self::Rsv => VaccineGroup::Rsv,
            Self::Zoster => VaccineGroup::Zoster,
            _ => VaccineGroup::Other,
        }
    }
}

/// The rows of a record: vaccines as people group them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::VariantArray)]
pub enum VaccineGroup {
    /// Hepatitis B.
    HepB,
    /// Rotavirus.
    Rotavirus,
    /// Diphtheria, tetanus, whooping cough: DTaP, Tdap, Td.
    Dtap,
    /// Haemophilus influenzae type b.
    Hib,
    /// Pneumococcal disease.
    Pneumococcal,
    /// Polio.
    Polio,
    /// Measles, mumps, rubella.
    Mmr,
    /// Chickenpox.
    Varicella,
    /// Hepatitis A.
    HepA,
    /// Meningococcal A, C, W, Y.
    MenAcwy,
    /// Meningococcal B.
    MenB,
    /// Human papillomavirus.
    Hpv,
    /// Flu.
    Influenza,
    /// COVID-19.
    Covid19,
    /// Respiratory syncytial virus.
    Rsv,
    /// Shingles.
    Zoster,
    /// Everything else: travel and special vaccines.
    Other,
}

impl VaccineGroup {
    /// In the order a record lists them: by the age they begin.
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;
}

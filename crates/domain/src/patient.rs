//! A person in the registry: who they are and how they are reached.

use serde::{Deserialize, Serialize};

use crate::{BirthDate, Invalid, PatientId, PersonName, text};

/// Administrative sex or gender as the person states it (HL7 table 0001, with X as on Massachusetts licences).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, strum::VariantArray)]
pub enum Gender {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Non-binary.
    X,
    /// Not stated.
    #[default]
    Unknown,
}

impl Gender {
    /// All of them, in the order forms offer them.
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

    /// One letter, as stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Female => "F",
            Self::Male => "M",
            Self::X => "X",
            Self::Unknown => "U",
        }
    }

    /// Reads the letter. HL7's `O` (other) and `A` (ambiguous) become X and unknown.
    ///
    /// # Errors
    /// [`Invalid::Choice`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match text.trim().to_ascii_uppercase().as_str() {
            "F" | "FEMALE" => Ok(Self::Female),
            "M" | "MALE" => Ok(Self::Male),
            "X" | "O" | "NON-BINARY" | "NONBINARY" => Ok(Self::X),
            "U" | "A" | "N" | "UNK" | "UNKNOWN" => Ok(Self::Unknown),
            _ => Err(Invalid::Choice),
        }
    }
}

/// Where reminder cards go.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Address {
    /// House and street.
    pub street: String,
    /// City or town.
    pub city: String,
    /// Two letters.
    pub state: String,
    /// Five digits, or five and four.
    pub zip: String,
}

impl Address {
    /// Takes the parts of an address; each may be empty.
    ///
    /// # Errors
    /// The field that is at fault (`street`, `city`, `state`, `zip`) and why.
    pub fn new(street: &str, city: &str, state: &str, zip: &str) -> Result<Self, (&'static str, Invalid)> {
        let line =
            |field, text, limit| text::line(text, limit).map(Option::unwrap_or_default).map_err(|why| (field, why));
        let address = Self {
            street: line("street", street, 120)?,
            city: line("city", city, 60)?,
            state: line("state", &state.to_uppercase(), 40)?,
            zip: line("zip", zip, 10)?,
        };
        if !address.state.is_empty()
            && (address.state.len() != 2 || !address.state.bytes().all(|byte| byte.is_ascii_uppercase()))
        {
            return Err(("state", Invalid::Code));
        }
        let digits = address.zip.bytes().filter(u8::is_ascii_digit).count();
        let plain = address.zip.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b' ');
        if !address.zip.is_empty() && !(plain && (digits == 5 || digits == 9)) {
            return Err(("zip", Invalid::Code));
        }
        Ok(address)
    }

    /// On one line, without the parts that are empty.
    pub fn one_line(&self) -> String {
        let parts = [&self.street, &self.city, &self.state, &self.zip];
        parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// The mother's name, kept for those under 18 to tell children apart.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mother {
    /// First name.
    pub first: String,
    /// Name at birth.
    pub maiden: String,
}

/// Who somebody is, as one of those who know them says it: an office that reports, or the registry itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demographics {
    /// Name.
    pub name: PersonName,
    /// Names they go or went by besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_names: Vec<PersonName>,
    /// Date of birth.
    pub born: BirthDate,
    /// Gender.
    pub gender: Gender,
    /// Mother's name, under 18.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mother: Mother,
    /// Address.
    #[serde(default, skip_serializing_if = "is_default")]
    pub address: Address,
    /// Telephone, empty if unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// One of twins or more, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multiple_birth: Option<bool>,
    /// The how-manieth of them, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_order: Option<u8>,
}

/// Nothing is said: it need not be kept.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Demographics {
    /// Somebody of whom nothing else is said.
    pub fn new(name: PersonName, born: BirthDate, gender: Gender) -> Self {
        Self {
            name,
            other_names: Vec::new(),
            born,
            gender,
            mother: Mother::default(),
            address: Address::default(),
            phone: String::new(),
            multiple_birth: None,
            birth_order: None,
        }
    }

    /// Most other names that are kept of somebody.
    pub const MOST_NAMES: usize = 20;

    /// Takes over what `newer` says and this does not: what is known stays, a human corrects it.
    pub fn complete(&mut self, newer: &Self) {
        let fill = |known: &mut String, new: &str| {
            if known.is_empty() {
                new.clone_into(known);
            }
        };
        if self.address == Address::default() {
            self.address = newer.address.clone();
        }
        if self.gender == Gender::Unknown {
            self.gender = newer.gender;
        }
        fill(&mut self.phone, &newer.phone);
        fill(&mut self.mother.first, &newer.mother.first);
        fill(&mut self.mother.maiden, &newer.mother.maiden);
        self.multiple_birth = self.multiple_birth.or(newer.multiple_birth);
        self.birth_order = self.birth_order.or(newer.birth_order);
    }

    /// What several who know somebody say and none of them says otherwise; the name is the first one's. `None` where nobody says anything.
    pub fn agreed(words: &[Self]) -> Option<Self> {
        fn one<T: Default + PartialEq>(mut values: impl Iterator<Item = T>) -> T {
            let first = values.by_ref().find(|value| *value != T::default()).unwrap_or_default();
            let mut others = values.filter(|value| *value != T::default());
            if others.all(|value| value == first) { first } else { T::default() }
        }
        let first = words.first()?;
        Some(Self {
            other_names: Vec::new(),
            gender: one(words.iter().map(|word| word.gender)),
            mother: Mother {
                first: one(words.iter().map(|word| word.mother.first.clone())),
                maiden: one(words.iter().map(|word| word.mother.maiden.clone())),
            },
            address: one(words.iter().map(|word| word.address.clone())),
            phone: one(words.iter().map(|word| word.phone.clone())),
            multiple_birth: one(words.iter().map(|word| word.multiple_birth)),
            birth_order: one(words.iter().map(|word| word.birth_order)),
            ..first.clone()
        })
    }

    /// Takes over a name they go or went by, unless it is known.
    pub fn also_called(&mut self, name: &PersonName) {
        if self.name != *name && !self.other_names.contains(name) && self.other_names.len() < Self::MOST_NAMES {
            self.other_names.push(name.clone());
        }
    }
}

/// What the registry keeps about a person, besides doses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patient {
    /// Opaque.
    pub id: PatientId,
    /// Grows by one with every change: two people cannot overwrite each other.
    pub version: i64,
    /// The name.
    pub name: PersonName,
    /// Date of birth.
    pub born: BirthDate,
    /// Gender.
    pub gender: Gender,
    /// Mother, under 18.
    pub mother: Mother,
    /// Address.
    pub address: Address,
    /// Telephone, empty if unknown.
    pub phone: String,
    /// Language for letters and pages, `en` or `es`.
    pub language: String,
    /// The address must not be shown (court order, safe house): masked for everyone but the Department.
    pub address_restricted: bool,
    /// Is the record shared, or has the person objected?
    pub sharing: Sharing,
    /// One of twins or more, where it is known.
    pub multiple_birth: Option<bool>,
    /// The how-manieth of them, from 1.
    pub birth_order: Option<u8>,
    /// An office has said that the record is protected (HL7 PD1-12).
    pub protected: bool,
}

impl Patient {
    /// Who it is, without what only the registry decides.
    pub fn demographics(&self) -> Demographics {
        Demographics {
            name: self.name.clone(),
            other_names: Vec::new(),
            born: self.born,
            gender: self.gender,
            mother: self.mother.clone(),
            address: self.address.clone(),
            phone: self.phone.clone(),
            multiple_birth: self.multiple_birth,
            birth_order: self.birth_order,
        }
    }

    /// Takes over what an office says and the registry does not know.
    pub fn complete(&mut self, newer: &Demographics) {
        let mut whole = self.demographics();
        whole.complete(newer);
        let Demographics { gender, mother, address, phone, multiple_birth, birth_order, .. } = whole;
        (self.gender, self.mother, self.address, self.phone) = (gender, mother, address, phone);
        (self.multiple_birth, self.birth_order) = (multiple_birth, birth_order);
    }
}

/// Data sharing, as the latest accepted or pending form decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, strum::VariantArray)]
pub enum Sharing {
    /// No objection.
    #[default]
    Shared,
    /// A submitted form waits for the Department: blocked meanwhile.
    Provisional,
    /// An objection is in effect.
    Objected,
}

impl Sharing {
    /// All of them.
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

    /// The word the store writes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Provisional => "provisional",
            Self::Objected => "objected",
        }
    }

    /// Reads the store's word; an unknown word blocks, which is the safe side.
    pub fn from_key(key: &str) -> Self {
        match key {
            "shared" => Self::Shared,
            "provisional" => Self::Provisional,
            _ => Self::Objected,
        }
    }

    /// Must schools and other providers be kept out?
    pub const fn is_blocked(self) -> bool {
        !matches!(self, Self::Shared)
    }
}

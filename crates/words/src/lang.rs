//! The languages of the portal.

/// A language with a whole set of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, strum::VariantArray)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

impl Lang {
    /// All of them, in the order the switch offers them.
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

    /// The tag for `lang` attributes and addresses (BCP 47).
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// What its speakers call it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Es => "Español",
        }
    }

    /// Reading direction, for `dir` attributes.
    pub const fn direction(self) -> &'static str {
        match self {
            Self::En | Self::Es => "ltr",
        }
    }

    /// Reads a tag such as `es` or `es-MX`.
    pub fn parse(tag: &str) -> Option<Self> {
        let main = tag.trim().split(['-', '_']).next().unwrap_or("");
        Self::ALL.iter().copied().find(|lang| lang.code().eq_ignore_ascii_case(main))
    }

    /// The first language of an `Accept-Language` header that the portal speaks; English if none.
    pub fn preferred(header: &str) -> Self {
        let mut offers: Vec<(f32, Self)> = header
            .split(',')
            .take(20)
            .filter_map(|offer| {
                let mut parts = offer.split(';');
                let lang = Self::parse(parts.next()?)?;
                let weight =
                    parts.next().and_then(|q| q.trim().strip_prefix("q=")).and_then(|q| q.parse().ok()).unwrap_or(1.0);
                Some((weight, lang))
            })
            .collect();
        offers.sort_by(|a, b| b.0.total_cmp(&a.0));
        offers.first().map_or(Self::En, |offer| offer.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_set_to_spanish_gets_spanish() {
        assert_eq!(Lang::preferred("es-PR,es;q=0.9,en;q=0.5"), Lang::Es);
        assert_eq!(Lang::preferred("pt-BR,en;q=0.3,es;q=0.8"), Lang::Es);
        assert_eq!(Lang::preferred("vi"), Lang::En);
        assert_eq!(Lang::preferred(";;q=,,"), Lang::En);
    }
}

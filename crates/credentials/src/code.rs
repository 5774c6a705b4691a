//! The short code of a certificate: typed by hand, impossible to guess.

use std::{fmt, str::FromStr};

use domain::{Chance, Invalid};

/// Crockford's alphabet: no I, L, O, U, so that nothing is misread or rude.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Sixteen characters of five random bits each: 80 bits. Trying a million codes a second against seven million
/// certificates, a hit is expected after some five thousand years; and tries are limited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyCode([u8; 16]);

impl VerifyCode {
    /// A fresh code.
    pub fn fresh(chance: &dyn Chance) -> Self {
        let mut random = [0; 16];
        chance.fill(&mut random);
        // 256 is a multiple of 32: every character is equally likely.
        Self(random.map(|byte| ALPHABET[usize::from(byte % 32)]))
    }

    /// The sixteen characters without the blanks: what is stored and put into the address of a QR code.
    pub fn key(&self) -> String {
        self.0.iter().map(|byte| char::from(*byte)).collect()
    }
}

/// In four groups: `7K2M-0QXA-...`.
impl fmt::Display for VerifyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.key();
        for (at, sign) in key.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{sign}")?;
        }
        Ok(())
    }
}

impl FromStr for VerifyCode {
    type Err = Invalid;

    /// Reads a code as people type it: any case, with or without dashes and blanks, O for 0, I or L for 1.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        if text.len() > 64 {
            return Err(Invalid::TooLong);
        }
        let mut code = Vec::with_capacity(16);
        for letter in text.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '–' | '—' | '.'))
        {
            let letter = match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                letter => letter,
            };
            let byte = u8::try_from(letter).ok().filter(|byte| ALPHABET.contains(byte)).ok_or(Invalid::Character)?;
            code.push(byte);
        }
        if code.is_empty() {
            return Err(Invalid::Missing);
        }
        code.try_into().map(Self).map_err(|_| Invalid::Code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u8);
    impl Chance for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            for (at, byte) in bytes.iter_mut().enumerate() {
                *byte = self.0.wrapping_mul(31).wrapping_add(u8::try_from(at * 7 % 256).unwrap());
            }
        }
    }

    #[test]
    fn a_code_read_off_paper_is_understood() {
        let code = VerifyCode::fresh(&Fixed(3));
        let printed = code.to_string();
        assert_eq!(printed.len(), 19);
        for typed in [
            printed.clone(),
            printed.to_lowercase(),
            printed.replace('-', " "),
            printed.replace('-', ""),
            printed.replace('0', "o").replace('1', "l"),
        ] {
            assert_eq!(typed.parse(), Ok(code.clone()), "{typed}");
        }
    }

    #[test]
    fn half_a_code_is_no_code() {
        let printed = VerifyCode::fresh(&Fixed(9)).to_string();
        assert_eq!(printed.get(..14).unwrap().parse::<VerifyCode>(), Err(Invalid::Code));
        assert_eq!("".parse::<VerifyCode>(), Err(Invalid::Missing));
        assert_eq!("7K2M-0QXA-7K2M-0QX!".parse::<VerifyCode>(), Err(Invalid::Character));
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in ".{0,80}") {
            let _ = text.parse::<VerifyCode>();
        }
    }
}

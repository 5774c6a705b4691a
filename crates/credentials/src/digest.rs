//! Digests (SHA-256).

use domain::certificate::StatedDose;
use sha2::{Digest, Sha256};

/// SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Bytes in hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the store keeps of a session's secret: whoever reads the table cannot sign in with it.
pub fn token_digest(token: &str) -> [u8; 32] {
    sha256(token.as_bytes())
}

/// The digest of a certificate's doses that a reader can compare with the paper: the first 12 hexadecimal digits of the
/// SHA-256 of `date cvx` lines in the order they are printed.
pub fn doses_digest(doses: &[StatedDose]) -> String {
    let lines: String = doses.iter().map(|dose| format!("{} {:03}\n", dose.given_on, dose.cvx)).collect();
    hex(&sha256(lines.as_bytes())[..6])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_date_changes_the_digest_on_the_paper() {
        let dose = |on: &str| StatedDose {
            cvx: domain::Cvx::stored(3),
            given_on: on.parse().unwrap(),
            product: String::new(),
            office: String::new(),
            fault: String::new(),
        };
        let digest = doses_digest(&[dose("2022-03-10")]);
        assert_eq!(digest.len(), 12);
        assert_eq!(digest, doses_digest(&[dose("2022-03-10")]));
        assert_ne!(digest, doses_digest(&[dose("2022-03-11")]));
    }
}

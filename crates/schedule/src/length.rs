//! Lengths of time as the schedule writes them: `18 months - 4 days`, `8 months + 1 day`, `46 Years`.

use domain::{Invalid, Period};

/// Reads a length. Its first part and each further one are a number and a unit; between them stands a plus or a minus, which
/// holds for the part behind it. Years and months step through the calendar before weeks and days are counted (CALCDT-1 to 4).
///
/// # Errors
/// [`Invalid::Missing`] for nothing, [`Invalid::Date`] for anything that is no length.
pub fn parse_length(text: &str) -> Result<Period, Invalid> {
    let mut length = Period::default();
    let mut sign = 1;
    let mut words = text.split_whitespace();
    let mut next = words.next().ok_or(Invalid::Missing)?;
    loop {
        let count: i32 = next.parse().map_err(|_| Invalid::Date)?;
        if !(0..=2_000).contains(&count) {
            return Err(Invalid::Date);
        }
        let unit = words.next().ok_or(Invalid::Date)?.to_ascii_lowercase();
        let count = count * sign;
        match unit.strip_suffix('s').unwrap_or(&unit) {
            "year" => length.months += count * 12,
            "month" => length.months += count,
            "week" => length.days += count * 7,
            "day" => length.days += count,
            _ => return Err(Invalid::Date),
        }
        match words.next() {
            None => return Ok(length),
            Some("+") => sign = 1,
            Some("-") => sign = -1,
            Some(_) => return Err(Invalid::Date),
        }
        next = words.next().ok_or(Invalid::Date)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_the_schedule_writes_a_length_is_read() {
        let of = |months, days| Ok(Period { months, days });
        assert_eq!(parse_length("0 days"), of(0, 0));
        assert_eq!(parse_length("18 months - 4 days"), of(18, -4));
        assert_eq!(parse_length("8 months + 1 day"), of(8, 1));
        assert_eq!(parse_length("7 months + 4 weeks"), of(7, 28));
        assert_eq!(parse_length("16 years - 4 months"), of(188, 0));
        assert_eq!(parse_length("46 Years"), of(552, 0));
        assert_eq!(parse_length(" 1 year "), of(12, 0));
    }

    #[test]
    fn what_is_no_length_is_refused_and_not_taken_for_nought() {
        assert_eq!(parse_length("  "), Err(Invalid::Missing));
        for text in
            ["4", "days", "4 dogs", "4 days 2", "4 days -", "4 days - x", "4 days 2 weeks", "-4 days", "9999 days"]
        {
            assert_eq!(parse_length(text), Err(Invalid::Date), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "[0-9a-z +-]{0,30}") {
            let _ = parse_length(&text);
        }
    }
}

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

/// Writes a length so that [`parse_length`] reads it: in years or months, then in weeks or days.
pub fn write_length(length: Period) -> String {
    let counted = |count: i32, large: i32, unit: &str, small: &str| {
        let (count, unit) = if count % large == 0 { (count / large, unit) } else { (count, small) };
        format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
    };
    let months = counted(length.months, 12, "year", "month");
    let days = counted(length.days.abs(), 7, "week", "day");
    match (length.months, length.days) {
        (0, 0) => "0 days".to_owned(),
        (0, _) => days,
        (_, 0) => months,
        (_, less) if less < 0 => format!("{months} - {days}"),
        _ => format!("{months} + {days}"),
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

        #[test]
        fn a_length_that_is_written_is_read_as_the_same(months in 0..1_200_i32, days in 0..400_i32, grace in 1..30_i32) {
            let lengths = [
                Period { months, days },
                Period { months: months.max(1), days: -grace },
            ];
            for length in lengths {
                proptest::prop_assert_eq!(parse_length(&write_length(length)), Ok(length));
            }
        }
    }
}

//! Doses out of text somebody typed or pasted: dates as people write them, vaccines by product, abbreviation or disease.

use chrono::NaiveDate;

use crate::{
    dates::{Dating, may_be_a_date},
    letters::is_han,
    names::{Named, vaccines},
    pieces::{Piece, pieces, plain_words},
};

/// The dates of a text, and what is left of it.
pub(crate) struct Found {
    pub(crate) dates: Vec<NaiveDate>,
    pub(crate) rest: String,
}

/// What a pasted text holds.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Pasted {
    /// Doses: the day and the vaccine's code.
    pub(crate) doses: Vec<(NaiveDate, u16)>,
    /// A vaccine was named that holds something else in some countries.
    pub(crate) is_assumed: bool,
    /// Lines that may hold a dose and were not understood. Better shown than taken for something else.
    pub(crate) unknown: Vec<String>,
}

/// What a line says, in its order.
#[derive(Clone, Copy)]
enum Word {
    Vaccine(u16),
    Date(NaiveDate),
}

/// Reads a text line by line. A line may hold vaccines and dates; one that holds only vaccines is the heading of the dates below
/// it. What may be a date and cannot be read makes the line one that was not understood.
pub(crate) fn read(text: &str, dating: Dating) -> Pasted {
    let mut pasted = Pasted::default();
    let mut heading: Vec<u16> = Vec::new();
    // A line of vaccines below which no date was found yet.
    let mut unused: Option<&str> = None;
    for line in text.lines() {
        let pieces = pieces(line, dating);
        let (mut said, mut letters, mut unclear, mut dated) = (Vec::new(), false, false, false);
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Date(date) => {
                    dated = true;
                    said.push(Word::Date(*date));
                }
                Piece::Words(words) => {
                    let Named { vaccines, is_unclear, is_assumed } = vaccines(words);
                    pasted.is_assumed |= is_assumed;
                    // A date behind words that name no vaccine may be of one that is not known here.
                    let is_between =
                        dated && at + 1 < pieces.len() && vaccines.is_empty() && !is_beside_the_point(words);
                    unclear |= is_unclear || is_between || may_be_a_date(words) || is_no_dose(words);
                    said.extend(vaccines.into_iter().map(Word::Vaccine));
                    letters |= words.chars().any(char::is_alphabetic);
                }
            }
        }
        let named: Vec<u16> = said.iter().copied().filter_map(Word::vaccine).collect();
        if unclear {
            pasted.unknown.push(shown(line));
        } else if dated && named.is_empty() {
            if letters && !is_beside_the_point(&rest(&pieces)) || heading.is_empty() {
                pasted.unknown.push(shown(line));
            } else {
                unused = None;
                letters = false;
                let days = said.iter().copied().filter_map(Word::date);
                pasted.doses.extend(days.flat_map(|date| heading.iter().map(move |cvx| (date, *cvx))));
            }
        } else if dated {
            pasted.doses.extend(paired(&said));
        }
        // What stands below a line of words is about those words, if about anything: dates go on, or begin, on the next line.
        if letters {
            pasted.unknown.extend(unused.take().map(shown));
            unused = (!named.is_empty() && !dated && !unclear).then_some(line);
            heading = if unclear { Vec::new() } else { named };
        }
    }
    pasted.unknown.extend(unused.map(shown));
    pasted
}

fn shown(line: &str) -> String {
    line.trim().chars().take(120).collect()
}

fn rest(pieces: &[Piece]) -> String {
    let words = pieces.iter().filter_map(|piece| match piece {
        Piece::Words(words) => Some(words.as_str()),
        Piece::Date(_) => None,
    });
    words.collect::<Vec<_>>().join(" ")
}

impl Word {
    fn vaccine(self) -> Option<u16> {
        if let Self::Vaccine(cvx) = self { Some(cvx) } else { None }
    }

    fn date(self) -> Option<NaiveDate> {
        if let Self::Date(date) = self { Some(date) } else { None }
    }
}

/// Which vaccine was given when: with one vaccine or one date all belong together, else each goes with what follows it.
fn paired(said: &[Word]) -> Vec<(NaiveDate, u16)> {
    let (vaccines, dates) =
        (said.iter().copied().filter_map(Word::vaccine), said.iter().copied().filter_map(Word::date));
    if vaccines.clone().count() == 1 || dates.clone().count() == 1 {
        return dates.flat_map(|date| vaccines.clone().map(move |cvx| (date, cvx))).collect();
    }
    let leads = |one: &Word| matches!(one, Word::Vaccine(_)) == matches!(said.first(), Some(Word::Vaccine(_)));
    let (mut doses, mut leading, mut followed) = (Vec::new(), Vec::new(), false);
    for one in said {
        if leads(one) {
            if std::mem::take(&mut followed) {
                leading.clear();
            }
            leading.push(*one);
        } else {
            followed = true;
            doses.extend(leading.iter().filter_map(|leader| match (leader, one) {
                (Word::Vaccine(cvx), Word::Date(date)) | (Word::Date(date), Word::Vaccine(cvx)) => Some((*date, *cvx)),
                _ => None,
            }));
        }
    }
    doses
}

/// Words by which a line says that nothing was given on its date: refused, due, printed, born, immune by a test.
fn is_no_dose(words: &str) -> bool {
    const WORDS: &str = "not no never declined refused refusal deferred due next overdue exempt disease had titer titre positive negative \
        immune exp expires expiration printed dob born birthdate scheduled appointment recommended reaction allergic antibody antibodies surface igg mantoux ppd anticuerpo anticuerpos \
        rechazada rechazo rechazado negada proxima proximo cita vence vencimiento caduca caducidad impreso nacimiento nacido nacida \
        enfermedad tuvo pendiente inmune aplazada programada refuse prochaine prochain ne nee naissance imprime recusada nascimento \
        impresso doenca vencida malad refize fet chua";
    let is_one = |word: String| word.len() > 1 && WORDS.split_whitespace().any(|known| known == word);
    plain_words(words).any(is_one)
}

/// Words that say how, where and how much, and neither what nor whether: `dose 2`, `left arm`, `12 months`.
fn is_beside_the_point(words: &str) -> bool {
    const WORDS: &str = "dose doses dosis shot shots st nd rd th first second third fourth fifth primera segunda tercera cuarta quinta \
        refuerzo booster reforco rappel and y e et given on administered aplicada aplicado fecha date data im sc sq po in id oral left right \
        arm thigh deltoid lt rt la ra lvl rvl brazo muslo izquierdo derecho ml mcg mg cc ug iu ui age at months month mo mos years year yr yrs \
        yo old weeks weeks wks days m y edad meses mes anos ano semanas a de del of la el ngay mui lan lieu nhac 第 剂 针 次 valid historical \
        series serie vaccine vacuna vaccin vacina doz";
    plain_words(words).all(|word| WORDS.split_whitespace().any(|known| known == word) || word.chars().all(is_han))
}

/// The dates of a line: `3/10/2021`, `2021-03-10`, `March 10, 2021`, `10 de marzo de 2021`, `2021年3月10日`.
pub(crate) fn dates(line: &str, dating: Dating) -> Found {
    let pieces = pieces(line, dating);
    let dates = pieces.iter().filter_map(|piece| if let Piece::Date(date) = piece { Some(*date) } else { None });
    Found { dates: dates.collect(), rest: rest(&pieces).trim_matches([',', ';', ' ']).to_owned() }
}

#[cfg(test)]
mod tests {
    use domain::date::DateOrder;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn dating() -> Dating {
        Dating { today: day("2026-11-24"), order: Some(DateOrder::MonthFirst) }
    }

    /// What a text of one line holds, each dose as day and code.
    fn of(text: &str) -> Vec<(String, u16)> {
        read(text, dating()).doses.into_iter().map(|(day, cvx)| (day.to_string(), cvx)).collect()
    }

    #[test]
    fn a_list_is_read_as_families_and_offices_write_it() {
        let text = "Immunization record\n\
            MMR 3/15/2021, 03-20-2024\n\
            2020-05-02\tDTaP-Hep B-IPV (Pediarix)\tElm Street\n\
            Varicela: 15 de marzo de 2021\n\
            Hep B (Engerix) Mar 4, 2020 and 5/4/20\n\
            Rotavirus\n\
            5/2/2020\n\
            7/4/2020\n\
            CVX 94 on 03/15/2021";
        let pasted = read(text, dating());
        let expected = [
            ("2021-03-15", 3),
            ("2024-03-20", 3),
            ("2020-05-02", 110),
            ("2021-03-15", 21),
            ("2020-03-04", 45),
            ("2020-05-04", 45),
            ("2020-05-02", 122),
            ("2020-07-04", 122),
            ("2021-03-15", 94),
        ];
        assert_eq!(pasted.doses, expected.map(|(date, cvx)| (day(date), cvx)));
        assert!(pasted.unknown.is_empty(), "{:?}", pasted.unknown);
    }

    #[test]
    fn a_line_with_a_date_and_no_vaccine_is_shown_and_not_lost() {
        let pasted = read("MMR 3/15/2021\nMystery shot 4/1/2021\nnotes without a date", dating());
        assert_eq!(pasted.doses.len(), 1);
        assert_eq!(pasted.unknown, ["Mystery shot 4/1/2021"]);
    }

    #[test]
    fn several_vaccines_and_dates_on_a_line_find_each_other() {
        let dose = |date: &str, cvx| (day(date), cvx);
        let one_visit = read("5/10/2020 DTaP, IPV, Hib", dating()).doses;
        assert_eq!(one_visit, [10, 17, 107].map(|cvx| dose("2020-05-10", cvx)));
        let vaccines_first = read("Hep B 1/2/2020, 2/3/2020; PCV13 3/4/2020", dating()).doses;
        assert_eq!(vaccines_first, [dose("2020-01-02", 45), dose("2020-02-03", 45), dose("2020-03-04", 133)]);
        let dates_first = read("1/2/2020 Hep B 3/4/2020 PCV13, RotaTeq", dating()).doses;
        assert_eq!(dates_first, [dose("2020-01-02", 45), dose("2020-03-04", 116), dose("2020-03-04", 133)]);
    }

    #[test]
    fn what_was_not_given_is_no_dose_and_is_shown() {
        for line in [
            "MMR not given 5/5/2025",
            "Hep B 3/16/2021; declined 5/1/2021",
            "Varicella had disease 1/2/2023",
            "Rotavirus next due 12/1/2026",
            "DTaP (printed 5/5/2025, dob 3/15/2021) 6/20/2022",
            "MMR titer positive 4/4/2024",
            "Hep B birth",
        ] {
            let pasted = read(line, dating());
            assert_eq!((pasted.doses.len(), pasted.unknown.as_slice()), (0, &[line.to_owned()][..]));
        }
        let continued = read("Polio: 5/18/21, 7/20/21\n9/21/21", dating());
        assert_eq!(continued.doses.len(), 3, "{continued:?}");
    }

    #[test]
    fn what_may_be_a_date_and_cannot_be_read_is_shown_and_not_taken_for_a_heading() {
        for line in ["MMR 31/31/2021", "MMR 20210315", "MMR Mar 4, 20", "MMR 3/2021", "MMR 3/15/2021, 31/13/2024"] {
            let pasted = read(&format!("{line}\n5/2/2020"), dating());
            assert_eq!((pasted.doses.len(), pasted.unknown.first().map(String::as_str)), (0, Some(line)), "{pasted:?}");
        }
        let below = read("Rotavirus\n5/2/2020\nMystery vaccine\n6/1/2021\nDate of birth\n3/10/2020", dating());
        assert_eq!(
            (below.doses, below.unknown),
            (vec![(day("2020-05-02"), 122)], vec!["6/1/2021".into(), "3/10/2020".into()])
        );
    }

    #[test]
    fn lots_amounts_sites_and_days_of_expiry_behind_a_name_are_read_past() {
        for line in [
            "MMR (M-M-R II) 0.5 mL SC Lot X1234567 Exp 08/08/2027 3/15/2021",
            "MMR 3/15/2021 lot# 12345678 exp. 10/2027 left arm",
            "MMR, 0,5 ml, lote 20210412, vence 12/2022: 3/15/2021",
            "MMR dose 1/2: 3/15/2021 NDC 0006-4681-00",
            "MMR Dose 1 3/15/2021 10:30 AM (12 months) tel 617-555-0123",
            "MMR lot exp 08/08/2026 given 3/15/2021",
            "MMR:3/15/2021",
        ] {
            assert_eq!(of(line), [("2021-03-15".to_owned(), 3)], "{line}: {:?}", read(line, dating()).unknown);
        }
        assert_eq!(of("Dose 1: MMR 3/15/2021 Dose 2: 3/20/2024").len(), 2);
        assert_eq!(of("MMR 03/15/2021 (12 months) 03/20/2024 (3 years)").len(), 2);
    }

    #[test]
    fn a_date_behind_words_nobody_knows_is_not_taken_for_the_vaccine_before() {
        let pasted = read("MMR 3/15/2021 Mystery shot 4/1/2022", dating());
        assert_eq!((pasted.doses.len(), pasted.unknown.len()), (0, 1), "{pasted:?}");
        assert_eq!(of("MMR 3/15/2021 BCG 4/1/2021"), [("2021-03-15".to_owned(), 3), ("2021-04-01".to_owned(), 19)]);
    }

    #[test]
    fn the_order_of_the_dates_is_told_by_the_text_where_it_tells() {
        let by = |text: &str, chosen| {
            let dating = Dating::of(text, chosen, day("2026-11-24"));
            read(text, dating).doses.into_iter().map(|(day, _)| day.to_string()).collect::<Vec<_>>()
        };
        let (month, date) = (DateOrder::MonthFirst, DateOrder::DayFirst);
        assert_eq!(by("SRP 3/4/2021", month), ["2021-03-04"]);
        assert_eq!(by("SRP 3/4/2021", date), ["2021-04-03"]);
        assert_eq!(by("SRP 15/3/2021, 3/4/2022", month), ["2021-03-15", "2022-04-03"]);
        assert_eq!(by("SRP 3/15/2021, 3/4/2022", date), ["2021-03-15", "2022-03-04"]);
        // Both are there: what is clear by itself is read, the rest is shown.
        let both = read(
            "SRP 15/3/2021\nSRP 3/20/2022\nSRP 3/4/2023",
            Dating::of("15/3/2021 3/20/2022 3/4/2023", month, day("2026-11-24")),
        );
        assert_eq!((both.doses.len(), both.unknown.as_slice()), (2, &["SRP 3/4/2023".to_owned()][..]));
        for text in [
            "麻腮风疫苗 2021年3月15日",
            "麻腮风：2021-03-15",
            "Sởi, quai bị, rubella ngày 15 tháng 3 năm 2021",
            "ROR 15 mars 2021",
            "Tríplice viral 15 de março de 2021",
        ] {
            assert_eq!(by(text, date), ["2021-03-15"], "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "(?s).{0,200}") {
            let _ = read(&text, dating());
        }

        #[test]
        fn a_date_is_found_however_it_stands(year in 1950..2026_i32, month in 1..13_u32, date in 1..29_u32) {
            let Some(wanted) = NaiveDate::from_ymd_opt(year, month, date) else { return Ok(()) };
            for text in [format!("x {month}/{date}/{year} y"), format!("{year}-{month:02}-{date:02},"), wanted.format("%B %-d, %Y").to_string(), wanted.format("%-d %b %Y").to_string()] {
                proptest::prop_assert_eq!(dates(&text, dating()).dates, vec![wanted], "{}", text);
            }
        }
    }
}

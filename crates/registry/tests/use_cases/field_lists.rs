//! What class lists of other systems broke elsewhere, with the right values. The sources stand in docs/FIELD.md.

use std::fmt::Write as _;

use registry::{ReviewLine, RosterReview};

use super::*;

pub(crate) const HEAD: &str = "Last Name,First Name,DOB,Grade,Homeroom\n";

impl House {
    pub(crate) async fn listed(&self, bytes: impl AsRef<[u8]>) -> RosterReview {
        *self.clock.0.lock().unwrap() = "2026-11-25T14:00:00Z".parse().unwrap();
        let id = self.registry.upload_roster(&self.nurse(), bytes.as_ref()).await.unwrap();
        self.registry.review_roster(&self.nurse(), id).await.unwrap()
    }

    /// A person on file with doses, found by the school.
    pub(crate) async fn on_file(&self, last: &str, first: &str, born: &str, doses: &[(&str, u16)]) -> PatientId {
        let person = person(last, first, born);
        let given = |on: &str, cvx| DoseEntry { despite: typed("given elsewhere"), ..dose(on, cvx) };
        let (on, cvx) = doses[0];
        let patient = self.registry.add_person(&self.clinic(), &person, &given(on, cvx)).await.unwrap();
        for (on, cvx) in &doses[1..] {
            self.registry.add_dose(&self.clinic(), patient, &given(on, *cvx)).await.unwrap();
        }
        patient
    }
}

/// Answers what is asked of a list the way its nurse would: the first sheet, the month first, no class.
async fn settled(house: &House, mut review: RosterReview) -> RosterReview {
    for _ in 0..3 {
        let said = match &review.ask {
            Some(Ask::Sheet(sheets)) => {
                RosterAnswer::Sheet(sheets.iter().position(|(name, _)| name == "Students").unwrap_or(0))
            }
            Some(Ask::Order(_)) => RosterAnswer::Order(DateOrder::MonthFirst),
            Some(Ask::Class) => RosterAnswer::Class(typed("")),
            _ => break,
        };
        house.registry.say_of_roster(&house.nurse(), review.id, said).await.unwrap();
        review = house.registry.review_roster(&house.nurse(), review.id).await.unwrap();
    }
    review
}

fn names(lines: &[ReviewLine]) -> Vec<String> {
    lines.iter().map(|line| line.student.name.sorted()).collect()
}

fn grades(review: &RosterReview) -> Vec<String> {
    review.lines.iter().map(|line| line.student.grade.to_string()).collect()
}

fn shared(name: &str) -> Option<Vec<u8>> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/real-cases").join(name);
    let bytes = std::fs::read(path).ok();
    if bytes.is_none() {
        eprintln!("SKIPPED: the shared cases of the field are not here");
    }
    bytes
}

#[tokio::test]
async fn a_quotation_mark_too_many_names_its_line_and_loses_no_student() {
    let house = house().await;
    for (file, list, students, faults) in [
        ("09_stray_quote.csv", format!("{HEAD}Ames,Amy,2019-01-02,1,1-Q\nBond,\"Bo,2019-02-03,1,1-Q\nCole,Cy,2019-03-04,1,1-Q\nDunn,Di,2019-04-05,1,1-Q\nEden,Ed,2019-05-06,1,1-Q\n"), 4, 1),
        ("09b_backslash_quote.csv", "\"Last Name\",\"First Name\",\"DOB\",\"Grade\",\"Homeroom\"\n\"Ames\",\"Amy\",\"2019-01-02\",\"1\",\"1-Q\"\n\"Bond\",\"Robert \\\"Bo\\\"\",\"2019-02-03\",\"1\",\"1-Q\"\n\"Cole\",\"Cy\",\"2019-03-04\",\"1\",\"1-Q\"\n".into(), 2, 1),
        ("09c_stray_quote_other_column.csv", "Last Name,First Name,DOB,Grade,Homeroom,Nickname\nAmes,Amy,2019-01-02,1,1-Q,\nBond,Robert,2019-02-03,1,1-Q,\"Bo\nCole,Cy,2019-03-04,1,1-Q,\nDunn,Di,2019-04-05,1,1-Q,\nEden,Ed,2019-05-06,1,1-Q,\n".into(), 4, 1),
        ("09d_quote_pair.csv", "Last Name,First Name,DOB,Grade,Homeroom,Nickname\nAmes,Amy,2019-01-02,1,1-Q,\nBond,Robert,2019-02-03,1,1-Q,\"Bo\nCole,Cy,2019-03-04,1,1-Q,\nDunn,Di,2019-04-05,1,1-Q,Dee\"\nEden,Ed,2019-05-06,1,1-Q,\n".into(), 3, 2),
    ] {
        for bytes in [Some(list.into_bytes()), shared(file)].into_iter().flatten() {
            let review = house.listed(bytes).await;
            assert_eq!(review.lines.len() + review.faults.len(), students + faults, "{file}: {:?}", (names(&review.lines), &review.faults));
            assert!(review.lines.len() >= students, "{file}: {:?}", names(&review.lines));
        }
    }
}

#[tokio::test]
async fn what_a_spreadsheet_writes_above_the_names_of_the_columns_is_passed_over() {
    let house = house().await;
    for (file, list) in [
        (
            "10_sep.csv",
            format!(
                "sep=;\r\n{}",
                format!("{HEAD}Ames,Amy,2019-01-02,1,1-S\nCole,Cy,2019-03-04,1,1-S\n")
                    .replace(',', ";")
                    .replace('\n', "\r\n")
            ),
        ),
        ("10b_sep_comma.csv", format!("sep=,\r\n{HEAD}Ames,Amy,2019-01-02,1,1-S\r\nCole,Cy,2019-03-04,1,1-S\r\n")),
        (
            "24_title_rows.csv",
            format!(
                "Elm Street School\nClass list as of 11/20/2026\n\n{HEAD}Ames,Amy,2019-01-02,1,1-S\nCole,Cy,2019-03-04,1,1-S\n"
            ),
        ),
        (
            "24b_title_rows_commas.csv",
            format!(
                "Elm Street School,,,,\nClass list as of 11/20/2026,,,,\n,,,,\n{HEAD}Ames,Amy,2019-01-02,1,1-S\nCole,Cy,2019-03-04,1,1-S\n"
            ),
        ),
    ] {
        for bytes in [Some(list.into_bytes()), shared(file)].into_iter().flatten() {
            let review = house.listed(bytes).await;
            assert_eq!((review.ask.clone(), review.lines.len(), review.faults.len()), (None, 2, 0), "{file}");
        }
    }
}

#[tokio::test]
async fn a_workbook_is_read_where_the_list_is() {
    let house = house().await;
    let list = |sheet: &mut rust_xlsxwriter::Worksheet, from: u32| {
        for (row, cells) in (from..)
            .zip([["Last Name", "First Name", "DOB", "Grade", "Homeroom"], ["Ames", "Amy", "2019-01-02", "1", "1-H"]])
        {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    };
    // The first sheet is hidden.
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_hidden(true).write_string(0, 0, "Code").unwrap();
    list(book.add_worksheet().set_active(true), 0);
    let hidden = book.save_to_buffer().unwrap();
    // A title over all columns.
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 4, "Elm Street School", &rust_xlsxwriter::Format::new()).unwrap();
    list(sheet, 3);
    let titled = book.save_to_buffer().unwrap();
    for bytes in
        [Some(hidden), Some(titled), shared("11_hidden_sheet.xlsx"), shared("rosters/title.xlsx")].into_iter().flatten()
    {
        let review = settled(&house, house.listed(&bytes).await).await;
        assert!(review.ask.is_none() && !review.lines.is_empty(), "{:?}", review.ask);
    }
    // Two sheets can be seen: it is asked, or the one that names columns is taken.
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "read me").unwrap();
    list(book.add_worksheet().set_name("Students").unwrap(), 0);
    for bytes in [Some(book.save_to_buffer().unwrap()), shared("rosters/second.xlsx")].into_iter().flatten() {
        let review = settled(&house, house.listed(&bytes).await).await;
        assert_eq!((review.ask.clone(), review.lines.len()), (None, 1));
    }
    if let Some(bytes) = shared("31_epoch_1904.xlsx") {
        let review = house.listed(bytes).await;
        assert_eq!(review.lines[0].student.born.date(), day("2019-01-02"), "a workbook that counts its days from 1904");
    }
}

#[tokio::test]
async fn dates_are_read_as_systems_write_them() {
    let house = house().await;
    let list = format!(
        "{HEAD}Aa,Amy,2019-01-02 00:00:00,1,1-D\nBb,Bo,2/3/2019 0:00,1,1-D\nCc,Cy,3/4/2019 12:00:00 AM,1,1-D\nDd,Di,2019-04-05T00:00:00Z,1,1-D\nEe,Ed,06-May-2019,1,1-D\nFf,Flo,\"Jun 7, 2019\",1,1-D\nGg,Gil,43654,1,1-D\n"
    );
    for bytes in [Some(list.into_bytes()), shared("15_datetime.csv")].into_iter().flatten() {
        let mut review = house.listed(bytes).await;
        assert!(matches!(review.ask, Some(Ask::Order(_))), "2/3/2019 can be read in two ways");
        house
            .registry
            .say_of_roster(&house.nurse(), review.id, RosterAnswer::Order(DateOrder::MonthFirst))
            .await
            .unwrap();
        review = house.registry.review_roster(&house.nurse(), review.id).await.unwrap();
        let born: Vec<String> = review.lines.iter().map(|line| line.student.born.date().to_string()).collect();
        assert_eq!(
            born,
            ["2019-01-02", "2019-02-03", "2019-03-04", "2019-04-05", "2019-05-06", "2019-06-07", "2019-07-08"],
            "{:?}",
            review.faults
        );
    }
}

#[tokio::test]
async fn an_age_that_does_not_fit_the_grade_is_flagged_before_saving() {
    let house = house().await;
    let list = format!(
        "{HEAD}Ames,Amy,01/13/1919,1,1-C\nCole,Cy,03/14/2026,1,1-C\nDunn,Di,04/15/1985,1,1-C\nEden,Ed,05/16/2019,1,1-C\n"
    );
    let review = house.listed(list).await;
    assert_eq!(review.ages, [2, 3, 4]);
    if let Some(bytes) = shared("14_century.csv") {
        let review = house.listed(bytes).await;
        house
            .registry
            .say_of_roster(&house.nurse(), review.id, RosterAnswer::Order(DateOrder::MonthFirst))
            .await
            .unwrap();
        let review = house.registry.review_roster(&house.nurse(), review.id).await.unwrap();
        assert_eq!(review.ages, [2, 3, 4]);
    }
}

#[tokio::test]
async fn grades_are_taken_as_schools_write_them_or_said_once() {
    let house = house().await;
    let words = [
        "1st Grade",
        "Grade 1",
        "1",
        "01",
        "1.0",
        "First",
        "Gr. 1",
        "K",
        "KG",
        "Kindergarten",
        "Full Day K",
        "KF",
        "K-Full",
        "Grade K",
        "0",
        "PK3",
        "PK4",
        "PK",
        "12th grade",
        "Primer grado",
    ];
    let rows: String =
        words.iter().zip('a'..).map(|(word, letter)| format!("Aa{letter},Amy,2019-01-13,{word},1-G\n")).collect();
    let review = house.listed(format!("{HEAD}{rows}")).await;
    assert!(review.grades.is_empty() && review.faults.is_empty(), "{:?} {:?}", review.grades, review.faults);
    assert_eq!(
        grades(&review),
        ["1", "1", "1", "1", "1", "1", "1", "K", "K", "K", "K", "K", "K", "K", "K", "PK", "PK", "PK", "12", "1"]
    );
    // What only this school knows is asked, and asked once.
    let odd = format!("{HEAD}Ba,Amy,2019-01-13,TK,1-G\nBb,Amy,2019-01-13,13,1-G\nBc,Amy,2019-01-13,SP,1-G\n");
    let review = house.listed(&odd).await;
    let asked: Vec<(String, Grade)> = review.grades.iter().map(|(word, _)| (word.clone(), Grade::Year(12))).collect();
    assert_eq!(asked.len(), 3, "{:?}", review.grades);
    house.registry.say_grades(&house.nurse(), &asked).await.unwrap();
    let review = house.listed(&odd).await;
    assert_eq!((review.grades.len(), review.lines.len()), (0, 3));
    for file in ["23_grades.csv", "23b_grades_new_bedford.csv", "rosters/kf.csv"] {
        let Some(bytes) = shared(file) else { continue };
        let review = settled(&house, house.listed(bytes).await).await;
        assert!(!review.lines.is_empty(), "{file}");
        // Every line is a student, a question about its grade, or a fault that is named.
        assert!(review.faults.iter().all(|fault| fault.line > 1), "{file}");
    }
}

#[tokio::test]
async fn a_list_in_other_letters_is_read_or_its_line_named() {
    let house = house().await;
    // A Macintosh's letters: é is 8E, ñ is 96, ú is 9C.
    let mac = [b"Last Name,First Name,DOB,Grade,Homeroom\nIb\x87\x96ez,Jos\x8e,2020-01-13,K,K-1\n".to_vec()].concat();
    let review = house.listed(mac).await;
    assert_eq!(names(&review.lines), ["Ibáñez, José"]);
    // One line of another set in a file of UTF-8 is named, and never turned into other letters.
    let mut mixed = format!("{HEAD}Ibáñez,José,2020-01-13,1,1-M\n").into_bytes();
    mixed.extend(b"Pe\xf1a,In\xe9s,2019-02-14,2,2-M\n");
    let review = house.listed(mixed).await;
    let faults: Vec<usize> = review.faults.iter().map(|fault| fault.line).collect();
    assert!(
        names(&review.lines) == ["Ibáñez, José"] && faults == [3]
            || names(&review.lines) == ["Ibáñez, José", "Peña, Inés"],
        "{:?} {faults:?}",
        names(&review.lines)
    );
    if let Some(bytes) = shared("07b_macroman.csv") {
        let review = house.listed(bytes).await;
        house.registry.say_of_roster(&house.nurse(), review.id, RosterAnswer::Class(typed(""))).await.unwrap();
        let review = house.registry.review_roster(&house.nurse(), review.id).await.unwrap();
        assert!(!names(&review.lines)[0].contains(['\u{fffd}', 'œ', '–']), "{:?}", names(&review.lines));
    }
}

#[tokio::test]
async fn one_column_of_the_whole_name_and_systems_own_column_names_are_understood() {
    let house = house().await;
    let aspen = "Pupil #,Name,DateOfBirth,YOG,Grade,Homeroom,Gender\n9001,\"Amari, Mia A\",3/10/2021,2039,KF,101,F\n9002,\"Bauer, Leo Jr\",7/14/2021,2039,KF,101,M\n";
    let review = house.listed(aspen).await;
    assert_eq!(review.ask, None, "{review:?}");
    assert_eq!(names(&review.lines), ["Amari, Mia A", "Bauer, Leo"]);
    assert_eq!(review.lines[0].student.number, "9001");
    let power = "\"Student Number\",\"Last_Name\",\"First_Name\",\"DOB\",\"Grade_Level\",\"Home_Room\"\n\"9101\",\"Amari\",\"Mia\",\"03/10/2021\",\"0\",\"K-1\"\n\"9102\",\"Bauer\",\"Leo\",\"07/14/2021\",\"0\",\"K-1\"\n";
    let review = house.listed(power).await;
    assert_eq!((review.ask.clone(), grades(&review)), (None, vec!["K".to_owned(), "K".to_owned()]));
    // Two numbers: the school's own is the one that counts.
    let two = "LASID,SASID,Last Name,First Name,Middle Name,Birthdate,Grade Level,HR\n9201,1099999901,Amari,Mia,,2021-03-10,K,K-1\n";
    assert_eq!(house.listed(two).await.lines[0].student.number, "9201");
    // No class at all: it is asked.
    let bare = "Last Name,First Name,Date of Birth,Grade\nAmari,Mia,3/13/2021,K\n";
    let review = house.listed(bare).await;
    assert_eq!(review.ask, Some(Ask::Class));
    for file in ["rosters/aspen.csv", "rosters/aspen2.csv", "rosters/ps.csv", "rosters/nohr.csv"] {
        let Some(bytes) = shared(file) else { continue };
        let review = settled(&house, house.listed(bytes).await).await;
        assert!(review.ask.is_none() && !review.lines.is_empty(), "{file}: {:?}", review.ask);
    }
}

#[tokio::test]
async fn initials_behind_first_names_lose_nobody_of_a_saved_class() {
    let house = house().await;
    let mut list = "Student Number,Last Name,First Name,DOB,Grade,Homeroom\n".to_owned();
    let mut again = list.clone();
    for (at, letter) in ('a'..='t').enumerate() {
        let (family, first) = (format!("Fam{letter}"), format!("Kid{letter}"));
        house.on_file(&family, &first, "2021-03-10", &[("2022-03-10", 3)]).await;
        writeln!(list, "{},{family},{first},2021-03-10,K,K-1", 100 + at).unwrap();
        writeln!(again, "{},{family},{first} {},2021-03-10,K,K-1", 100 + at, letter.to_uppercase()).unwrap();
    }
    let saved = house.listed(&list).await;
    assert_eq!(
        house
            .registry
            .save_roster(&house.nurse(), saved.id, replacing(&house, &house.nurse(), saved.id).await, &typed(""))
            .await
            .unwrap(),
        20
    );
    let review = house.listed(&again).await;
    let found = review.lines.iter().filter(|line| matches!(line.found, Match::Found { known: true, .. })).count();
    assert_eq!((found, review.leaving.len()), (20, 0));
}

#[tokio::test]
async fn a_students_number_is_the_same_however_a_spreadsheet_guards_it() {
    let house = house().await;
    let head = "LASID,Last Name,First Name,DOB,Grade,Homeroom\n";
    let rows = "=\"0012345\",Amari,Mia,2019-03-13,1,1-1\n'0012346,Bauer,Leo,2019-04-14,1,1-1\n12347.0,'t Hooft,Iva,2019-04-14,1,1-1\n";
    let review = house.listed(format!("{head}{rows}")).await;
    let seen: Vec<_> =
        review.lines.iter().map(|line| (line.student.number.as_str(), line.student.name.last())).collect();
    assert_eq!(seen, [("0012345", "Amari"), ("0012346", "Bauer"), ("12347", "'t Hooft")], "{:?}", review.faults);
}

#[tokio::test]
async fn a_number_does_not_make_one_twin_the_other() {
    let house = house().await;
    let lea = house.on_file("Brandt", "Lea", "2019-04-14", &[("2020-04-14", 3)]).await;
    let leo = house.on_file("Brandt", "Leo", "2019-04-14", &[("2020-04-14", 3)]).await;
    let head = "LASID,Last Name,First Name,DOB,Grade,Homeroom\n";
    let line = |number: &str, first: &str| format!("{number},Brandt,{first},2019-04-14,1,1-1\n");
    let review = house.listed(format!("{head}{}", line("11", "Lea"))).await;
    house
        .registry
        .save_roster(&house.nurse(), review.id, replacing(&house, &house.nurse(), review.id).await, &typed(""))
        .await
        .unwrap();
    // The number is his sister's, the name his own: which of them, the school says.
    let review = house.listed(format!("{head}{}", line("11", "Leo"))).await;
    let Match::Doubtful(candidates) = &review.lines[0].found else { panic!("{:?}", review.lines[0].found) };
    let both: std::collections::BTreeSet<_> = candidates.iter().map(|candidate| candidate.patient).collect();
    assert_eq!(both, [lea, leo].into());
    // Both are on the school's lists, and their numbers were mixed up: each is who the name says.
    let review = house.listed(format!("{head}{}{}", line("11", "Lea"), line("12", "Leo"))).await;
    house
        .registry
        .save_roster(&house.nurse(), review.id, replacing(&house, &house.nurse(), review.id).await, &typed(""))
        .await
        .unwrap();
    let review = house.listed(format!("{head}{}{}", line("12", "Lea"), line("11", "Leo"))).await;
    assert_eq!(review.lines.iter().map(ReviewLine::patient).collect::<Vec<_>>(), [Some(lea), Some(leo)]);
}

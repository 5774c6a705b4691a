//! More of what broke elsewhere: found in public trackers and guides, listed in docs/FIELD.md.

use super::*;

fn vxu(control: &str, identity: &str, doses: &[String]) -> String {
    format!(
        "MSH|^~\\&|EHR|P1|MIIS|MA|20261101120000-0500||VXU^V04^VXU_V04|{control}|P|2.5.1|||ER|AL|||||Z22^CDCPHINVS\rPID|1||{identity}\r{}\r",
        doses.join("\r")
    )
}

fn given(order: &str, on: &str, vaccine: &str) -> String {
    format!("ORC|RE||{order}^EHR\rRXA|0|1|{on}||{vaccine}|0.5|mL^^UCUM||00^New^NIP001||^^^||||L1||MSD^M^MVX|||CP|A")
}

/// Imports a file and gives what was taken, refused and waits, and how many people there are.
async fn take(house: &House, text: &str) -> (i64, i64, i64, i64) {
    *house.clock.0.lock().unwrap() = "2026-11-25T14:00:00Z".parse().unwrap();
    let bytes = text.as_bytes();
    let batch = house
        .registry
        .import(&house.clinic(), house.office, ImportKind::of(bytes), bytes, &|_| {})
        .await
        .unwrap()
        .batch;
    let people = house.registry.count_people().await.unwrap();
    (batch.accepted + batch.warned, batch.refused, batch.waiting, people)
}

async fn doses(house: &House, last: &str, first: &str, born: &str) -> Vec<String> {
    let found = house.registry.search(&house.clinic(), last, first, day(born)).await.unwrap();
    let own = found.iter().find(|hit| hit.born.date() == day(born)).unwrap_or_else(|| panic!("{last}: {found:?}"));
    let record = house.registry.record(&house.clinic(), own.id).await.unwrap();
    record.doses.iter().map(|dose| format!("{} {}", dose.given_on, dose.cvx)).collect()
}

#[tokio::test]
async fn each_message_parts_its_fields_with_its_own_signs() {
    let house = house().await;
    let plain = vxu(
        "1",
        "41^^^EHR^MR||Ferro^Dina||20200203|F|||3 Oak St #4^^Salem^MA^01970",
        &[given("1", "20210301", "03^MMR^CVX")],
    );
    let five = plain.replace("|^~\\&|", "|^~\\&#|");
    let other = vxu("2", "42^^^EHR^MR||Neri^Ugo||20210607|M", &[given("2", "20220701", "21^varicella^CVX")])
        .replace('|', "*")
        .replace("MSH*^", "MSH*:")
        .replace('^', ":");
    let became = take(&house, &[five, other].concat()).await;
    let open = house.open(&house.clinic()).await;
    assert_eq!(became, (2, 0, 0, 2), "{:?}", open.iter().map(|message| message.issues.to_string()).collect::<Vec<_>>());
    assert_eq!(doses(&house, "Ferro", "Dina", "2020-02-03").await, ["2021-03-01 03"]);
    assert_eq!(doses(&house, "Neri", "Ugo", "2021-06-07").await, ["2022-07-01 21"]);
}

#[tokio::test]
async fn a_day_stays_the_day_that_was_written_whatever_zone_stands_behind_it() {
    let house = house().await;
    for (at, zone) in ["+0000", "-0500", "+1300", ""].iter().enumerate() {
        let letter = ["a", "b", "c", "d"][at];
        let identity = format!("4{at}^^^EHR^MR||Zone{letter}^Ann||20190601000000{zone}|F");
        take(&house, &vxu(letter, &identity, &[given(letter, &format!("20220213000000{zone}"), "03^MMR^CVX")])).await;
        assert_eq!(doses(&house, &format!("Zone{letter}"), "Ann", "2019-06-01").await, ["2022-02-13 03"], "{zone}");
    }
}

#[tokio::test]
async fn a_date_without_its_day_is_never_completed() {
    let house = house().await;
    for (at, on) in ["201503", "20150300", "20150000", "2015", "\"\"", ""].iter().enumerate() {
        let control = format!("D{at}");
        let identity = format!("5{at}^^^EHR^MR||Month^Ann||2010010{}|F", at + 1);
        let (taken, refused, ..) = take(&house, &vxu(&control, &identity, &[given(&control, on, "03^MMR^CVX")])).await;
        assert_eq!((taken, refused), (0, 1), "{on}");
    }
    assert_eq!(house.registry.count_people().await.unwrap(), 0);
}

#[tokio::test]
async fn two_quotation_marks_are_nothing_and_no_name() {
    let house = house().await;
    let identity = "88^^^EHR^MR||Mbeki^Lindiwe^\"\"^\"\"||20180404|\"\"|||\"\"";
    take(&house, &vxu("1", identity, &[given("1", "20190501", "03^MMR^CVX")])).await;
    let found = house.registry.search(&house.clinic(), "Mbeki", "Lindiwe", day("2018-04-04")).await.unwrap();
    assert_eq!(found[0].name, PersonName::new("Mbeki", "Lindiwe", "").unwrap());
    let nobody = vxu("2", "89^^^EHR^MR||Mbeki^\"\"||20180404|F", &[given("2", "20190601", "03^MMR^CVX")]);
    let (taken, ..) = take(&house, &nobody).await;
    assert!(taken == 0 || house.registry.count_people().await.unwrap() <= 2);
    let found = house.registry.search(&house.clinic(), "Mbeki", "Lindiwe", day("2018-04-04")).await.unwrap();
    assert!(found.iter().all(|hit| !hit.name.first().contains('"')), "{found:?}");
}

#[tokio::test]
async fn an_escape_that_is_never_closed_loses_nothing_behind_it() {
    let house = house().await;
    let identity = "77^^^EHR^MR||Smith \\T\\ Cole^Nia||20180404|F|||Unit 4\\5 Main St^^Lynn^MA^01901";
    take(&house, &vxu("1", identity, &[given("1", "20190501", "03^MMR^CVX")])).await;
    let found = house.registry.search(&house.clinic(), "Smith & Cole", "Nia", day("2018-04-04")).await.unwrap();
    let record = house.registry.record(&house.clinic(), found[0].id).await.unwrap();
    assert!(record.person.address.street.contains("Main St"), "{:?}", record.person.address);
    assert_eq!(record.person.address.city, "Lynn");
}

#[tokio::test]
async fn a_drug_code_nobody_gave_is_no_vaccine_and_the_one_beside_it_is_taken() {
    let house = house().await;
    let one = |control: &str, code: &str| {
        vxu(control, &format!("6{control}^^^EHR^MR||Code^Ann||2019010{control}|F"), &[given(control, "20220301", code)])
    };
    assert_eq!(take(&house, &one("1", "09999720669^FLU STOCK^NDC^150^Influenza^CVX")).await.0, 1);
    assert_eq!(doses(&house, "Code", "Ann", "2019-01-01").await, ["2022-03-01 150"]);
    for (control, code) in [("2", "00000000001^MMR^NDC"), ("3", "<>^^CVX"), ("4", "MMR^MMR^L")] {
        assert_eq!(take(&house, &one(control, code)).await.0, 0, "{code}");
    }
}

#[tokio::test]
async fn a_refusal_is_no_dose_whatever_stands_beside_it() {
    let house = house().await;
    for (at, (status, vaccine)) in
        [("RE", "03^MMR^CVX"), ("NA", "998^none^CVX"), ("NA", "03^MMR^CVX"), ("PA", "03^MMR^CVX")].iter().enumerate()
    {
        let control = format!("R{at}");
        let text = vxu(
            &control,
            &format!("3{at}^^^EHR^MR||Never^Ann||2019010{}|F", at + 1),
            &[given(&control, "20220301", vaccine)],
        );
        take(&house, &text.replace("|CP|A", &format!("|{status}|A"))).await;
        let found =
            house.registry.search(&house.clinic(), "Never", "Ann", day(&format!("2019-01-0{}", at + 1))).await.unwrap();
        for hit in found.iter().filter(|hit| hit.born.date() == day(&format!("2019-01-0{}", at + 1))) {
            let record = house.registry.record(&house.clinic(), hit.id).await.unwrap();
            assert!(record.doses.is_empty(), "{status} {vaccine}: {:?}", record.doses);
        }
    }
}

#[tokio::test]
async fn one_number_at_two_offices_is_two_people() {
    in_a_house(|house| async move {
        let mine = vxu("1", "123^^^^MR||Chau^Ivy||20180202|F", &[given("1", "20190301", "03^MMR^CVX")]);
        let theirs = vxu("2", "123^^^^MR||Diallo^Omar||20150909|M", &[given("2", "20160301", "03^MMR^CVX")]);
        take(&house, &mine).await;
        let (caller, other) = (house.other_clinic(), house.other);
        house.registry.import(&caller, other, ImportKind::Hl7, theirs.as_bytes(), &|_| {}).await.unwrap();
        assert_eq!(house.registry.count_people().await.unwrap(), 2);
        assert_eq!(doses(&house, "Chau", "Ivy", "2018-02-02").await, ["2019-03-01 03"]);
    })
    .await;
}

#[tokio::test]
async fn children_of_one_house_whose_names_are_alike_are_never_joined_by_themselves() {
    in_a_house(|house| async move {
        let one = |control: &str, number: &str, first: &str, dose: &str| {
            vxu(
                control,
                &format!("{number}||Pham^{first}||20170303|M|||14 Fox St^^Lynn^MA^01901"),
                &[given(control, dose, "03^MMR^CVX")],
            )
        };
        take(&house, &one("1", "51^^^EHR^MR", "Jayden", "20180401")).await;
        for (control, first) in [("2", "Kayden"), ("3", "Hayden")] {
            take(&house, &one(control, "", first, "20180501")).await;
        }
        assert_eq!(doses(&house, "Pham", "Jayden", "2017-03-03").await, ["2018-04-01 03"]);
    })
    .await;
}

#[tokio::test]
async fn surnames_of_two_words_are_one_name_however_they_are_joined() {
    for (at, spelling) in ["García-López", "GARCIA LOPEZ", "GARCIALOPEZ", "Garcia‐Lopez"].iter().enumerate() {
        let house = house().await;
        let one = |control: &str, last: &str, on: &str, vaccine: &str| {
            vxu(control, &format!("5{at}^^^EHR^MR||{last}^Lucía||20180808|F"), &[given(control, on, vaccine)])
        };
        take(&house, &one("1", "García López", "20190901", "03^MMR^CVX")).await;
        take(&house, &one("2", spelling, "20191001", "21^varicella^CVX")).await;
        assert_eq!(house.registry.count_people().await.unwrap(), 1, "{spelling}");
    }
}

#[tokio::test]
async fn one_day_reported_by_its_giver_and_from_memory_elsewhere_keeps_both_and_counts_once() {
    in_a_house(|house| async move {
        let mine = vxu("1", "61^^^EHR^MR||Twice^Ann||20190101|F", &[given("1", "20190301", "110^Pediarix^CVX")]);
        take(&house, &mine).await;
        let parts = ["107^DTaP^CVX", "45^HepB^CVX", "89^Polio^CVX"]
            .map(|code| given(code, "20190301", code).replace("|00^New^NIP001|", "|01^Historical^NIP001|"));
        let theirs = vxu("2", "99^^^EHR^MR||Twice^Ann||20190101|F", &parts);
        let (caller, other) = (house.other_clinic(), house.other);
        house.registry.import(&caller, other, ImportKind::Hl7, theirs.as_bytes(), &|_| {}).await.unwrap();
        let found = house.registry.search(&house.clinic(), "Twice", "Ann", day("2019-01-01")).await.unwrap();
        assert_eq!(found.len(), 1);
        let record = house.registry.record(&house.clinic(), found[0].id).await.unwrap();
        assert_eq!(record.doses.len(), 4, "nothing is thrown away");
        // Dose 2 of each is what is due: the first was counted once.
        let advice = record.advice.unwrap();
        for group in ["HepB", "DTaP/Tdap/Td", "Polio"] {
            let line = advice.lines.iter().find(|line| line.name == group).unwrap();
            assert_eq!(line.due.number, Some(2), "{group}");
        }
    })
    .await;
}

#[tokio::test]
async fn rows_of_a_table_that_say_nothing_was_given_are_no_doses() {
    let house = house().await;
    let table = "last_name,first_name,birth_date,vaccine,given_on,action\nRow,Ann,2019-01-13,03,2020-02-14,A\nRow,Bea,2019-01-13,03,2020-02-14,refused\n";
    let (taken, refused, _, people) = take(&house, table).await;
    assert_eq!((taken, refused, people), (1, 1, 1));
}

#[tokio::test]
async fn a_school_number_a_spreadsheet_spoiled_names_nobody_else() {
    let house = house().await;
    let head = "LASID,Last Name,First Name,DOB,Grade,Homeroom\n";
    let upload = |list: String| {
        let (registry, nurse) = (house.registry.clone(), house.nurse());
        async move {
            let id = registry.upload_roster(&nurse, list.as_bytes()).await.unwrap();
            registry.review_roster(&nurse, id).await.unwrap()
        }
    };
    let first =
        upload(format!("{head}1.02346E+12,Amari,Mia,2019-03-13,1,1-1\n1.02346E+12,Bauer,Leo,2019-04-14,1,1-1\n")).await;
    // One number for two children names none of them.
    assert!(first.lines.iter().all(|line| line.again.is_none()), "{:?}", first.lines);
    assert_eq!(first.lines.len(), 2);
}

#[tokio::test]
async fn keys_made_by_an_older_program_are_made_again_and_objections_hold_meanwhile() {
    in_a_house(|house| async move {
        take(&house, &vxu("1", "41^^^EHR^MR||O'Dowd^Rory||20190505|M", &[given("1", "20210301", "03^MMR^CVX")])).await;
        let found = || async {
            house.registry.search(&house.clinic(), "OʼDowd", "Rory", day("2019-05-05")).await.unwrap().len()
        };
        let own = house.registry.search(&house.clinic(), "O'Dowd", "Rory", day("2019-05-05")).await.unwrap()[0].id;
        house.registry.rebuild_keys(&Principal::Program(Program::Keys), &|_, _| {}).await.unwrap();
        assert!(house.registry.keys_are_current().await.unwrap());
        // As an older program left them.
        let mut tx = house.store.write().await.unwrap();
        tx.set_person_keys(own.uuid(), "older", "older").await.unwrap();
        tx.set_key_version(1, None).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!house.registry.keys_are_current().await.unwrap());
        let told = Mutex::new(0);
        let progress = |done: u64, _: u64| *told.lock().unwrap() = done;
        let actor = Principal::Program(Program::Keys);
        assert_eq!(house.registry.rebuild_keys(&actor, &progress).await.unwrap(), 1);
        assert_eq!(found().await, 1);
        assert_eq!(*told.lock().unwrap(), 1, "progress is told");
        assert!(house.registry.keys_are_current().await.unwrap());
        assert_eq!(house.registry.rebuild_keys(&actor, &progress).await.unwrap(), 0, "nothing is left to do");
    })
    .await;
}

#[tokio::test]
async fn a_column_that_says_whether_a_dose_was_given_is_believed() {
    let house = house().await;
    let head = "last_name,first_name,birth_date,vaccine,given_on,status\n";
    let row = |name: &str, on: &str, status: &str| format!("Row,{name},2019-01-13,03,{on},{status}\n");
    let table = [
        head.to_owned(),
        row("Ann", "2020-02-14", "Given"),
        row("Bea", "2020-02-14", "Refused"),
        row("Cy", "2027-01-05", "Scheduled"),
        row("Di", "2020-02-14", "Perhaps"),
        row("Eve", "2020-02-14", ""),
    ];
    let (taken, refused, waiting, people) = take(&house, &table.concat()).await;
    // Two doses, two rows without one, and one that a human has to look at; nobody is made known by a row without a dose.
    assert_eq!((taken, refused, waiting, people), (4, 1, 0, 2));
}

#[tokio::test]
async fn an_order_that_was_cancelled_is_no_dose() {
    let house = house().await;
    let order = |state: &str, completion: &str| {
        format!(
            "ORC|RE||{state}{completion}1^EHR||{state}\rRXA|0|1|20210301||03^MMR^CVX|0.5|mL^^UCUM||00^New^NIP001||^^^||||L1||MSD^M^MVX|||{completion}|A"
        )
    };
    let person = |id: &str| format!("{id}^^^EHR^MR||Order^Child{id}||20200203|F");
    for (at, (state, completion, expected)) in [
        ("CA", "", (1, 0, 0, 0)),
        ("DC", "", (1, 0, 0, 0)),
        ("SC", "", (1, 0, 0, 0)),
        ("ER", "", (0, 1, 0, 0)),
        // What was done says more than what was ordered.
        ("CA", "CP", (1, 0, 0, 1)),
        ("CM", "", (1, 0, 0, 2)),
        ("", "", (1, 0, 0, 3)),
    ]
    .into_iter()
    .enumerate()
    {
        let letter = ["A", "B", "C", "D", "E", "F", "G"][at];
        let text = vxu(&format!("{at}"), &person(letter), &[order(state, completion)]);
        assert_eq!(take(&house, &text).await, expected, "{state} {completion}");
    }
}

#[tokio::test]
async fn two_codes_that_name_different_vaccines_wait_for_a_human() {
    let house = house().await;
    let told = |control: &str, code: &str| {
        vxu(control, "41^^^EHR^MR||Codes^Ivo||20200203|M", &[given(control, "20210301", code)])
    };
    // The box says MMRV, the code beside it MMR: the chickenpox dose hangs on it.
    let unlike = told("1", "00006-4171-00^ProQuad^NDC^03^MMR^CVX");
    assert_eq!(take(&house, &unlike).await, (0, 1, 0, 0));
    // A code that says less is no contradiction.
    let alike = told("2", "00006-4681-00^M-M-R II^NDC^03^MMR^CVX");
    assert_eq!(take(&house, &alike).await, (1, 0, 0, 1));
    let less = vxu(
        "3",
        "41^^^EHR^MR||Codes^Ivo||20200203|M",
        &[given("3", "20200403", "49281-286-10^Daptacel^NDC^107^DTaP^CVX")],
    );
    assert_eq!(take(&house, &less).await, (1, 0, 0, 1));
}

#[tokio::test]
async fn codes_and_numbers_are_read_as_spreadsheets_guard_them() {
    let house = house().await;
    let head = "last_name,first_name,birth_date,record_number,vaccine,given_on\n";
    let rows = [
        "Cell,Ana,2019-01-13,=\"0012345\",CVX:03,2020-02-14\n",
        "Cell,Ana,2019-01-13,'0012345,08 - Hep B,'2019-02-14\n",
        "Cell,Ana,2019-01-13,\"=\"\"0012345\"\"\",21.0,2020-02-14\n",
        "Cell,Ana,2019-01-13,0012345,CVX 10,2019-03-14\n",
    ];
    assert_eq!(take(&house, &[head, &rows.concat()].concat()).await, (4, 0, 0, 1));
    let doses = doses(&house, "Cell", "Ana", "2019-01-13").await;
    assert_eq!(doses, ["2019-02-14 08", "2019-03-14 10", "2020-02-14 03", "2020-02-14 21"]);
}

#[tokio::test]
async fn a_number_the_table_gives_to_several_doses_names_none_after_mending_either() {
    let house = house().await;
    let head = "last_name,first_name,birth_date,vaccine,given_on,dose_number\n";
    let row = |on: &str| format!("Number,Ann,2019-01-13,107,{on},1\n");
    let table = [head.to_owned(), row("2019-03-14"), row("2019-05-32"), row("2019-07-32")].concat();
    assert_eq!(take(&house, &table).await, (1, 2, 0, 1));
    for (open, day) in house.open(&house.clinic()).await.into_iter().zip(["14", "15"]) {
        let waiting = house.registry.waiting_message(&house.clinic(), domain::MessageId::new(open.id)).await.unwrap();
        let mended = waiting.message.content.replace("-32", &format!("-{day}"));
        house.registry.resubmit(&house.clinic(), domain::MessageId::new(open.id), &mended).await.unwrap();
    }
    assert_eq!(doses(&house, "Number", "Ann", "2019-01-13").await.len(), 3);
}

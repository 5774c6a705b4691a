//! What the rules say of records the field got wrong: school and schedule agree.

use std::fmt::Write as _;

use super::{field_lists::HEAD, *};

/// The status and sentence of each student of a class on a day.
async fn said(house: &House, class: &str, requirement: &str) -> Vec<(String, String)> {
    let on = day("2026-11-25");
    let board = house.registry.board(&house.nurse(), class, on).await.unwrap();
    let mut all = Vec::new();
    for line in &board.lines {
        let sheet = house.registry.student(&house.nurse(), line.id, on).await.unwrap();
        let (facts, compliance) = sheet.facts.unwrap();
        let result = compliance.results.iter().find(|result| result.id == requirement).unwrap();
        let name = line.name.as_ref().map(|name| name.first().to_owned()).unwrap_or_default();
        all.push((name, requirements::sentence(words::Words::default(), &facts, result)));
    }
    all.sort();
    all
}

#[tokio::test]
async fn what_a_school_says_is_what_can_be_done() {
    in_a_house(|house| async move {
        // No dose at all; begun at birth; begun ten days ago.
        house.on_file("Holt", "Kay", "2021-03-10", &[("2022-03-15", 3)]).await;
        house.on_file("Holt", "Max", "2009-05-10", &[("2010-05-15", 3)]).await;
        house.on_file("Holt", "Nia", "2021-03-10", &[("2021-03-11", 8)]).await;
        *house.clock.0.lock().unwrap() = "2026-11-25T14:00:00Z".parse().unwrap();
        house.on_file("Holt", "Quin", "2014-01-10", &[("2026-11-15", 8)]).await;
        let list = format!("{HEAD}Holt,Kay,2021-03-10,K,HB\nHolt,Max,2009-05-10,12,HB\nHolt,Nia,2021-03-10,K,HB\nHolt,Quin,2014-01-10,7,HB\n");
        let review = house.listed(&list).await;
        if let Some(Ask::Order(_)) = review.ask {
            house.registry.say_of_roster(&house.nurse(), review.id, RosterAnswer::Order(DateOrder::MonthFirst)).await.unwrap();
        }
        house.registry.save_roster(&house.nurse(), review.id, replacing(&house, &house.nurse(), review.id).await, &typed("")).await.unwrap();
        let expected = [
            ("Kay", "No dose on record that counts. 3 are required, and the first can be given now."),
            ("Max", "No dose on record that counts. 3 are required, and the first can be given now."),
            ("Nia", "1 of 3 doses count. The next one can be given now."),
            ("Quin", "1 of 3 doses. The next dose can be given from December 13, 2026."),
        ];
        assert_eq!(said(&house, "HB", "hepb").await, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
    })
    .await;
}

#[tokio::test]
async fn a_corrected_year_does_not_make_a_requirement_met() {
    in_a_house(|house| async move {
        *house.clock.0.lock().unwrap() = "2026-11-25T14:00:00Z".parse().unwrap();
        let message = |control: &str, on: &str, action: &str| format!("MSH|^~\\&|EHR|P1|MIIS|MA|20261101||VXU^V04^VXU_V04|{control}|P|2.5.1\rPID|1||91^^^EHR^MR||Vale^Rae||20190909|F\rORC|RE||33^EHR\rRXA|0|1|{on}||03^MMR^CVX|0.5|||00||||||A1||MSD^M^MVX|||CP|{action}\r");
        let text = [message("1", "20201001", "A"), message("2", "20211001", "U")].concat();
        house.registry.import(&house.clinic(), house.office, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap();
        let review = house.listed(format!("{HEAD}Vale,Rae,2019-09-09,1,1-V\n")).await;
        house.registry.save_roster(&house.nurse(), review.id, replacing(&house, &house.nurse(), review.id).await, &typed("")).await.unwrap();
        assert_eq!(said(&house, "1-V", "mmr").await[0].1, "1 of 2 doses count. The next one can be given now.");
    })
    .await;
}

#[tokio::test]
async fn the_maker_and_the_schedule_decide_what_a_school_counts() {
    in_a_house(|house| async move {
        *house.clock.0.lock().unwrap() = "2026-11-25T14:00:00Z".parse().unwrap();
        let mut rows = "last_name,first_name,birth_date,gender,vaccine,given_on,maker\n".to_owned();
        for first in ["Tess", "Tilda", "Uma", "Wren"] {
            for (cvx, on) in [
                ("20", "2013-05-15"),
                ("20", "2013-07-15"),
                ("20", "2013-09-20"),
                ("20", "2014-09-20"),
                ("130", "2017-03-20"),
            ] {
                writeln!(rows, "Stead,{first},2013-03-10,F,{cvx},{on},").unwrap();
            }
        }
        // A DTaP at 11 stands for the Tdap; two adult doses of one maker are a series.
        rows += "Stead,Tess,2013-03-10,F,20,2024-09-01,\nStead,Tilda,2013-03-10,F,115,2024-09-01,\n";
        rows += "Stead,Uma,2013-03-10,F,43,2024-04-01,MSD\nStead,Uma,2013-03-10,F,43,2024-09-01,MSD\n";
        rows += "Stead,Wren,2013-03-10,F,43,2024-04-01,SKB\nStead,Wren,2013-03-10,F,43,2024-09-01,SKB\n";
        let batch = house
            .registry
            .import(&house.clinic(), house.office, ImportKind::Csv, rows.as_bytes(), &|_| {})
            .await
            .unwrap()
            .batch;
        assert_eq!(batch.refused, 0);
        let list: String =
            ["Tess", "Tilda", "Uma", "Wren"].iter().map(|first| format!("Stead,{first},2013-03-10,7,7-X\n")).collect();
        let review = house.listed(format!("{HEAD}{list}")).await;
        house
            .registry
            .save_roster(&house.nurse(), review.id, replacing(&house, &house.nurse(), review.id).await, &typed(""))
            .await
            .unwrap();
        let tdap = said(&house, "7-X", "tdap").await;
        assert!(
            tdap[0].1.starts_with("Met") && tdap[1].1.starts_with("Met") && !tdap[2].1.starts_with("Met"),
            "{tdap:?}"
        );
        let hepb = said(&house, "7-X", "hepb").await;
        assert!(hepb[2].1.starts_with("Met by the doses of 04/01/2024"), "{hepb:?}");
        assert!(!hepb[3].1.starts_with("Met"), "{hepb:?}");
    })
    .await;
}

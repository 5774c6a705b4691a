//! Nobody can be told from somebody hidden. Two portals are asked the same things about the same 200 people by an office and a
//! school: in one of them they are on file with an objection in effect, in the other nobody has ever heard of them. Every answer
//! has to be the same: status, headers, and body, but for what is made by chance.

#![expect(clippy::unwrap_used, reason = "tests stop where they cannot go on")]

mod doors;
mod people;
mod portal;

use axum::http::Method;

use self::{
    people::{Somebody, invented},
    portal::{Answered, Portal},
};

/// What an office sends of one person, in messages and tables.
async fn by_file(portal: &Portal, who: &Somebody) -> Vec<(String, Answered)> {
    let office = "other-clinic";
    let mut said = Vec::new();
    let mut note = |what: &str, answer: Answered| {
        said.push((format!("{what}: {}, {}", who.last, who.first), answer.clone()));
        answer
    };
    for (what, file) in [
        ("a message", who.message(&who.last, &[("20250110", "115^Tdap^CVX", "A")])),
        ("a message by another name", who.message(&who.also, &[("20250211", "21^varicella^CVX", "A")])),
        ("a message of theirs", who.message(&who.last, &[("20240312", "110^Pediarix^CVX", "A")])),
        (
            "a message with a middle name",
            who.message(&format!("{}^{}^Ann", who.last, who.first), &[("20250313", "08^HepB^CVX", "A")])
                .replace(&format!("Ann^{}", who.first), "Ann"),
        ),
        ("a correction", who.message(&who.last, &[("20240312", "110^Pediarix^CVX", "U")])),
        ("a deletion of what is not there", who.message(&who.last, &[("20190101", "08^HepB^CVX", "D")])),
        ("evidence alone", who.evidence()),
        ("a table", who.table()),
    ] {
        let sent = note(what, portal.upload("/provider/import", office, "file", &file).await);
        if sent.status == 303 {
            let result = note("its result", portal.get(&sent.to, office).await);
            if let Some(waiting) = result.first_link("/provider/messages/") {
                note("what waits of it", portal.get(&waiting, office).await);
                note("chosen as nobody on file", portal.post(&waiting, office, "person=new").await);
            }
            for act in ["order&order=month", "again", "drop"] {
                note("what is said of it", portal.post(&sent.to, office, &format!("do={act}")).await);
            }
            note("its answers", portal.get(&format!("{}/answers", sent.to), office).await);
        }
    }
    said
}

/// The other way round: messages first, which say little and by several names, then what is typed at the desk, which says more.
async fn by_file_first(portal: &Portal, who: &Somebody) -> Vec<(String, Answered)> {
    let office = "other-clinic";
    let mut said = Vec::new();
    let mut note = |what: &str, answer: Answered| {
        said.push((format!("{what}: {}, {}", who.last, who.first), answer.clone()));
        answer
    };
    let bare = |last: &str, on: &str| who.message_of(last, "U", &[(on, "115^Tdap^CVX", "A")]);
    for (what, file) in [
        ("a first message", bare(&who.last, "20250110")),
        ("a first message by another name", bare(&who.also, "20250211")),
        ("one by another name that names no number", who.without_number(&bare(&who.also, "20250312"))),
        ("one by a third name", bare(&format!("{}on", who.also), "20250413")),
        ("one by a second spelling of it", bare(&format!("{}ON", who.also), "20250514")),
    ] {
        let sent = note(what, portal.upload("/provider/import", office, "file", &file).await);
        let result = note("its result", portal.get(&sent.to, office).await);
        if let Some(waiting) = result.first_link("/provider/messages/") {
            note("what waits of it", portal.get(&waiting, office).await);
        }
        note("found by name", portal.search(office, &who.search()).await);
        note("found by another", portal.search(office, &who.search_as(&who.also, &who.first)).await);
    }
    let typed = who.newcomer(&who.day(4), 3);
    let warned = note("typed at the desk", portal.post("/provider/people/new", office, &typed).await);
    let saved = note("all the same", portal.post("/provider/people/new", office, &warned.despite(&typed)).await);
    let chart = [warned, saved].iter().find(|answer| answer.status == 303).map(|answer| answer.to.clone()).unwrap();
    let chart = chart.split('?').next().unwrap_or("");
    note("the page then", portal.get(chart, office).await);
    note("the town of who is found", portal.search(office, &who.search()).await);
    said
}

/// What an office does with one person, one answer after the other.
async fn at_the_desk(portal: &Portal, who: &Somebody) -> Vec<(String, Answered)> {
    let office = "other-clinic";
    let mut said = Vec::new();
    if who.number % 3 == 1 {
        said.extend(by_file_first(portal, who).await);
    }
    said.extend(doors::by_address(portal, who, None).await);
    let mut note = |what: &str, answer: Answered| {
        said.push((format!("{what}: {}, {}", who.last, who.first), answer.clone()));
        answer
    };
    note("a search", portal.search(office, &who.search()).await);
    note("a search by another name", portal.search(office, &who.search_as(&who.also, &who.first)).await);
    note("a form without a date", portal.post("/provider/people/new", office, &who.newcomer("", 8)).await);
    let warned = note("a dose", portal.post("/provider/people/new", office, &who.newcomer(&who.day(1), 3)).await);
    let despite = warned.despite(&who.newcomer(&who.day(1), 3));
    let saved = if warned.status == 303 {
        warned
    } else {
        note("all the same", portal.post("/provider/people/new", office, &despite).await)
    };
    let chart = saved.to.split('?').next().unwrap_or("").to_owned();
    assert!(chart.starts_with("/provider/people/"), "{saved:?}");
    let page = note("the page", portal.get(&chart, office).await);
    note("the form for a dose", portal.get(&format!("{chart}/doses/new"), office).await);
    // On file with the hidden one, by the other office.
    let same = who.dose(&who.day(2), 20);
    let warned = note("a dose of theirs", portal.post(&format!("{chart}/doses/new"), office, &same).await);
    note("all the same", portal.post(&format!("{chart}/doses/new"), office, &warned.despite(&same)).await);
    note("the same again", portal.post(&format!("{chart}/doses/new"), office, &warned.despite(&same)).await);
    note("the person again", portal.post("/provider/people/new", office, &despite).await);
    for (last, first, what) in [
        (who.last.as_str(), who.first.as_str(), "found"),
        (who.also.as_str(), who.first.as_str(), "by another name"),
        (who.misspelt().as_str(), who.first.as_str(), "misspelt"),
        (who.first.as_str(), who.last.as_str(), "crossed"),
    ] {
        note(what, portal.search(office, &who.search_as(last, first)).await);
    }
    said.extend(by_file(portal, who).await);
    let mut note = |what: &str, answer: Answered| {
        said.push((format!("{what}: {}, {}", who.last, who.first), answer.clone()));
        answer
    };
    let now = note("the page now", portal.get(&chart, office).await);
    if let Some(dose) = now.first_dose(&chart).or_else(|| page.first_dose(&chart)) {
        note("a dose of it", portal.get(&dose, office).await);
        let other = format!("{}&version=1&reason=slip", who.dose(&who.day(3), 3));
        let warned = note("a correction", portal.post(&dose, office, &other).await);
        note("all the same", portal.post(&dose, office, &warned.despite(&other)).await);
        note("taken back", portal.post(&format!("{dose}/void"), office, "version=2&void-reason=slip").await);
    }
    note("the page at last", portal.get(&chart, office).await);
    note("found at last", portal.search(office, &who.search()).await);
    said.extend(doors::by_address(portal, who, Some(&chart)).await);
    if who.number.is_multiple_of(4) {
        said.extend(doors::objection(portal, who, &chart).await);
    }
    said
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_and_a_school_cannot_tell_a_hidden_person_from_nobody() {
    let people = invented(200);
    let (hidden, empty) = (Portal::new().await, Portal::new().await);
    for who in &people {
        hidden.hide(who).await;
    }
    for portal in [&hidden, &empty] {
        portal.at(20);
    }
    // The school first: who is nobody is on file once an office has reported them.
    let (one, other) = tokio::join!(school(&hidden, &people), school(&empty, &people));
    same(&one, &other);
    for who in &people {
        let (one, other) = tokio::join!(at_the_desk(&hidden, who), at_the_desk(&empty, who));
        same(&one, &other);
    }
    let (one, other) = tokio::join!(lists(&hidden), lists(&empty));
    same(&one, &other);
    for portal in [&hidden, &empty] {
        assert_eq!(portal.unasked(), [], "every door of an office and a school is asked");
    }
}

/// The office's lists, with all of them in it.
async fn lists(portal: &Portal) -> Vec<(String, Answered)> {
    let mut said = Vec::new();
    for path in [
        "/provider",
        "/provider/people/new",
        "/provider/overdue",
        "/provider/overdue?page=2",
        "/provider/requests",
        "/provider/import",
    ] {
        said.push((path.to_owned(), portal.get(path, "other-clinic").await));
    }
    said
}

/// A school's class of all of them.
async fn school(portal: &Portal, people: &[Somebody]) -> Vec<(String, Answered)> {
    let mut said = Vec::new();
    for (login, twice) in [("nurse", false), ("registrar", false), ("nurse", true)] {
        let list = people::class_list(people, twice);
        let sent = portal.upload("/school/upload", login, "file", &list).await;
        let review = portal.get(&sent.to, login).await;
        // As the page has it: who leaves is shown before the button, where somebody does.
        let how = review.hidden_field("shown").map_or_else(String::new, |shown| format!("&how=replace&shown={shown}"));
        said.push((format!("the list of the {login}"), review));
        let saved = portal.send(Method::POST, &sent.to, login, &format!("do=save{how}")).await;
        said.push((format!("saved by the {login}"), saved));
        for path in ["/school", "/school/board", "/school/board?class=9-1", "/school/board/csv", "/school/board/pdf"] {
            said.push((format!("{path} of the {login}"), portal.get(path, login).await));
        }
        said.extend(doors::students(portal, login).await);
        let board = portal.get("/school/board?class=9-1", login).await;
        assert!(!board.body.contains("/school/students/"), "nobody of them is there to be opened");
    }
    said
}

fn same(one: &[(String, Answered)], other: &[(String, Answered)]) {
    for ((what, hidden), (_, nobody)) in one.iter().zip(other) {
        if hidden.body != nobody.body {
            let (one, other): (Vec<_>, Vec<_>) = (hidden.body.split('<').collect(), nobody.body.split('<').collect());
            let at = one.iter().zip(&other).position(|(one, other)| one != other).unwrap_or(0);
            let near = |all: &[&str]| all[at..all.len().min(at + 8)].join("<");
            panic!("{what}\n--- somebody hidden\n{}\n--- nobody\n{}", near(&one), near(&other));
        }
        assert_eq!((hidden.status, &hidden.headers), (nobody.status, &nobody.headers), "{what}");
    }
    assert_eq!(one.len(), other.len());
}

//! Names as Massachusetts has them: many origins, hyphens, apostrophes, accents, one-name people.

use super::Dice;

const GIRLS: &[&str] = &[
    "Olivia", "Emma", "Sofía", "Isabella", "Ana", "Máire", "Fatima", "Aaliyah", "Chloé", "Mei", "Linh", "Priya", "Zoë", "Nora", "Grace", "Lucía", "Beatriz", "Amara", "Ingrid", "Yasmin",
    "Hannah", "Leah", "Camila", "Gabriela", "Siobhán", "Thuy", "Naomi", "Elena", "Rosa", "Mary", "Patricia", "Linda", "Barbara", "Susan", "Catherine", "Kathryn", "Aisha", "Ngozi", "Marie-Claire", "Ruth",
];
const BOYS: &[&str] = &[
    "Liam", "Noah", "Mateo", "José", "Luís", "Seán", "Mohammed", "Jayden", "André", "Wei", "Minh", "Arjun", "Lucas", "Henry", "Owen", "Ángel", "João", "Chidi", "Søren", "Omar", "Samuel", "Eli", "Diego", "Rafael",
    "Pádraig", "Quang", "Isaac", "Nikolai", "Carlos", "James", "Robert", "John", "Michael", "William", "D’Andre", "Jean-Luc", "Kwame", "Thomas", "Patrick", "Benjamin",
];
const LAST: &[&str] = &[
    "Smith", "Johnson", "Sullivan", "O’Brien", "O’Connor", "McCarthy", "Murphy", "Silva", "Santos", "Pereira", "García", "Rodríguez", "Martínez", "López-Rivera", "Núñez", "Pérez", "Nguyễn", "Trần", "Lê", "Phạm",
    "Chen", "Wang", "Li", "Zhang", "Kim", "Patel", "Shah", "Khan", "Ali", "Hassan", "Cohen", "Levy", "Okafor", "Adeyemi", "Mensah", "Jean-Baptiste", "Pierre", "Charles", "Rossi", "Ferrari", "D’Angelo", "DiMarco",
    "Kowalski", "Nowak", "Müller", "Brandt", "Larsson", "Sørensen", "Ivanov", "Petrov", "St. Pierre", "LeBlanc", "Gagnon", "Côté", "Oliveira", "Costa", "Almeida", "Brown", "Williams", "Jones", "Davis", "Miller",
    "Wilson", "Moore", "Taylor", "Anderson", "Thomas", "Jackson", "White", "Harris", "Martin", "Thompson", "Walsh", "Kelly", "Ryan", "Lynch", "Fitzgerald", "Hernández", "Torres", "Ramírez", "Washington-Bey",
];
const STREETS: &[&str] = &["Elm St", "Main St", "Washington St", "Maple Ave", "Highland Ave", "Chestnut St", "Pleasant St", "Summer St", "Cedar Ln", "Park Dr", "Franklin St", "Harvard St", "Cabot Rd", "Lincoln Ave"];
const TOWNS: &[(&str, &str)] = &[
    ("Boston", "02118"), ("Worcester", "01608"), ("Springfield", "01103"), ("Cambridge", "02139"), ("Lowell", "01852"), ("Brockton", "02301"), ("New Bedford", "02740"), ("Lynn", "01902"), ("Quincy", "02169"), ("Lawrence", "01840"),
    ("Somerville", "02143"), ("Framingham", "01702"), ("Fall River", "02720"), ("Pittsfield", "01201"), ("Holyoke", "01040"), ("Barnstable", "02630"),
];

/// A last name.
pub fn last(dice: &mut Dice) -> &'static str {
    *dice.pick::<&'static str>(LAST)
}

/// A first name.
pub fn first(dice: &mut Dice, girl: bool) -> &'static str {
    *dice.pick::<&'static str>(if girl { GIRLS } else { BOYS })
}

/// Street, town and ZIP code.
pub fn address(dice: &mut Dice) -> (String, &'static str, &'static str) {
    let street = format!("{} {}", dice.between(1, 240), dice.pick(STREETS));
    let (town, zip) = *dice.pick(TOWNS);
    (street, town, zip)
}

/// A telephone number of the range kept for fiction.
pub fn phone(dice: &mut Dice) -> String {
    format!("617-555-01{:02}", dice.between(0, 99))
}

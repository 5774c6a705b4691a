//! Vaccination messages, read and checked.

use std::{fmt::Write as _, hint::black_box};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use interop::hl7;

fn bench(criterion: &mut Criterion) {
    let mut file = String::new();
    for number in 0..200 {
        let _ = write!(
            file,
            "MSH|^~\\&|EHR|X68||MIIS|20260801||VXU^V04^VXU_V04|M-{number}|P|2.5.1|||ER|AL|||||Z22^CDCPHINVS\rPID|1||{number}^^^EHR^MR||Okafor^Mia^^^^^L|Bello^Grace|20210310|F|||1 Elm St^^Boston^MA^02118||^PRN^PH^^1^617^5550101\r"
        );
        for dose in 0..4 {
            let _ = write!(
                file,
                "ORC|RE||{number}{dose}^EHR\rRXA|0|1|2022031{dose}|2022031{dose}|03^MMR^CVX|0.5|mL^^UCUM||00^^NIP001||^^^Elm Street||||A1|20230101|MSD^Merck^MVX|||CP|A\r"
            );
        }
    }
    let today = "2026-09-01".parse().unwrap_or_default();
    let mut group = criterion.benchmark_group("hl7");
    group.throughput(Throughput::Elements(200));
    group.bench_function("200 messages of four doses", |bencher| {
        bencher.iter(|| {
            hl7::messages(black_box(file.as_bytes())).filter(|message| hl7::read_piece(message, today).is_ok()).count()
        });
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);

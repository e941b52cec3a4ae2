//! How long a page takes. By hand: `cargo test --release --lib human::tests::speed -- --ignored --nocapture`.

use std::fmt::Write as _;
use std::time::Instant;

use super::*;

/// Findings of which every one has a manifest of its own, in one boundaries.toml.
fn many(count: usize) -> Report {
    let mut files = vec![(
        "boundaries.toml".to_owned(),
        "version = 1\n[[layers]]\nname = \"adapters\"\n".to_owned(),
    )];
    for i in 0..count {
        let mut text = format!("[package]\nname = \"crate-{i}\"\n\n[dependencies]\n");
        for j in 0..20 {
            let _ = writeln!(text, "dependency-{j} = {{ path = \"../crate-{j}\" }}");
        }
        files.push((format!("crates/crate-{i}/Cargo.toml"), text));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let shop = Shop::of(&files);
    let findings = (0..count).map(|i| {
        let mut f = finding(Code::Layer, "layer", &format!("`crate-{i}` may not use `dependency-7`"));
        let span = crate::source::Span::new(crate::source::FileId::new(i + 1), 0..0);
        let text = &shop.sources().file(span.file).text.clone();
        let at = text.find("dependency-7").unwrap();
        f.primary = shop
            .sources()
            .location(crate::source::Span::new(span.file, at..at + 12));
        f.label = "layer `domain` reaches up to layer `adapters`".into();
        shop.related(
            &mut f,
            "boundaries.toml",
            "\"adapters\"",
            "`adapters` stands above `domain`",
        );
        f.help = vec!["define a trait in `crate` and implement it in `dependency-7`".into()];
        f
    });
    let findings = findings.collect();
    shop.report(findings)
}

#[test]
#[ignore = "a measurement, for release builds"]
fn measure() {
    for count in [1_000, 10_000, 50_000] {
        let report = many(count);
        let began = Instant::now();
        let text = render(
            &report,
            Style {
                all: true,
                color: true,
                ..style(100)
            },
        );
        let ms = began.elapsed().as_secs_f64() * 1_000.0;
        println!("{count} findings: {ms:.1} ms, {} bytes", text.len());
    }
}

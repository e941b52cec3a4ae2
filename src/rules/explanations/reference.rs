//! `docs/rules.md` from the pages, and what every page must hold. `UPDATE_DOCS=1 cargo test explanations` writes it anew.

use std::fmt::Write as _;
use std::path::Path;

use super::{RuleDoc, of};
use crate::finding::Code;

/// The whole reference.
fn reference() -> String {
    let mut text = "<!-- Generated from src/rules/explanations; `UPDATE_DOCS=1 cargo test` writes it anew. -->\n\n\
                    # Rules\n\n\
                    What `cargo boundaries check` reports, code by code. `cargo boundaries explain CODE` prints the same \
                    pages.\n\n\
                    | code | reported when | default |\n|---|---|---|\n"
        .to_owned();
    for code in Code::ALL {
        let _ = writeln!(
            text,
            "| [`{code}`](#{code}) | {} | {} |",
            of(code).summary,
            code.default_level()
        );
    }
    text.push_str(
        "\nA rule's own `level` decides first, then `[levels]` by the rule's name, then by its code, then `[settings]`, \
         then the default above.\n",
    );
    for code in Code::ALL {
        page(&mut text, code, of(code));
    }
    text
}

fn page(text: &mut String, code: Code, doc: &RuleDoc) {
    let _ = write!(
        text,
        "\n## {code}\n\n{}; `{}` by default.\n\n**What it reports.** {}\n\n**Why it matters.** {}\n\n\
         **An example that fails.**\n\n",
        sentence(doc.summary),
        code.default_level(),
        doc.what,
        doc.why
    );
    for example in doc.example {
        let (language, heading) = (example.language(), example.heading());
        let _ = write!(text, "```{language}\n{heading}\n{}```\n\n", example.text);
    }
    text.push_str("**How to fix it.**\n\n");
    for fix in doc.fix {
        let _ = writeln!(text, "- {fix}");
    }
}

/// A phrase with a capital letter.
fn sentence(phrase: &str) -> String {
    let mut chars = phrase.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

#[test]
fn the_reference_is_the_pages() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let text = reference();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        written == text,
        "docs/rules.md is not what src/rules/explanations says: UPDATE_DOCS=1 cargo test"
    );
}

#[test]
fn every_page_says_what_why_and_how_to_fix_it() {
    for code in Code::ALL {
        let doc = of(code);
        assert!(
            !doc.summary.is_empty() && !doc.summary.ends_with('.'),
            "{code}: the summary is a phrase"
        );
        assert!(
            doc.what.ends_with('.') && doc.why.ends_with('.'),
            "{code}: what and why are sentences"
        );
        assert!(!doc.fix.is_empty(), "{code}: there is a way out");
        for fix in doc.fix {
            assert!(!fix.ends_with('.'), "{code}: `{fix}` is a phrase");
        }
    }
}

#[test]
fn every_example_is_a_configuration_and_the_manifests_that_break_it() {
    for code in Code::ALL {
        let example = of(code).example;
        assert_eq!(example.first().map(|e| e.file), Some("boundaries.toml"), "{code}");
        assert!(
            example.iter().skip(1).any(|e| e.file.ends_with("Cargo.toml")),
            "{code}: a manifest is shown"
        );
        for file in example {
            let is_right = match file.language() {
                "toml" => toml::from_str::<toml::Table>(file.text).is_ok(),
                _ => syn::parse_file(file.text).is_ok(),
            };
            assert!(is_right, "{code}: {} is no {}", file.file, file.language());
            assert!(
                file.text.ends_with('\n'),
                "{code}: {} ends with a line break",
                file.file
            );
        }
    }
}

#[test]
fn the_configuration_of_every_example_is_valid() {
    for code in Code::ALL {
        for file in of(code).example.iter().filter(|e| e.file == "boundaries.toml") {
            let (_, problems) = crate::config::parse::parse(file.text, crate::source::FileId::new(0));
            assert!(problems.is_empty(), "{code}: {problems:#?}");
        }
    }
}

#[test]
fn no_two_codes_share_a_page() {
    let mut summaries: Vec<_> = Code::ALL.iter().map(|code| of(*code).summary).collect();
    summaries.sort_unstable();
    summaries.dedup();
    assert_eq!(summaries.len(), Code::ALL.len());
}

//! Tests of the whole way from text to [`Config`](super::Config).

use std::fmt::Write as _;

use super::parse::parse;
use crate::source::{FileId, SourceFile};

#[test]
fn scratch() {
    for arg in std::env::var("FILES").unwrap_or_default().split_whitespace() {
        let text = std::fs::read_to_string(arg).unwrap();
        let f = SourceFile::new(arg.into(), arg.into(), text.as_str());
        let (_, problems) = parse(&text, FileId::new(0));
        for p in problems {
            let mut s = String::new();
            for (sp, l) in &p.labels {
                write!(s, "{:?} {l}; ", f.line_column(sp.start as usize)).unwrap();
            }
            println!("{arg}: {}\n   {s}\n   {:?}", p.message, p.help);
        }
    }
}

//! `cargo boundaries explain CODE`: the page of a code.

use std::fmt::Write as _;

use super::{Exit, fail, print};
use crate::cli::{Common, ExplainArguments};
use crate::config::Demand;
use crate::error::{Error, Problem, ProblemKind};
use crate::finding::Code;
use crate::pipeline;
use crate::reporters::Style;
use crate::reporters::prose::{Pen, name, wrap};
use crate::rules::explanations::{self, RuleDoc};
use crate::source::printable;

/// Explains a code, or the rule of this name in the boundaries.toml at hand.
pub(super) fn run(common: &Common, arguments: &ExplainArguments) -> Exit {
    let style = common.stdout_style();
    let Some(wanted) = arguments.code.as_deref() else {
        return print(&overview(style), style);
    };
    let explained = match rule_named(common, wanted) {
        Some((code, about)) => explain(code.as_str(), style).map(|page| format!("{about}\n\n{page}")),
        None => explain(wanted, style),
    };
    match explained {
        Ok(text) => print(&text, style),
        Err(error) => fail(&error, common),
    }
}

/// The code of a rule table of this name, and what that rule says of itself. A boundaries.toml that is absent or broken
/// has no such rule: explaining a code must work without one.
fn rule_named(common: &Common, wanted: &str) -> Option<(Code, String)> {
    if Code::named(wanted).is_some() {
        return None;
    }
    let manifest = common.manifests().into_iter().next().flatten();
    let written = pipeline::read(&common.options(manifest)).ok()?.written.ok()??;
    let rule = written
        .config
        .rules
        .into_iter()
        .find(|rule| rule.name.value == wanted)?;
    let code = match rule.demand {
        Demand::Forbidden { .. } => Code::Forbidden,
        Demand::Allowed { .. } => Code::NotAllowed,
        Demand::Protected { .. } => Code::Protected,
        Demand::Independent { .. } => Code::Independent,
        Demand::Acyclic { .. } => Code::Cycle,
        Demand::Gateway(_) => Code::Gateway,
        Demand::Features(_) => Code::Feature,
        Demand::Exposed { .. } => Code::Exposed,
    };
    Some((code, about(wanted, code, rule.reason.as_deref())))
}

/// What stands above the page of the code that a rule reports.
fn about(rule: &str, code: Code, reason: Option<&str>) -> String {
    let rule = printable(rule);
    let mut about = format!("`{rule}` is a rule of your boundaries.toml; it reports `{code}`.");
    if let Some(reason) = reason {
        about.push_str("\nbecause: ");
        about.push_str(&printable(reason));
    }
    about
}

/// The page of the code that is called `wanted`.
///
/// # Errors
/// When no code is called so; the problem names the nearest one.
fn explain(wanted: &str, style: Style) -> Result<String, Error> {
    match Code::named(wanted) {
        Some(code) => Ok(page(code, explanations::of(code), Pen::new(style))),
        None => Err(Error::plain(unknown(wanted))),
    }
}

/// Every code with its phrase, one a line.
#[must_use]
fn overview(style: Style) -> String {
    let pen = Pen::new(style);
    let widest = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or(0);
    let mut out = String::new();
    for code in Code::ALL {
        let room = pen.prose_width().saturating_sub(widest + 2);
        for (i, line) in wrap(explanations::of(code).summary, room).iter().enumerate() {
            let head = if i == 0 { code.as_str() } else { "" };
            let _ = writeln!(out, "{}  {line}", pen.lead(&format!("{head:widest$}")));
        }
    }
    out
}

fn page(code: Code, doc: &RuleDoc, pen: Pen) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} ({} by default)\n",
        pen.lead(code.as_str()),
        code.default_level()
    );
    paragraph(&mut out, "", doc.summary, pen);
    out.push('\n');
    section(&mut out, "What it reports", doc.what, pen);
    section(&mut out, "Why it matters", doc.why, pen);
    let _ = writeln!(out, "{}", pen.lead("An example that fails"));
    for example in doc.example {
        let _ = writeln!(out, "  {}", pen.dim(&example.heading()));
        for line in example.text.lines() {
            let _ = writeln!(out, "{}{line}", if line.is_empty() { "" } else { "  " });
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{}", pen.lead("How to fix it"));
    for fix in doc.fix {
        for (i, line) in wrap(fix, pen.prose_width().saturating_sub(4)).iter().enumerate() {
            let _ = writeln!(out, "  {} {line}", if i == 0 { "-" } else { " " });
        }
    }
    out
}

fn section(out: &mut String, title: &str, text: &str, pen: Pen) {
    let _ = writeln!(out, "{}", pen.lead(title));
    paragraph(out, "  ", text, pen);
    out.push('\n');
}

fn paragraph(out: &mut String, indent: &str, text: &str, pen: Pen) {
    for line in wrap(text, pen.prose_width().saturating_sub(indent.len())) {
        let _ = writeln!(out, "{indent}{line}");
    }
}

fn unknown(wanted: &str) -> Problem {
    let problem = Problem::new(ProblemKind::Usage, format!("no code is called `{}`", name(wanted)));
    let problem = match nearest(wanted) {
        Some(code) => problem.help(format!("did you mean `{code}`?")),
        None => problem,
    };
    let codes: Vec<_> = Code::ALL.iter().map(|code| format!("`{code}`")).collect();
    problem.help(format!("the codes are {}", codes.join(", ")))
}

/// The code that was probably meant: `-` and `_` count as equal, and the key of a rule table (`allowed`, `acyclic`) means
/// the code of its findings.
fn nearest(wanted: &str) -> Option<Code> {
    let wanted = wanted.trim().to_lowercase().replace('_', "-");
    let wanted = wanted.trim_start_matches("boundaries::");
    match wanted {
        "allowed" => return Some(Code::NotAllowed),
        "acyclic" => return Some(Code::Cycle),
        "externals" => return Some(Code::Protected),
        "exceptions" | "exception" => return Some(Code::StaleException),
        "baseline" => return Some(Code::StaleBaseline),
        _ => {}
    }
    if wanted.len() > 100 {
        return None;
    }
    let distance = |code: &Code| strsim::damerau_levenshtein(wanted, code.as_str());
    let code = Code::ALL.into_iter().min_by_key(distance)?;
    (distance(&code) <= (wanted.len() / 3).max(1)).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(width: usize) -> Style {
        Style {
            color: false,
            unicode: true,
            width,
            all: false,
            quiet: false,
        }
    }

    #[test]
    fn every_code_has_a_page_that_fits_the_width() {
        for code in Code::ALL {
            let page = explain(code.as_str(), style(80)).unwrap();
            assert!(
                page.starts_with(&format!("{code} ({} by default)\n", code.default_level())),
                "{page}"
            );
            for line in page.lines() {
                assert!(line.chars().count() <= 92 && line == line.trim_end(), "{code}: {line}");
            }
        }
    }

    #[test]
    fn a_rules_reason_stands_on_a_line_of_its_own() {
        assert_eq!(
            about("pure", Code::Forbidden, Some("no\u{1b}[2J runtime")),
            "`pure` is a rule of your boundaries.toml; it reports `forbidden`.\nbecause: no\u{fffd}[2J runtime"
        );
    }

    #[test]
    fn an_unknown_code_names_the_nearest() {
        for (wanted, meant) in [
            ("layr", "layer"),
            ("contxt_private", "context-private"),
            ("not_allowed", "not-allowed"),
            ("allowed", "not-allowed"),
            ("acyclic", "cycle"),
            ("boundaries::layer", "layer"),
        ] {
            let problem = &explain(wanted, style(80)).unwrap_err().problems[0];
            assert_eq!(problem.help[0], format!("did you mean `{meant}`?"), "{wanted}");
        }
    }

    #[test]
    fn what_is_near_to_nothing_lists_the_codes() {
        for wanted in ["", "quantum", "\u{1b}[2J", &"x".repeat(1_000_000)] {
            let error = explain(wanted, style(80)).unwrap_err();
            assert_eq!(error.problems[0].help.len(), 1);
            assert!(error.problems[0].message.len() < 300);
            let drawn = crate::reporters::human::render_error(&error, style(80));
            assert!(!drawn.contains('\u{1b}'));
        }
    }

    #[test]
    fn the_overview_names_every_code() {
        let overview = overview(style(80));
        assert!(
            Code::ALL
                .iter()
                .all(|code| overview.contains(&format!("\n{code} ")) || overview.starts_with(code.as_str()))
        );
        assert!(overview.lines().all(|line| line.chars().count() <= 80), "{overview}");
    }
}

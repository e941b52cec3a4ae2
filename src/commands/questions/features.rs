//! The answer to `features`, as people read it.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::questions::features::{Features, TurnedOn, TurnedOnBy};
use crate::reporters::prose::{Pen, name, pad, wrap};
use crate::source::printable;

/// So many crates are named; the json document has them all.
const NAMED: usize = 12;
/// A wider name does not push what stands behind it.
const WIDEST: usize = 32;

pub(super) fn human(answer: &Features, pen: Pen) -> String {
    let mut out = String::new();
    paragraph(&mut out, &headline(answer), "", pen);
    for feature in &answer.turned_on {
        out.push('\n');
        one(&mut out, feature, answer.external, pen);
    }
    if pen.quiet() {
        return out;
    }
    if !answer.off.is_empty() {
        out.push('\n');
        let names: Vec<_> = answer.off.iter().map(|feature| name(feature)).collect();
        paragraph(&mut out, &format!("turned on by nobody: {}", names.join(", ")), "", pen);
    }
    out.push('\n');
    paragraph(&mut out, &looked_at(answer), "", pen);
    out
}

fn headline(answer: &Features) -> String {
    let package = name(&answer.package);
    let users = match answer.users {
        1 => "1 crate uses".to_owned(),
        users => format!("{users} crates use"),
    };
    let tests = answer.turned_on.iter().filter(|feature| feature.tests_only).count();
    let plain = answer.turned_on.len() - tests;
    let done = if answer.external { "named" } else { "on" };
    let features = match plain {
        0 => format!("no feature of it is {done}"),
        1 => format!("1 feature of it is {done}"),
        _ => format!("{plain} features of it are {done}"),
    };
    let more = match tests {
        0 => String::new(),
        more => format!(", and {more} more in its tests"),
    };
    format!("{users} `{package}`; {features} in a build of the whole workspace{more}")
}

fn one(out: &mut String, feature: &TurnedOn, external: bool, pen: Pen) {
    let tests = if feature.tests_only { "  (in tests alone)" } else { "" };
    let _ = writeln!(out, "{}{tests}", pen.lead(&name(&feature.name)));
    if feature.by.is_empty() {
        let _ = writeln!(out, "  by default, where the workspace builds it for itself");
    }
    let widest = feature.by.iter().map(|by| name(&by.member).width()).max().unwrap_or(0);
    for by in &feature.by {
        let mut line = String::from("  ");
        pad(&mut line, &name(&by.member), widest.min(WIDEST));
        let _ = write!(line, "  {:6}  {}:{}", by.kind.as_str(), printable(&by.file), by.line);
        let _ = writeln!(out, "{}", line.trim_end());
        if let Some(how) = how(by) {
            paragraph(out, &how, "      ", pen);
        }
    }
    if !feature.not_alone.is_empty() {
        let mut names: Vec<String> = feature
            .not_alone
            .iter()
            .map(|member| format!("`{}`", name(member)))
            .collect();
        let more = names.len().saturating_sub(NAMED);
        if more > 0 && !pen.all() {
            names.truncate(NAMED);
            names.push(format!("and {more} more"));
        }
        let what = if external {
            "named by nobody where these are built alone"
        } else {
            "not there when built alone"
        };
        paragraph(out, &format!("{what}: {}", names.join(", ")), "  ", pen);
    }
}

/// What is to be said beside the place: which features lead there.
fn how(by: &TurnedOnBy) -> Option<String> {
    let mut parts = Vec::new();
    let arrow = |features: &[String]| {
        let names: Vec<String> = features.iter().map(|feature| format!("`{}`", name(feature))).collect();
        names.join(", then ")
    };
    if !by.own_features.is_empty() {
        parts.push(format!("by its own {}", arrow(&by.own_features)));
    }
    if !by.implied_by.is_empty() {
        parts.push(format!("through {}", arrow(&by.implied_by)));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn looked_at(answer: &Features) -> String {
    let sides = if answer.host_apart {
        "build scripts and procedural macros have their features apart"
    } else {
        "by resolver 1, build scripts and the program have their features in common"
    };
    if answer.external {
        let package = name(&answer.package);
        format!(
            "by the manifests of the members, for every target: {sides}; what third parties turn on, and what the features \
             of `{package}` turn on in turn, is not known here: `cargo tree -e features -i {package}` asks cargo"
        )
    } else {
        format!("by the manifests of the members, with their default features, for every target: {sides}")
    }
}

fn paragraph(out: &mut String, text: &str, indent: &str, pen: Pen) {
    for line in wrap(text, pen.prose_width().saturating_sub(indent.len())) {
        let _ = writeln!(out, "{indent}{line}");
    }
}

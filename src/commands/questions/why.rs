//! The answer to `why`, as people read it.

use std::fmt::Write as _;

use super::parts::{self, Detail};
use crate::questions::Ruling;
use crate::questions::why::{Direct, Verdict, Why};
use crate::reporters::prose::{Pen, name, wrap};
use crate::workspace::DependencyKind;

pub(super) fn human(why: &Why, written: bool, pen: Pen) -> String {
    let mut out = String::new();
    let (from, to) = (name(&why.from), name(&why.to));
    if why.path.is_empty() {
        let _ = writeln!(out, "no path leads from `{from}` to `{to}`");
        if written && !pen.quiet() {
            let asked = if why.external {
                format!("external:{to}")
            } else {
                to.into_owned()
            };
            let ask = format!("`cargo boundaries can {from} {asked}` says whether `{from}` may use it");
            pen.remark(&mut out, "help:", &ask);
        }
        return out;
    }
    headline(&mut out, why, pen);
    out.push('\n');
    if why.direct.is_empty() {
        parts::path(&mut out, &why.path, pen);
    } else {
        for (index, direct) in why.direct.iter().enumerate() {
            if index > 0 && !pen.quiet() {
                out.push('\n');
            }
            declarations(&mut out, direct, why.direct.len() > 1, pen);
        }
    }
    if !pen.quiet() && why.path.iter().any(|step| step.optional) {
        let text = "a build takes an optional step only where a feature turns it on";
        pen.remark(&mut out, "note:", text);
    }
    match &why.verdict {
        Some(verdict) => explain(&mut out, why, verdict, pen),
        None if pen.quiet() => {}
        None => {
            let _ = writeln!(
                out,
                "\n{}",
                pen.dim("there is no boundaries.toml to say whether that is allowed")
            );
        }
    }
    out
}

fn headline(out: &mut String, why: &Why, pen: Pen) {
    let (from, to) = (name(&why.from), name(&why.to));
    let tests = why
        .path
        .first()
        .is_some_and(|step| step.hop.kind == Some(DependencyKind::Dev));
    let by_lock = why.path.iter().any(|step| step.hop.kind.is_none());
    let mut text = match why.path.len() {
        1 => format!("`{from}` uses `{to}`"),
        steps => format!("`{from}` reaches `{to}`, {steps} steps away"),
    };
    if tests {
        text.push_str(", in its tests, examples and benches alone");
    }
    if by_lock {
        text.push_str(", by Cargo.lock");
    }
    let ruling = why.verdict.as_ref().map(|verdict| match verdict.ruling {
        Ruling::Allowed => pen.good("allowed"),
        Ruling::Excused => pen.doubtful("excused"),
        Ruling::Warned => pen.doubtful("allowed with a warning"),
        Ruling::Denied => pen.bad("not allowed"),
    });
    let lines = wrap(&text, pen.prose_width().saturating_sub(24));
    let _ = match ruling {
        Some(ruling) => writeln!(out, "{}: {ruling}", lines.join("\n")),
        None => writeln!(out, "{}", lines.join("\n")),
    };
}

/// The declarations of one kind, one a line; what the rules say for it below, where it is one kind of several.
fn declarations(out: &mut String, direct: &Direct, several: bool, pen: Pen) {
    for declared in &direct.declarations {
        let mut more = parts::conditions(declared.target.as_deref(), declared.optional);
        if declared.inherited {
            more.push_str(", inherited");
        }
        if let Some(rename) = &declared.rename {
            let _ = write!(more, ", called `{}`", name(rename));
        }
        let _ = writeln!(
            out,
            "  {}  {}{more}",
            pen.dim(direct.kind.as_str()),
            parts::place(&declared.location)
        );
    }
    if several && !pen.quiet() && !direct.grounds.is_empty() {
        parts::grounds(out, &direct.grounds, pen);
    }
}

fn explain(out: &mut String, why: &Why, verdict: &Verdict, pen: Pen) {
    for finding in &verdict.objections {
        out.push('\n');
        let steps = why.path.iter().map(|step| &step.hop.to);
        let detail = if finding.path.iter().skip(1).eq(steps) {
            Detail::WithoutPath
        } else {
            Detail::Full
        };
        parts::objection(out, finding, detail, pen);
    }
    if pen.quiet() {
        return;
    }
    if let [direct] = &*why.direct
        && !direct.grounds.is_empty()
    {
        out.push('\n');
        parts::grounds(out, &direct.grounds, pen);
    }
    if !verdict.on_the_way.is_empty() {
        let _ = writeln!(out, "\non the way:");
        for finding in &verdict.on_the_way {
            parts::head(out, finding, "", pen);
        }
    }
    if why.direct.is_empty() {
        let (from, to) = (name(&why.from), name(&why.to));
        let asked = if why.external {
            format!("external:{to}")
        } else {
            to.to_string()
        };
        if verdict.objections.is_empty() {
            let _ = writeln!(out, "\nno rule keeps `{from}` from reaching `{to}`");
        } else {
            out.push('\n');
        }
        let ask = format!("`cargo boundaries can {from} {asked}` says whether `{from}` may use it directly");
        pen.remark(out, "help:", &ask);
    }
}

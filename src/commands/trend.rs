//! The answer of `signals --trend`, as people and machines read it: shares by quarter, who can change alone, and a small chart.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::reporters::prose::{Pen, counted, name, pad};
use crate::signals::trend::{Changes, ENOUGH, Parts, Quarter, Share, Slope, Trend};

#[cfg(test)]
mod tests;
mod written;

pub(super) use written::{Written, json, markdown};

/// So many quarters are drawn unless all are asked for.
const QUARTERS: usize = 24;
/// So many parts are drawn unless all are asked for.
const PARTS: usize = 20;
/// A wider name does not push what stands beside it.
const WIDEST_NAME: usize = 28;
/// No bar is longer.
const LONGEST_BAR: usize = 32;
/// Columns of a share and of the count behind it: `100 % of 12345`.
const NUMBERS: usize = 14;

/// The trend for people.
pub(super) fn human(trend: &Trend, parts: &Parts, pen: Pen) -> String {
    let mut out = String::new();
    let (one, many) = words(parts);
    if trend.all.commits == 0 {
        let _ = writeln!(out, "no commit touches a {one}: there is nothing to tell");
        return out;
    }
    if parts.crates && !pen.quiet() {
        let text = "no contexts are declared, so that crates are counted instead";
        pen.remark(&mut out, "note:", text);
        out.push('\n');
    }
    let _ = writeln!(out, "commits that touch more than one {one}, by quarter");
    quarters(&mut out, trend, pen);
    let _ = writeln!(out, "{}", slope(trend.slope.as_ref(), trend));
    let _ = writeln!(out, "\nwho can change alone: commits to a {one} that touch no other");
    rows(&mut out, trend, parts, pen);
    let mut notes = Vec::new();
    if parts.owned {
        notes.push(format!(
            "one owner: all that the commit touches belongs to one owner, by CODEOWNERS or `owners` of its {one}; what nobody owns \
             anybody may change"
        ));
    }
    let unknown = trend.parts.iter().filter(|part| !part.alone.is_known()).count();
    if unknown > 0 {
        let which = if unknown == 1 { one } else { many };
        notes.push(format!(
            "{unknown} {which} with fewer than {ENOUGH} commits: too few to tell a share"
        ));
    }
    for (position, note) in notes.iter().enumerate().filter(|_| !pen.quiet()) {
        if position == 0 {
            out.push('\n');
        }
        pen.remark(&mut out, "note:", note);
    }
    out
}

fn words(parts: &Parts) -> (&'static str, &'static str) {
    if parts.crates {
        ("crate", "crates")
    } else {
        ("context", "contexts")
    }
}

/// Draws the quarters; those between in which nothing happened are one line, however many: a clock that was wrong once must not
/// draw a row for each quarter since 1970.
fn quarters(out: &mut String, trend: &Trend, pen: Pen) {
    let label = "2025 Q1".len();
    let bar = bar_width(pen, label, NUMBERS + 2 + BOUNDS);
    let hidden = if pen.all() {
        0
    } else {
        trend.quarters.len().saturating_sub(QUARTERS)
    };
    if hidden > 0 {
        let text = format!(
            "  {} before these: `--all` draws them",
            counted(hidden, "quarter", "quarters")
        );
        let _ = writeln!(out, "{}", pen.dim(&text));
    }
    let mut due: Option<Quarter> = None;
    for (quarter, share) in &trend.quarters[hidden..] {
        let missing = due.map_or(0, |due| due.until(*quarter));
        if missing > 0 {
            let text = format!("no commit in {}", counted(missing, "quarter", "quarters"));
            let _ = writeln!(out, "  {}  {}", " ".repeat(label), pen.dim(&text));
        }
        let _ = writeln!(out, "  {quarter}  {}", measure(*share, bar, true, pen));
        due = Some(quarter.next());
    }
    let mut whole = String::new();
    pad(&mut whole, "all", label);
    let _ = writeln!(out, "  {whole}  {}", measure(trend.all, bar, true, pen));
}

/// Columns of `34 to 51 %`.
const BOUNDS: usize = 12;

fn bar_width(pen: Pen, label: usize, rest: usize) -> usize {
    let taken = 2 + label + 2 + 2 + rest;
    pen.prose_width().saturating_sub(taken).clamp(8, LONGEST_BAR)
}

/// A bar and its share, or why there is none.
fn measure(share: Share, bar: usize, bounds: bool, pen: Pen) -> String {
    if !share.is_known() {
        let commits = counted(share.commits as usize, "commit", "commits");
        return pen.dim(&format!("too few to say: {commits}"));
    }
    let mut text = String::new();
    pad(&mut text, &self::bar(share.value(), bar, pen.unicode()), bar);
    let mut text = pen.lead(&text);
    let numbers = format!("{:>3.0} % of {}", share.value() * 100.0, share.commits);
    text.push_str("  ");
    pad(&mut text, &numbers, NUMBERS);
    if bounds {
        let (low, high) = share.bounds();
        let within = format!("{:.0} to {:.0} %", low * 100.0, high * 100.0);
        let _ = write!(text, "  {}", pen.dim(&within));
    }
    text.truncate(text.trim_end().len());
    text
}

/// A bar of eighths, or of whole signs where there is only ASCII. What is more than nothing shows.
fn bar(share: f64, width: usize, unicode: bool) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let steps = if unicode { 8 } else { 1 };
    let all = u32::try_from(width * steps).unwrap_or(u32::MAX);
    let mut filled = (0..=all)
        .take_while(|step| f64::from(*step) <= share * f64::from(all) + 0.5)
        .last()
        .unwrap_or(0)
        .min(all) as usize;
    if filled == 0 && share > 0.0 {
        filled = 1;
    }
    if unicode {
        format!("{}{}", "█".repeat(filled / 8), EIGHTHS[filled % 8])
    } else {
        "#".repeat(filled)
    }
}

/// Where the quarters lead, in a sentence.
fn slope(slope: Option<&Slope>, trend: &Trend) -> String {
    let quarters = trend.quarters.iter().filter(|(_, share)| share.is_known()).count();
    let Some(slope) = slope else {
        return format!("  too few quarters for a trend: three with {ENOUGH} commits are needed");
    };
    if !slope.clear {
        return format!("  no clear trend over {quarters} quarters: what changes is within chance");
    }
    let points = slope.per_year.abs() * 100.0;
    let verb = if slope.per_year > 0.0 { "rises" } else { "falls" };
    format!("  it {verb} by {points:.0} points a year over {quarters} quarters, which is beyond chance (95 %)")
}

fn rows(out: &mut String, trend: &Trend, parts: &Parts, pen: Pen) {
    let known: Vec<&Changes> = trend.parts.iter().filter(|part| part.alone.is_known()).collect();
    let shown = if pen.all() { known.len() } else { known.len().min(PARTS) };
    let title = |part: &Changes| name(parts.names.get(part.part as usize).map_or("", String::as_str)).into_owned();
    let widest = known[..shown].iter().map(|part| title(part).width()).max().unwrap_or(0);
    let label = widest.min(WIDEST_NAME);
    let owned = if parts.owned { 2 + OWNER.width() } else { 0 };
    // Owners take what is left, and a third of the page at least.
    let names = if parts.owned { pen.prose_width() / 3 } else { 0 };
    let bar = bar_width(pen, label, NUMBERS + owned + names);
    if known.is_empty() {
        let _ = writeln!(out, "  {}", pen.dim("too few commits to say"));
    }
    if parts.owned && !known.is_empty() {
        let mut head = String::new();
        pad(&mut head, "", 2 + label + 2);
        pad(&mut head, "alone", bar + 2 + NUMBERS);
        let _ = writeln!(out, "{}", pen.dim(&format!("{head}  {OWNER}  owners")));
    }
    for part in &known[..shown] {
        let mut line = String::from("  ");
        pad(&mut line, &title(part), label);
        line.push_str("  ");
        line.push_str(&measure(part.alone, bar, false, pen));
        if parts.owned {
            let numbers = format!("{:>3.0} % of {}", part.alone.value() * 100.0, part.alone.commits).width();
            line.extend(std::iter::repeat_n(' ', NUMBERS.saturating_sub(numbers)));
            let share = format!("{:.0} %", part.one_owner.value() * 100.0);
            let room = pen
                .prose_width()
                .saturating_sub(2 + label + 2 + bar + 2 + NUMBERS + owned + 2);
            let owners = owners(parts.owners.get(part.part as usize).map_or(&[], Vec::as_slice), room);
            let _ = write!(line, "  {share:>9}  {}", pen.dim(&owners));
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    if known.len() > shown {
        let text = format!("  and {} more: `--all` draws them", known.len() - shown);
        let _ = writeln!(out, "{}", pen.dim(&text));
    }
}

const OWNER: &str = "one owner";

/// As many owners as there is room for.
fn owners(all: &[String], room: usize) -> String {
    let Some((first, rest)) = all.split_first() else {
        return "nobody".to_owned();
    };
    let whole: Vec<_> = all.iter().map(|owner| name(owner)).collect();
    let whole = whole.join(" ");
    if whole.width() <= room {
        return whole;
    }
    let more = format!("{} and {} more", name(first), rest.len());
    if !rest.is_empty() && more.width() <= room {
        return more;
    }
    counted(all.len(), "owner", "owners")
}

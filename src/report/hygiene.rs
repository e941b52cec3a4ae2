//! Findings about exceptions and the baseline themselves: stale, expired, expiring, or excusing another number of edges
//! than they expect. One finding an exception, the first that holds of: expired, stale, another number, expiring.

use std::fmt::Write as _;

use jiff::civil;

use crate::baseline::Baseline;
use crate::config::{Config, Date, Exception};
use crate::finding::{Code, Label};
use crate::source::Span;
use crate::workspace::{DependencyKind, Kinds};

/// For how many days before its end an exception is announced as expiring.
const NOTICE_DAYS: i32 = 14;

/// A finding about an exception or a line of the baseline, before levels are asked.
#[derive(Debug)]
pub struct Remark {
    /// What is the matter.
    pub code: Code,
    /// Where it is written.
    pub span: Span,
    /// The edge that it names.
    pub from: String,
    /// The other end.
    pub to: String,
    /// The code or rule that it names.
    pub rule: String,
    /// The kinds that it names; all where it names none.
    pub kinds: Kinds,
    /// The finding's text.
    pub message: String,
    /// What is to be seen there.
    pub label: String,
    /// Why it was excused.
    pub reason: Option<String>,
    /// Other lines that explain it.
    pub related: Vec<Label>,
    /// Ways out.
    pub help: Vec<String>,
}

/// Looks at every exception. `excused` names the edges that each excuses.
#[must_use]
pub fn of_exceptions(config: &Config, excused: &[Vec<String>], today: civil::Date) -> Vec<Remark> {
    let counted = config.exceptions.iter().zip(excused);
    counted
        .filter_map(|(exception, edges)| of_exception(exception, edges, today))
        .collect()
}

fn of_exception(exception: &Exception, edges: &[String], today: civil::Date) -> Option<Remark> {
    let excused = edges.len() as u64;
    let until = exception.until.as_ref();
    let left = until.and_then(|until| days_left(until.value, today));
    let remark = Draft { exception };
    match (left, exception.expect.as_ref()) {
        (Some(left), _) if left < 0 => {
            let until = until?;
            let what = format!("the exception {} expired on {}", remark.edge(), shown(until.value));
            Some(remark.finish(
                Code::ExpiredException,
                until.span,
                what,
                "this day has passed",
                vec!["take the dependency out, or agree on a new day with those who wrote the reason".to_owned()],
            ))
        }
        _ if excused == 0 => {
            let what = format!("the exception {} excuses nothing any more", remark.edge());
            Some(remark.finish(
                Code::StaleException,
                exception.span,
                what,
                "no such edge breaks the rule",
                vec!["take it out of boundaries.toml".to_owned()],
            ))
        }
        (_, Some(expect)) if expect.value != excused => {
            let what = format!(
                "the exception {} excuses {}, not {}",
                remark.edge(),
                counted(excused),
                expect.value
            );
            let listed = format!("it excuses {}", some_of(edges));
            let way_out = format!("look at what is new or gone, then write `expect = {excused}`");
            Some(remark.finish(
                Code::ExceptionCount,
                expect.span,
                what,
                &format!("{excused} today"),
                vec![listed, way_out],
            ))
        }
        (Some(left), _) if left <= NOTICE_DAYS => {
            let until = until?;
            let when = match left {
                0 => "today".to_owned(),
                1 => "tomorrow".to_owned(),
                days => format!("in {days} days"),
            };
            let what = format!(
                "the exception {} expires {when}, on {}",
                remark.edge(),
                shown(until.value)
            );
            Some(remark.finish(
                Code::ExpiringException,
                until.span,
                what,
                "the last day that it holds",
                vec!["take the dependency out before that day".to_owned()],
            ))
        }
        _ => None,
    }
}

struct Draft<'e> {
    exception: &'e Exception,
}

impl Draft<'_> {
    fn edge(&self) -> String {
        let exception = self.exception;
        let (from, to) = (&exception.from.text.value, &exception.to.text.value);
        format!(
            "for `{from}` → `{to}` ({})",
            excused_as(&exception.rule.value, exception.kinds)
        )
    }

    fn finish(self, code: Code, span: Span, message: String, label: &str, mut help: Vec<String>) -> Remark {
        let exception = self.exception;
        let said = [
            ("milestone", &exception.milestone),
            ("issue", &exception.issue),
            ("owner", &exception.owner),
        ];
        let said: Vec<String> = said
            .iter()
            .filter_map(|(key, value)| Some(format!("{key}: {}", value.as_ref()?)))
            .collect();
        if !said.is_empty() {
            help.push(said.join(", "));
        }
        Remark {
            code,
            span,
            from: exception.from.text.value.clone(),
            to: exception.to.text.value.clone(),
            rule: exception.rule.value.clone(),
            kinds: exception.kinds,
            message,
            label: label.to_owned(),
            reason: Some(exception.reason.clone()),
            related: Vec::new(),
            help,
        }
    }
}

/// Looks at every line of the baseline. `needed` says of each whether an edge of today breaks what it names.
#[must_use]
pub fn of_baseline(baseline: &Baseline, needed: &[bool]) -> Vec<Remark> {
    let stale = baseline.lines.iter().zip(needed).filter(|(_, needed)| !**needed);
    stale
        .map(|(line, _)| Remark {
            code: Code::StaleBaseline,
            span: line.span,
            from: line.from.clone(),
            to: line.to.clone(),
            rule: line.rule.clone(),
            kinds: Kinds::NONE.with(line.kind),
            message: format!(
                "the baseline's line for `{}` → `{}` ({}) excuses nothing any more",
                line.from,
                line.to,
                excused_as(&line.rule, Kinds::NONE.with(line.kind))
            ),
            label: "no such edge breaks the rule".to_owned(),
            reason: None,
            related: Vec::new(),
            help: vec!["`cargo boundaries baseline` takes it out".to_owned()],
        })
        .collect()
}

/// A rule, and the kinds where not all are meant: two excuses of one edge may differ by them alone.
fn excused_as(rule: &str, kinds: Kinds) -> String {
    match words(kinds).as_str() {
        "" => format!("`{rule}`"),
        kinds => format!("`{rule}`, {kinds}"),
    }
}

/// The words for kinds, as in `normal+build`; empty for all of them.
pub(super) fn words(kinds: Kinds) -> String {
    if kinds == Kinds::ALL {
        return String::new();
    }
    let named = DependencyKind::ALL.into_iter().filter(|kind| kinds.contains(*kind));
    named.map(DependencyKind::as_str).collect::<Vec<_>>().join("+")
}

/// So many edges are named; the rest is counted.
const NAMED: usize = 20;

fn some_of(edges: &[String]) -> String {
    let mut named = edges[..edges.len().min(NAMED)].join(", ");
    if edges.len() > NAMED {
        let _ = write!(named, " and {} more", edges.len() - NAMED);
    }
    named
}

fn counted(count: u64) -> String {
    match count {
        1 => "1 edge".to_owned(),
        n => format!("{n} edges"),
    }
}

fn shown(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// Days from today to a date; negative once it has passed. None for a date that no calendar has, which is refused when
/// the file is read.
fn days_left(date: Date, today: civil::Date) -> Option<i32> {
    let number = |n: u32| i8::try_from(n).ok();
    let date = civil::Date::new(i16::try_from(date.year).ok()?, number(date.month)?, number(date.day)?).ok()?;
    Some(today.until(date).ok()?.get_days())
}

#[cfg(test)]
mod tests {
    use super::{Date, days_left};
    use jiff::civil::date;

    #[test]
    fn the_last_day_still_counts() {
        let until = Date {
            year: 2027,
            month: 3,
            day: 1,
        };
        assert_eq!(days_left(until, date(2027, 3, 1)), Some(0));
        assert_eq!(days_left(until, date(2027, 2, 28)), Some(1));
        assert_eq!(days_left(until, date(2027, 3, 2)), Some(-1));
        assert_eq!(days_left(until, date(2026, 3, 1)), Some(365));
    }
}

//! The report that people read: one miette diagnostic a finding, with every place that explains it drawn in its file.
//! The only file that names miette, with its `human/excerpt.rs` that feeds it.

use std::fmt;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode};
use rayon::prelude::*;

use super::Style;
use crate::error::{Error, Problem};
use crate::finding::{Finding, Level, Status};
use crate::report::Report;
use crate::source::Sources;

mod excerpt;
mod lines;
mod path;
mod quote;
mod remarks;
mod since;
mod summary;
#[cfg(test)]
mod tests;

use super::prose::{Pen, plural, wrap};
use excerpt::{Excerpt, Place};
pub(crate) use path::steps;
pub(crate) use remarks::helps;

/// So many findings are drawn unless all are asked for; the rest is counted.
const DRAWN: usize = 50;
/// So many places of one finding are drawn; the rest is counted.
const PLACES: usize = 12;

/// Draws a report: its findings, in their order, and the last line. The same report gives the same text.
#[must_use]
pub fn render(report: &Report, style: Style) -> String {
    let page = Page::new(&report.sources, style);
    let findings: Vec<&Finding> = report.findings.iter().filter(|f| f.level != Level::Allow).collect();
    let drawn = if style.all {
        findings.len()
    } else {
        findings.len().min(DRAWN)
    };
    let parts: Vec<String> = findings[..drawn]
        .par_iter()
        .map(|finding| page.finding(finding))
        .collect();
    let mut out = parts.concat();
    summary::rest(&mut out, &findings[drawn..]);
    if !style.quiet {
        summary::explain_hint(&mut out, &findings[..drawn], page.pen);
    }
    since::write(&mut out, report, page.pen);
    summary::last_line(&mut out, &report.summary, &since::parts(report), page.pen);
    out
}

/// Draws the reasons why a run could not check.
#[must_use]
pub fn render_error(error: &Error, style: Style) -> String {
    let page = Page::new(&error.sources, style);
    let count = error.problems.len();
    let drawn = if style.all { count } else { count.min(DRAWN) };
    let mut out: String = error.problems[..drawn]
        .iter()
        .map(|problem| page.problem(problem))
        .collect();
    if count > 1 {
        summary::problems(&mut out, count, count - drawn, page.pen);
    }
    out
}

/// What every diagnostic of a run is drawn with.
struct Page<'a> {
    sources: &'a Sources,
    pen: Pen,
    errors: GraphicalReportHandler,
    warnings: GraphicalReportHandler,
    excused: GraphicalReportHandler,
}

impl<'a> Page<'a> {
    fn new(sources: &'a Sources, style: Style) -> Self {
        let pen = Pen::new(style);
        Self {
            sources,
            pen,
            errors: handler(pen, Severity::Error),
            warnings: handler(pen, Severity::Warning),
            excused: handler(pen, Severity::Advice),
        }
    }

    /// Draws a finding and the empty line after it.
    fn finding(&self, finding: &Finding) -> String {
        let (severity, handler) = match (finding.status, finding.level) {
            (Status::Active, Level::Deny) => (Severity::Error, &self.errors),
            (Status::Active, _) => (Severity::Warning, &self.warnings),
            _ => (Severity::Advice, &self.excused),
        };
        let also = remarks::further_declarations(finding);
        let places = places(finding, &also);
        let cut = places.len().min(PLACES);
        let drawn = Drawn {
            code: remarks::code_line(finding),
            message: self.message(&finding.message),
            severity,
            excerpt: Excerpt::new(self.sources, &places[..cut], self.pen),
        };
        let mut out = drawn.draw(handler);
        if places.len() > cut {
            let more = places.len() - cut;
            self.pen.remark(
                &mut out,
                "also:",
                &format!("{more} more {}", plural(more, "place", "places")),
            );
        }
        remarks::write(&mut out, finding, self.pen);
        out.push('\n');
        out
    }

    /// Draws a problem and the empty line after it.
    fn problem(&self, problem: &Problem) -> String {
        let labels = problem.labels.iter().take(PLACES);
        let places: Vec<Place<'_>> = labels.map(|(span, text)| Place::new(*span, text)).collect();
        let drawn = Drawn {
            code: format!("boundaries::{}", problem.kind.as_str()),
            message: self.message(&problem.message),
            severity: Severity::Error,
            excerpt: Excerpt::new(self.sources, &places, self.pen),
        };
        let mut out = drawn.draw(&self.errors);
        remarks::helps(&mut out, &problem.help, self.pen);
        out.push('\n');
        out
    }

    /// A message in lines that fit beside its mark. Lines of their own (cargo's, say) stay apart.
    fn message(&self, text: &str) -> String {
        let width = self.pen.prose_width().saturating_sub(4);
        let lines = text.lines().flat_map(|line| wrap(line, width));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// The places of a finding: the primary one with its neighbours first, then its other declarations and what explains
/// it.
fn places<'a>(finding: &'a Finding, also: &'a [(crate::source::Span, String)]) -> Vec<Place<'a>> {
    let mut places = vec![Place {
        span: finding.primary.span,
        text: &finding.label,
        context: true,
    }];
    places.extend(also.iter().map(|(span, text)| Place::new(*span, text)));
    places.extend(finding.related.iter().map(|r| Place::new(r.location.span, &r.message)));
    places
}

/// miette's own drawing, without its wrapping (which breaks names at their hyphens), links and help.
fn handler(pen: Pen, severity: Severity) -> GraphicalReportHandler {
    let mut theme = match (pen.unicode(), pen.color()) {
        (true, true) => GraphicalTheme::unicode(),
        (true, false) => GraphicalTheme::unicode_nocolor(),
        (false, true) => GraphicalTheme::ascii(),
        (false, false) => GraphicalTheme::none(),
    };
    let first = match severity {
        Severity::Error => theme.styles.error,
        Severity::Warning => theme.styles.warning,
        Severity::Advice => theme.styles.advice,
    };
    // The first label has the severity's colour, the others one of their own: miette hands them out in order.
    theme.styles.highlights = vec![theme.styles.help; PLACES];
    theme.styles.highlights[0] = first;
    GraphicalReportHandler::new_themed(theme)
        .with_width(pen.width())
        .with_wrap_lines(false)
        .with_urls(false)
        .without_cause_chain()
        .without_syntax_highlighting()
}

/// A diagnostic as miette asks for it.
#[derive(Debug)]
struct Drawn<'a> {
    code: String,
    message: String,
    severity: Severity,
    excerpt: Excerpt<'a>,
}

impl Drawn<'_> {
    /// The text; code and message alone where miette refuses to draw the places, so that no finding is ever lost.
    fn draw(&self, handler: &GraphicalReportHandler) -> String {
        let mut out = String::new();
        match handler.render_report(&mut out, self) {
            Ok(()) => out,
            Err(_) => format!("{}\n\n  {}\n", self.code, self.message),
        }
    }
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawn<'_> {}

impl Diagnostic for Drawn<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        Some(Box::new(&self.code))
    }
    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels()))
    }
}

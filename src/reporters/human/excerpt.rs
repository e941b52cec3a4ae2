//! What one diagnostic quotes: the lines around its labels, of every file that it points into, as one text that miette
//! can read. Only these lines are ever copied or shown, so neither the size of a file nor what it holds elsewhere bears
//! on a report.

use std::ops::Range;

use miette::{LabeledSpan, MietteError, SourceCode, SourceSpan, SpanContents};

use super::lines::{Known, line_text};
use super::quote::Quoted;
use crate::reporters::prose::{Pen, shown, wrap};
use crate::source::{FileId, Sources, Span, printable};

/// A longer path is cut in its middle.
const LONGEST_PATH: usize = 1_000;

/// A place to quote.
pub(super) struct Place<'a> {
    /// Where.
    pub span: Span,
    /// What is to be seen there.
    pub text: &'a str,
    /// Whether the lines before and after are quoted too.
    pub context: bool,
}

impl<'a> Place<'a> {
    /// A place whose lines are quoted alone.
    pub fn new(span: Span, text: &'a str) -> Self {
        Self {
            span,
            text,
            context: false,
        }
    }
}

/// Lines of several files, one after the other, and labels into them.
#[derive(Debug)]
pub(super) struct Excerpt<'a> {
    sources: &'a Sources,
    text: String,
    lines: Vec<Line>,
    labels: Vec<Label>,
}

/// One quoted line.
#[derive(Debug)]
struct Line {
    file: FileId,
    /// Where it starts in the text.
    start: usize,
    /// 0-based, in its file.
    number: usize,
}

/// A label in the text, and the column that people know it by.
#[derive(Debug)]
struct Label {
    range: Range<usize>,
    text: String,
    /// 0-based.
    column: usize,
}

impl<'a> Excerpt<'a> {
    /// Quotes these places: the files in the order in which they are first named, the lines of a file in their own.
    pub fn new(sources: &'a Sources, places: &[Place<'_>], pen: Pen) -> Self {
        let mut files: Vec<FileId> = Vec::new();
        for place in places {
            if !files.contains(&place.span.file) {
                files.push(place.span.file);
            }
        }
        let mut excerpt = Self {
            sources,
            text: String::new(),
            lines: Vec::new(),
            labels: Vec::new(),
        };
        let mut ranges = vec![0..0; places.len()];
        for file in files {
            excerpt.quote_file(file, places, &mut ranges, pen);
        }
        for (place, range) in places.iter().zip(ranges) {
            let file = sources.file(place.span.file);
            let column = file.line_column(place.span.start as usize).1 - 1;
            let text = excerpt.label_text(place.text, &range, pen);
            excerpt.labels.push(Label { range, text, column });
        }
        excerpt
    }

    /// The labels, the first the primary one.
    pub fn labels(&self) -> impl Iterator<Item = LabeledSpan> + '_ {
        self.labels.iter().enumerate().map(|(i, label)| {
            let text = (!label.text.is_empty()).then(|| label.text.clone());
            match i {
                0 => LabeledSpan::new_primary_with_span(text, label.range.clone()),
                _ => LabeledSpan::new_with_span(text, label.range.clone()),
            }
        })
    }

    /// Quotes the lines that `places` asks for in one file, and notes where the places went.
    fn quote_file(&mut self, id: FileId, places: &[Place<'_>], ranges: &mut [Range<usize>], pen: Pen) {
        let file = self.sources.file(id);
        let here = places.iter().enumerate().filter(|(_, p)| p.span.file == id);
        let known: Vec<(usize, Known)> = here.map(|(i, p)| (i, Known::new(file, p.span.range()))).collect();
        let mut wanted: Vec<usize> = Vec::new();
        for (i, k) in &known {
            wanted.extend(k.lines.clone());
            if places[*i].context {
                let around = [k.lines.start.checked_sub(1), Some(k.lines.end)];
                let shown = |n: &usize| *n < file.line_starts().len() && !line_text(file, *n).1.trim().is_empty();
                wanted.extend(around.into_iter().flatten().filter(shown));
            }
        }
        wanted.sort_unstable();
        wanted.dedup();
        let gutter = wanted.last().map_or(1, |n| (n + 1).to_string().len()) + 4;
        for number in wanted {
            self.quote_line(id, number, &known, ranges, pen, gutter);
        }
    }

    /// Quotes one line, and notes where the ends of the places on it went.
    fn quote_line(
        &mut self,
        id: FileId,
        number: usize,
        known: &[(usize, Known)],
        ranges: &mut [Range<usize>],
        pen: Pen,
        gutter: usize,
    ) {
        let (start, raw) = line_text(self.sources.file(id), number);
        let within = |offset: usize| offset.clamp(start, start + raw.len()) - start;
        let on_line = known.iter().filter(|(_, k)| k.lines.contains(&number));
        let focus = on_line
            .clone()
            .next()
            .map(|(_, k)| within(k.span.start)..within(k.span.end));
        // The gutter of a span over several lines takes some columns more.
        let extra = if on_line.clone().any(|(_, k)| k.lines.len() > 1) {
            4
        } else {
            0
        };
        let quoted = Quoted::new(
            raw,
            focus,
            pen.width().saturating_sub(gutter + extra).max(24),
            pen.ellipsis(),
        );
        let base = self.text.len();
        for (i, k) in on_line {
            if k.lines.start == number {
                ranges[*i].start = base + quoted.offset(within(k.span.start));
            }
            if k.lines.end == number + 1 {
                ranges[*i].end = base + quoted.offset(within(k.span.end));
            }
        }
        let line = Line {
            file: id,
            start: base,
            number,
        };
        self.lines.push(line);
        self.text.push_str(&quoted.text);
        self.text.push('\n');
    }

    /// A label's text, in several lines where it would run past the width.
    fn label_text(&self, text: &str, range: &Range<usize>, pen: Pen) -> String {
        let text = printable(text);
        let line = &self.lines[self.line_at(range.start)];
        let before = self.text.get(line.start..range.start).unwrap_or_default();
        let taken = before.chars().count() + (range.len() / 2).min(40) + 12;
        let room = pen.width().saturating_sub(taken).max(28);
        if text.len() <= room {
            text.into_owned()
        } else {
            wrap(&text, room).join("\n")
        }
    }

    /// The quoted line that holds this offset.
    fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|l| l.start <= offset).saturating_sub(1)
    }

    /// Whether the second of two neighbours in the text follows the first in its file.
    fn follows(&self, first: usize, second: usize) -> bool {
        match (self.lines.get(first), self.lines.get(second)) {
            (Some(a), Some(b)) => a.file == b.file && a.number + 1 == b.number,
            _ => false,
        }
    }
}

impl SourceCode for Excerpt<'_> {
    /// Answers from the quoted lines. A span over lines that do not follow each other in one file is out of bounds,
    /// which is how miette knows to draw two blocks.
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        if self.lines.is_empty() || end > self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let mut first = self.line_at(start);
        let mut last = self.line_at(end.saturating_sub(1).max(start));
        if (first..last).any(|i| !self.follows(i, i + 1)) {
            return Err(MietteError::OutOfBounds);
        }
        let column = if before == 0 && after == 0 {
            let label = self.labels.iter().find(|l| l.range.start == start);
            label.map_or(0, |l| l.column)
        } else {
            0
        };
        for _ in 0..before {
            first -= usize::from(first > 0 && self.follows(first - 1, first));
        }
        for _ in 0..after {
            last += usize::from(self.follows(last, last + 1));
        }
        let line = &self.lines[first];
        let to = self.lines.get(last + 1).map_or(self.text.len(), |l| l.start);
        Ok(Box::new(Contents {
            data: &self.text.as_bytes()[line.start..to],
            span: (line.start..to).into(),
            name: shown(&self.sources.file(line.file).path, LONGEST_PATH),
            line: line.number,
            column,
            line_count: last - first + 1,
        }))
    }
}

/// What miette reads of an excerpt.
struct Contents<'a> {
    data: &'a [u8],
    span: SourceSpan,
    name: std::borrow::Cow<'a, str>,
    line: usize,
    column: usize,
    line_count: usize,
}

impl<'a> SpanContents<'a> for Contents<'a> {
    fn data(&self) -> &'a [u8] {
        self.data
    }
    fn span(&self) -> &SourceSpan {
        &self.span
    }
    fn name(&self) -> Option<&str> {
        Some(&self.name)
    }
    fn line(&self) -> usize {
        self.line
    }
    fn column(&self) -> usize {
        self.column
    }
    fn line_count(&self) -> usize {
        self.line_count
    }
}

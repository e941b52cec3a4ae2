//! The day on which exceptions are judged.

use jiff::civil;

use crate::error::{Problem, ProblemKind};

/// The day on which exceptions are judged: today, in UTC, unless `BOUNDARIES_TODAY` fixes it.
pub(super) fn today() -> Result<civil::Date, Problem> {
    const VARIABLE: &str = "BOUNDARIES_TODAY";
    match std::env::var(VARIABLE) {
        Ok(text) if !text.is_empty() => text.parse().map_err(|_| {
            Problem::new(ProblemKind::Usage, format!("`{VARIABLE}` is `{text}`, which is no day"))
                .help("write it as YYYY-MM-DD, or unset it")
        }),
        _ => Ok(jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()),
    }
}

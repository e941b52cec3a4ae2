//! From when on history is read.

use crate::git::RevisionName;

/// From when on history is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// So many months before the newest commit: the same history gives the same answer tomorrow.
    Months(u32),
    /// This day, at midnight UTC.
    Day(jiff::civil::Date),
    /// The commits after this one.
    Revision(RevisionName),
    /// The first commit.
    All,
}

impl std::str::FromStr for Since {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        if word == "all" {
            return Ok(Self::All);
        }
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let parts: Vec<&str> = word.split('-').collect();
        if let [year, month, day] = parts.as_slice()
            && [year, month, day].iter().all(|part| digits(part))
        {
            let day = word.parse().map(Self::Day);
            return day.map_err(|_| "no day is written so: a date is `2026-01-31`".to_owned());
        }
        let revision = word.parse().map(Self::Revision);
        revision.map_err(|problem: String| format!("{problem}; or a date as `2026-01-31`, or `all`"))
    }
}

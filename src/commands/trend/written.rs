//! The trend as Markdown and as JSON.

use std::fmt::Write as _;

use serde::Serialize;

use super::{slope, words};
use crate::reporters::prose::name;
use crate::signals::trend::{Changes, Parts, Quarter, Share, Trend};

/// The trend as Markdown, for a comment or a page.
pub(in crate::commands) fn markdown(trend: &Trend, parts: &Parts) -> String {
    let (one, _) = words(parts);
    let cell = |share: Share| {
        if share.is_known() {
            let (low, high) = share.bounds();
            format!(
                "{:.0} % ({:.0} to {:.0} %)",
                share.value() * 100.0,
                low * 100.0,
                high * 100.0
            )
        } else {
            "too few".to_owned()
        }
    };
    let mut out = format!("| quarter | commits | touch more than one {one} |\n|---|---:|---:|\n");
    for (quarter, share) in &trend.quarters {
        let _ = writeln!(out, "| {quarter} | {} | {} |", share.commits, cell(*share));
    }
    let _ = writeln!(
        out,
        "| all | {} | {} |\n\n{}.\n",
        trend.all.commits,
        cell(trend.all),
        slope(trend.slope.as_ref(), trend).trim()
    );
    let _ = writeln!(
        out,
        "| {one} | commits | alone | one owner | owners |\n|---|---:|---:|---:|---|"
    );
    for part in &trend.parts {
        let title = parts.names.get(part.part as usize).map_or("", String::as_str);
        let owners = parts.owners.get(part.part as usize).map_or(&[][..], Vec::as_slice);
        let owned = if parts.owned {
            cell(part.one_owner)
        } else {
            String::new()
        };
        let row = [title, &owners.join(" ")].map(|text| name(text).replace('|', "\\|").replace('`', "\\`"));
        let _ = writeln!(
            out,
            "| {} | {} | {} | {owned} | {} |",
            row[0],
            part.alone.commits,
            cell(part.alone),
            row[1]
        );
    }
    out
}

/// The trend for machines.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::commands) struct Written {
    /// `contexts`, or `crates` where none are declared.
    parts: &'static str,
    /// Over the whole history: commits that touch a part, and those of them that touch more than one.
    all: Counted,
    /// The same by quarter.
    quarters: Vec<InQuarter>,
    /// Where the quarters lead; null where fewer than three have enough commits.
    slope: Option<Sloping>,
    /// For each part how many of its commits touch no other.
    alone: Vec<Part>,
}

/// Some of so many commits.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Counted {
    /// All of them.
    commits: u32,
    /// Those that are meant.
    of_them: u32,
    /// Their share; null where there are fewer than 20 commits.
    share: Option<f64>,
    /// Between which shares the true one lies, with a certainty of 95 %; null where the share is.
    bounds: Option<[f64; 2]>,
}

/// A quarter.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct InQuarter {
    /// As `2025-Q1`.
    quarter: String,
    /// Its commits, and those that touch more than one part.
    #[serde(flatten)]
    counted: Counted,
}

/// Where a share leads.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Sloping {
    /// How much it rises within a year: .05 is five points.
    per_year: f64,
    /// Whether that is beyond chance, with a certainty of 95 %.
    clear: bool,
}

/// A context, or a crate.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Part {
    /// Its name.
    name: String,
    /// Those whom its crates belong to.
    owners: Vec<String>,
    /// Its commits, and those that touch no other part.
    #[serde(flatten)]
    alone: Counted,
    /// Its commits, and those that one owner could have made; null where nobody wrote down owners.
    one_owner: Option<Counted>,
}

/// A share without digits that say nothing.
fn rounded(share: f64) -> f64 {
    (share * 1e4).round() / 1e4
}

fn counts(share: Share) -> Counted {
    let known = share.is_known();
    let (low, high) = share.bounds();
    Counted {
        commits: share.commits,
        of_them: share.of_them,
        share: known.then(|| rounded(share.value())),
        bounds: known.then(|| [rounded(low), rounded(high)]),
    }
}

/// What machines are told.
pub(in crate::commands) fn json(trend: &Trend, parts: &Parts) -> Written {
    let quarter = |(quarter, share): &(Quarter, Share)| InQuarter {
        quarter: format!("{:04}-Q{}", quarter.year, quarter.number),
        counted: counts(*share),
    };
    let part = |part: &Changes| Part {
        name: parts.names.get(part.part as usize).cloned().unwrap_or_default(),
        owners: parts.owners.get(part.part as usize).cloned().unwrap_or_default(),
        alone: counts(part.alone),
        one_owner: parts.owned.then(|| counts(part.one_owner)),
    };
    Written {
        parts: if parts.crates { "crates" } else { "contexts" },
        all: counts(trend.all),
        quarters: trend.quarters.iter().map(quarter).collect(),
        slope: trend.slope.map(|slope| Sloping {
            per_year: rounded(slope.per_year),
            clear: slope.clear,
        }),
        alone: trend.parts.iter().map(part).collect(),
    }
}

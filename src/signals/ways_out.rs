//! What could be done about a signal, in the order of its cost, each with what speaks against it.

use super::SignalId;
use super::evidence::{Signal, Subject, Suggestion};
use super::history::Commit;

/// A file carries a pair by itself where it is in so many of the shared commits, in percent.
const BY_ITSELF: u32 = 60;

fn way(way: String, against: String) -> Suggestion {
    Suggestion { way, against }
}

/// Ways out of two crates that change together.
pub fn of_pair(subject: &Subject<'_>, signal: &Signal) -> Vec<Suggestion> {
    let (&[one, other], &[left, right]) = (signal.units.as_slice(), signal.contexts.as_slice()) else {
        return Vec::new();
    };
    let (a, b) = (subject.units.name(one), subject.units.name(other));
    let mut ways: Vec<Suggestion> = file_to_move(subject, signal).into_iter().collect();
    let [alone_a, alone_b] = signal.counts.commits.map(|commits| commits - signal.counts.shared);
    if signal.id == SignalId::HiddenCoupling {
        ways.push(way(
            format!("let a third crate own what `{a}` and `{b}` both know, and depend on it from both"),
            "one crate more, on which two crates depend that do not depend on each other today".to_owned(),
        ));
    } else {
        ways.push(way(
            format!("narrow what one of `{a}` and `{b}` shows the other: a stable interface that changes less often"),
            "an interface for one user costs more than it saves while both change anyway".to_owned(),
        ));
    }
    match (left, right) {
        (Some(left), Some(right)) if left != right => {
            let (left, right) = (&subject.contexts[left as usize], &subject.contexts[right as usize]);
            ways.push(way(
                format!(
                    "say that it is meant: `{}` or `{}` in `[contexts.{left}.relations]` for `{right}`",
                    "partnership", "shared-kernel"
                ),
                "both contexts then plan and release together, in writing".to_owned(),
            ));
        }
        _ => {}
    }
    ways.push(way(
        format!("join `{a}` and `{b}`"),
        format!(
            "{} of `{a}` and {} of `{b}` leave the other alone: that much changes separately today",
            commits(alone_a),
            commits(alone_b)
        ),
    ));
    ways
}

/// The file that carries a pair by itself, and to which crate it could go.
fn file_to_move(subject: &Subject<'_>, signal: &Signal) -> Option<Suggestion> {
    let first = signal.files.first()?;
    let &[one, other] = signal.units.as_slice() else {
        return None;
    };
    let touches = |commit: &Commit, file: u32| commit.files.iter().any(|(touched, _)| *touched == file);
    let candidates = [(first.files[0], one, other), (first.files[1], other, one)];
    let known = candidates.map(|(file, home, there)| {
        let of_file = subject.history.commits.iter().filter(|commit| touches(commit, file));
        let (mut with, mut without) = (0u32, 0u32);
        for commit in of_file {
            if commit.units.binary_search(&there).is_ok() {
                with += 1;
            } else {
                without += 1;
            }
        }
        (with, without, file, home, there)
    });
    // A root file changes with everything of its crate, and cannot go anywhere.
    let is_root = |file: u32| {
        let path = subject.history.paths.text(file);
        ["src/lib.rs", "src/main.rs", "build.rs"]
            .iter()
            .any(|root| path.ends_with(root))
    };
    let movable = known.into_iter().filter(|(with, without, file, ..)| {
        with * 100 >= signal.counts.shared * BY_ITSELF && with > without && !is_root(*file)
    });
    let (with, without, file, home, there) = movable.max_by_key(|(with, without, ..)| (*with, u32::MAX - without))?;
    let path = subject.history.paths.text(file);
    let (home, there) = (subject.units.name(home), subject.units.name(there));
    Some(way(
        format!(
            "move `{path}` from `{home}` to `{there}`: {with} of its {} change `{there}` too",
            commits(with + without)
        ),
        match without {
            0 => format!("what else in `{home}` uses the file then needs `{there}`"),
            _ => format!(
                "{} `{there}` alone, and what else in `{home}` uses it then needs `{there}`",
                doing(without, "the file", ["leaves", "leave"])
            ),
        },
    ))
}

/// Ways out of two contexts that change together.
pub fn of_contexts(subject: &Subject<'_>, signal: &Signal) -> Vec<Suggestion> {
    let &[Some(left), Some(right)] = signal.contexts.as_slice() else {
        return Vec::new();
    };
    let (left, right) = (&subject.contexts[left as usize], &subject.contexts[right as usize]);
    let alone = signal.counts.commits.map(|commits| commits - signal.counts.shared);
    vec![
        way(
            format!(
                "look at the pairs of crates between `{left}` and `{right}` first: a boundary is seldom wrong everywhere"
            ),
            "many weak pairs can make a strong one of contexts, and then no pair is listed".to_owned(),
        ),
        way(
            format!(
                "say that it is meant: `partnership` or `shared-kernel` in `[contexts.{left}.relations]` for `{right}`"
            ),
            "both contexts then plan and release together, in writing".to_owned(),
        ),
        way(
            format!("draw the line elsewhere, or join `{left}` and `{right}`"),
            format!(
                "{} of `{left}` and {} of `{right}` leave the other alone",
                commits(alone[0]),
                commits(alone[1])
            ),
        ),
    ]
}

/// Ways out of a dependency whose changes reach its user.
pub fn of_ripple(subject: &Subject<'_>, signal: &Signal) -> Vec<Suggestion> {
    let &[from, to] = signal.units.as_slice() else {
        return Vec::new();
    };
    let (dependent, used) = (subject.units.name(from), subject.units.name(to));
    let quiet = signal.counts.commits[1] - signal.counts.shared;
    let mut ways = Vec::new();
    match signal.counts.breadth.unwrap_or_default() {
        0 | 1 => {
            ways.push(way(
                format!("narrow what `{used}` shows `{dependent}`: no other crate feels its changes so"),
                format!(
                    "{} of `{used}` did not reach `{dependent}`: the interface holds that often",
                    commits(quiet)
                ),
            ));
            ways.push(way(
                format!("join `{used}` into `{dependent}`"),
                "every other user of it then depends on the larger crate".to_owned(),
            ));
        }
        breadth => {
            ways.push(way(
                format!("take the part of `{used}` that its users need into a crate of its own that changes seldom"),
                format!(
                    "{breadth} crates then move to it, and what they need must be something that can stay as it is"
                ),
            ));
            ways.push(way(
                format!("hide behind `{used}` what `{dependent}` takes from it in detail"),
                format!("{} of `{used}` did not reach `{dependent}`", commits(quiet)),
            ));
        }
    }
    ways
}

/// Ways out of a crate with a single user.
pub fn of_merge(subject: &Subject<'_>, signal: &Signal) -> Vec<Suggestion> {
    let &[from, to] = signal.units.as_slice() else {
        return Vec::new();
    };
    let (dependent, used) = (subject.units.name(from), subject.units.name(to));
    let alone = signal.counts.commits[1] - signal.counts.shared;
    vec![way(
        format!("make `{used}` a module of `{dependent}`, its only user"),
        format!(
            "{} `{dependent}` alone; a crate of its own builds beside others and keeps its insides closed",
            doing(alone, &format!("`{used}`"), ["leaves", "leave"])
        ),
    )]
}

/// Ways out of a module that changes alone.
pub fn of_split(subject: &Subject<'_>, signal: &Signal) -> Vec<Suggestion> {
    let (Some(unit), Some(module)) = (signal.units.first(), &signal.module) else {
        return Vec::new();
    };
    let name = subject.units.name(*unit);
    let with = signal.counts.commits[0] - signal.counts.shared;
    vec![way(
        format!("make `{module}` a crate of its own, or a module with a narrow face"),
        format!(
            "{} other modules of `{name}` too; history does not show which of them use it",
            doing(with, "it", ["changes", "change"])
        ),
    )]
}

/// Ways out of a crate that fits another context better.
pub fn of_move(subject: &Subject<'_>, signal: &Signal) -> Vec<Suggestion> {
    let (Some(unit), &[Some(from), Some(to)]) = (signal.units.first(), signal.contexts.as_slice()) else {
        return Vec::new();
    };
    let name = subject.units.name(*unit);
    let (from, to) = (&subject.contexts[from as usize], &subject.contexts[to as usize]);
    let here = signal.counts.commits[1];
    vec![way(
        format!(
            "move `{name}` to the context `{to}`; `cargo boundaries what-if move {name} --to context:{to}` says which findings that brings"
        ),
        format!(
            "{} with the rest of `{from}`; history knows no words, and `{from}` may be its right name",
            doing(here, &format!("`{name}`"), ["goes", "go"])
        ),
    )]
}

fn commits(count: u32) -> String {
    if count == 1 {
        "1 commit".to_owned()
    } else {
        format!("{count} commits")
    }
}

/// Commits of something, and what they do: in the form for one and for more.
fn doing(count: u32, of: &str, [one, more]: [&str; 2]) -> String {
    let does = if count == 1 { one } else { more };
    format!("{} of {of} {does}", commits(count))
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_commit_changes_and_more_change() {
        let doing = |count| super::doing(count, "it", ["changes", "change"]);
        assert_eq!(doing(1), "1 commit of it changes");
        assert_eq!(doing(0), "0 commits of it change");
        assert_eq!(doing(2), "2 commits of it change");
    }
}

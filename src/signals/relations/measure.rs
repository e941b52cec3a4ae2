//! The numbers behind each declared relation.

use std::collections::BTreeMap;

use super::{Numbers, Outcome, Tested, judge};
use crate::config::{Config, Relation};
use crate::signals::carriers::examples;
use crate::signals::evidence::Subject;
use crate::signals::history::Commit;
use crate::signals::judge::Tables;
use crate::signals::statistics::{at_least, wilson};
use crate::workspace::DependencyKind;

/// Tests every relation that the contexts declare: those that do not hold first, then those that do, then those of which nothing is
/// known; each in the order of the file. `tables` is none where the history does not suffice.
#[must_use]
pub fn test(config: &Config, subject: &Subject<'_>, tables: Option<&Tables<'_>>) -> Vec<Tested> {
    let edges = edges(subject);
    let shared = tables.map(|tables| {
        tables
            .table
            .grouped(&subject.context_of, subject.contexts.len())
            .pairs()
    });
    let position = |name: &str| config.contexts.iter().position(|context| context.name.value == name);
    let mut tested = Vec::new();
    for (context, declaring) in config.contexts.iter().enumerate() {
        for line in &declaring.relations {
            let Some(other) = position(&line.other.value) else {
                continue;
            };
            // Both sides may say the same; the first that does is enough. A published language has a direction, and so two of them.
            let said = |tested: &Tested| (tested.context, tested.other) == (other, context);
            if line.relation != Relation::PublishedLanguage && tested.iter().any(said) {
                continue;
            }
            let (Ok(a), Ok(b)) = (u32::try_from(context), u32::try_from(other)) else {
                continue;
            };
            let of = |from, to| edges.get(&(from, to)).copied().unwrap_or(0);
            let mut numbers = Numbers {
                edges: [of(a, b), of(b, a)],
                ..Numbers::default()
            };
            if let (Some(tables), Some(shared)) = (tables, &shared) {
                let pair = (a.min(b), a.max(b));
                count(&mut numbers, tables, (a, b), shared.get(&pair).copied().unwrap_or(0));
            }
            let outcome = judge(line.relation, &numbers);
            let examples = match outcome {
                // Of a dependency that is there no commit tells more than its manifest does.
                Outcome::Broken(ref reasons) if reasons.iter().any(|reason| !reason.is_of_today()) => {
                    examples(&commits(subject, a, b))
                }
                _ => Vec::new(),
            };
            tested.push(Tested {
                context,
                other,
                relation: line.relation,
                word: line.word,
                numbers,
                outcome,
                examples,
            });
        }
    }
    tested.sort_by_key(|tested| match tested.outcome {
        Outcome::Broken(_) => 0,
        Outcome::Holds => 1,
        Outcome::Unknown => 2,
    });
    tested
}

fn count(numbers: &mut Numbers, tables: &Tables<'_>, (a, b): (u32, u32), shared: u32) {
    let commits = [a, b].map(|context| tables.group_totals[context as usize]);
    let expected = tables.chances.of_groups((a.min(b), a.max(b))).expected();
    numbers.enough = true;
    numbers.commits = commits;
    numbers.shared = shared;
    numbers.expected = expected;
    numbers.at_least = at_least(shared, expected);
    numbers.ripple = wilson(shared, commits[1]);
    numbers.bound = wilson(shared, commits[0].min(commits[1]));
}

/// How many dependencies lead from one context to another, those of tests alone aside.
fn edges(subject: &Subject<'_>) -> BTreeMap<(u32, u32), u32> {
    let context = |node| subject.context_of[subject.units.of(node) as usize];
    let workspace = subject.graph.workspace();
    let mut edges = BTreeMap::new();
    for (_, edge) in subject.graph.edges() {
        if edge.kind == DependencyKind::Dev || workspace.is_external(edge.to) {
            continue;
        }
        if let (Some(from), Some(to)) = (context(edge.from), context(edge.to))
            && from != to
        {
            *edges.entry((from, to)).or_insert(0) += 1;
        }
    }
    edges
}

/// The commits that touch both contexts.
fn commits<'h>(subject: &Subject<'h>, a: u32, b: u32) -> Vec<&'h Commit> {
    let touches = |commit: &Commit, context: u32| {
        let mut contexts = commit.units.iter().map(|unit| subject.context_of[*unit as usize]);
        contexts.any(|of| of == Some(context))
    };
    let both = |commit: &&Commit| touches(commit, a) && touches(commit, b);
    subject.history.commits.iter().filter(both).collect()
}

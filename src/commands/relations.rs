//! Declared relations and what history says of them, as people and machines read it: those that do not hold first.

use std::fmt::Write as _;

use crate::config::{Config, Relation};
use crate::reporters::prose::{Pen, counted, name, wrap};
use crate::signals::relations::{ENOUGH, HALF, Numbers, Outcome, RIPPLE, Reason, SHARED, TOGETHER, Tested};
use crate::source::Sources;

#[cfg(test)]
mod tests;
mod written;

pub(super) use written::{Written, json, markdown};

/// The relations for people; `commits` shows what a commit is about.
pub(super) fn human(
    tested: &[Tested],
    config: &Config,
    sources: &Sources,
    pen: Pen,
    commits: &dyn Fn(&Tested) -> Vec<String>,
) -> String {
    let mut out = String::new();
    if tested.is_empty() {
        return out;
    }
    let broken = tested
        .iter()
        .filter(|tested| matches!(tested.outcome, Outcome::Broken(_)))
        .count();
    let head = match broken {
        0 => format!(
            "{}: nothing speaks against them",
            counted(tested.len(), "declared relation", "declared relations")
        ),
        some => format!(
            "{some} of {} {} not hold",
            counted(tested.len(), "declared relation", "declared relations"),
            if some == 1 { "does" } else { "do" }
        ),
    };
    let _ = writeln!(out, "{head}");
    for tested in tested {
        one(&mut out, tested, config, sources, pen);
        if !pen.quiet() {
            let shown = commits(tested);
            if !shown.is_empty() {
                let lead = if shown.len() == 1 { "commit:" } else { "commits:" };
                for (index, line) in shown.iter().enumerate() {
                    pen.remark(&mut out, if index == 0 { lead } else { "        " }, line);
                }
            }
            for (way, against) in ways_out(tested, config) {
                pen.remark(&mut out, "way out:", &format!("{way}; against it: {against}"));
            }
        }
    }
    out
}

fn names<'c>(tested: &Tested, config: &'c Config) -> [&'c str; 2] {
    let of = |context: usize| {
        config
            .contexts
            .get(context)
            .map_or("", |context| context.name.value.as_str())
    };
    [of(tested.context), of(tested.other)]
}

fn one(out: &mut String, tested: &Tested, config: &Config, sources: &Sources, pen: Pen) {
    let [context, other] = names(tested, config).map(|text| name(text));
    let at = sources.location(tested.word);
    let word = tested.relation.as_str();
    let (mark, said) = match &tested.outcome {
        Outcome::Broken(reasons) => {
            let reasons: Vec<String> = reasons
                .iter()
                .map(|reason| reason_of(*reason, tested, [&context, &other]))
                .collect();
            (pen.bad("broken"), reasons.join("; "))
        }
        Outcome::Holds => (pen.good("holds"), numbers(&tested.numbers, [&context, &other])),
        Outcome::Unknown => (pen.dim("unknown"), unknown(&tested.numbers, [&context, &other])),
    };
    let place = pen.dim(&format!("{}:{}", name(&at.file), at.line));
    let between = match tested.relation {
        Relation::PublishedLanguage | Relation::Conformist | Relation::CustomerSupplier => pen.arrow(),
        Relation::SeparateWays | Relation::Partnership | Relation::SharedKernel => "and",
    };
    let _ = writeln!(out, "\n{mark}: `{context}` {between} `{other}`: {word}  {place}");
    for line in wrap(&said, pen.prose_width().saturating_sub(2)) {
        let _ = writeln!(out, "  {line}");
    }
}

/// The numbers of a relation that holds.
fn numbers(numbers: &Numbers, [context, other]: [&str; 2]) -> String {
    let [one, two] = numbers.commits;
    let mut text = match numbers.shared {
        0 => format!("no commit changes both ({one} change `{context}`, {two} change `{other}`)"),
        shared => format!(
            "{} both, of {one} to `{context}` and {two} to `{other}`",
            changes(shared)
        ),
    };
    if numbers.shared >= SHARED {
        let _ = write!(
            text,
            "; {:.1} would by chance, and it is {:.1} times as many at least",
            numbers.expected, numbers.at_least
        );
    }
    text
}

fn changes(commits: u32) -> String {
    match commits {
        1 => "1 commit changes".to_owned(),
        commits => format!("{commits} commits change"),
    }
}

fn unknown(numbers: &Numbers, [context, other]: [&str; 2]) -> String {
    if !numbers.enough {
        return "the history does not suffice to say anything".to_owned();
    }
    let [one, two] = numbers.commits;
    format!(
        "too few commits to say: {one} change `{context}` and {two} change `{other}`, and {ENOUGH} of each are needed"
    )
}

fn reason_of(reason: Reason, tested: &Tested, [context, other]: [&str; 2]) -> String {
    let numbers = &tested.numbers;
    let [one, two] = numbers.commits;
    let shared = numbers.shared;
    let share = |share: f64| format!("{:.0} %", share * 100.0);
    match reason {
        Reason::Dependency => {
            let [there, back] = numbers.edges;
            let edges = |count: u32, from: &str, to: &str| {
                let word = if count == 1 {
                    "dependency leads"
                } else {
                    "dependencies lead"
                };
                (count > 0).then(|| format!("{count} {word} from `{from}` to `{to}`"))
            };
            let both = [edges(there, context, other), edges(back, other, context)];
            both.into_iter().flatten().collect::<Vec<_>>().join(" and ")
        }
        Reason::WrongWay => format!(
            "`{other}`, which is upstream, depends on `{context}` ({} of its dependencies)",
            numbers.edges[1]
        ),
        Reason::Together => format!(
            "{} both, of {one} to `{context}` and {two} to `{other}`; {:.1} would by chance: {:.1} times as many at least, and {TOGETHER} \
             is the bar",
            changes(shared),
            numbers.expected,
            numbers.at_least
        ),
        Reason::Ripples => format!(
            "{shared} of {two} commits to `{other}` changed `{context}` too: {} at least, and what is published ripples less than {}",
            share(numbers.ripple),
            share(RIPPLE)
        ),
        Reason::Bound if tested.relation == Relation::SharedKernel => format!(
            "{} both, of {one} to `{context}` and {two} to `{other}`: {} of the fewer at least, and what is shared was to be less than {}",
            changes(shared),
            share(numbers.bound),
            share(HALF)
        ),
        Reason::Bound => format!(
            "{shared} of {two} commits to `{other}` changed `{context}` too: {} at least, so that the supplier seldom changes without its \
             customer",
            share(numbers.ripple)
        ),
    }
}

/// What could be done about a relation that does not hold, the cheapest first, each with what speaks against it.
fn ways_out(tested: &Tested, config: &Config) -> Vec<(String, String)> {
    let Outcome::Broken(reasons) = &tested.outcome else {
        return Vec::new();
    };
    let [context, other] = names(tested, config).map(|text| name(text));
    let mut ways = Vec::new();
    let declare = |word: &str| {
        let way = format!("declare what is: `{other} = \"{word}\"` in `[contexts.{context}.relations]`");
        (way, "both then plan and release together, in writing".to_owned())
    };
    for reason in reasons {
        match reason {
            Reason::Dependency => ways.push((
                format!("take the dependencies out: `may-use` without `{other}` has `check` name each of them"),
                "what they do has to be written twice, or done by a third context".to_owned(),
            )),
            Reason::WrongWay => ways.push((
                format!(
                    "turn the dependency of `{other}` round: let it state what it needs, and `{context}` provide it"
                ),
                "an interface more, which both have to keep".to_owned(),
            )),
            Reason::Together => ways.push((
                format!("look at what carries it: `cargo boundaries signals context:{context} context:{other}`"),
                "none of it may be worth moving".to_owned(),
            )),
            Reason::Ripples => ways.push((
                format!("take what `{context}` needs of `{other}` into a crate whose interface can stay as it is"),
                "the interface must be one that is known well enough to be kept".to_owned(),
            )),
            Reason::Bound if tested.relation == Relation::SharedKernel => ways.push((
                "take what is shared into a crate of its own, with both as owners".to_owned(),
                "a crate more, and each change to it is two teams' business".to_owned(),
            )),
            Reason::Bound => ways.push((
                format!("give `{other}` an interface behind which it can change"),
                "the interface must be one that is known well enough to be kept".to_owned(),
            )),
        }
    }
    ways.push(match tested.relation {
        Relation::PublishedLanguage => declare("customer-supplier"),
        _ => declare("partnership"),
    });
    ways
}

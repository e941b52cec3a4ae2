//! `relations` of contexts, and `[signals]`.

use super::names::{Names, known};
use super::view::{Entry, Reader, View, count};
use crate::config::nearest::quoted;
use crate::config::{Config, Context, Declared, Relation, Signals};
use crate::error::{Problem, ProblemKind};
use crate::source::Spanned;

/// The lines of `relations`, without those whose word is wrong.
pub fn declared(reader: &Reader<'_>, context: View<'_>) -> Vec<Declared> {
    let line = |line: Entry<'_>| {
        let word = line.string(reader)?;
        let relation = Relation::ALL.into_iter().find(|r| r.as_str() == word.value)?;
        Some(Declared {
            other: line.named(reader),
            relation,
            word: word.span,
        })
    };
    context.map("relations").into_iter().filter_map(line).collect()
}

/// `[signals]`.
pub fn signals(reader: &mut Reader<'_>, root: View<'_>) -> Signals {
    let Some(view) = root.child("signals") else {
        return Signals::default();
    };
    Signals {
        deny: view.get("deny").map(|entry| entry.strings(reader)).unwrap_or_default(),
        months: view.get("months").and_then(|entry| months(reader, &entry)),
    }
}

/// More months than this are a mistake: no history is a hundred years long.
const MONTHS: u64 = 1200;

fn months(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Option<u32> {
    let months = count(entry.value.get_ref())?;
    if months > MONTHS {
        let message = format!("`months` is more than {MONTHS}, and no history is that long");
        let help = "write how many months are to be read: `months = 24`";
        reader.report(message, entry.value_span(reader), "too many", help);
        return None;
    }
    u32::try_from(months).ok()
}

/// Checks what contexts declare of each other.
pub fn check(reader: &mut Reader<'_>, config: &Config, contexts: &Names) {
    for (position, context) in config.contexts.iter().enumerate() {
        for line in &context.relations {
            if !known(reader, "context", &line.other, contexts) {
                continue;
            }
            if line.other.value == context.name.value {
                let message = format!("context {} declares a relation to itself", quoted(&line.other.value));
                reader.report(message, line.other.span, "itself", "name another context");
                continue;
            }
            // A context that could not be read was reported.
            let Some(at) = config.contexts.iter().position(|c| c.name.value == line.other.value) else {
                continue;
            };
            let other = &config.contexts[at];
            let back = other
                .relations
                .iter()
                .find(|back| back.other.value == context.name.value);
            // Each pair is looked at once, from the context that stands first.
            if let Some(back) = back.filter(|_| position < at) {
                agree(reader, (context, line), (other, back));
            }
            let said = back.is_some_and(|back| back.relation == line.relation && at < position);
            if line.relation == Relation::SeparateWays && !said {
                permitted(reader, context, other, line);
                permitted(reader, other, context, line);
            }
        }
    }
}

/// Reports two declarations of one pair that cannot both be.
fn agree(reader: &mut Reader<'_>, (one, first): (&Context, &Declared), (two, second): (&Context, &Declared)) {
    let (a, b) = (quoted(&one.name.value), quoted(&two.name.value));
    let word = first.relation.as_str();
    let (message, help) = if first.relation != second.relation {
        (
            format!("contexts {a} and {b} declare two relations to each other"),
            "keep one of them".to_owned(),
        )
    } else if matches!(first.relation, Relation::Conformist | Relation::CustomerSupplier) {
        (
            format!("contexts {a} and {b} are each the downstream of the other"),
            format!(
                "`{word}` stands in the context that uses the other: keep that one, or declare `\"partnership\"` where each depends \
                 on the other"
            ),
        )
    } else {
        return;
    };
    let problem = Problem::new(ProblemKind::Config, message).at(second.word, format!("{b} says this"));
    reader
        .problems
        .push(problem.at(first.word, format!("{a} says this")).help(help));
}

/// Reports that `user` may use `other`, though one of them declares that they go separate ways.
fn permitted(reader: &mut Reader<'_>, user: &Context, other: &Context, line: &Declared) {
    let names = |name: &&Spanned<String>| {
        let written = name.value.as_str();
        written.split_once(':').map_or(written, |(context, _)| context) == other.name.value
    };
    let permits = user.may_use.iter().flat_map(|list| &list.names).find(names);
    let opens = other
        .public_to
        .iter()
        .map(|part| &part.name)
        .find(|name| name.value == user.name.value);
    for name in permits.into_iter().chain(opens) {
        let (a, b) = (quoted(&user.name.value), quoted(&other.name.value));
        let message = format!("contexts {a} and {b} go separate ways, and {a} is permitted to use {b}");
        let problem = Problem::new(ProblemKind::Config, message).at(name.span, "permits it");
        reader.problems.push(
            problem
                .at(line.word, "separate ways")
                .help("remove the permission, or declare another relation"),
        );
    }
}

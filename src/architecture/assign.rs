//! Decides which layer and which context each member is in: the strongest claim wins, and two of the same strength
//! are a mistake that shows both.

use fixedbitset::FixedBitSet;

use super::evaluate::{Evaluator, Manner};
use super::{Assignment, Move, Strength};
use crate::config::nearest::nearest;
use crate::config::selector::SelectorList;
use crate::error::{Problem, ProblemKind};
use crate::source::{Span, Spanned};
use crate::workspace::{Member, Workspace};

/// What layers and contexts have in common when members are assigned.
pub(super) struct Family<'c> {
    /// `layer` or `context`.
    pub word: &'static str,
    /// Its layers or contexts, in file order.
    pub units: Vec<Unit<'c>>,
    /// What a member says of itself.
    pub own: fn(&Member) -> &[Spanned<String>],
    /// Whether members may not say so.
    pub deny_own: bool,
}

/// One layer or context.
pub(super) struct Unit<'c> {
    pub name: &'c Spanned<String>,
    pub crates: &'c SelectorList,
    pub rest: Option<Span>,
    pub allow_empty: bool,
    /// Claims compete inside a stack alone.
    pub stack: usize,
}

/// Assigns every member to at most one unit of each stack of the family.
pub(super) fn assign(
    family: &Family<'_>,
    stacks: usize,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Vec<Option<Assignment>>> {
    let members = &evaluator.graph.workspace().members;
    let mut claims: Vec<Vec<Assignment>> = vec![Vec::new(); members.len()];
    let told: Vec<bool> = (family.units.iter().enumerate())
        .map(|(unit, declared)| claim_by_selectors(unit, declared, evaluator, &mut claims))
        .collect();
    let moved = moved(family, evaluator);
    for (index, (member, claims)) in members.iter().zip(&mut claims).enumerate() {
        let package = member.module.as_ref().map_or(index, |module| module.package.index());
        match moved.iter().find(|(moved, _)| *moved == package) {
            Some((_, claim)) => {
                // In other stacks it stays where it is.
                claim_by_itself(family, member, evaluator, claims);
                let stack = |claim: &Assignment| family.units[claim.unit].stack;
                claims.retain(|other| stack(other) != stack(claim));
                claims.push(*claim);
            }
            None => claim_by_itself(family, member, evaluator, claims),
        }
    }
    let in_stack = |stack: usize, claims: &[Assignment]| -> Vec<Assignment> {
        let own = claims.iter().filter(|claim| family.units[claim.unit].stack == stack);
        own.copied().collect()
    };
    let mut assigned = Vec::new();
    for stack in 0..stacks {
        let mut claims: Vec<Vec<Assignment>> = claims.iter().map(|claims| in_stack(stack, claims)).collect();
        let mut units = family.units.iter().enumerate().filter(|(_, unit)| unit.stack == stack);
        if let Some((unit, span)) = units.find_map(|(i, u)| Some((i, u.rest?))) {
            let rest = Assignment {
                unit,
                span,
                strength: Strength::Rest,
                depth: 0,
            };
            claims.iter_mut().filter(|c| c.is_empty()).for_each(|c| c.push(rest));
        }
        let strongest =
            |(member, claims): (&Member, &Vec<Assignment>)| strongest(family, member, claims, &mut evaluator.problems);
        assigned.push(members.iter().zip(&claims).map(strongest).collect());
        for (unit, declared) in family.units.iter().enumerate().filter(|(_, unit)| unit.stack == stack) {
            let has_one = claims.iter().any(|claims| claims_strongly(unit, claims));
            if !has_one && told[unit] && !declared.allow_empty {
                let problem = empty_unit(family.word, declared, unit, &claims);
                evaluator.problems.push(problem);
            }
        }
    }
    assigned
}

/// The members of each unit.
pub(super) fn sets(assigned: &[Vec<Option<Assignment>>], units: usize) -> Vec<FixedBitSet> {
    let members = assigned.first().map_or(0, Vec::len);
    let mut sets = vec![FixedBitSet::with_capacity(members); units];
    for (member, assignment) in assigned.iter().flat_map(|stack| stack.iter().enumerate()) {
        if let Some(assignment) = assignment {
            sets[assignment.unit].insert(member);
        }
    }
    sets
}

/// The claims of a `crates` list. Each member is claimed by the strongest entry that selects it, and by none where a
/// later `!` takes it away. False where an entry is wrong, so that which crates the unit has cannot be told.
fn claim_by_selectors(
    unit: usize,
    declared: &Unit<'_>,
    evaluator: &mut Evaluator<'_>,
    claims: &mut [Vec<Assignment>],
) -> bool {
    let before = evaluator.problems.len();
    evaluator.partial = declared.crates.refused;
    let mut claimed: Vec<Option<Assignment>> = vec![None; claims.len()];
    for entry in &declared.crates.entries {
        let selected = evaluator.selector(entry, Manner::members(declared.allow_empty));
        for member in selected.selection.ones() {
            let (base, depth) = named_as(evaluator.graph.workspace(), &selected.bases, member);
            let strength = if selected.exact.contains(base) {
                Strength::Name
            } else {
                Strength::Pattern
            };
            let claim = Assignment {
                unit,
                span: entry.text.span,
                strength,
                depth,
            };
            if entry.negated {
                claimed[member] = None;
            } else if claimed[member].is_none_or(|c| c.weight() < claim.weight()) {
                claimed[member] = Some(claim);
            }
        }
    }
    for (all, claim) in claims.iter_mut().zip(claimed) {
        all.extend(claim);
    }
    !evaluator.partial && evaluator.problems.len() == before
}

/// As what a member is selected, and how exactly that says which module is meant: the nearest module that is named and
/// holds it, else its package.
fn named_as(workspace: &Workspace, bases: &FixedBitSet, member: usize) -> (usize, usize) {
    let mut at = member;
    while let Some(place) = &workspace.members[at].module {
        if bases.contains(at) {
            return (at, place.depth());
        }
        at = place.parent.index();
    }
    (at, 0)
}

/// Members that are bound to a unit of this family whatever claims them, each as if the unit named it exactly.
fn moved(family: &Family<'_>, evaluator: &Evaluator<'_>) -> Vec<(usize, Assignment)> {
    let moves = evaluator.moves.iter().filter(|moved| moved.family == family.word);
    let claim = |moved: &Move| {
        let unit = family.units.iter().position(|u| u.name.value == moved.unit)?;
        let claim = Assignment {
            unit,
            span: family.units[unit].name.span,
            strength: Strength::Name,
            depth: 0,
        };
        Some((moved.member.index(), claim))
    };
    moves.filter_map(claim).collect()
}

/// The claims of `[package.metadata.boundaries]`, which hold for all modules of the package.
fn claim_by_itself(family: &Family<'_>, member: &Member, evaluator: &mut Evaluator<'_>, claims: &mut Vec<Assignment>) {
    let word = family.word;
    let package = member.module.as_ref().map(|module| module.package.index());
    // What is wrong with them is said once, of the package.
    let reported = package.map(|_| evaluator.problems.len());
    let package = package.map_or(member, |package| &evaluator.graph.workspace().members[package]);
    for own in (family.own)(package) {
        if family.deny_own {
            let message = format!("`{}` names its own {word}", member.name);
            let problem = Problem::new(ProblemKind::Config, message)
                .at(own.span, "members may not say this here")
                .help(format!(
                    "name it in boundaries.toml: `crates` of {word} `{}`",
                    own.value
                ))
                .help("or allow it with `member-claims = \"allow\"` in `[settings]`");
            evaluator.problems.push(problem);
        }
        let position = family.units.iter().position(|u| u.name.value == own.value);
        if let Some(unit) = position {
            claims.push(Assignment {
                unit,
                span: own.span,
                strength: Strength::Own,
                depth: 0,
            });
        } else {
            let names = family.units.iter().map(|u| u.name.value.as_str());
            let label = match nearest(&own.value, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("boundaries.toml declares no such {word}"),
            };
            let message = format!("no {word} is called `{}`", own.value);
            let problem = Problem::new(ProblemKind::Config, message).at(own.span, label);
            evaluator.problems.push(problem);
        }
    }
    evaluator.problems.truncate(reported.unwrap_or(usize::MAX));
}

fn strongest(
    family: &Family<'_>,
    member: &Member,
    claims: &[Assignment],
    problems: &mut Vec<Problem>,
) -> Option<Assignment> {
    let best = *claims.iter().max_by_key(|c| c.weight())?;
    // Where a module is claimed as part of another, what is wrong is said of that one.
    let place = member.module.as_ref();
    let named = place.is_none_or(|place| best.depth == place.depth());
    let rival = claims
        .iter()
        .find(|c| named && c.weight() == best.weight() && c.unit != best.unit);
    if let Some(rival) = rival {
        let word = family.word;
        let name = |a: &Assignment| &family.units[a.unit].name.value;
        let (first, second) = if rival.unit < best.unit {
            (rival, &best)
        } else {
            (&best, rival)
        };
        let message = format!(
            "`{}` is in two {word}s: `{}` and `{}`",
            member.name,
            name(first),
            name(second)
        );
        let problem = Problem::new(ProblemKind::Config, message)
            .at(first.span, format!("{word} `{}` claims it here", name(first)))
            .at(
                second.span,
                format!("and {word} `{}` claims it here, just as strongly", name(second)),
            )
            .help(format!(
                "name `{}` itself in the `crates` of one of them, or take it away with `!{}`",
                member.name, member.name
            ));
        problems.push(problem);
    }
    Some(best)
}

/// Whether none of a member's claims is stronger than the one of this unit. Of two that are alike, which is reported by
/// itself, both are.
fn claims_strongly(unit: usize, claims: &[Assignment]) -> bool {
    let strongest = claims.iter().map(Assignment::weight).max();
    let mut own = claims.iter().filter(|claim| claim.unit == unit);
    own.any(|claim| Some(claim.weight()) == strongest)
}

/// What to say of a layer or context that no member is in.
fn empty_unit(word: &str, declared: &Unit<'_>, unit: usize, claims: &[Vec<Assignment>]) -> Problem {
    let lost = claims.iter().filter(|c| c.iter().any(|a| a.unit == unit)).count();
    let why = if lost > 0 {
        format!("others claim its {lost} crates more strongly")
    } else {
        "no member is in it".to_owned()
    };
    Problem::new(
        ProblemKind::Config,
        format!("{word} `{}` has no crates", declared.name.value),
    )
    .at(declared.name.span, why)
    .help(format!("write `allow-empty = true` where the {word} may stay empty"))
}

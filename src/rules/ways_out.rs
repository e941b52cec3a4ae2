//! Ways out that several rules offer.

use super::{Case, Charge};
use crate::finding::Label;
use crate::source::toml_string;
use crate::workspace::NodeId;

/// The exception that would excuse an edge, ready to be pasted. `rule` is a code or a rule's name, `from` and `to`
/// identities.
pub(super) fn record(rule: &str, from: &str, to: &str) -> String {
    format!(
        "or record it in boundaries.toml:\n[[exceptions]]\nrule = {}\nfrom = {}\nto = {}\nreason = \"…\"",
        toml_string(rule),
        toml_string(from),
        toml_string(to)
    )
}

/// The question what moving a crate would bring, ready to be typed; none where a name would have to be quoted.
pub(super) fn ask_to_move(direction: &str, member: &str, family: &str, unit: &str) -> Option<String> {
    let plain = |name: &str| {
        name.chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    (plain(member) && plain(unit)).then(|| {
        format!("or move `{member}` {direction}: `cargo boundaries what-if move {member} --to {family}:{unit}`")
    })
}

/// `` `a`, `b` and `c` ``, at most `most` of them and then how many more.
pub(super) fn names<'n>(names: impl IntoIterator<Item = &'n str>, most: usize) -> String {
    let all: Vec<&str> = names.into_iter().collect();
    let shown: Vec<String> = all.iter().take(most).map(|n| format!("`{n}`")).collect();
    match (all.len().saturating_sub(most), shown.split_last()) {
        (_, None) => String::new(),
        (0, Some((last, []))) => last.clone(),
        (0, Some((last, others))) => format!("{} and {last}", others.join(", ")),
        (more, Some(_)) => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Adds, for each of two members, the line of its own manifest that says which layer or context it is in.
pub(super) fn own_claims(case: &Case<'_, '_>, charge: &mut Charge, ends: [(NodeId, &str); 2], family: &str) {
    for (node, unit) in ends {
        let Some(member) = case.workspace().member(node) else {
            continue;
        };
        let own = match family {
            "layer" => member.claim.layer.iter().find(|own| own.value == unit),
            _ => member.claim.context.as_ref(),
        };
        if let Some(own) = own {
            charge.related.push(Label {
                span: own.span,
                text: format!("`{}` says here that it is in {family} `{}`", member.name, own.value),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{names, record};

    #[test]
    fn the_exception_that_a_finding_offers_can_be_pasted() {
        let text = record("no-\"x\"", "a", "external:b");
        let table = text.split_once('\n').expect("a line of introduction").1;
        let parsed: toml::Table = toml::from_str(table).expect("valid TOML");
        assert_eq!(parsed["exceptions"][0]["rule"].as_str(), Some("no-\"x\""));
    }

    #[test]
    fn lists_of_names_read_as_a_sentence() {
        assert_eq!(names([], 3), "");
        assert_eq!(names(["a"], 3), "`a`");
        assert_eq!(names(["a", "b", "c"], 3), "`a`, `b` and `c`");
        assert_eq!(names(["a", "b", "c"], 2), "`a`, `b` and 1 more");
    }
}

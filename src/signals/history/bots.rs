//! Which authors are programs.

/// Programs that commit under a name that does not say what they are.
const PROGRAMS: [&str; 10] = [
    "bors",
    "dependabot",
    "dependabot-preview",
    "github-actions",
    "greenkeeper",
    "homu",
    "mergify",
    "pre-commit-ci",
    "release-plz",
    "renovate",
];

/// Whether a commit of this author was written by a program: its name ends in the word `bot`, its address is that of a bot
/// of a forge, or it is a program that is known by its name.
#[must_use]
pub fn is_bot(author: &str, address: &str) -> bool {
    let author = author.trim().to_ascii_lowercase();
    let address = address.to_ascii_lowercase();
    let bare = author.strip_suffix("[bot]").unwrap_or(&author);
    let last = bare.rsplit([' ', '-', '_']).next();
    bare.len() < author.len()
        || last == Some("bot")
        || PROGRAMS.contains(&bare)
        || matches!(author.as_str(), "rustbot" | "weblate" | "k8s-ci-robot")
        || address.split('@').next().is_some_and(|local| local.ends_with("[bot]"))
}

#[cfg(test)]
mod tests {
    use super::is_bot;

    #[test]
    fn programs_are_told_from_people() {
        for bot in [
            "dependabot[bot]",
            "bors[bot]",
            "bors",
            "Renovate Bot",
            "release-bot",
            "mergify",
            "rustbot",
        ] {
            assert!(is_bot(bot, "x@example.com"), "{bot}");
        }
        for person in ["Robot Smith", "Abbot", "Talbot", "bot lover", "A. Renovateur"] {
            assert!(!is_bot(person, "x@example.com"), "{person}");
        }
        assert!(is_bot("CI", "41898282+github-actions[bot]@users.noreply.github.com"));
    }
}

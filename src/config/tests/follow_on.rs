//! One mistake is one problem: what only follows from it is not said beside it.

use super::problems;

fn messages(text: &str) -> Vec<String> {
    problems(text).into_iter().map(|problem| problem.message).collect()
}

#[test]
fn a_table_among_lists_of_tables_is_one_problem_at_the_table() {
    for header in ["[layers]", "[layers.app]"] {
        let text = format!("{header}\nname = \"app\"\n\n[[layers]]\nname = \"core\"\n\n[[layers]]\nname = \"base\"\n");
        let problems = problems(&text);
        let [problem] = problems.as_slice() else {
            panic!("one problem: {problems:?}");
        };
        assert_eq!(
            problem.message,
            "`layers` is written both as one table and as a list of tables"
        );
        assert_eq!(&text[problem.labels[0].0.range()], "layers");
        assert_eq!(problem.labels[0].0.range().start, 1);
        assert_eq!(problem.help, ["write each of them as `[[layers]]`"]);
    }
    let lists = "[[layers]]\nname = \"core\"\n\n[layers]\nname = \"app\"\n";
    assert_eq!(messages(lists).len(), 1);
}

#[test]
fn a_key_that_is_given_twice_elsewhere_is_said_at_each_place() {
    let text = "[levels]\nlayer = \"warn\"\nlayer = \"deny\"\nforbidden = \"warn\"\nforbidden = \"deny\"\n";
    assert_eq!(
        messages(text),
        ["the key `layer` is given twice", "the key `forbidden` is given twice"]
    );
}

#[test]
fn a_reach_that_is_none_leaves_the_keys_of_paths_alone() {
    let text = "[[forbidden]]\nname = \"pure\"\nto = [\"external:tokio\"]\nreach = \"indirect\"\nevidence = \"lock\"\n";
    assert_eq!(messages(text), ["`indirect` is no value of `reach`"]);
}

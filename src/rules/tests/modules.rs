//! Rules about modules against a naive evaluation of their definition: which unit owns a module, and what names what.

use proptest::prelude::*;

mod naive;
pub(super) mod spec;

use naive::naive;
use spec::specs;

proptest! {
    #![proptest_config(ProptestConfig { cases: 700, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn rules_about_modules_say_what_their_definition_says(spec in specs()) {
        // Files that are wrong, since two layers claim a module alike, say, are judged elsewhere.
        let Some(found) = spec.judged() else { return Err(TestCaseError::reject("wrong")) };
        prop_assert_eq!(found, naive(&spec), "{}\n{:?}", spec.text(), spec.namings);
    }
}

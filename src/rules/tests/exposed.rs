//! `[[exposed]]` against a naive evaluation of its definition: what random public items show, and random rules about it.

use proptest::prelude::*;

mod naive;
mod spec;

use naive::naive;
use spec::specs;

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn exposed_says_what_its_definition_says(spec in specs()) {
        let (mut found, wanted) = (spec.judged(), naive(&spec));
        for (pair, places) in wanted {
            let (first, said) = places.first_key_value().expect("a place");
            let Some((at, count, label)) = found.remove(&pair) else {
                return Err(TestCaseError::fail(format!("{pair:?} is not found\n{}\n{:#?}", spec.text(), spec.shows)));
            };
            prop_assert_eq!((at, count), (*first, places.len()), "{:?}\n{}\n{:#?}", pair, spec.text(), spec.shows);
            prop_assert!(said.contains(&*label), "{label}: {said:?}");
        }
        prop_assert!(found.is_empty(), "{:?} are too many\n{}\n{:#?}", found, spec.text(), spec.shows);
    }
}

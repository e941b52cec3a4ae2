//! Strategies for random specifications.

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::subsequence;

use super::{
    CONDITIONS, Common, Context, Dep, EXTERNALS, Entry, FEATURES, Kind, Layer, Listed, MEMBERS, Reach, Rule, Spec,
    TRIPLES, Table,
};
use crate::workspace::DependencyKind;

fn kind() -> impl Strategy<Value = DependencyKind> {
    prop_oneof![
        4 => Just(DependencyKind::Normal),
        1 => Just(DependencyKind::Build),
        2 => Just(DependencyKind::Dev),
    ]
}

fn kinds() -> impl Strategy<Value = Vec<DependencyKind>> {
    subsequence(DependencyKind::ALL.to_vec(), 1..=3)
}

fn common() -> impl Strategy<Value = Common> {
    let targets = subsequence((0..TRIPLES.len()).collect::<Vec<_>>(), 1..=2);
    (kinds(), prop::bool::weighted(0.2), prop::option::weighted(0.3, targets)).prop_map(
        |(kinds, ignore_optional, targets)| Common {
            kinds,
            ignore_optional,
            targets,
        },
    )
}

fn some(nodes: usize) -> impl Strategy<Value = Vec<usize>> {
    btree_set(0..nodes, 1..=3.min(nodes)).prop_map(|set| set.into_iter().collect())
}

/// What a dependency says of features.
fn listed() -> impl Strategy<Value = (Vec<usize>, bool)> {
    let named = subsequence((1..FEATURES.len()).collect::<Vec<_>>(), 0..=1);
    (named, prop::bool::weighted(0.4))
}

fn table(members: usize) -> impl Strategy<Value = Table> {
    let entry = prop_oneof![
        2 => (0..FEATURES.len()).prop_map(Entry::Own),
        1 => (0..members + EXTERNALS, 1..FEATURES.len()).prop_map(|(to, feature)| Entry::Of(to, feature)),
    ];
    vec(prop::option::of(vec(entry, 0..3)), FEATURES.len()).prop_map(|mut table| {
        // An entry that names a feature which is not there is refused where the manifest is read.
        let known: Vec<bool> = table.iter().map(Option::is_some).collect();
        for entries in table.iter_mut().flatten() {
            entries.retain(|entry| !matches!(entry, Entry::Own(feature) if !known[*feature]));
        }
        table
    })
}

fn reach(members: usize) -> impl Strategy<Value = Reach> {
    let transitive = (kinds(), subsequence((0..members).collect::<Vec<_>>(), 0..=1))
        .prop_map(|(through, not_through)| Reach::Transitive { through, not_through });
    prop_oneof![1 => Just(Reach::Direct), 2 => transitive]
}

fn rule(members: usize) -> impl Strategy<Value = Rule> {
    let all = members + EXTERNALS;
    let forbidden = (common(), some(members), some(all), some(members), reach(members)).prop_map(
        |(common, from, to, inside, reach)| {
            // Externals are reached through members only where the lockfile is the evidence.
            let to = if matches!(reach, Reach::Direct) { to } else { inside };
            Rule::Forbidden {
                common,
                from,
                to,
                reach,
            }
        },
    );
    let allowed = (
        common(),
        some(members),
        some(all),
        prop::sample::select(vec!["workspace", "external", "all"]),
    )
        .prop_map(move |(common, from, to, among)| {
            let fits = |node: &usize| among != "workspace" || *node < members;
            Rule::Allowed {
                common,
                from,
                to: to.into_iter().filter(fits).collect(),
                among,
            }
        });
    let protected = (
        common(),
        subsequence((0..members).collect::<Vec<_>>(), 0..=2),
        some(all),
    )
        .prop_map(|(common, from, to)| Rule::Protected { common, from, to });
    let parties = vec(prop::option::of(0..3usize), members).prop_filter_map("two parties", |party_of| {
        let party = |wanted: usize| {
            (0..party_of.len())
                .filter(|m| party_of[*m] == Some(wanted))
                .collect::<Vec<_>>()
        };
        let parties: Vec<Vec<usize>> = (0..3).map(party).filter(|p| !p.is_empty()).collect();
        (parties.len() > 1).then_some(parties)
    });
    let independent = (common(), parties, reach(members)).prop_map(|(common, parties, reach)| Rule::Independent {
        common,
        parties,
        reach,
    });
    let acyclic = (common(), prop::sample::select(vec!["crates", "layers", "contexts"]))
        .prop_map(|(common, over)| Rule::Acyclic { common, over });
    let gateway = (
        common(),
        prop::option::of(some(members)),
        some(members),
        some(members),
        kinds(),
        subsequence((0..members).collect::<Vec<_>>(), 0..=1),
    )
        .prop_map(|(common, from, to, via, through, not_through)| Rule::Gateway {
            // A crate of `via` in `from` is refused.
            from: from.map(|from| from.into_iter().filter(|node| !via.contains(node)).collect()),
            common,
            to,
            via,
            through,
            not_through,
        });
    let features = (
        common(),
        prop::option::of(some(members)),
        some(all),
        subsequence((0..FEATURES.len()).collect::<Vec<_>>(), 1..=2),
    )
        .prop_map(|(common, from, to, deny)| Rule::Features { common, from, to, deny });
    prop_oneof![3 => features, 2 => gateway, 3 => forbidden, 1 => allowed, 1 => protected, 2 => independent, 2 => acyclic]
}

fn layer() -> impl Strategy<Value = Layer> {
    let flag = |chance| prop::bool::weighted(chance);
    (
        flag(0.4),
        flag(0.2),
        flag(0.3),
        flag(0.3),
        flag(0.3),
        prop::option::weighted(0.3, vec(any::<bool>(), 4)),
    )
        .prop_map(|(second, beside, closed, open, independent, may_use)| Layer {
            second,
            beside,
            closed,
            open,
            independent,
            may_use,
        })
}

fn context() -> impl Strategy<Value = Context> {
    let kind = prop_oneof![4 => Just(Kind::Bounded), 1 => Just(Kind::Kernel), 1 => Just(Kind::Root)];
    let crates = || vec(any::<bool>(), MEMBERS);
    let public_to = vec(prop::option::weighted(0.3, crates()), 4);
    let faces = vec(crates(), 2);
    let listed = prop_oneof![2 => Just(Listed::No), 2 => Just(Listed::Whole), 1 => (0..2usize).prop_map(Listed::Face)];
    let listed = prop::option::weighted(0.5, vec(listed, 4));
    let public = prop::option::weighted(0.4, crates());
    (kind, public, public_to, faces, listed).prop_map(|(kind, public, public_to, faces, may_use)| Context {
        kind,
        public,
        public_to,
        faces,
        may_use,
    })
}

/// Any workspace with any configuration.
pub fn specs() -> impl Strategy<Value = Spec> {
    (2..=MEMBERS, 0..=4usize, 0..=3usize).prop_flat_map(|(members, layers, contexts)| {
        let target = prop::option::weighted(0.3, 0..CONDITIONS.len());
        let ends = (0..members, 0..members + EXTERNALS);
        let dep = (ends, kind(), prop::bool::weighted(0.2), target, listed()).prop_map(
            |((from, to), kind, optional, target, (features, default_features))| Dep {
                from,
                to,
                kind,
                optional,
                target,
                features,
                default_features,
            },
        );
        let named = prop::sample::select(vec![
            "r0",
            "r0",
            "r0",
            "independent",
            "layer",
            "layer-skip",
            "layer-sibling",
            "context-undeclared",
            "context-private",
            "forbidden",
            "r0",
            "r1",
        ]);
        let exception = (named, 0..members, 0..members, prop::option::of(kind()));
        (
            (vec(dep, 0..22), vec(table(members), members)),
            kinds(),
            vec(layer(), layers),
            vec(vec(0..layers.max(1), 0..=3), members),
            vec(context(), contexts),
            vec(prop::option::weighted(0.9, 0..contexts.max(1)), members),
            vec(rule(members), 1..4),
            vec(exception, 0..5),
        )
            .prop_map(
                move |((deps, tables), kinds, layers, layer_of, contexts, context_of, rules, exceptions)| {
                    let layers = no_lone_stack(layers);
                    let layer_of = layer_of.into_iter().map(|of| one_a_stack(&layers, of)).collect();
                    let known = |of: Vec<Option<usize>>, count: usize| {
                        of.into_iter().map(|u| u.filter(|u| *u < count)).collect()
                    };
                    let rules: Vec<Rule> = rules
                        .into_iter()
                        .filter(|r| r.stands(layers.len(), contexts.len()))
                        .collect();
                    let about = |word: &str| {
                        word.len() != 2
                            || word[1..]
                                .parse::<usize>()
                                .is_ok_and(|i| i < rules.len() && !matches!(rules[i], Rule::Acyclic { .. }))
                    };
                    let exceptions = exceptions
                        .into_iter()
                        .filter(|e| about(e.0))
                        .map(|(w, f, t, k)| (w.to_owned(), f, t, k))
                        .collect();
                    Spec {
                        members,
                        deps,
                        tables,
                        kinds,
                        layer_of,
                        context_of: known(context_of, contexts.len()),
                        layers,
                        contexts,
                        rules,
                        exceptions,
                    }
                },
            )
            .prop_filter("something to check", |s| {
                !s.rules.is_empty() || !s.layers.is_empty() || !s.contexts.is_empty()
            })
    })
}

/// A named stack of one layer would be refused.
fn no_lone_stack(mut layers: Vec<Layer>) -> Vec<Layer> {
    if layers.iter().filter(|layer| layer.second).count() == 1 {
        for layer in &mut layers {
            layer.second = false;
        }
    }
    layers
}

/// Of the layers that were drawn for a member, the first of each stack.
fn one_a_stack(layers: &[Layer], drawn: Vec<usize>) -> Vec<usize> {
    let mut of: Vec<usize> = Vec::new();
    for layer in drawn.into_iter().filter(|layer| *layer < layers.len()) {
        if of.iter().all(|other| layers[*other].second != layers[layer].second) {
            of.push(layer);
        }
    }
    of
}

impl Rule {
    /// Whether the units that it looks at are declared.
    fn stands(&self, layers: usize, contexts: usize) -> bool {
        match self {
            Self::Acyclic { over: "layers", .. } => layers > 0,
            Self::Acyclic { over: "contexts", .. } => contexts > 0,
            _ => true,
        }
    }
}

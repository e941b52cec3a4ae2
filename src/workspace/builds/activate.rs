//! Which features a build turns on: cargo's own way of choosing them, with a list of what is left to do in place of its
//! recursion, so that no chain of packages is too long.

use std::collections::HashMap;

use fixedbitset::FixedBitSet;

use super::{Ask, Build, Builds, FeatureSet, Link, LinkIndex, Resolver, Unit, Value};
use crate::workspace::DependencyKind;

impl Builds {
    /// What a build of the member turns on; none where cargo knows of no such member.
    #[must_use]
    pub fn build(&self, ask: &Ask<'_>) -> Option<Build<'_>> {
        let package = self.package_of(ask.member)?;
        let counts = |condition: &super::Condition| {
            let mut targets = ask.targets.into_iter().flatten();
            ask.targets.is_none() || targets.any(|triple| condition.may_hold(*triple))
        };
        let root = &self.packages[package];
        let build = Build {
            builds: self,
            start: Unit {
                package,
                host: root.builds_proc_macro,
            },
            dev: ask.dev,
            dev_of_others: ask.dev_of_others,
            holds: self.conditions.iter().map(counts).collect(),
            features: FixedBitSet::with_capacity(2 * self.features),
            opened: FixedBitSet::with_capacity(2 * self.names),
        };
        let mut activation = Activation {
            build,
            ask,
            entered: FixedBitSet::with_capacity(2 * self.packages.len()),
            deferred: HashMap::new(),
            tasks: Vec::new(),
        };
        let asked = activation.asked(ask.features);
        for host in [false, true] {
            // A proc-macro's tests and binaries run on the target, so that cargo turns its features on for both.
            if !host || root.builds_proc_macro && self.resolver == Resolver::Apart {
                activation.enter(Unit { package, host }, &asked);
            }
        }
        activation.run();
        Some(activation.build)
    }
}

enum Task<'b> {
    /// Follow the links of a unit that are not optional.
    Links(Unit),
    /// Turn on what an entry says.
    Value(Unit, std::borrow::Cow<'b, Value>),
}

struct Activation<'b, 'q> {
    build: Build<'b>,
    ask: &'q Ask<'q>,
    /// Units whose links were followed.
    entered: FixedBitSet,
    /// `NAME?/FEATURE` of dependencies that are not on, or not on yet.
    deferred: HashMap<(Unit, usize), Vec<String>>,
    tasks: Vec<Task<'b>>,
}

impl<'b> Activation<'b, '_> {
    fn run(&mut self) {
        while let Some(task) = self.tasks.pop() {
            match task {
                Task::Links(unit) => {
                    for index in self.builds().packages[unit.package].links.clone() {
                        let link = &self.builds().links[index];
                        if !link.optional && self.counts(link) {
                            self.follow(unit, index);
                        }
                    }
                }
                Task::Value(unit, value) => match &*value {
                    Value::Feature(feature) => self.turn_on(unit, *feature),
                    Value::Dependency(name) => self.open(unit, *name),
                    Value::OfDependency { name, feature, weak } => self.of_dependency(unit, *name, feature, *weak),
                },
            }
        }
    }

    fn builds(&self) -> &'b Builds {
        self.build.builds
    }

    /// The features of the member that are asked for.
    fn asked(&self, features: &FeatureSet) -> Vec<Value> {
        let package = &self.builds().packages[self.build.start.package];
        let named = |name: &str| package.feature(name).map(Value::Feature);
        match features {
            FeatureSet::Default => named("default").into_iter().collect(),
            FeatureSet::All => (0..package.features.len()).map(Value::Feature).collect(),
            FeatureSet::None => Vec::new(),
            FeatureSet::Listed(list) => list.iter().filter_map(|name| named(&name.value)).collect(),
        }
    }

    /// Whether features are chosen over a link, optional or not.
    fn counts(&self, link: &Link) -> bool {
        match self.builds().resolver {
            Resolver::Apart => self.build.counts(link),
            // The first resolver takes every target, and the dev-dependencies of what is built, into account.
            Resolver::Unified if link.kind != DependencyKind::Dev => true,
            Resolver::Unified => {
                let own = link.from == self.build.start.package;
                own || self.ask.dev_of_others && self.builds().packages[link.from].member.is_some()
            }
        }
    }

    /// The unit that a link leads to, as far as features are chosen for it.
    fn destination(&self, unit: Unit, link: &Link) -> Unit {
        let host = link.kind == DependencyKind::Build || self.builds().packages[link.to].proc_macro;
        Unit {
            package: link.to,
            host: unit.host || host && self.builds().resolver == Resolver::Apart,
        }
    }

    fn enter(&mut self, unit: Unit, values: &[Value]) {
        let values = values.iter().map(|value| std::borrow::Cow::Owned(value.clone()));
        self.tasks.extend(values.map(|value| Task::Value(unit, value)));
        if !self.entered.put(unit.index()) {
            self.tasks.push(Task::Links(unit));
        }
    }

    fn follow(&mut self, unit: Unit, index: LinkIndex) {
        let builds = self.builds();
        let link = &builds.links[index];
        let to = self.destination(unit, link);
        let values = link.turns_on.iter().map(std::borrow::Cow::Borrowed);
        self.tasks.extend(values.map(|value| Task::Value(to, value)));
        if link.default_features
            && !self.ask.without_defaults.contains(&index)
            && let Some(default) = builds.packages[link.to].feature("default")
        {
            self.turn_on(to, default);
        }
        if !self.entered.put(to.index()) {
            self.tasks.push(Task::Links(to));
        }
    }

    fn turn_on(&mut self, unit: Unit, feature: usize) {
        let builds = self.builds();
        let package = &builds.packages[unit.package];
        let bit = self.build.side(unit.host, builds.features) + package.first_feature + feature;
        if !self.build.features.put(bit) {
            let values = package.features[feature].turns_on.iter();
            let tasks = values.map(|value| Task::Value(unit, std::borrow::Cow::Borrowed(value)));
            self.tasks.extend(tasks);
        }
    }

    /// Turns an optional dependency on, with what waits for it.
    fn open(&mut self, unit: Unit, name: usize) {
        let builds = self.builds();
        let package = &builds.packages[unit.package];
        let bit = self.build.side(unit.host, builds.names) + package.first_name + name;
        if self.build.opened.put(bit) {
            return;
        }
        let waiting = self.deferred.remove(&(unit, name)).unwrap_or_default();
        for index in self.named(unit, name) {
            self.follow(unit, index);
            for feature in &waiting {
                self.turn_on_of(unit, index, feature);
            }
        }
    }

    /// The links under this name that count.
    fn named(&self, unit: Unit, name: usize) -> Vec<LinkIndex> {
        let builds = self.builds();
        let links = builds.packages[unit.package].links.clone();
        links
            .filter(|index| builds.links[*index].position == name && self.counts(&builds.links[*index]))
            .collect()
    }

    /// Turns on a feature of a dependency, named as that package knows it.
    fn turn_on_of(&mut self, unit: Unit, index: LinkIndex, feature: &str) {
        let builds = self.builds();
        let link = &builds.links[index];
        let to = self.destination(unit, link);
        if let Some(value) = super::load::value(&builds.packages[link.to], feature) {
            self.tasks.push(Task::Value(to, std::borrow::Cow::Owned(value)));
        }
    }

    fn of_dependency(&mut self, unit: Unit, name: usize, feature: &str, weak: bool) {
        let builds = self.builds();
        let package = &builds.packages[unit.package];
        let bit = self.build.side(unit.host, builds.names) + package.first_name + name;
        for index in self.named(unit, name) {
            if builds.links[index].optional {
                if weak && !self.build.opened.contains(bit) {
                    let waiting = self.deferred.entry((unit, name)).or_default();
                    waiting.push(feature.to_owned());
                    continue;
                }
                self.open(unit, name);
                // Before `dep:` a feature of the dependency's own name came with it.
                if !weak && let Some(own) = package.feature(&package.names[name]) {
                    self.turn_on(unit, own);
                }
            }
            self.turn_on_of(unit, index, feature);
        }
    }
}

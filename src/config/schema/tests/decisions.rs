//! What the reference says of cases that a reader would otherwise have to try out.

/// The section between the selectors and what is not supported yet.
pub const DECISIONS: &str = "
## Where a reader may wonder

**Who is where**

- Where several layers (or several contexts) claim one member, the strongest claim wins: its own in
  `[package.metadata.boundaries]` or its exact name, then a pattern, then `rest`. Two of the same strength are an error that shows
  both. A member that nothing claims is judged by no layer (context) rule; `unassigned` says what that is worth.
- `layer:NAME` may stand in a context's lists and `context:NAME` in a layer's: a context can be \"the layer, but for these\".
- A crate in two sets of an `[[independent]]` rule is an error: it would have to be kept from itself.
- `external:NAME@1` goes by the requirement that a declaration states, `external:NAME@1` onto a path in Cargo.lock by the locked
  version. A requirement that leaves the version open (`*`, `>=1`, none) is an error, never a guess; one that fits a single version
  (`>=1, <2`) is not. An exception for `external:NAME@1` excuses no edge that is declared for another version too.
- A crate's dependency on itself is never judged.

**Several stacks**

- Layers with the same `stack` are one stack, and those without the main one. Each is judged by itself: claims compete inside a stack,
  `rest` is the rest of a stack, and `beside` and `may-use` name layers of the same stack. Names of layers are unique over the file. A
  member may name a layer of each: `layer = [\"domain\", \"durable\"]` in `[package.metadata.boundaries]`.
- What several stacks object to in one edge is one finding under one code, which names them, and one exception excuses it.
- `unassigned-layer` is about members that are in no layer of any stack. A named stack of one layer, unless its crates are
  `independent`, is an error: it orders nothing.

**What a context may use**

- A face is a part of what is public: a crate in it that is public to no context is an error. `may-use = [\"billing:api\"]` permits
  the crates of that face; another crate of the context, public or not, is `context-undeclared`.
- What would have no effect is an error: a face beside its whole context, a face of a shared kernel (which every context may use
  unlisted), `public-to` where all of the context is public, and on a composition root `public`, `public-to`, `faces` and `may-use`.

**What contexts are to each other**

- `relations` is an expectation that `cargo boundaries signals` tests by history, and no rule: `check` judges what a context uses by
  `may-use` and the faces alone, also between contexts that declared `\"separate-ways\"`. Declare it beside `may-use`, not instead of it.
- `\"published-language\"`, `\"conformist\"` and `\"customer-supplier\"` stand in the context that uses the other (the downstream one), the
  other three in either. Both sides may declare a relation where they say the same; two words for one pair, and each being the other's
  conformist or customer, are errors. So is a permission (`may-use`, `public-to`) between contexts that go separate ways.
- `[signals]` and `relations` are nothing to check: a file with no layer, context or rule stays an error.

**What is reported**

- One edge gives at most one finding of the layer codes and one of the context codes: the first, in the order of
  [the rules](rules.md), whose level is not `allow`. Its message names the others that apply.
- A transitive finding is one pair of crates with a shortest path. Its `kind` is that of the first hop, and where it is an
  exception's or the baseline's turn, that kind is the one to name: an exception of one kind hides no path that starts with another.
  A crate that reaches `to` only by way of crates with a finding of their own is listed under theirs.
- A cycle is one finding for all units that reach each other, with a shortest cycle. Every edge between two contexts counts, allowed or
  not, but not one that is excused under `context-undeclared` or `context-private`: what is known to go is not reported twice.
- An `[[acyclic]]` rule over contexts replaces the built-in check; composition roots are left aside in both.

**What is excused**

- An exception excuses an edge under the code or rule that the edge is reported under. One that names a later code of the same edge
  excuses nothing: an edge that goes up a layer is excused as `layer`, not as `layer-skip`.
- An edge excused under one code is not reported under a later one either.
- The rule of an exception may be a code, which stands for all rules that report it, or one rule's name.
- Where two exceptions name one edge, both count as used, and so does a line of the baseline.
- An exception whose crate is gone is an error, as any unknown name; one whose external is gone is stale: externals come and go
  with the manifests.
- A rule at level `allow` does not make its exceptions stale.
- An exception gives one finding at most: expired, else stale, else another count than `expect`, else expiring (within 14 days). It
  excuses on its last day, and goes on excusing when it has expired: the expiry is then what fails the run.
- An exception to a cycle names one edge between two units, which is left out before cycles are looked for.
- `boundaries-baseline.toml`, beside boundaries.toml, is read where it stands: edges by rule, from, to and kind, in any order.
  `BOUNDARIES_TODAY=YYYY-MM-DD` fixes the day on which exceptions are judged.
";

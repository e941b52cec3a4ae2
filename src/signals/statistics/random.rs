//! Random numbers that are the same everywhere: xoshiro256++ with its state filled by `SplitMix64`, as D. Blackman and
//! S. Vigna publish both (Scrambled Linear Pseudorandom Number Generators, ACM Transactions on Mathematical Software 47,
//! 2021; <https://prng.di.unimi.it>). A crate of random numbers may change its stream with a release, and then the same
//! history would give another answer.

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub struct Random {
    state: [u64; 4],
}

/// One step of `SplitMix64`.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Random {
    /// The stream of this number among those of a seed: so every shuffle has its own, whatever the order in which threads
    /// come to them.
    #[must_use]
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut start = seed;
        let mut start = split_mix(&mut start) ^ stream.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self {
            state: std::array::from_fn(|_| split_mix(&mut start)),
        }
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let result = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        result
    }

    /// A number below a bound, which is not 0; each with the same chance, up to one part in 2³² (D. Lemire, Fast Random
    /// Integer Generation in an Interval, 2019, without its last correction).
    pub fn below(&mut self, bound: u32) -> u32 {
        let high = u128::from(self.bits()) * u128::from(bound);
        u32::try_from(high >> 64).unwrap_or(0)
    }

    /// Puts things into a random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            let bound = u32::try_from(last + 1).unwrap_or(u32::MAX);
            things.swap(last, self.below(bound) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_that_its_authors_publish() {
        // The first numbers of splitmix64.c for the seed 1234567, and of xoshiro256plusplus.c for the state 1, 2, 3, 4.
        let mut seed = 1_234_567;
        assert_eq!(
            [split_mix(&mut seed), split_mix(&mut seed)],
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]
        );
        let mut random = Random { state: [1, 2, 3, 4] };
        assert_eq!(
            [random.bits(), random.bits(), random.bits()],
            [41_943_041, 58_720_359, 3_588_806_011_781_223]
        );
    }

    #[test]
    fn every_number_below_a_bound_comes_as_often() {
        let mut random = Random::new(1, 0);
        let mut counts = [0; 6];
        for _ in 0..60_000 {
            counts[random.below(6) as usize] += 1;
        }
        assert!(counts.iter().all(|count| (9_500..10_500).contains(count)), "{counts:?}");
    }

    #[test]
    fn streams_differ_and_a_seed_gives_the_same_ones_again() {
        let first = |seed, stream| Random::new(seed, stream).bits();
        assert_eq!(first(1, 2), first(1, 2));
        assert!(first(1, 2) != first(1, 3) && first(1, 2) != first(2, 2));
        let mut order: Vec<u32> = (0..100).collect();
        Random::new(1, 1).shuffle(&mut order);
        assert_ne!(order, (0..100).collect::<Vec<u32>>());
        order.sort_unstable();
        assert_eq!(order, (0..100).collect::<Vec<u32>>());
    }
}

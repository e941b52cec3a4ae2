//! The statistics of signals: what chance would give, and how sure a number is.

mod gamma;
mod random;

pub use gamma::quantile as gamma_quantile;
pub use random::Random;

/// The 97.5 % quantile of the normal distribution: both tails together hold 5 %.
const Z: f64 = 1.959_963_984_540_054;

/// The shape and the rate of the prior of a ratio of counts, Gamma(2, 2): its mean is 1, so that few observations say little.
const PRIOR: f64 = 2.0;

/// How many times more often than chance two things coincide: the mean of the posterior that [`at_least`] bounds.
#[must_use]
pub fn estimate(observed: u32, expected: f64) -> f64 {
    (f64::from(observed) + PRIOR) / (expected + PRIOR)
}

/// How many times more often than chance two things coincide, at least: the 5 % quantile of the posterior of the ratio of
/// `observed` to `expected`, which is Gamma with shape `observed + 2` and rate `expected + 2`.
///
/// This is `DuMouchel`'s "EB05" with a fixed
/// prior (W. `DuMouchel`, Bayesian Data Mining in Large Frequency Tables, The American Statistician 53, 1999).
#[must_use]
pub fn at_least(observed: u32, expected: f64) -> f64 {
    gamma_quantile(f64::from(observed) + PRIOR, 0.05) / (expected + PRIOR)
}

/// The lower end of Wilson's interval for a share of `some` in `all`, at 95 %; 0 of nothing (E. B. Wilson, Probable
/// Inference, the Law of Succession, and Statistical Inference, Journal of the American Statistical Association 22, 1927).
#[must_use]
pub fn wilson(some: u32, all: u32) -> f64 {
    if all == 0 {
        return 0.0;
    }
    let (n, p) = (f64::from(all), f64::from(some) / f64::from(all));
    let centre = p + Z * Z / (2.0 * n);
    let margin = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    ((centre - margin) / (1.0 + Z * Z / n)).max(0.0)
}

/// A count as a number to reckon with; no history has more commits than 32 bits hold.
#[must_use]
pub fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// A share; 0 of nothing.
#[must_use]
pub fn share(some: u32, all: u32) -> f64 {
    if all == 0 {
        0.0
    } else {
        f64::from(some) / f64::from(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, wanted: f64, digits: i32) {
        assert!((found - wanted).abs() < 10f64.powi(-digits), "{found} and not {wanted}");
    }

    #[test]
    fn the_bound_is_the_quantile_that_others_tabulate() {
        // scipy.stats.gamma.ppf(0.05, k + 2) / (e + 2), SciPy 1.17.1.
        near(at_least(24, 2.1), 4.443_547_955_633_127, 9);
        near(at_least(5, 0.5), 1.314_126_276_757_868, 9);
        near(at_least(0, 0.0), 0.177_680_755_349_330_98, 9);
        near(at_least(300, 120.5), 2.236_695_448_232_541_4, 9);
    }

    #[test]
    fn what_is_estimated_is_the_mean_of_what_is_bounded() {
        // The mean of Gamma(26, 4.1).
        near(estimate(24, 2.1), 26.0 / 4.1, 12);
        near(estimate(0, 0.0), 1.0, 12);
    }

    #[test]
    fn few_observations_say_little() {
        assert!(at_least(1, 0.01) < 1.5);
        assert!(at_least(5, 0.1) > 1.5);
        assert!(at_least(500, 500.0) < 1.0);
    }

    #[test]
    fn the_lower_end_of_wilsons_interval_is_what_others_tabulate() {
        // scipy.stats.binomtest(k, n).proportion_ci(method="wilson").low, SciPy 1.17.1.
        near(wilson(24, 74), 0.228_640_749_077_643_37, 9);
        near(wilson(5, 5), 0.565_517_535_216_825_1, 9);
        near(wilson(0, 10), 0.0, 9);
        near(wilson(900, 1000), 0.879_848_036_804_651_5, 9);
        near(wilson(0, 0), 0.0, 12);
    }
}

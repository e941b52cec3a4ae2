//! Quantiles of the Gamma distribution: Wilson and Hilferty's approximation, then Newton's method on the regularized
//! incomplete gamma function, kept between bounds that hold the root.
//!
//! The incomplete gamma function is the series of DLMF 8.11.4 below the mean and the continued fraction of DLMF 8.9.2 above
//! (<https://dlmf.nist.gov/8>), by Lentz's method; the logarithm of the gamma function is Lanczos's approximation with the
//! coefficients that P. Godfrey published for g = 7.

use std::f64::consts::PI;

/// The coefficients of Lanczos's approximation.
const LANCZOS: [f64; 8] = [
    676.520_368_121_885_1,
    -1_259.139_216_722_402_8,
    771.323_428_777_653_1,
    -176.615_029_162_140_6,
    12.507_343_278_686_905,
    -0.138_571_095_265_720_12,
    9.984_369_578_019_572e-6,
    1.505_632_735_149_311_6e-7,
];

/// Terms after which a sum or a fraction is given up; a shape of a million takes some thousands.
const TERMS: usize = 100_000;

/// The logarithm of the gamma function of a number of at least 1/2.
fn ln_gamma(x: f64) -> f64 {
    let x = x - 1.0;
    let mut divisor = x;
    let sum = LANCZOS.iter().fold(0.999_999_999_999_809_9, |sum, coefficient| {
        divisor += 1.0;
        sum + coefficient / divisor
    });
    let t = x + 7.5;
    0.5 * (2.0 * PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// The density of Gamma with this shape and rate 1.
fn density(shape: f64, x: f64) -> f64 {
    ((shape - 1.0) * x.ln() - x - ln_gamma(shape)).exp()
}

/// The probability that Gamma with this shape and rate 1 is at most `x`.
fn probability(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x < shape + 1.0 {
        let mut term = 1.0 / shape;
        let mut sum = term;
        let mut divisor = shape;
        for _ in 0..TERMS {
            divisor += 1.0;
            term *= x / divisor;
            sum += term;
            if term < sum * f64::EPSILON {
                break;
            }
        }
        return sum * x * density(shape, x);
    }
    let tiny = f64::MIN_POSITIVE / f64::EPSILON;
    let mut partial = x + 1.0 - shape;
    let mut above = 1.0 / tiny;
    let mut below = 1.0 / partial;
    let mut fraction = below;
    let mut step = 0.0;
    for _ in 0..TERMS {
        step += 1.0;
        let numerator = -step * (step - shape);
        partial += 2.0;
        below = 1.0 / keep(numerator * below + partial, tiny);
        above = keep(partial + numerator / above, tiny);
        fraction *= below * above;
        if (below * above - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    1.0 - fraction * x * density(shape, x)
}

/// A number that can be divided by.
fn keep(number: f64, tiny: f64) -> f64 {
    if number.abs() < tiny { tiny } else { number }
}

/// The number below which Gamma with this shape (at least 1) and rate 1 falls with this probability, which is between 0
/// and 1.
#[must_use]
pub fn quantile(shape: f64, wanted: f64) -> f64 {
    let (mut low, mut high) = (0.0, shape + 10.0 * shape.sqrt() + 50.0);
    let ninth = 1.0 / (9.0 * shape);
    let cube = 1.0 - ninth + normal_quantile(wanted) * ninth.sqrt();
    let mut x = (shape * cube.powi(3)).clamp(shape * 1e-3, high);
    for _ in 0..200 {
        let off = probability(shape, x) - wanted;
        if off < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let newton = x - off / density(shape, x);
        let next = if newton > low && newton < high {
            newton
        } else {
            f64::midpoint(low, high)
        };
        if (next - x).abs() <= 1e-13 * x {
            return next;
        }
        x = next;
    }
    x
}

/// A quantile of the normal distribution, to three digits: only where Newton's method starts (formula 26.2.22 of
/// Abramowitz and Stegun, Handbook of Mathematical Functions, 1964).
fn normal_quantile(wanted: f64) -> f64 {
    let tail = wanted.min(1.0 - wanted).max(f64::MIN_POSITIVE);
    let t = (-2.0 * tail.ln()).sqrt();
    let z = t - (2.307_53 + 0.270_61 * t) / (1.0 + 0.992_29 * t + 0.044_81 * t * t);
    if wanted < 0.5 { -z } else { z }
}

#[cfg(test)]
mod tests {
    use super::{probability, quantile};

    /// `scipy.stats.gamma.ppf(p, shape)`, `SciPy` 1.17.1.
    const TABULATED: [(f64, f64, f64); 19] = [
        (1.0, 0.05, 0.051_293_294_387_550_53),
        (1.0, 0.5, 0.693_147_180_559_945_5),
        (1.0, 0.95, 2.995_732_273_553_989_5),
        (2.0, 0.05, 0.355_361_510_698_661_95),
        (3.0, 0.05, 0.817_691_447_163_953_4),
        (7.0, 0.05, 3.285_315_691_894_67),
        (7.0, 0.5, 6.669_637_074_549_77),
        (7.0, 0.95, 11.842_395_652_420_288),
        (12.0, 0.05, 6.924_212_513_585_112),
        (26.0, 0.05, 18.218_546_618_095_818),
        (52.0, 0.05, 40.733_883_377_506_89),
        (102.0, 0.05, 85.975_419_323_811_07),
        (102.0, 0.5, 101.666_861_018_121_68),
        (102.0, 0.95, 119.161_004_493_313_36),
        (502.0, 0.05, 465.723_677_588_515_9),
        (2_002.0, 0.05, 1_928.976_022_977_124),
        (20_002.0, 0.05, 19_769.940_839_009_527),
        (20_002.0, 0.5, 20_001.666_667_654_24),
        (20_002.0, 0.95, 20_235.196_186_886_2),
    ];

    #[test]
    fn quantiles_are_those_that_others_tabulate() {
        for (shape, p, wanted) in TABULATED {
            let found = quantile(shape, p);
            assert!(
                (found / wanted - 1.0).abs() < 1e-9,
                "{shape} {p}: {found} and not {wanted}"
            );
            assert!((probability(shape, found) - p).abs() < 1e-9, "{shape} {p}");
        }
    }

    #[test]
    fn quantiles_rise_with_the_shape_and_the_probability() {
        let shapes = (2..3_000).map(|shape| quantile(f64::from(shape), 0.05));
        assert!(shapes.collect::<Vec<f64>>().is_sorted());
        let chances = (1..100).map(|percent| quantile(7.0, f64::from(percent) / 100.0));
        assert!(chances.collect::<Vec<f64>>().is_sorted());
    }
}

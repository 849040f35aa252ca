//! How long to wait before trying again: full jitter, so that clients do not march in step.

use watches_core::time::Span;

/// The first pause is at most this.
const BASE: Span = Span::seconds(1);

/// No pause is longer than this.
const CAP: Span = Span::seconds(8);

/// A random span from zero to `min(cap, base * 2^attempt)`; `chance` is any random number.
pub fn full_jitter(attempt: u32, chance: u64) -> Span {
    let ceiling = BASE.0.saturating_mul(1 << attempt.min(16)).min(CAP.0);
    // The ceiling is positive and below 2^63, so the remainder fits.
    Span((chance % (ceiling as u64 + 1)) as i64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_pause_never_exceeds_its_ceiling(attempt in 0_u32..100, chance in any::<u64>()) {
            let pause = full_jitter(attempt, chance);
            prop_assert!(pause >= Span(0) && pause <= CAP);
            prop_assert!(attempt > 0 || pause <= BASE);
        }
    }
}

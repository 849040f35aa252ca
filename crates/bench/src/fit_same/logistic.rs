//! Logistic regression with an L2 penalty: rows of (feature, value) and labels in, weights out.
//!
//! Cyclic coordinate descent with one Newton step a feature (as in LIBLINEAR's primal solver, step
//! halved until the loss falls): deterministic, so the same pairs always give the same weights.

/// The examples, by row and by feature.
#[derive(Debug, Default)]
pub struct Examples {
    /// For each feature, the rows that have it and how far.
    columns: Vec<Vec<(u32, f64)>>,
    labels: Vec<bool>,
}

impl Examples {
    pub fn new(features: usize) -> Examples {
        Examples { columns: vec![Vec::new(); features], labels: Vec::new() }
    }

    pub fn add(&mut self, row: &[(usize, f64)], label: bool) {
        let at = u32::try_from(self.labels.len()).unwrap_or(u32::MAX);
        for (feature, value) in row {
            self.columns[*feature].push((at, *value));
        }
        self.labels.push(label);
    }

    /// Weights that make the labels likely; `penalty` pulls each towards nothing.
    pub fn fit(&self, penalty: f64, rounds: usize) -> Vec<f64> {
        let mut weights = vec![0.0; self.columns.len()];
        let mut sums = vec![0.0_f64; self.labels.len()];
        for _ in 0..rounds {
            let mut moved = 0.0_f64;
            for (weight, column) in weights.iter_mut().zip(&self.columns) {
                let step = self.step(column, &sums, *weight, penalty);
                *weight += step;
                for (row, value) in column {
                    sums[*row as usize] += step * value;
                }
                moved = moved.max(step.abs());
            }
            if moved < 1e-4 {
                break;
            }
        }
        weights
    }

    /// One Newton step, halved until it does not make the loss worse.
    fn step(&self, column: &[(u32, f64)], sums: &[f64], weight: f64, penalty: f64) -> f64 {
        let (mut gradient, mut curvature) = (penalty * weight, penalty);
        for (row, value) in column {
            let likely = sigmoid(sums[*row as usize]);
            gradient += (likely - f64::from(u8::from(self.labels[*row as usize]))) * value;
            curvature += likely * (1.0 - likely) * value * value;
        }
        let before = self.loss(column, sums, weight, 0.0, penalty);
        let mut step = -gradient / curvature;
        for _ in 0..8 {
            if self.loss(column, sums, weight, step, penalty) <= before {
                return step;
            }
            step /= 2.0;
        }
        0.0
    }

    /// The loss of the rows that a feature touches, once its weight has moved.
    fn loss(
        &self,
        column: &[(u32, f64)],
        sums: &[f64],
        weight: f64,
        step: f64,
        penalty: f64,
    ) -> f64 {
        let moved = weight + step;
        let rows = column.iter().map(|(row, value)| {
            let sum = sums[*row as usize] + step * value;
            let margin = if self.labels[*row as usize] { sum } else { -sum };
            // ln(1 + e^-m), without overflow.
            (-margin).max(0.0) + (-margin.abs()).exp().ln_1p()
        });
        rows.sum::<f64>() + penalty / 2.0 * moved * moved
    }
}

fn sigmoid(sum: f64) -> f64 {
    1.0 / (1.0 + (-sum).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telling_feature_gets_its_weight() {
        let mut examples = Examples::new(3);
        for at in 0..40 {
            let label = at % 2 == 0;
            let mut row = vec![(0, 1.0)];
            if label {
                row.push((1, 1.0));
            }
            if at % 3 == 0 {
                row.push((2, 1.0));
            }
            examples.add(&row, label);
        }
        let weights = examples.fit(0.5, 200);
        assert!(weights[1] > 2.0, "{weights:?}");
        assert!(weights[0] < -1.0, "{weights:?}");
        assert!(weights[2].abs() < 0.3, "{weights:?}");
        assert_eq!(weights, examples.fit(0.5, 200));
    }
}

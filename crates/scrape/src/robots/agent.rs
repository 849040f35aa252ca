//! Does a group's name speak of this agent?

/// The one who asks: a product token, or a whole User-Agent header.
#[derive(Debug)]
pub struct Agent {
    lower: String,
    /// Two words without a version are no product token, so only a name written the same fits.
    whole_only: bool,
}

impl Agent {
    pub fn new(agent: &str) -> Agent {
        let lower = agent.trim().to_lowercase();
        let whole_only = lower.contains(' ') && !lower.contains('/');
        Agent { lower, whole_only }
    }

    /// How specifically `name` (lower case) fits: its length, 0 for `*`, `None` if not at all.
    ///
    /// A name fits where it begins a word: `hedwig` fits `hedwig-images` but not `myhedwig`.
    pub fn fit(&self, name: &str) -> Option<usize> {
        if name == "*" {
            return Some(0);
        }
        let fits = match self.whole_only {
            true => self.lower == name,
            false => self.lower.match_indices(name).any(|(at, _)| self.begins_word(at)),
        };
        fits.then_some(name.len())
    }

    fn begins_word(&self, at: usize) -> bool {
        let before = self.lower.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|before| before.is_alphanumeric() || "-_".contains(before))
    }
}

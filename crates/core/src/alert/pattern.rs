//! A person's regular expression, bounded: it can neither hang the app nor eat its memory.
//!
//! The `regex` crate matches in time linear in the text; the limits here bound what a pattern may cost to
//! build and to hold. Made by `alert::parser` only.

use regex::{Regex, RegexBuilder};

use crate::alert::mistake::{Mistake, short};

/// Product rule 5.3.
pub const MOST_CHARACTERS: usize = 200;
const COMPILED_BYTES: usize = 512 << 10;
const CACHE_BYTES: usize = 256 << 10;
const NESTING: u32 = 32;

/// A compiled pattern; equal if its text is.
#[derive(Debug, Clone)]
pub struct Pattern {
    regex: Regex,
}

impl Pattern {
    pub fn new(text: &str) -> Result<Pattern, Mistake> {
        let has = text.chars().count();
        if has > MOST_CHARACTERS {
            return Err(Mistake::PatternTooLong { most: MOST_CHARACTERS, has });
        }
        if text.is_empty() {
            return Err(Mistake::EmptyText);
        }
        let mut builder = RegexBuilder::new(text);
        builder.size_limit(COMPILED_BYTES).dfa_size_limit(CACHE_BYTES).nest_limit(NESTING);
        builder.build().map(|regex| Pattern { regex }).map_err(|error| refusal(&error))
    }

    pub fn text(&self) -> &str {
        self.regex.as_str()
    }

    /// The byte range of the first hit.
    pub fn find(&self, text: &str) -> Option<(usize, usize)> {
        self.regex.find(text).map(|hit| (hit.start(), hit.end()))
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.text() == other.text()
    }
}

fn refusal(error: &regex::Error) -> Mistake {
    let text = error.to_string();
    match error {
        regex::Error::CompiledTooBig(_) => Mistake::PatternTooBig,
        _ if text.contains("look-around") || text.contains("backreference") => {
            Mistake::PatternNotLinear
        }
        _ => {
            let last = text.lines().last().unwrap_or_default();
            Mistake::BadPattern(short(last.trim_start_matches("error: ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Mistake>) {
        assert_eq!(Pattern::new(text).err(), expected, "{text}");
    }

    #[test]
    fn only_bounded_patterns_are_taken() {
        check("(?i)homage|mod", None);
        check(&"a".repeat(200), None);
        check(&"é".repeat(200), None);
        check(&"a".repeat(201), Some(Mistake::PatternTooLong { most: 200, has: 201 }));
        check("(?=x)", Some(Mistake::PatternNotLinear));
        check("(?<!x)y", Some(Mistake::PatternNotLinear));
        check(r"(a)\1", Some(Mistake::PatternNotLinear));
        check(r"(\pL{1000}){1000}", Some(Mistake::PatternTooBig));
        check("(unclosed", Some(Mistake::BadPattern("unclosed group".to_owned())));
        check("", Some(Mistake::EmptyText));
        let deep = format!("{}x{}", "(".repeat(90), ")".repeat(90));
        assert!(matches!(Pattern::new(&deep), Err(Mistake::BadPattern(_))));
    }

    #[test]
    fn a_pattern_that_hangs_other_engines_is_quick() {
        let pattern = Pattern::new("(a+)+$").expect("linear here");
        let text = format!("{}b", "a".repeat(100_000));
        assert_eq!(pattern.find(&text), None);
    }
}

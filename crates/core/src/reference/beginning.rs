//! Names of the catalogue that begin with what was typed: the rule editor and the first page offer them.

use super::Catalogue;

/// A listed reference with all that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<'a> {
    pub brand: &'a str,
    pub family: &'a str,
    pub reference: &'a str,
}

impl Catalogue {
    /// At most `most` listed references that begin so, in the catalogue's order.
    pub fn references_beginning(&self, typed: &str, most: usize) -> Vec<Named<'_>> {
        let typed = folded(typed);
        let fitting =
            self.known.iter().filter(|known| folded(&known.reference).starts_with(&typed));
        fitting
            .filter_map(|known| {
                let family = self.families.get(usize::from(known.family));
                Some(Named {
                    brand: self.brand(known.brand)?.name.as_str(),
                    family: family.map_or("", |family| family.name.as_str()),
                    reference: known.reference.as_str(),
                })
            })
            .take(most)
            .collect()
    }

    /// At most `most` names of families that begin so, each once.
    pub fn families_beginning(&self, typed: &str, most: usize) -> Vec<String> {
        let typed = folded(typed);
        let mut names: Vec<String> = Vec::new();
        for family in &self.families {
            if folded(&family.name).starts_with(&typed) && !names.contains(&family.name) {
                names.push(family.name.clone());
            }
            if names.len() == most {
                break;
            }
        }
        names
    }
}

/// Letters and digits in lower case: `5711/1A` begins as `57111a` does.
fn folded(text: &str) -> String {
    text.chars().filter(|mark| mark.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

//! A Lucide icon from the sprite in the page; decoration only, never the one name of a control.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// A name of `ui/icons.txt`.
    pub name: AttrValue,
    #[prop_or_default]
    pub class: Classes,
}

#[component]
pub fn Icon(props: &Props) -> Html {
    html! {
        <svg class={classes!("icon", props.class.clone())} aria-hidden="true">
            <use href={format!("#i-{}", props.name)} />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    fn read(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).expect("the sources lie beside the manifest") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                read(&path, all)
            } else {
                all.push_str(&fs::read_to_string(&path).expect("text"))
            }
        }
    }

    #[test]
    fn the_sprite_holds_each_icon_that_is_drawn_and_no_other() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let listed = fs::read_to_string(folder.join("icons.txt")).expect("icons.txt");
        let listed: BTreeSet<&str> = listed.split_whitespace().collect();
        let mut sources = String::new();
        read(&folder.join("src"), &mut sources);
        let quoted: BTreeSet<&str> = sources.split('"').collect();
        let unused: Vec<_> = listed.iter().filter(|name| !quoted.contains(*name)).collect();
        assert!(unused.is_empty(), "never drawn: {unused:?}");
        for part in sources.split("<Icon name=\"").skip(1) {
            let name = part.split('"').next().unwrap_or_default();
            assert!(listed.contains(name), "{name} is missing in icons.txt");
        }
    }
}

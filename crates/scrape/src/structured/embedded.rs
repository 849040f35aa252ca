//! State that a page's own scripts carry: the JSON objects that hold a telling member, wherever they lie.
//!
//! Layouts rotate, the state's member names stay; so an object is found by a member's name, backwards to
//! its bracket and forwards to its end. Each byte is looked at a bounded number of times.

use memchr::{memmem, memrchr3};

use super::json::{Json, parse_first};

/// How far before its member an object may begin.
const LONGEST_BEFORE: usize = 128 * 1024;

/// How long an object may be; a listing with its photos has some tens of kilobytes.
const LONGEST_OBJECT: usize = 512 * 1024;

/// Objects of one page.
const MOST_OBJECTS: usize = 2_000;

/// The objects with a member of this name, in the order of the page; one inside another is left out.
pub fn objects_with<'a>(text: &'a str, member: &str) -> Vec<Json<'a>> {
    let name = format!("\"{member}\":");
    let mut objects = Vec::new();
    let mut floor = 0;
    for at in memmem::find_iter(text.as_bytes(), name.as_bytes()) {
        if at < floor || objects.len() >= MOST_OBJECTS {
            continue;
        }
        let start = object_around(text, at, floor);
        floor = at + name.len();
        let Some(start) = start else { continue };
        let end = text.floor_char_boundary(start + LONGEST_OBJECT);
        let Some((object, length)) = text.get(start..end).and_then(parse_first) else { continue };
        floor = floor.max(start + length);
        objects.push(object);
    }
    objects
}

/// The value of the first member of this name, wherever it stands.
pub fn first_value<'a>(text: &'a str, member: &str) -> Option<Json<'a>> {
    let name = format!("\"{member}\":");
    let start = memmem::find(text.as_bytes(), name.as_bytes())? + name.len();
    let end = text.floor_char_boundary(start + LONGEST_OBJECT);
    let value = text.get(start..end)?;
    value.starts_with(['{', '[']).then(|| parse_first(value))?.map(|(value, _)| value)
}

/// Where the object begins whose member's name stands at `at`; not before `floor`.
fn object_around(text: &str, at: usize, floor: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let floor = floor.max(at.saturating_sub(LONGEST_BEFORE));
    let (mut end, mut depth, mut in_string) = (at, 0_usize, false);
    while let Some(found) = bytes.get(floor..end).and_then(|part| memrchr3(b'"', b'{', b'}', part))
    {
        let found = floor + found;
        end = found;
        match bytes[found] {
            b'"' => in_string ^= !is_escaped(bytes, found),
            b'}' if !in_string => depth += 1,
            b'{' if !in_string && depth == 0 => return Some(found),
            b'{' if !in_string => depth -= 1,
            _ => {}
        }
    }
    None
}

/// An odd number of backslashes stands before this byte.
fn is_escaped(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(at.saturating_sub(64)..at).unwrap_or_default();
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let objects = objects_with(text, "title");
        let ids: Vec<&str> =
            objects.iter().filter_map(|object| object.get("id")?.as_text()).collect();
        assert_eq!(ids, expected, "{text}");
    }

    #[test]
    fn objects_are_found_by_a_member() {
        check(
            r#"x={"list":[{"id":"1","a":{"b":"}"},"title":"T"},{"title":"U","id":"2"}]}"#,
            &["1", "2"],
        );
        check(r#"{"id":"1","note":"a \"title\": {","c":"\\","title":"T"}"#, &["1"]);
        check(r#"{"id":"1","title":"T","in":{"id":"2","title":"U"}}"#, &["1"]);
        check(r#""title":"T","id":"1"}"#, &[]);
        check(r#"{"id":"1","title":"T"#, &["1"]);
    }

    #[test]
    fn a_value_is_found_by_its_name() {
        let photos = first_value(r#"{"photos":[{"u":"a"}],"x":1}"#, "photos");
        assert_eq!(photos.map(|photos| photos.each().count()), Some(1));
        assert_eq!(first_value(r#"{"photos":null}"#, "photos"), None);
    }
}

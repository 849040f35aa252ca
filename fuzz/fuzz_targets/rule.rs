//! Fuzzes the text of an alert rule to a rule; what must hold is in `src/lib.rs`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| watches_fuzz::rule(data));

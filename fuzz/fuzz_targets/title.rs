//! Fuzzes a title to a watch; what must hold is in `src/lib.rs`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| watches_fuzz::title(data));

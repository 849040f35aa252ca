//! Fuzzes a body of any charset to text; what must hold is in `src/lib.rs`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| watches_fuzz::charset(data));

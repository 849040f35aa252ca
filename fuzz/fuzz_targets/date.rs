//! Fuzzes a date text to a point in time; what must hold is in `src/`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| watches_fuzz::date(data));

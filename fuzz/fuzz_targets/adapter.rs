//! Fuzzes an adapter's file and a page to listings; what must hold is in `src/`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| watches_fuzz::adapter(data));

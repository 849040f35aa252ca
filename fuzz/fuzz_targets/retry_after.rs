//! Fuzzes a Retry-After header to an instant; what must hold is in `src/lib.rs`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| watches_fuzz::retry_after(data));

//! Fuzzes eBay's API's JSON to listings; what must hold is in `src/`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| watches_fuzz::api(data));

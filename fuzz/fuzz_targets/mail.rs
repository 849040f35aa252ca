//! Fuzzes a message or a mailbox to listings; what must hold is in `src/`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| watches_fuzz::mail(data));

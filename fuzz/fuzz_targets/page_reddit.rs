//! Fuzzes Reddit's JSON or page to listings; what must hold is in `src/lib.rs`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use watches_scrape::sites::SiteKind;

fuzz_target!(|data: &[u8]| watches_fuzz::page(Some(SiteKind::Reddit), data));

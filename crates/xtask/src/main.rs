//! Entry point; filled in below.

fn main() {}

//! Redirects that never end, lead nowhere, or lead to where nobody may go.

use super::{Act, Behaviour, End::Refused, pieces::say};

fn to(target: &str) -> Act {
    say("302 Found", &format!("Location: {target}\r\n"), b"")
}

macro_rules! redirect {
    ($name:literal, $target:expr, $end:literal) => {
        Behaviour { name: $name, robots: None, page: $target, end: Refused($end) }
    };
}

pub const TABLE: &[Behaviour] = &[
    redirect!("to itself for ever", |_| to("again"), "too many redirects"),
    redirect!("to nowhere", |_| say("302 Found", "", b""), "bad redirect"),
    redirect!("to an address that is none", |_| to("http://"), "bad redirect"),
    redirect!("to a file", |_| to("file:///etc/passwd"), "forbidden"),
    redirect!("to data", |_| to("data:text/html,x"), "forbidden"),
    redirect!("to a script", |_| to("javascript:alert(1)"), "forbidden"),
    redirect!("to ftp", |_| to("ftp://example.com/x"), "forbidden"),
    redirect!("to a private network", |_| to("http://10.0.0.1/"), "forbidden"),
    redirect!("to a cloud's metadata", |_| to("http://169.254.169.254/latest/"), "forbidden"),
    redirect!("to another port here", |_| to("http://127.0.0.1:80/"), "forbidden"),
    redirect!("to here in decimal", |_| to("http://2130706433/"), "forbidden"),
    redirect!("to here in IPv6", |_| to("http://[::ffff:127.0.0.1]/"), "forbidden"),
    redirect!("to a name of here", |port| to(&format!("http://localhost:{port}/")), "forbidden"),
    redirect!("with a password", |port| to(&format!("http://a:b@127.0.0.1:{port}/")), "forbidden"),
    redirect!("to a mail port", |_| to("http://example.com:25/"), "forbidden"),
    redirect!(
        "to an address of a megabyte",
        |_| to(&format!("/{}", "a".repeat(1_000_000))),
        "connection"
    ),
];

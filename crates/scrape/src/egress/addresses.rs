//! Which IP addresses are out in the public internet. Decided by number, never by text.
//!
//! After IANA's special-purpose registries; an IPv6 address that carries an IPv4 one is judged by
//! the carried one, where it could be delivered to it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// False for loopback, private, link-local, shared (CGNAT), documentation, multicast, reserved.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

/// Networks of IPv4 that are not for us, as (first address, prefix length).
const CLOSED_V4: [([u8; 4], u32); 16] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 31, 196, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let number = u32::from(ip);
    !CLOSED_V4.iter().any(|(network, length)| {
        let mask = u32::MAX << (32 - length);
        number & mask == u32::from(Ipv4Addr::from(*network))
    })
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let low_v4 = Ipv4Addr::from((u32::from(g) << 16) | u32::from(h));
    match (a, b) {
        // NAT64's well-known prefix: as good as the address behind it.
        (0x64, 0xff9b) => [c, d, e, f] == [0; 4] && is_public_v4(low_v4),
        // 6to4 and Teredo tunnels end we know not where.
        (0x2002, _) | (0x2001, 0) => false,
        // The rest of 2001::/23 is for protocols, 2001:db8::/32 and 3fff::/20 for documents.
        (0x2001, b) if b < 0x200 || b == 0xdb8 => false,
        (0x3fff, b) if b < 0x1000 => false,
        // Only 2000::/3 is given out as global unicast; loopback, mapped IPv4, link-local, unique
        // local, site-local and multicast all lie outside it.
        _ => a & 0xe000 == 0x2000,
    }
}

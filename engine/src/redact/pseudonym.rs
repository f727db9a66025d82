//! Pseudonyms: numbered in the order in which values first occur; addresses from the ranges that are kept for examples.

use crate::report::Secret;
use rustc_hash::FxHashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Ranges of public addresses that nobody has, by their first three numbers.
const DOCUMENTATION: [[u8; 3]; 3] = [[192, 0, 2], [198, 51, 100], [203, 0, 113]];

/// Hosts of a range of 256.
const HOSTS: u32 = 254;

/// The next number of each kind, and of each kind of address.
#[derive(Default)]
pub(super) struct Numbers {
    next: FxHashMap<Group, u32>,
    /// The same address can be written in several ways.
    addresses: FxHashMap<IpAddr, String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Group {
    Name(Secret),
    /// A private range: its first two numbers.
    Private(u8, u8),
    Public,
    V6Private,
    V6,
}

impl Numbers {
    /// The pseudonym of the next value of a kind; none that is `taken`.
    pub(super) fn next(&mut self, kind: Secret, value: &str, taken: &dyn Fn(&str) -> bool) -> String {
        let address = value.parse::<IpAddr>().ok();
        if let Some(known) = address.and_then(|address| self.addresses.get(&address)) {
            return known.clone();
        }
        let group = address.map_or(Group::Name(kind), group);
        let number = self.next.entry(group).or_default();
        let pseudonym = loop {
            *number += 1;
            let pseudonym = write(group, *number);
            if !taken(&pseudonym) {
                break pseudonym;
            }
        };
        if let Some(address) = address {
            self.addresses.insert(address, pseudonym.clone());
        }
        pseudonym
    }
}

fn group(address: IpAddr) -> Group {
    match address {
        IpAddr::V4(address) => match address.octets() {
            [10, ..] => Group::Private(10, 0),
            [172, 16..=31, ..] => Group::Private(172, 16),
            [192, 168, ..] => Group::Private(192, 168),
            _ => Group::Public,
        },
        IpAddr::V6(address) if address.is_unique_local() || address.is_unicast_link_local() => {
            Group::V6Private
        }
        IpAddr::V6(_) => Group::V6,
    }
}

fn write(group: Group, number: u32) -> String {
    let (range, host) = ((number - 1) / HOSTS, ((number - 1) % HOSTS + 1) as u8);
    let low = range.to_be_bytes();
    match group {
        Group::Name(Secret::Domain) => format!("domain-{number}.example"),
        Group::Name(Secret::Email) => format!("mail-{number}@domain.example"),
        Group::Name(kind) => format!("{}-{number}", kind.word()),
        Group::Private(a, b) => Ipv4Addr::new(a, b.saturating_add(low[2] & 15), low[3], host).to_string(),
        Group::Public => match DOCUMENTATION.get(range as usize) {
            Some([a, b, c]) => Ipv4Addr::new(*a, *b, *c, host).to_string(),
            // Beyond those, the range for measurements.
            None => Ipv4Addr::new(198, 18 + (low[2] & 1), low[3], host).to_string(),
        },
        Group::V6Private => Ipv6Addr::from(0xfd00_u128 << 112 | u128::from(number)).to_string(),
        Group::V6 => Ipv6Addr::from(0x2001_0db8_u128 << 96 | u128::from(number)).to_string(),
    }
}

/// Whether a name looks like a pseudonym. It tells nothing then, and stays.
pub(super) fn is_one(value: &str) -> bool {
    let value =
        value.strip_suffix("@domain.example").or_else(|| value.strip_suffix(".example")).unwrap_or(value);
    let numbered = value.rsplit_once('-').filter(|(_, number)| {
        !number.is_empty() && !number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit())
    });
    numbered.is_some_and(|(word, _)| word == "mail" || Secret::ALL.iter().any(|kind| kind.word() == word))
}

/// Whether an address tells nothing: one of an example, of the machine itself, of everybody, of nobody.
pub(super) fn is_known(address: IpAddr) -> bool {
    let example = match address {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            DOCUMENTATION.contains(&[a, b, c]) || (a == 198 && (b == 18 || b == 19))
        }
        IpAddr::V6(address) => u128::from(address) >> 96 == 0x2001_0db8,
    };
    let metadata = address == IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254));
    let everybody = address == IpAddr::V4(Ipv4Addr::BROADCAST);
    example
        || metadata
        || everybody
        || address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stay_what_they_look_like() {
        let mut numbers = Numbers::default();
        let mut next = |value: &str| numbers.next(Secret::Address, value, &|text| text == "10.0.0.2");
        assert_eq!(next("10.9.8.7"), "10.0.0.1");
        assert_eq!(next("10.9.8.8"), "10.0.0.3");
        assert_eq!(next("172.31.0.9"), "172.16.0.1");
        assert_eq!(next("192.168.7.7"), "192.168.0.1");
        assert_eq!(next("8.8.8.8"), "192.0.2.1");
        assert_eq!(next("2606:4700::1111"), "2001:db8::1");
        assert_eq!(next("2606:4700:0:0::1111"), "2001:db8::1");
        assert_eq!(next("fe80::1"), "fd00::1");
        assert!(["user-1", "domain-7.example", "mail-12@domain.example"].iter().all(|name| is_one(name)));
        assert!(!["user-01", "user-", "web-1", "user-1a", "user"].iter().any(|name| is_one(name)));
        assert_eq!(write(Group::Public, 255), "198.51.100.1");
        assert_eq!(write(Group::Public, 763), "198.18.3.1");
    }
}

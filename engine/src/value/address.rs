//! Addresses and networks as Falco reads them.

use super::{Network, ValueProblem, number};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Reads an address: with a dot it must be IPv4, else IPv6.
///
/// # Errors
/// If it is none.
pub fn address(text: &str) -> Result<IpAddr, ValueProblem> {
    if text.contains('.') {
        match text.parse::<Ipv4Addr>() {
            Ok(address) => Ok(address.into()),
            Err(_) => Err(ValueProblem::NotIpv4(text.into())),
        }
    } else {
        match text.parse::<Ipv6Addr>() {
            Ok(address) => Ok(address.into()),
            Err(_) => Err(ValueProblem::NotIpv6(text.into())),
        }
    }
}

/// Reads a network: an address, a slash, the length of the prefix (IPv4: 0 to 32, IPv6: 1 to 128).
///
/// # Errors
/// If it is none.
pub fn network(text: &str) -> Result<Network, ValueProblem> {
    let Some((base, length)) = text.split_once('/') else {
        return Err(ValueProblem::NotANetwork(text.into()));
    };
    let address = address(base)?;
    let length = number::integer(length, 32, false)?;
    let range = match address {
        IpAddr::V4(_) => 0..=32,
        IpAddr::V6(_) => 1..=128,
    };
    match u8::try_from(length) {
        Ok(prefix) if range.contains(&prefix) => Ok(Network { address, prefix }),
        _ => Err(ValueProblem::BadPrefix { length, v6: address.is_ipv6() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert!(address("10.1.2.3").is_ok());
        assert!(address("2001:0DB8::77").is_ok());
        let falco = |text| address(text).unwrap_err().falco();
        assert_eq!(falco("1.2.3"), "unrecognized IPv4 address 1.2.3");
        assert_eq!(falco("192.000.002.077"), "unrecognized IPv4 address 192.000.002.077");
        assert_eq!(falco("::ffff:1.2.3.4"), "unrecognized IPv4 address ::ffff:1.2.3.4");
        assert_eq!(falco("localhost"), "unrecognized IPv6 address localhost");
        assert_eq!(falco(""), "unrecognized IPv6 address ");
    }

    #[test]
    fn networks() {
        let contains = |net: &str, ip: &str| network(net).unwrap().contains(ip.parse().unwrap());
        assert!(contains("10.0.0.9/8", "10.200.0.1"));
        assert!(!contains("10.0.0.0/8", "11.0.0.1"));
        assert!(contains("0.0.0.0/0", "8.8.8.8"));
        assert!(!contains("0.0.0.0/0", "::1"));
        assert!(contains("192.0.2.0/+24", "192.0.2.77"));
        assert!(contains("2001:db8::/32", "2001:db8:aa::1"));
        assert!(contains("::1/128", "::1"));
        let falco = |text| network(text).unwrap_err().falco();
        assert_eq!(falco("10.0.0.1"), "unrecognized IP network 10.0.0.1");
        assert_eq!(falco("10.0.0.0/33"), "invalid netmask 33");
        assert_eq!(falco("::/0"), "invalid v6 netmask 0");
        assert_eq!(falco("10.0.0.0/abc"), "abc is not a valid number");
        assert_eq!(falco("10.0.0.0/24/8"), "24/8 is not a valid number");
    }
}

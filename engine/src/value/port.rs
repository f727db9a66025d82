//! Ports and the services that stand for them.

use super::ValueProblem;

/// Reads a port: digits (cut to 16 bits, none is 0) or the name of a service.
///
/// # Errors
/// If it is neither.
pub fn port(text: &str) -> Result<u16, ValueProblem> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        let service = SERVICES.iter().find(|(name, _)| *name == text);
        return service.map(|(_, port)| *port).ok_or_else(|| ValueProblem::UnknownService(text.into()));
    }
    if text.is_empty() {
        return Ok(0);
    }
    // As Falco does: what fits 32 bits is cut to 16; more than that ends its load with an exception.
    match text.parse::<u32>() {
        Ok(number) if i32::try_from(number).is_ok() => Ok(number as u16),
        _ => Err(ValueProblem::HugePort(text.into())),
    }
}

/// Names of services, for did-you-mean.
pub fn services() -> impl Iterator<Item = &'static str> {
    SERVICES.iter().map(|(name, _)| *name)
}

/// Services that every machine's table knows, by their registered ports. Falco reads the table of its own machine.
static SERVICES: &[(&str, u16)] = &[
    ("tcpmux", 1),
    ("echo", 7),
    ("discard", 9),
    ("systat", 11),
    ("daytime", 13),
    ("netstat", 15),
    ("qotd", 17),
    ("chargen", 19),
    ("ftp-data", 20),
    ("ftp", 21),
    ("ssh", 22),
    ("telnet", 23),
    ("smtp", 25),
    ("time", 37),
    ("whois", 43),
    ("tacacs", 49),
    ("domain", 53),
    ("bootps", 67),
    ("bootpc", 68),
    ("tftp", 69),
    ("gopher", 70),
    ("finger", 79),
    ("http", 80),
    ("kerberos", 88),
    ("iso-tsap", 102),
    ("pop3", 110),
    ("sunrpc", 111),
    ("auth", 113),
    ("nntp", 119),
    ("ntp", 123),
    ("epmap", 135),
    ("netbios-ns", 137),
    ("netbios-dgm", 138),
    ("netbios-ssn", 139),
    ("imap2", 143),
    ("snmp", 161),
    ("snmp-trap", 162),
    ("xdmcp", 177),
    ("bgp", 179),
    ("irc", 194),
    ("ldap", 389),
    ("svrloc", 427),
    ("https", 443),
    ("microsoft-ds", 445),
    ("kpasswd", 464),
    ("submissions", 465),
    ("isakmp", 500),
    ("exec", 512),
    ("login", 513),
    ("shell", 514),
    ("syslog", 514),
    ("printer", 515),
    ("talk", 517),
    ("uucp", 540),
    ("dhcpv6-client", 546),
    ("dhcpv6-server", 547),
    ("rtsp", 554),
    ("nntps", 563),
    ("submission", 587),
    ("ipp", 631),
    ("ldaps", 636),
    ("domain-s", 853),
    ("rsync", 873),
    ("ftps-data", 989),
    ("ftps", 990),
    ("telnets", 992),
    ("imaps", 993),
    ("pop3s", 995),
    ("socks", 1080),
    ("openvpn", 1194),
    ("ms-sql-s", 1433),
    ("ms-sql-m", 1434),
    ("l2f", 1701),
    ("radius", 1812),
    ("radius-acct", 1813),
    ("nfs", 2049),
    ("iscsi-target", 3260),
    ("mysql", 3306),
    ("ms-wbt-server", 3389),
    ("svn", 3690),
    ("epmd", 4369),
    ("sip", 5060),
    ("sip-tls", 5061),
    ("xmpp-client", 5222),
    ("xmpp-server", 5269),
    ("mdns", 5353),
    ("postgresql", 5432),
    ("amqps", 5671),
    ("amqp", 5672),
    ("x11", 6000),
    ("redis", 6379),
    ("http-alt", 8080),
    ("puppet", 8140),
    ("git", 9418),
    ("zabbix-agent", 10050),
    ("zabbix-trapper", 10051),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports() {
        assert_eq!(port("443"), Ok(443));
        assert_eq!(port("00443"), Ok(443));
        assert_eq!(port("65979"), Ok(443));
        assert_eq!(port(""), Ok(0));
        assert_eq!(port("https"), Ok(443));
        for bad in ["HTTPS", "+443", " 443", "0x1bb", "-1", "4294967296", "no-such-service"] {
            assert!(port(bad).is_err(), "{bad}");
        }
    }
}

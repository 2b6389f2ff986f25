//! Whose address a request comes from: the peer's, unless that is a proxy we know.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

/// Address of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// The address behind `peer`: what proxies in `trusted` say in `forwarded` (the values of `X-Forwarded-For`, in order), and
    /// nothing that anybody else says.
    #[must_use]
    pub fn behind<'a>(peer: IpAddr, trusted: &[IpNet], forwarded: impl DoubleEndedIterator<Item = &'a str>) -> Self {
        let is_trusted = |address: IpAddr| trusted.iter().any(|net| net.contains(&address));
        let mut nearest = peer.to_canonical();
        for hop in forwarded.flat_map(|value| value.split(',')).rev() {
            if !is_trusted(nearest) {
                break;
            }
            let Ok(address) = hop.trim().parse::<IpAddr>() else { break };
            nearest = address.to_canonical();
        }
        Self(nearest)
    }

    /// Whose tries are counted together: an IPv4 address, or the /64 that one subscriber has of IPv6.
    #[must_use]
    pub fn subject(self) -> String {
        match self.0 {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let network = u128::from(address) & (u128::MAX << 64);
                Ipv6Addr::from(network).to_string()
            }
        }
    }
}

impl Default for ClientAddress {
    fn default() -> Self {
        Self(IpAddr::V4(Ipv4Addr::LOCALHOST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn behind(peer: &str, trusted: &[&str], forwarded: &[&str]) -> String {
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        ClientAddress::behind(peer.parse().unwrap(), &trusted, forwarded.iter().copied()).0.to_string()
    }

    #[test]
    fn only_a_known_proxy_is_believed_and_only_for_the_hop_before_it() {
        let proxy = ["10.0.0.0/8"];
        assert_eq!(behind("203.0.113.9", &proxy, &["1.2.3.4"]), "203.0.113.9");
        assert_eq!(behind("10.0.0.1", &proxy, &["1.2.3.4, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(behind("10.0.0.1", &proxy, &["1.2.3.4", "203.0.113.9, 10.0.0.2"]), "203.0.113.9");
        assert_eq!(behind("10.0.0.1", &proxy, &["nonsense"]), "10.0.0.1");
        assert_eq!(behind("::ffff:10.0.0.1", &proxy, &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(behind("10.0.0.1", &[], &["203.0.113.9"]), "10.0.0.1");
    }

    #[test]
    fn one_subscriber_of_ipv6_is_one_subject() {
        let of = |address: &str| ClientAddress(address.parse().unwrap()).subject();
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }
}

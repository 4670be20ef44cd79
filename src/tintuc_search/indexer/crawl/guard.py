"""Keeps a crawl out of private networks: no page may send the crawler to the machines behind it.

The check stands where names become addresses, and the connection is made to the very addresses that were checked:
a name that resolves otherwise a moment later changes nothing.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from twisted.internet.interfaces import IAddress, IHostResolution

MOST_URL = 2_000
"""Characters of an address that is fetched."""

# Of IPv6 only this is given to hosts of the internet (RFC 4291 2.4, IANA's registry); Python knows some of the rest.
_GLOBAL_V6 = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: leads to IPv4
_RELAYS = ipaddress.ip_network("192.88.99.0/24")  # RFC 7526: once led to the nearest of somebody's


@implementer(IHostnameResolver)
class GuardingResolver:
    """A name resolver that keeps silent about addresses of private networks.

    Args:
        resolver: the one that is asked.
        private_hosts: gives the names and addresses that may be private: the start points of sources that say so.
    """

    def __init__(self, resolver: Any, private_hosts: Callable[[], Collection[str]]) -> None:
        self._resolver = resolver
        self._private_hosts = private_hosts

    def resolveHostName(  # noqa: N802 - the interface's name
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        """Resolve a name; the receiver is told of public addresses only, where the host is not excepted."""
        receiver: Any = resolutionReceiver
        if hostName.lower() not in self._private_hosts():
            receiver = _PublicOnly(receiver)
        found: IHostResolution = self._resolver.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
        return found


@implementer(IResolutionReceiver)
class _PublicOnly:
    """Passes on what a resolver finds, private addresses left out."""

    def __init__(self, receiver: Any) -> None:
        self._receiver = receiver

    def resolutionBegan(self, resolutionInProgress: IHostResolution) -> None:  # noqa: N802, N803
        self._receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        if is_public(getattr(address, "host", "")):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet.

    >>> [is_public(each) for each in ("1.1.1.1", "10.0.0.1", "::ffff:127.0.0.1", "169.254.169.254", "0.0.0.0")]
    [True, False, False, False, False]
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        return found.is_global and found in _GLOBAL_V6
    return found.is_global and not found.is_multicast and found not in _RELAYS


def is_address(host: str) -> bool:
    """Whether a host is given by its IP address, not by a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def may_fetch(url: str) -> bool:
    """Whether an address is one that a crawler may ask for at all: HTTP, of some length, without a password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and parts.username is None
        and port != 0
        and len(url) <= MOST_URL
    )


def is_under(host: str, other: str) -> bool:
    """Whether a host is another one or a subdomain of it."""
    return host == other or host.endswith(f".{other}")


def host_of(url: str) -> str:
    """The host of an address in small letters, empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""

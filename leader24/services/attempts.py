"""How often somebody may try: in the memory of this process, for each account and each address."""

from ipaddress import IPv6Address, ip_address

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from leader24.services.refusals import Refused

# The library's moving window keeps every name for ever, and here everybody can make up names.
_attempts = SlidingWindowCounterRateLimiter(MemoryStorage())
_PER_ACCOUNT, _PER_ADDRESS = parse("5/15 minutes"), parse("20/15 minutes")


def count(address: str, account: str = "") -> None:
    """Another attempt. Raises Refused where there were too many, whether or not there is such an account."""
    # The address first: each account that is asked for is remembered, and there is no end to invented ones.
    if address and not _attempts.hit(_PER_ADDRESS, "address", _home(address)):
        raise Refused("too_many_attempts")
    if account and not _attempts.hit(_PER_ACCOUNT, "account", account):
        raise Refused("too_many_attempts")


def forgive(account: str) -> None:
    """It was him: he has all his attempts again."""
    _attempts.clear(_PER_ACCOUNT, "account", account)


def _home(address: str) -> str:
    """One household has 2⁶⁴ addresses of version 6, which count as one."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(IPv6Address(int(known) >> 64 << 64)) if isinstance(known, IPv6Address) else address

"""The address of a client behind proxies, which a client cannot forge."""

import pytest

from common.addresses import client_address, rate_key

PEER = "10.0.0.1"


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        # Without proxies of ours, a client may have written the header.
        (["203.0.113.7"], 0, PEER),
        ([], 1, PEER),
        ([""], 1, PEER),
        (["203.0.113.7"], 1, "203.0.113.7"),
        # A proxy appends; what stands before comes from the client.
        (["1.2.3.4, 203.0.113.7"], 1, "203.0.113.7"),
        (["1.2.3.4, 203.0.113.7, 10.0.0.2"], 2, "203.0.113.7"),
        # Fewer entries than we have proxies: some were bypassed.
        (["203.0.113.7"], 2, PEER),
        # A proxy may add a line of its own.
        (["1.2.3.4", "203.0.113.7"], 1, "203.0.113.7"),
        (["1.2.3.4, 5.6.7.8", "203.0.113.7", "10.0.0.2"], 2, "203.0.113.7"),
        (["203.0.113.7", ""], 1, "203.0.113.7"),
        (["203.0.113.7 , ,"], 1, "203.0.113.7"),
    ],
)
def test_the_outermost_proxy_of_ours_is_believed_and_nothing_before_it(
    forwarded: list[str], proxies: int, address: str
) -> None:
    assert client_address(PEER, forwarded, proxies) == address


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("203.0.113.7:51234", "203.0.113.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("2001:0DB8:0:0::7", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("[2001:db8::7]:51234", "2001:db8::7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("[::FFFF:203.0.113.7]:51234", "203.0.113.7"),
        ("fe80::7%eth0", "fe80::7"),
    ],
)
def test_addresses_are_read_as_proxies_write_them(written: str, address: str) -> None:
    assert client_address(PEER, [written], 1) == address
    assert client_address(written, [], 0) == address


@pytest.mark.parametrize(
    "garbage",
    [
        "unknown",
        "_hidden",
        "203.0.113",
        "203.0.113.07",
        "203.0.113.7:",
        "203.0.113.7:0",
        "203.0.113.7:65536",
        "203.0.113.7:0000080",
        "203.0.113.7:http",
        "203.0.113.7:\u0668\u0660",
        "\u0662\u0660\u0663.0.113.7",
        "[203.0.113.7]:80",
        "[2001:db8::7",
        "[2001:db8::7]80",
        "[2001:db8::7]:",
        "[]",
        "2001:db8::g",
        "3405803783",
        "' or 1=1 --",
        "%",
        "x" * 8000,
    ],
)
def test_what_is_no_address_is_not_believed(garbage: str) -> None:
    assert client_address(PEER, [garbage], 1) == PEER
    # Nor does it replace a trusted one.
    assert client_address(PEER, [f"{garbage}, 203.0.113.7"], 1) == "203.0.113.7"


def test_a_connection_without_an_ip_address_keeps_its_name() -> None:
    assert client_address("", [], 0) == "" and client_address("unix:", [], 1) == "unix:"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("203.0.113.7", "203.0.113.8", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("::ffff:203.0.113.7", "::ffff:203.0.113.8", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("", "", True),
        ("unix:", "203.0.113.7", False),
    ],
)
def test_who_has_a_network_is_counted_once(one: str, other: str, same: bool) -> None:
    assert (rate_key(one) == rate_key(other)) is same

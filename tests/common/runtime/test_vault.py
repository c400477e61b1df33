"""The vault seals for one place, opens with any key of the ring, and never tells."""

import pytest

from common.runtime.vault import KeyRingError, SealError, Vault

PLACE = {"table": "referral", "column": "body", "row": "7"}


def test_opens_what_it_sealed_and_seals_differently_each_time() -> None:
    vault = Vault.parse(Vault.new_key("k1"))
    one, two = (vault.seal("খুব একা লাগে".encode(), **PLACE) for _ in range(2))
    assert one != two
    assert vault.open(one, **PLACE).decode() == "খুব একা লাগে"
    assert "খুব".encode() not in one


@pytest.mark.parametrize("change", [{"table": "x"}, {"column": "x"}, {"row": "8"}])
def test_a_value_moved_elsewhere_does_not_open(change: dict[str, str]) -> None:
    vault = Vault.parse(Vault.new_key("k1"))
    sealed = vault.seal(b"private", **PLACE)
    with pytest.raises(SealError) as caught:
        vault.open(sealed, **{**PLACE, **change})
    assert "private" not in str(caught.value)


def test_places_are_not_confused_by_their_joints() -> None:
    vault = Vault.parse(Vault.new_key("k1"))
    sealed = vault.seal(b"x", table="ab", column="c", row="1")
    with pytest.raises(SealError):
        vault.open(sealed, table="a", column="bc", row="1")


def test_after_rotation_the_first_key_seals_and_all_open() -> None:
    old, new = Vault.new_key("k1"), Vault.new_key("k2")
    before = Vault.parse(old)
    sealed = before.seal(b"x", **PLACE)
    after = Vault.parse(f"{new}, {old}")
    assert after.open(sealed, **PLACE) == b"x"
    assert after.fingerprint("a", "b") == before.fingerprint("a", "b")
    with pytest.raises(SealError):
        before.open(after.seal(b"x", **PLACE), **PLACE)


def test_fingerprints_are_keyed_and_keep_their_parts_apart() -> None:
    vault, other = (Vault.parse(Vault.new_key("k1")) for _ in range(2))
    assert len(vault.fingerprint("a")) == 64
    assert vault.fingerprint("ab", "c") != vault.fingerprint("a", "bc")
    assert vault.fingerprint("a") != other.fingerprint("a")


@pytest.mark.parametrize("damaged", [b"", b"\x01", b"\x02\x02k1", b"\x01\x02k1", b"\x01\x09k1"])
def test_what_is_no_sealed_value_is_refused(damaged: bytes) -> None:
    with pytest.raises(SealError):
        Vault.parse(Vault.new_key("k1")).open(damaged, **PLACE)


def test_every_changed_byte_is_noticed() -> None:
    vault = Vault.parse(Vault.new_key("k1"))
    sealed = vault.seal(b"x", **PLACE)
    for at in range(len(sealed)):
        damaged = sealed[:at] + bytes((sealed[at] ^ 1,)) + sealed[at + 1 :]
        with pytest.raises(SealError):
            vault.open(damaged, **PLACE)


@pytest.mark.parametrize(
    "text",
    ["", "k1", "k1:", "k1:SECRETsecret", "k1:c2hvcnQ=", ":" + "A" * 44, "k-1:" + "A" * 44],
)
def test_a_bad_ring_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(KeyRingError) as caught:
        Vault.parse(text)
    assert "secret" not in str(caught.value).lower()


def test_two_keys_of_one_name_are_refused() -> None:
    with pytest.raises(KeyRingError):
        Vault.parse(f"{Vault.new_key('k1')},{Vault.new_key('k1')}")


def test_a_ring_is_neither_empty_nor_of_short_keys() -> None:
    with pytest.raises(KeyRingError):
        Vault({})
    with pytest.raises(KeyRingError):
        Vault({"k1": b"short"})

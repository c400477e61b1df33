"""How an app's secret is shown: as a drawing to scan, and as a key to type."""

import segno


def drawn(address: str) -> str:
    """The QR code of an address, as the source of an image."""
    return segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="#fff")


def spaced(secret: str) -> str:
    """A secret in groups of four, to be read and typed."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))

"""Which servers are believed when we call them."""

import ssl
from functools import cache

from httpx2 import create_ssl_context


@cache
def authorities(*, from_environment: bool) -> ssl.SSLContext:
    """The certificate authorities; read once, for every client would read them for itself.

    `from_environment`: those that `SSL_CERT_FILE` or `SSL_CERT_DIR` names, where one does.
    """
    return create_ssl_context(trust_env=from_environment)

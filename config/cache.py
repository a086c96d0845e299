"""How keys of the cache are made: nobody who reads the cache learns an e-mail or internet address from them."""

from django.utils.crypto import salted_hmac


def hidden_key(key: str, prefix: str, version: int) -> str:
    """Return a keyed hash of the key: django-allauth would write the address of the internet as it is."""
    return salted_hmac("config.cache", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()

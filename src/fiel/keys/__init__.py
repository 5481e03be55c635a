"""The vault: keys, keyed names, seals and signatures behind the ports of `fiel.ports.keys`. It knows no store."""

from fiel.keys.vault import Vault

__all__ = ["Vault"]

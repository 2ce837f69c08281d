"""What a phone on the same network needs to try the counter: an address, a certificate, a square to point at.

Browsers give no camera to a page without HTTPS, and no authority signs for `192.168.0.7`: the certificate is our own
and the phone asks its person once. For trying out only; a site has a name, and a certificate for it.
"""

import ipaddress
import os
import socket
from datetime import datetime, timedelta
from pathlib import Path
from typing import TextIO

import segno
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from signaling.settings import StartupError

VALID_FOR = timedelta(days=90)
_ELSEWHERE = ("192.0.2.1", 9)  # RFC 5737: an address that is nobody's


def lan_address() -> ipaddress.IPv4Address:
    """The IPv4 address by which this machine's neighbours know it. Nothing is sent.

    Raises:
        StartupError: it is on no network.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
        except OSError:
            raise StartupError("Este computador não está em nenhuma rede: inicie sem LAN=1.") from None
        return ipaddress.IPv4Address(probe.getsockname()[0])


def self_signed(folder: Path, address: ipaddress.IPv4Address, now: datetime) -> tuple[Path, Path]:
    """A certificate and its key for `address` and this machine itself, as PEM files in `folder`.

    The pair of the last start is used again while it fits, so that a phone asks its person only once.

    Raises:
        StartupError: the folder cannot be written.
    """
    certificate, key = folder / "lan.crt", folder / "lan.key"
    if not (certificate.exists() and key.exists() and _fits(certificate.read_bytes(), address, now)):
        private, signed = _sign(address, now)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(key, private)
            _write(certificate, signed)
        except OSError:
            raise StartupError(
                f"Não é possível escrever na pasta {folder}. Mude o dono dela ou escolha outra em BALCAO_DATA_DIR."
            ) from None
    return certificate, key


def draw_qr(address: str, out: TextIO) -> None:
    """Draw `address` as a QR code, two modules a character, for a terminal of either colour."""
    segno.make(address, error="m").terminal(out=out, compact=True)


def _fits(pem: bytes, address: ipaddress.IPv4Address, now: datetime) -> bool:
    certificate = x509.load_pem_x509_certificate(pem)
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    within = certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc - timedelta(days=1)
    return within and address in names.get_values_for_type(x509.IPAddress)


def _sign(address: ipaddress.IPv4Address, now: datetime) -> tuple[bytes, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Balcão (rede local)")])
    names = [
        x509.DNSName("localhost"),
        x509.IPAddress(ipaddress.IPv4Address("127.0.0.1")),
        x509.IPAddress(address),
    ]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))  # a phone's clock may be behind
        .not_valid_after(now + VALID_FOR)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private, certificate.public_bytes(serialization.Encoding.PEM)


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)

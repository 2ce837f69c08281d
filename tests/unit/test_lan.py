"""LAN=1: a phone on the same network can try the counter, over HTTPS."""

import io
import ipaddress
import socket
import ssl
import stat
import threading
from datetime import UTC, datetime

import pytest
from cryptography import x509

from signaling.lan import VALID_FOR, draw_qr, lan_address, self_signed
from signaling.settings import StartupError

ADDRESS = ipaddress.IPv4Address("192.168.0.7")
NOW = datetime.now(UTC)


def serial(certificate):
    return x509.load_pem_x509_certificate(certificate.read_bytes()).serial_number


def test_a_client_that_trusts_the_certificate_reaches_this_machine(tmp_path):
    certificate, key = self_signed(tmp_path, ADDRESS, NOW)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=str(certificate))
    ours, theirs = socket.socketpair()

    def serve() -> None:
        with serving.wrap_socket(ours, server_side=True) as connection:
            connection.sendall(b"balcao")

    thread = threading.Thread(target=serve)
    thread.start()
    with trusting.wrap_socket(theirs, server_hostname=str(ADDRESS)) as connection:
        assert connection.recv(6) == b"balcao"
    thread.join()


def test_the_key_is_readable_by_its_owner_only(tmp_path):
    _, key = self_signed(tmp_path, ADDRESS, NOW)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_the_next_start_uses_the_same_pair(tmp_path):
    first = serial(self_signed(tmp_path, ADDRESS, NOW)[0])
    assert serial(self_signed(tmp_path, ADDRESS, NOW)[0]) == first


def test_another_address_or_an_old_pair_gets_a_new_one(tmp_path):
    first = serial(self_signed(tmp_path, ADDRESS, NOW)[0])
    second = serial(self_signed(tmp_path, ipaddress.IPv4Address("10.0.0.9"), NOW)[0])
    third = serial(self_signed(tmp_path, ipaddress.IPv4Address("10.0.0.9"), NOW + VALID_FOR)[0])
    assert len({first, second, third}) == 3


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StartupError, match="Não é possível escrever na pasta"):
        self_signed(tmp_path / "file" / "tls", ADDRESS, NOW)


def test_without_a_network_the_sentence_says_how_to_start(monkeypatch):
    class Unplugged(socket.socket):
        def connect(self, _address):
            raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(socket, "socket", Unplugged)
    with pytest.raises(StartupError, match="sem LAN=1"):
        lan_address()


def test_the_square_is_drawn_for_a_terminal():
    drawn = io.StringIO()
    draw_qr("https://192.168.0.7:8080/", drawn)
    rows = drawn.getvalue().splitlines()
    assert len(rows) > 10
    assert "█" in drawn.getvalue()

"""Where the server listens: no two programs at one port, however closely they start."""

import socket
from contextlib import closing

import pytest

from formcheck.core.errors import FormcheckError
from formcheck.web.server import listening_socket


def test_two_that_start_at_once_have_a_port_each() -> None:
    with closing(listening_socket(None)) as one, closing(listening_socket(None)) as other:
        assert one.getsockname()[0] == other.getsockname()[0] == "127.0.0.1"
        assert one.getsockname()[1] != other.getsockname()[1]


def test_a_port_that_is_asked_for_is_had_once() -> None:
    with closing(listening_socket(0)) as one, pytest.raises(FormcheckError, match="cannot be had"):
        listening_socket(one.getsockname()[1])


def test_it_takes_connections_from_the_first_moment() -> None:
    with closing(listening_socket(0)) as listening, socket.create_connection(listening.getsockname(), timeout=1):
        pass

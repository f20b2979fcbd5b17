"""What all tests of the official clients share."""

import asyncio
import os

import pytest

from sandbox import Sandbox

KINDS = {"http": [], "tls": ["--tls"]}
running = {}


def pytest_sessionstart(session):
    """Starts a sandbox of each kind.

    `aiohttp` reads which authorities it trusts when it is loaded, so the environment is set before
    any client is. Settings of the machine's own Azure do not take part.
    """
    for name in [name for name in os.environ if name.startswith(("AZURE_", "IDENTITY_"))]:
        del os.environ[name]
    os.environ["NO_PROXY"] = "127.0.0.1"
    for kind, options in KINDS.items():
        running[kind] = Sandbox(*options)
        os.environ.update(running[kind].environment)


def pytest_sessionfinish(session):
    for sandbox in running.values():
        sandbox.stop()


@pytest.fixture(scope="session", params=KINDS)
def sandbox(request):
    """A sandbox for the whole suite, over plain HTTP; then another one over TLS."""
    return running[request.param]


@pytest.fixture(scope="session")
def tls():
    """The sandbox over TLS, for clients that refuse to speak anything else."""
    return running["tls"]


@pytest.fixture
def run():
    """Runs a coroutine to its end."""
    return asyncio.run

"""What all tests of the official clients share."""

import asyncio

import pytest

from sandbox import Sandbox


@pytest.fixture(scope="session")
def sandbox():
    """One sandbox for the whole suite."""
    sandbox = Sandbox()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def run():
    """Runs a coroutine to its end."""
    return asyncio.run

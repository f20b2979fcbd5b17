"""azure-communication-identity against the sandbox."""

from datetime import datetime, timedelta, timezone

import pytest
from azure.communication.identity import (
    CommunicationIdentityClient,
    CommunicationTokenScope,
    CommunicationUserIdentifier,
)
from azure.communication.identity.aio import CommunicationIdentityClient as AsyncIdentityClient
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError

SCOPES = [CommunicationTokenScope.CHAT, CommunicationTokenScope.VOIP]


@pytest.fixture
def client(sandbox):
    return CommunicationIdentityClient(sandbox.endpoint, AzureKeyCredential(sandbox.access_key))


def async_client(sandbox):
    return AsyncIdentityClient(sandbox.endpoint, AzureKeyCredential(sandbox.access_key))


def life(token):
    end = token.expires_on
    if isinstance(end, str):
        end = datetime.fromisoformat(end)
    elif isinstance(end, int):
        end = datetime.fromtimestamp(end, timezone.utc)
    return end - datetime.now(timezone.utc)


def test_a_user_is_created_and_deleted(client):
    user = client.create_user()
    assert user.raw_id.startswith("8:acs:")
    client.delete_user(user)


def test_a_user_comes_with_a_token(client):
    user, token = client.create_user_and_token(SCOPES)
    assert user.raw_id.startswith("8:acs:")
    assert token.token.count(".") == 2
    assert timedelta(hours=23) < life(token) <= timedelta(hours=24)


def test_a_token_is_issued_for_as_long_as_ordered(client):
    user = client.create_user()
    token = client.get_token(user, SCOPES, token_expires_in=timedelta(hours=1))
    assert timedelta(minutes=58) < life(token) <= timedelta(hours=1)


def test_every_scope_of_the_client_is_accepted(client):
    user = client.create_user()
    for scope in CommunicationTokenScope:
        assert client.get_token(user, [scope]).token


def test_a_revoked_token_is_dead(client, sandbox):
    user, token = client.create_user_and_token(SCOPES)
    inspect = {"token": token.token}
    assert sandbox.admin("POST", "tokens/inspect", inspect)["status"] == "active"
    client.revoke_tokens(user)
    assert sandbox.admin("POST", "tokens/inspect", inspect)["status"] == "revoked"


def test_a_life_outside_the_limits_is_refused(client):
    user = client.create_user()
    with pytest.raises(HttpResponseError) as refusal:
        client.get_token(user, SCOPES, token_expires_in=timedelta(minutes=59))
    assert refusal.value.status_code == 400


def test_a_foreign_user_is_refused(client):
    foreign = CommunicationUserIdentifier(
        "8:acs:00000000-0000-4000-8000-000000000000_0000002a-1b2c-3d4e-5f60-718293a4b5c6"
    )
    with pytest.raises(ClientAuthenticationError) as refusal:
        client.get_token(foreign, SCOPES)
    assert refusal.value.error.code == "IdentityNotOwned"


def test_an_unknown_teams_token_is_refused(client):
    with pytest.raises(ClientAuthenticationError) as refusal:
        client.get_token_for_teams_user("entra-token", "application", "user")
    assert refusal.value.status_code == 401


def test_a_wrong_key_is_refused(sandbox):
    client = CommunicationIdentityClient(sandbox.endpoint, AzureKeyCredential("d3Jvbmc="))
    with pytest.raises(ClientAuthenticationError) as refusal:
        client.create_user()
    assert refusal.value.error.code == "Denied"


def test_the_asynchronous_client_does_the_same(sandbox, run):
    async def use():
        async with async_client(sandbox) as client:
            user = await client.create_user()
            token = await client.get_token(user, SCOPES)
            assert token.token.count(".") == 2
            await client.revoke_tokens(user)
            await client.delete_user(user)
            user, token = await client.create_user_and_token(SCOPES)
            assert user.raw_id.startswith("8:acs:")
            with pytest.raises(ClientAuthenticationError):
                await client.get_token_for_teams_user("entra-token", "application", "user")

    run(use())

"""Every api-version that a client offers, and its own default, against the sandbox."""

import importlib

import pytest
from azure.communication.chat import ChatClient, CommunicationTokenCredential
from azure.communication.email import EmailClient
from azure.communication.identity import CommunicationIdentityClient, CommunicationTokenScope
from azure.communication.phonenumbers import PhoneNumbersClient
from azure.communication.phonenumbers.siprouting import SipRoutingClient
from azure.communication.rooms import RoomsClient
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import ResourceNotFoundError
from azure.identity import ClientSecretCredential
from azure.mgmt.communication import CommunicationServiceManagementClient


def versions(name):
    """What the package's own list of versions has."""
    listed = importlib.import_module(f"azure.communication.{name}._api_versions").ApiVersion
    return [version.value for version in listed]


def key(sandbox):
    return sandbox.endpoint, AzureKeyCredential(sandbox.access_key)


@pytest.mark.parametrize("version", versions("identity"))
def test_identity(sandbox, version):
    client = CommunicationIdentityClient(*key(sandbox), api_version=version)
    user, token = client.create_user_and_token([CommunicationTokenScope.CHAT])
    assert token.token
    client.revoke_tokens(user)
    client.delete_user(user)


@pytest.mark.parametrize("version", versions("email"))
def test_email(sandbox, version):
    client = EmailClient(*key(sandbox), api_version=version)
    mail = {
        "senderAddress": "info@versions.example.org",
        "recipients": {"to": [{"address": "ana@example.net"}]},
        "content": {"subject": "x", "plainText": "x"},
    }
    with pytest.raises(ResourceNotFoundError) as refusal:
        client.begin_send(mail)
    assert refusal.value.error.code == "DomainNotLinked"


@pytest.mark.parametrize("version", versions("phonenumbers"))
def test_phone_numbers(sandbox, version):
    client = PhoneNumbersClient(*key(sandbox), api_version=version)
    assert isinstance(list(client.list_purchased_phone_numbers()), list)


@pytest.mark.parametrize("version", ["2021-05-01-preview", "2023-03-01"])
def test_sip_routing(sandbox, version):
    client = SipRoutingClient(*key(sandbox), api_version=version)
    assert isinstance(list(client.list_trunks()), list)


@pytest.mark.parametrize("version", versions("rooms"))
def test_rooms(sandbox, version):
    client = RoomsClient(*key(sandbox), api_version=version)
    client.delete_room(client.create_room().id)


@pytest.mark.parametrize("version", ["2021-09-07", "2024-03-07", "2025-03-15"])
def test_chat(sandbox, version):
    identity = CommunicationIdentityClient(*key(sandbox))
    _, token = identity.create_user_and_token([CommunicationTokenScope.CHAT])
    credential = CommunicationTokenCredential(token.token)
    client = ChatClient(sandbox.endpoint, credential, api_version=version)
    plain = {} if sandbox.is_encrypted else {"enforce_https": False}
    assert client.create_chat_thread("x", **plain).chat_thread.id


def test_management(tls):
    settings = tls.settings
    credential = ClientSecretCredential(
        settings["AZURE_TENANT_ID"],
        settings["AZURE_CLIENT_ID"],
        settings["AZURE_CLIENT_SECRET"],
        authority=settings["AZURE_AUTHORITY_HOST"],
        disable_instance_discovery=True,
    )
    for version in ["2023-03-31", "2023-04-01", "2025-05-01", "2025-09-01", "2026-03-18"]:
        client = CommunicationServiceManagementClient(
            credential,
            settings["AZURE_SUBSCRIPTION_ID"],
            base_url=settings["AZURE_RESOURCE_MANAGER"],
            credential_scopes=["https://management.azure.com/.default"],
            api_version=version,
        )
        services = client.communication_services.list_by_resource_group("sandbox")
        assert "sandbox" in [service.name for service in services]

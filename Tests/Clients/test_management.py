"""azure-mgmt-communication against the sandbox: every operation of the client."""

import pytest
from azure.communication.identity import CommunicationIdentityClient
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import (
    ClientAuthenticationError,
    HttpResponseError,
    ResourceNotFoundError,
)
from azure.identity import ClientSecretCredential
from azure.mgmt.communication import CommunicationServiceManagementClient
from azure.mgmt.communication.aio import (
    CommunicationServiceManagementClient as AsyncManagementClient,
)
from azure.identity.aio import ClientSecretCredential as AsyncSecretCredential

GROUP = "sandbox"
PLACE = {"location": "global", "properties": {"dataLocation": "United States"}}


def arguments(sandbox, kind):
    settings = sandbox.settings
    credential = kind(
        tenant_id=settings["AZURE_TENANT_ID"],
        client_id=settings["AZURE_CLIENT_ID"],
        client_secret=settings["AZURE_CLIENT_SECRET"],
        authority=settings["AZURE_AUTHORITY_HOST"],
        disable_instance_discovery=True,
    )
    return {
        "credential": credential,
        "subscription_id": settings["AZURE_SUBSCRIPTION_ID"],
        "base_url": settings["AZURE_RESOURCE_MANAGER"],
        "credential_scopes": ["https://management.azure.com/.default"],
        "polling_interval": 0.2,
    }


@pytest.fixture
def client(tls):
    return CommunicationServiceManagementClient(**arguments(tls, ClientSecretCredential))


@pytest.fixture
def email(client):
    """An email service with a verified domain."""
    name = "python-mail"
    client.email_services.begin_create_or_update(GROUP, name, PLACE).result()
    own = {"location": "global", "properties": {"domainManagement": "CustomerManaged"}}
    client.domains.begin_create_or_update(GROUP, name, "mail.example.net", own).result()
    return name


def names(items):
    return [item.name for item in items]


def test_a_service_lives_and_dies(client, tls):
    services = client.communication_services
    made = services.begin_create_or_update(GROUP, "python", PLACE).result()
    assert made.provisioning_state == "Succeeded"
    assert made.host_name == "python.unitedstates.communication.azure.com"
    assert services.get(GROUP, "python").immutable_resource_id == made.immutable_resource_id
    assert "python" in names(services.list_by_resource_group(GROUP))
    assert "python" in names(services.list_by_subscription())
    assert services.update(GROUP, "python", {"tags": {"a": "b"}}).tags == {"a": "b"}
    both = services.update(GROUP, "python", {"identity": {"type": "SystemAssigned"}})
    assert both.identity.principal_id
    none = services.update(GROUP, "python", {"identity": {"type": "None"}})
    assert none.identity is None or none.identity.type == "None"
    services.begin_delete(GROUP, "python").result()
    with pytest.raises(ResourceNotFoundError) as refusal:
        services.get(GROUP, "python")
    assert refusal.value.error.code == "ResourceNotFound"


def test_keys_open_the_data_plane_until_they_are_regenerated(client, tls):
    services = client.communication_services
    services.begin_create_or_update(GROUP, "keys", PLACE).result()
    old = services.list_keys(GROUP, "keys")

    def user(key):
        credential = AzureKeyCredential(key)
        return CommunicationIdentityClient(tls.endpoint, credential).create_user().raw_id

    resource = services.get(GROUP, "keys").immutable_resource_id
    assert resource in user(old.primary_key)
    new = services.regenerate_key(GROUP, "keys", {"keyType": "Primary"})
    assert new.primary_key != old.primary_key
    with pytest.raises(ClientAuthenticationError):
        user(old.primary_key)
    assert resource in user(new.primary_key)
    assert resource in user(old.secondary_key)
    services.begin_delete(GROUP, "keys").result()


def test_a_service_without_public_network_access_lets_nobody_in(client, tls):
    services = client.communication_services
    services.begin_create_or_update(GROUP, "closed", PLACE).result()
    closed = {"properties": {"publicNetworkAccess": "Disabled"}}
    assert services.update(GROUP, "closed", closed).public_network_access == "Disabled"
    credential = AzureKeyCredential(services.list_keys(GROUP, "closed").primary_key)
    with pytest.raises(HttpResponseError) as refusal:
        CommunicationIdentityClient(tls.endpoint, credential).create_user()
    assert refusal.value.status_code == 403
    services.begin_delete(GROUP, "closed").result()


def test_names_and_hubs(client):
    services = client.communication_services
    kind = "Microsoft.Communication/CommunicationServices"
    assert not services.check_name_availability({"type": kind, "name": "sandbox"}).name_available
    assert services.check_name_availability({"type": kind, "name": "free"}).name_available
    hub = "/subscriptions/s/resourceGroups/g/providers/Microsoft.NotificationHubs/namespaces/n"
    linked = services.link_notification_hub(
        GROUP, "sandbox", {"resourceId": hub, "connectionString": "Endpoint=sb://n/"}
    )
    assert linked.resource_id == hub
    assert any(one.name for one in client.operations.list())


def test_an_email_service_and_its_domains(client, email):
    services, domains = client.email_services, client.domains
    assert services.get(GROUP, email).data_location == "United States"
    assert services.begin_update(GROUP, email, {"tags": {"a": "b"}}).result().tags == {"a": "b"}
    assert email in names(services.list_by_resource_group(GROUP))
    assert email in names(services.list_by_subscription())
    assert services.list_verified_exchange_online_domains() == []
    domain = domains.get(GROUP, email, "mail.example.net")
    assert domain.verification_states.domain.status == "NotStarted"
    assert domain.verification_records.spf.type == "TXT"
    tracked = {"properties": {"userEngagementTracking": "Enabled"}}
    changed = domains.begin_update(GROUP, email, "mail.example.net", tracked).result()
    assert changed.user_engagement_tracking == "Enabled"
    assert names(domains.list_by_email_service_resource(GROUP, email)) == ["mail.example.net"]
    place = (GROUP, email, "mail.example.net")
    domains.begin_initiate_verification(*place, {"verificationType": "Domain"}).result()
    assert domains.get(*place).verification_states.domain.status == "Verified"
    domains.begin_initiate_verification(
        *place, {"verificationType": "SPF"}, polling=False
    ).result()
    domains.begin_cancel_verification(*place, {"verificationType": "SPF"}).result()
    assert domains.get(*place).verification_states.spf.status == "NotStarted"
    domains.begin_delete(*place).result()
    services.begin_delete(GROUP, email).result()


def test_an_unverified_domain_cannot_be_linked(client, email):
    domain = client.domains.get(GROUP, email, "mail.example.net").id
    with pytest.raises(HttpResponseError) as refusal:
        client.communication_services.update(
            GROUP, "sandbox", {"properties": {"linkedDomains": [domain]}}
        )
    assert refusal.value.error.code == "InvalidLinkedDomains"


def test_senders_and_suppressions(client, email):
    place = (GROUP, email, "mail.example.net")
    senders = client.sender_usernames
    info = {"properties": {"username": "info", "displayName": "Info"}}
    assert senders.create_or_update(*place, "info", info).username == "info"
    assert senders.get(*place, "info").display_name == "Info"
    assert "info" in names(senders.list_by_domains(*place))
    lists, addresses = client.suppression_lists, client.suppression_list_addresses
    name = "11111111-1111-4111-8111-111111111111"
    lists.create_or_update(*place, name, {"properties": {"listName": "info"}})
    assert lists.get(*place, name).list_name == "info"
    assert len(list(lists.list_by_domain(*place))) == 1
    address = "22222222-2222-4222-8222-222222222222"
    somebody = {"properties": {"email": "no@example.org"}}
    addresses.create_or_update(*place, name, address, somebody)
    assert addresses.get(*place, name, address).email == "no@example.org"
    assert len(list(addresses.list(*place, name))) == 1
    addresses.delete(*place, name, address)
    lists.delete(*place, name)
    senders.delete(*place, "info")
    with pytest.raises(ResourceNotFoundError):
        senders.get(*place, "info")


def test_smtp_usernames(client, tls):
    smtp = client.smtp_usernames
    application = {
        "properties": {
            "username": "smtp@example.org",
            "entraApplicationId": tls.settings["AZURE_CLIENT_ID"],
            "tenantId": tls.settings["AZURE_TENANT_ID"],
        }
    }
    made = smtp.create_or_update(GROUP, "sandbox", "smtp", application)
    assert made.username == "smtp@example.org"
    assert smtp.get(GROUP, "sandbox", "smtp").username == "smtp@example.org"
    assert names(smtp.list(GROUP, "sandbox")) == ["smtp"]
    smtp.delete(GROUP, "sandbox", "smtp")
    assert names(smtp.list(GROUP, "sandbox")) == []


def test_the_asynchronous_client_does_the_same(tls, run):
    async def use():
        given = arguments(tls, AsyncSecretCredential)
        async with given["credential"], AsyncManagementClient(**given) as client:
            services = client.communication_services
            poller = await services.begin_create_or_update(GROUP, "later", PLACE)
            assert (await poller.result()).provisioning_state == "Succeeded"
            assert "later" in [one.name async for one in services.list_by_resource_group(GROUP)]
            await (await services.begin_delete(GROUP, "later")).result()
            with pytest.raises(ResourceNotFoundError):
                await services.get(GROUP, "later")

    run(use())

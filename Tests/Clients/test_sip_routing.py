"""azure-communication-phonenumbers' client for SIP routing against the sandbox."""

import pytest
from azure.communication.phonenumbers.siprouting import SipRoutingClient, SipTrunk, SipTrunkRoute
from azure.communication.phonenumbers.siprouting.aio import (
    SipRoutingClient as AsyncSipRoutingClient,
)
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError

FIRST = SipTrunk(fqdn="first.example.org", sip_signaling_port=5061)
SECOND = SipTrunk(fqdn="second.example.org", sip_signaling_port=5062)


@pytest.fixture
def client(sandbox):
    """A client of a resource without trunks and routes."""
    client = SipRoutingClient(sandbox.endpoint, AzureKeyCredential(sandbox.access_key))
    client.set_routes([])
    client.set_trunks([])
    return client


def ports(trunks):
    return {trunk.fqdn: trunk.sip_signaling_port for trunk in trunks}


def test_trunks_are_set_changed_and_deleted(client):
    client.set_trunks([FIRST, SECOND])
    assert ports(client.list_trunks()) == {FIRST.fqdn: 5061, SECOND.fqdn: 5062}
    client.set_trunk(SipTrunk(fqdn=FIRST.fqdn, sip_signaling_port=5071))
    assert client.get_trunk(FIRST.fqdn).sip_signaling_port == 5071
    client.delete_trunk(FIRST.fqdn)
    with pytest.raises(KeyError):
        client.get_trunk(FIRST.fqdn)
    client.set_trunks([FIRST])
    assert ports(client.list_trunks()) == {FIRST.fqdn: 5061}


def test_routes_lead_to_trunks_in_their_order(client):
    client.set_trunks([FIRST, SECOND])
    seattle = SipTrunkRoute(
        name="Seattle",
        description="Calls to Seattle",
        number_pattern=r"^\+1206\d{7}$",
        trunks=[SECOND.fqdn, FIRST.fqdn],
    )
    others = SipTrunkRoute(name="Others", number_pattern=r"^\+\d+$", trunks=[FIRST.fqdn])
    client.set_routes([seattle, others])
    first, last = client.list_routes()
    assert first.name == "Seattle" and first.description == "Calls to Seattle"
    assert first.number_pattern == seattle.number_pattern
    assert first.trunks == [SECOND.fqdn, FIRST.fqdn]
    assert last.name == "Others"


def test_a_trunk_in_use_stays(client):
    client.set_trunks([FIRST])
    client.set_routes([SipTrunkRoute(name="x", number_pattern="1", trunks=[FIRST.fqdn])])
    with pytest.raises(HttpResponseError) as refusal:
        client.delete_trunk(FIRST.fqdn)
    assert refusal.value.status_code == 422
    assert refusal.value.error.code == "UnprocessableConfiguration"
    assert refusal.value.error.innererror["code"] == "MissingTrunk"


@pytest.mark.parametrize(
    "trunk",
    [
        SipTrunk(fqdn="-1", sip_signaling_port=5061),
        SipTrunk(fqdn="first.example.org", sip_signaling_port=0),
    ],
)
def test_what_is_no_trunk_is_refused(client, trunk):
    with pytest.raises(HttpResponseError) as refusal:
        client.set_trunk(trunk)
    assert refusal.value.status_code == 422


def test_the_asynchronous_client_does_the_same(sandbox, client, run):
    async def use():
        credential = AzureKeyCredential(sandbox.access_key)
        async with AsyncSipRoutingClient(sandbox.endpoint, credential) as client:
            await client.set_trunks([FIRST, SECOND])
            await client.set_trunk(SipTrunk(fqdn=FIRST.fqdn, sip_signaling_port=5071))
            assert (await client.get_trunk(FIRST.fqdn)).sip_signaling_port == 5071
            await client.delete_trunk(SECOND.fqdn)
            assert [trunk.fqdn async for trunk in client.list_trunks()] == [FIRST.fqdn]
            route = SipTrunkRoute(name="x", number_pattern="1", trunks=[FIRST.fqdn])
            await client.set_routes([route])
            assert [route.name async for route in client.list_routes()] == ["x"]

    run(use())


def test_a_connection_string_reaches_the_sandbox(tls):
    client = SipRoutingClient.from_connection_string(tls.connection_string)
    assert list(client.list_routes()) is not None

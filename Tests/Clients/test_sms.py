"""azure-communication-sms against the sandbox."""

import pytest
from azure.communication.phonenumbers import PhoneNumberCapabilities, PhoneNumbersClient
from azure.communication.sms import SmsClient
from azure.communication.sms.aio import SmsClient as AsyncSmsClient
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError


@pytest.fixture(scope="module")
def number(sandbox):
    """A number of the resource that sends messages."""
    client = PhoneNumbersClient(sandbox.endpoint, AzureKeyCredential(sandbox.access_key))
    search = client.begin_search_available_phone_numbers(
        "US",
        "tollFree",
        "application",
        PhoneNumberCapabilities(calling="none", sms="inbound+outbound"),
        polling_interval=1,
    ).result()
    client.begin_purchase_phone_numbers(search.search_id, polling_interval=1).result()
    return search.phone_numbers[0]


@pytest.fixture
def client(sandbox):
    return SmsClient(sandbox.endpoint, sandbox.access_key)


def test_a_message_goes_to_several_recipients(sandbox, client, number):
    results = client.send(
        from_=number,
        to=["+14255550123", "+14255550124"],
        message="hello",
        enable_delivery_report=True,
        tag="orders",
    )
    assert [result.to for result in results] == ["+14255550123", "+14255550124"]
    assert all(result.successful and result.http_status_code == 202 for result in results)
    assert results[0].message_id.startswith("Outgoing_")
    captured = sandbox.admin("GET", "sms")["sms"][0]
    assert captured["content"]["tag"] == "orders"


def test_a_recipient_who_is_refused_is_told_apart(client, number):
    good, bad = client.send(from_=number, to=["+14255550123", "+1425"], message="hello")
    assert good.successful
    assert not bad.successful
    assert bad.http_status_code == 400
    assert bad.error_message == "Invalid To phone number format."


def test_a_sender_that_is_not_owned_is_refused(client):
    with pytest.raises(ClientAuthenticationError):
        client.send(from_="+18005550999", to="+14255550123", message="hello")


def test_nobody_to_send_to_is_refused(client, number):
    with pytest.raises(HttpResponseError) as refusal:
        client.send(from_=number, to=[], message="hello")
    assert refusal.value.status_code == 400


def test_who_said_stop_gets_nothing_more(sandbox, client, number):
    stop = {"from": "+14255550177", "to": number, "message": "STOP"}
    assert sandbox.admin("POST", "sms/received", stop) == {"isOptedOut": True}
    (result,) = client.send(from_=number, to="+14255550177", message="hello")
    assert not result.successful
    assert "opted out" in result.error_message


def test_the_asynchronous_client_sends_too(sandbox, number, run):
    async def send():
        async with AsyncSmsClient(sandbox.endpoint, sandbox.access_key) as client:
            return await client.send(from_=number, to="+14255550123", message="hello")

    assert run(send())[0].successful


def test_a_connection_string_reaches_the_sandbox(tls):
    client = SmsClient.from_connection_string(tls.connection_string)
    with pytest.raises(ClientAuthenticationError):
        client.send(from_="+18005550999", to="+14255550123", message="hello")

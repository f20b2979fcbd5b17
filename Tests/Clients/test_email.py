"""azure-communication-email against the sandbox."""

import uuid
from datetime import datetime, timezone

import pytest
from azure.communication.email import EmailClient
from azure.communication.email.aio import EmailClient as AsyncEmailClient
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.core.rest import HttpRequest

from management import Management

DOMAIN = "clients.example.org"
SENDER = f"DoNotReply@{DOMAIN}"


@pytest.fixture(scope="module")
def management(sandbox):
    management = Management(sandbox)
    management.link(management.domain(DOMAIN))
    return management


@pytest.fixture
def client(sandbox, management):
    return EmailClient(sandbox.endpoint, AzureKeyCredential(sandbox.access_key))


def mail(sender=SENDER, **changes):
    return {
        "senderAddress": sender,
        "recipients": {"to": [{"address": "ana@example.net", "displayName": "Ana"}]},
        "content": {"subject": "Order 1042", "plainText": "Sent.", "html": "<p>Sent.</p>"},
        **changes,
    }


def test_a_mail_is_sent_and_followed_to_its_end(sandbox, client):
    result = client.begin_send(mail()).result(timeout=30)
    assert result["status"] == "Succeeded"
    captured = sandbox.admin("GET", "mail")["mail"][0]
    assert captured["id"] == result["id"]
    assert captured["content"]["content"]["subject"] == "Order 1042"


def test_a_mail_may_have_everything(sandbox, client):
    everything = mail(
        recipients={
            "to": [{"address": "ana@example.net"}],
            "cc": [{"address": "ben@example.net"}],
            "bcc": [{"address": "cleo@example.net"}],
        },
        replyTo=[{"address": "help@example.org", "displayName": "Help"}],
        attachments=[
            {
                "name": "note.txt",
                "contentType": "text/plain",
                "contentInBase64": "aGVsbG8=",
                "contentId": "note",
            }
        ],
        headers={"x-priority": "2"},
        userEngagementTrackingDisabled=True,
    )
    assert client.begin_send(everything).result(timeout=30)["status"] == "Succeeded"
    assert sandbox.admin("GET", "mail")["mail"][0]["content"]["headers"] == {"x-priority": "2"}


def test_the_same_operation_id_sends_once(sandbox, client):
    operation = str(uuid.uuid4())
    results = [
        client.begin_send(mail(), operation_id=operation).result(timeout=30) for _ in range(2)
    ]
    assert [result["id"] for result in results] == [operation, operation]
    ids = [captured["id"] for captured in sandbox.admin("GET", "mail")["mail"]]
    assert ids.count(operation) == 1
    with pytest.raises(ResourceExistsError):
        client.begin_send(mail(replyTo=[{"address": "x@example.net"}]), operation_id=operation)


def test_a_poller_goes_on_from_its_token(sandbox, client):
    poller = client.begin_send(mail())
    token = poller.continuation_token()
    resumed = client.begin_send(mail(), continuation_token=token)
    assert resumed.result(timeout=30)["status"] == "Succeeded"


def test_a_domain_that_is_not_linked_is_refused(client):
    with pytest.raises(ResourceNotFoundError) as refusal:
        client.begin_send(mail("info@unlinked.example.org"))
    assert refusal.value.error.code == "DomainNotLinked"
    assert refusal.value.response.headers["x-ms-error-code"] == "DomainNotLinked"


def test_an_unknown_sender_is_refused(client):
    with pytest.raises(HttpResponseError) as refusal:
        client.begin_send(mail(f"sales@{DOMAIN}"))
    assert refusal.value.status_code == 400
    assert refusal.value.error.code == "InvalidSenderUserName"


def test_what_is_no_mail_is_refused(client):
    with pytest.raises(HttpResponseError) as refusal:
        client.begin_send(mail(recipients={"to": []}))
    assert refusal.value.error.code == "BadRequest"


def test_the_asynchronous_client_sends_too(sandbox, management, run):
    async def send():
        credential = AzureKeyCredential(sandbox.access_key)
        async with AsyncEmailClient(sandbox.endpoint, credential) as client:
            poller = await client.begin_send(mail())
            return await poller.result()

    assert run(send())["status"] == "Succeeded"


def test_the_first_preview_is_answered_too(client, management):
    preview = {
        "sender": SENDER,
        "content": {"subject": "Order 1042", "plainText": "Sent."},
        "recipients": {"to": [{"email": "ana@example.net"}]},
    }
    now = datetime.now(timezone.utc)
    request = HttpRequest(
        "POST",
        "/emails:send?api-version=2021-10-01-preview",
        json=preview,
        headers={
            "repeatability-request-id": str(uuid.uuid4()),
            "repeatability-first-sent": now.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        },
    )
    answer = client.send_request(request)
    assert answer.status_code == 202
    assert answer.headers["Repeatability-Result"] == "accepted"
    message = answer.headers["x-ms-request-id"]
    status = client.send_request(
        HttpRequest("GET", f"/emails/{message}/status?api-version=2021-10-01-preview")
    )
    assert status.json() == {"messageId": message, "status": "queued"}


def test_a_connection_string_reaches_the_sandbox(tls):
    client = EmailClient.from_connection_string(tls.connection_string)
    with pytest.raises(ResourceNotFoundError):
        client.begin_send(mail("info@unlinked.example.org"))

"""azure-communication-chat against the sandbox."""

import base64
import json
import time
from datetime import datetime, timedelta, timezone

import pytest
from azure.communication.chat import (
    ChatClient,
    ChatMessageType,
    ChatParticipant,
    CommunicationTokenCredential,
    CommunicationUserIdentifier,
)
from azure.communication.chat.aio import ChatClient as AsyncChatClient
from azure.communication.chat.aio import (
    CommunicationTokenCredential as AsyncTokenCredential,
)
from azure.communication.identity import CommunicationIdentityClient, CommunicationTokenScope
from azure.core.credentials import AccessToken, AzureKeyCredential
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError


@pytest.fixture
def identity(sandbox):
    return CommunicationIdentityClient(sandbox.endpoint, AzureKeyCredential(sandbox.access_key))


@pytest.fixture
def plain(sandbox):
    """What calls over plain HTTP must say."""
    return {} if sandbox.is_encrypted else {"enforce_https": False}


class User:
    def __init__(self, sandbox, identity, scopes=(CommunicationTokenScope.CHAT,)):
        self.identifier, token = identity.create_user_and_token(list(scopes))
        self.token = token.token
        self.client = ChatClient(sandbox.endpoint, CommunicationTokenCredential(self.token))

    def participant(self, name, **more):
        return ChatParticipant(identifier=self.identifier, display_name=name, **more)


@pytest.fixture
def ana(sandbox, identity):
    return User(sandbox, identity)


@pytest.fixture
def ben(sandbox, identity):
    return User(sandbox, identity)


@pytest.fixture
def thread(ana, ben, plain):
    """Ana's thread with Ben."""
    made = ana.client.create_chat_thread(
        "Order 1042", thread_participants=[ben.participant("Ben")], **plain
    )
    assert made.errors == []
    return ana.client.get_chat_thread_client(made.chat_thread.id)


def test_a_thread_is_made_changed_listed_and_deleted(ana, thread, plain):
    properties = thread.get_properties(**plain)
    assert properties.topic == "Order 1042"
    assert properties.created_by.raw_id == ana.identifier.raw_id
    assert isinstance(properties.created_on, datetime)
    thread.update_topic("Order 1043", **plain)
    items = list(ana.client.list_chat_threads(results_per_page=1, **plain))
    assert [(item.id, item.topic) for item in items] == [(thread.thread_id, "Order 1043")]
    ana.client.delete_chat_thread(thread.thread_id, **plain)
    with pytest.raises(HttpResponseError) as refusal:
        thread.send_message("too late", **plain)
    assert refusal.value.status_code == 403


def test_a_creation_is_repeated_without_a_second_thread(ana, plain):
    ids = {
        ana.client.create_chat_thread("x", idempotency_token="once", **plain).chat_thread.id
        for _ in range(2)
    }
    assert len(ids) == 1


def test_a_foreign_participant_is_told(ana, plain):
    foreign = CommunicationUserIdentifier(
        "8:acs:00000000-0000-4000-8000-000000000000_0000002a-1b2c-3d4e-5f60-718293a4b5c6"
    )
    made = ana.client.create_chat_thread(
        "x", thread_participants=[ChatParticipant(identifier=foreign)], **plain
    )
    [(participant, error)] = made.errors
    assert participant.identifier == foreign
    assert error.target == foreign.raw_id


def test_messages_are_sent_read_edited_and_deleted(thread, plain):
    sent = thread.send_message(
        "hello",
        sender_display_name="Ana",
        chat_message_type=ChatMessageType.HTML,
        metadata={"order": "1042"},
        **plain,
    )
    message = thread.get_message(sent.id, **plain)
    assert message.type == ChatMessageType.HTML
    assert message.content.message == "hello"
    assert message.metadata == {"order": "1042"}
    thread.update_message(sent.id, content="good bye", **plain)
    edited = thread.get_message(sent.id, **plain)
    assert edited.content.message == "good bye"
    assert edited.edited_on and edited.version > message.version
    thread.delete_message(sent.id, **plain)
    assert thread.get_message(sent.id, **plain).deleted_on


def test_messages_are_listed_newest_first_over_pages(thread, plain):
    for number in range(5):
        thread.send_message(str(number), **plain)
    pages = list(thread.list_messages(results_per_page=2, **plain).by_page())
    texts = [message.content.message for page in pages for message in page]
    assert texts == ["4", "3", "2", "1", "0", None]
    later = datetime.now(timezone.utc) + timedelta(hours=1)
    assert list(thread.list_messages(start_time=later, **plain)) == []


def test_participants_come_and_go(sandbox, identity, thread, ben, plain):
    cy = User(sandbox, identity)
    assert thread.add_participants([cy.participant("Cy")], **plain) == []
    names = [who.display_name for who in thread.list_participants(results_per_page=2, **plain)]
    assert names == [None, "Ben", "Cy"]
    assert len(list(thread.list_participants(skip=1, **plain))) == 2
    thread.remove_participant(ben.identifier, **plain)
    with pytest.raises(HttpResponseError) as refusal:
        ben.client.get_chat_thread_client(thread.thread_id).get_properties(**plain)
    assert refusal.value.status_code == 403


def test_typing_and_receipts(thread, ben, plain):
    sent = thread.send_message("hello", **plain)
    theirs = ben.client.get_chat_thread_client(thread.thread_id)
    theirs.send_typing_notification(sender_display_name="Ben", **plain)
    theirs.send_read_receipt(sent.id, **plain)
    [receipt] = thread.list_read_receipts(results_per_page=1, **plain)
    assert receipt.chat_message_id == sent.id
    assert receipt.sender.raw_id == ben.identifier.raw_id


def test_scopes_limit_what_a_user_may(sandbox, identity, ana, plain):
    guest = User(sandbox, identity, [CommunicationTokenScope.CHAT_JOIN_LIMITED])
    with pytest.raises(HttpResponseError) as refusal:
        guest.client.create_chat_thread("x", **plain)
    assert refusal.value.status_code == 403
    made = ana.client.create_chat_thread(
        "x", thread_participants=[guest.participant("Guest")], **plain
    )
    thread = guest.client.get_chat_thread_client(made.chat_thread.id)
    assert thread.send_message("hello", **plain).id
    with pytest.raises(HttpResponseError) as refusal:
        thread.add_participants([ana.participant("Ana")], **plain)
    assert refusal.value.status_code == 403


def test_a_token_that_ends_soon_is_asked_for_anew(sandbox, identity, plain):
    user = identity.create_user()
    asked = []

    def refresh():
        token = identity.get_token(user, [CommunicationTokenScope.CHAT]).token
        asked.append(token)
        return AccessToken(token, int(time.time()) + 86_400)

    # A token of the past, as far as the client reads it.
    claims = base64.urlsafe_b64encode(json.dumps({"exp": 1}).encode()).rstrip(b"=").decode()
    with CommunicationTokenCredential(f"e30.{claims}.x", token_refresher=refresh) as credential:
        client = ChatClient(sandbox.endpoint, credential)
        assert list(client.list_chat_threads(**plain)) == []
    assert len(asked) == 1


def test_a_revoked_token_is_refused(identity, ana, thread, plain):
    identity.revoke_tokens(ana.identifier)
    with pytest.raises(ClientAuthenticationError):
        thread.get_properties(**plain)


def test_the_asynchronous_client_does_the_same(sandbox, ana, ben, run, plain):
    async def use():
        credential = AsyncTokenCredential(ana.token)
        async with AsyncChatClient(sandbox.endpoint, credential) as client:
            made = await client.create_chat_thread(
                "x", thread_participants=[ben.participant("Ben")], **plain
            )
            async with client.get_chat_thread_client(made.chat_thread.id) as thread:
                sent = await thread.send_message("hello", **plain)
                await thread.update_message(sent.id, content="bye", **plain)
                assert (await thread.get_message(sent.id, **plain)).content.message == "bye"
                await thread.send_typing_notification(**plain)
                await thread.send_read_receipt(sent.id, **plain)
                assert len([_ async for _ in thread.list_read_receipts(**plain)]) == 1
                assert len([_ async for _ in thread.list_messages(**plain)]) == 2
                assert len([_ async for _ in thread.list_participants(**plain)]) == 2
                await thread.remove_participant(ben.identifier, **plain)
                assert await thread.add_participants([ben.participant("B")], **plain) == []
                await thread.update_topic("y", **plain)
                assert (await thread.get_properties(**plain)).topic == "y"
                await thread.delete_message(sent.id, **plain)
            assert [item.topic async for item in client.list_chat_threads(**plain)] == ["y"]
            await client.delete_chat_thread(made.chat_thread.id, **plain)

    run(use())

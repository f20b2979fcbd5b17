"""azure-communication-rooms against the sandbox."""

from datetime import datetime, timedelta, timezone

import pytest
from azure.communication.identity import CommunicationIdentityClient
from azure.communication.rooms import ParticipantRole, RoomParticipant, RoomsClient
from azure.communication.rooms.aio import RoomsClient as AsyncRoomsClient
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError


@pytest.fixture
def client(sandbox):
    return RoomsClient(sandbox.endpoint, AzureKeyCredential(sandbox.access_key))


@pytest.fixture
def users(sandbox):
    identity = CommunicationIdentityClient(
        sandbox.endpoint, AzureKeyCredential(sandbox.access_key)
    )
    return [identity.create_user() for _ in range(3)]


def time(text):
    return datetime.fromisoformat(text)


def roles(participants):
    return {who.communication_identifier.raw_id: who.role for who in participants}


def test_a_room_is_made_changed_listed_and_deleted(client, users):
    start = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(hours=1)
    presenter = RoomParticipant(
        communication_identifier=users[0], role=ParticipantRole.PRESENTER
    )
    room = client.create_room(
        valid_from=start,
        valid_until=start + timedelta(hours=2),
        pstn_dial_out_enabled=True,
        participants=[presenter],
    )
    assert time(room.valid_from) == start
    assert room.pstn_dial_out_enabled
    assert client.get_room(room.id) == room
    later = start + timedelta(hours=4)
    changed = client.update_room(room_id=room.id, valid_until=later)
    assert time(changed.valid_until) == later
    assert time(changed.valid_from) == start
    assert room.id in [one.id for one in client.list_rooms()]
    client.delete_room(room.id)
    with pytest.raises(ResourceNotFoundError):
        client.get_room(room.id)


def test_a_room_without_anything_is_valid_for_180_days(client):
    room = client.create_room()
    assert time(room.valid_until) - time(room.created_at) == timedelta(days=180)
    assert list(client.list_participants(room.id)) == []


def test_participants_come_change_and_go(client, users):
    everybody = [RoomParticipant(communication_identifier=user) for user in users]
    room = client.create_room(participants=everybody[:2])
    assert roles(client.list_participants(room.id)) == {
        users[0].raw_id: ParticipantRole.ATTENDEE,
        users[1].raw_id: ParticipantRole.ATTENDEE,
    }
    collaborator = RoomParticipant(
        communication_identifier=users[1], role=ParticipantRole.COLLABORATOR
    )
    client.add_or_update_participants(
        room_id=room.id, participants=[collaborator, everybody[2]]
    )
    client.remove_participants(room_id=room.id, participants=[users[0]])
    assert roles(client.list_participants(room.id)) == {
        users[1].raw_id: ParticipantRole.COLLABORATOR,
        users[2].raw_id: ParticipantRole.ATTENDEE,
    }


def test_a_room_that_would_be_valid_too_long_is_refused(client):
    with pytest.raises(HttpResponseError) as refusal:
        client.create_room(valid_until=datetime.now(timezone.utc) + timedelta(days=200))
    assert refusal.value.status_code == 400
    assert refusal.value.error.code == "BadRequest"


def test_the_asynchronous_client_does_the_same(sandbox, users, run):
    async def use():
        credential = AzureKeyCredential(sandbox.access_key)
        async with AsyncRoomsClient(sandbox.endpoint, credential) as client:
            guest = RoomParticipant(communication_identifier=users[0])
            room = await client.create_room(participants=[guest])
            assert (await client.get_room(room.id)) == room
            changed = await client.update_room(room_id=room.id, pstn_dial_out_enabled=True)
            assert changed.pstn_dial_out_enabled
            assert room.id in [one.id async for one in client.list_rooms()]
            await client.add_or_update_participants(
                room_id=room.id,
                participants=[RoomParticipant(communication_identifier=users[1])],
            )
            await client.remove_participants(room_id=room.id, participants=[guest])
            left = [who async for who in client.list_participants(room.id)]
            assert list(roles(left)) == [users[1].raw_id]
            await client.delete_room(room.id)

    run(use())

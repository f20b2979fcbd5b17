"""azure-communication-phonenumbers against the sandbox."""

import uuid

import pytest
from azure.communication.phonenumbers import (
    OperatorInformationOptions,
    PhoneNumberCapabilities,
    PhoneNumbersClient,
)
from azure.communication.phonenumbers.aio import PhoneNumbersClient as AsyncPhoneNumbersClient
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError


@pytest.fixture
def client(sandbox):
    return PhoneNumbersClient(sandbox.endpoint, AzureKeyCredential(sandbox.access_key))


def search(client, kind="tollFree", assignment="application", sms="inbound+outbound", **more):
    return client.begin_search_available_phone_numbers(
        "US",
        kind,
        assignment,
        PhoneNumberCapabilities(calling="outbound", sms=sms),
        polling_interval=1,
        **more,
    ).result()


def buy(client, **more):
    found = search(client, **more)
    client.begin_purchase_phone_numbers(found.search_id, polling_interval=1).result()
    return found.phone_numbers


@pytest.mark.parametrize(
    "kind, assignment, sms",
    [
        ("tollFree", "application", "inbound+outbound"),
        ("geographic", "application", "none"),
        ("geographic", "person", "none"),
    ],
)
def test_numbers_of_each_kind_are_found(client, kind, assignment, sms):
    found = search(client, kind, assignment, sms, quantity=2)
    assert len(found.phone_numbers) == 2
    assert found.phone_number_type == kind
    assert found.assignment_type == assignment
    assert found.cost.billing_frequency == "monthly"
    assert found.error == "NoError"


def test_a_number_lives_from_purchase_to_release(client):
    (number,) = buy(client, area_code="833")
    assert number.startswith("+1833")
    bought = client.get_purchased_phone_number(number)
    assert bought.phone_number == number
    assert number in [each.phone_number for each in client.list_purchased_phone_numbers()]
    changed = client.begin_update_phone_number_capabilities(
        number, sms="none", calling="inbound+outbound", polling_interval=1
    ).result()
    assert changed.capabilities.sms == "none"
    assert changed.capabilities.calling == "inbound+outbound"
    client.begin_release_phone_number(number, polling_interval=1).result()
    with pytest.raises(ResourceNotFoundError):
        client.get_purchased_phone_number(number)


def test_lists_are_read_page_by_page(client):
    numbers = buy(client, quantity=5)
    listed = [each.phone_number for each in client.list_purchased_phone_numbers(top=2)]
    assert set(numbers) <= set(listed)
    assert len(listed) == len(set(listed))


def test_a_search_without_stock_fails(client):
    with pytest.raises(HttpResponseError):
        search(client, area_code="999")


def test_a_combination_that_is_not_offered_is_refused(client):
    with pytest.raises(HttpResponseError) as refusal:
        search(client, "tollFree", "person")
    assert refusal.value.status_code == 400


def test_the_catalogue_is_listed(client):
    codes = [country.country_code for country in client.list_available_countries()]
    assert "US" in codes
    places = list(client.list_available_localities("US", administrative_division="WA"))
    assert [place.localized_name for place in places] == ["Redmond", "Seattle"]
    assert places[0].administrative_division.abbreviated_name == "WA"
    areas = client.list_available_area_codes(
        "US", "geographic", assignment_type="application", locality="Seattle"
    )
    assert [area.area_code for area in areas] == ["206"]
    assert list(client.list_available_area_codes("US", "tollFree", assignment_type="application"))
    offerings = list(client.list_available_offerings("US", phone_number_type="tollFree"))
    assert offerings[0].available_capabilities.sms == "inbound+outbound"


def test_operators_are_looked_up(client):
    result = client.search_operator_information("+12065550123")
    assert result.values[0].phone_number == "+12065550123"


def test_the_operator_costs_extra_and_is_told_then(client):
    options = OperatorInformationOptions(include_additional_operator_details=True)
    result = client.search_operator_information(
        ["+12065550123", "+18005550123"], options=options
    )
    seattle, free = result.values
    assert seattle.iso_country_code == "US" and seattle.number_type == "geographic"
    assert seattle.operator_details.name
    assert free.phone_number == "+18005550123"


def test_a_poller_goes_on_from_its_token(client):
    capabilities = PhoneNumberCapabilities(calling="none", sms="outbound")
    wanted = ("US", "tollFree", "application", capabilities)
    poller = client.begin_search_available_phone_numbers(*wanted, polling_interval=1)
    token = poller.continuation_token()
    resumed = client.begin_search_available_phone_numbers(
        *wanted, continuation_token=token, polling_interval=1
    )
    assert len(resumed.result().phone_numbers) == 1


def test_a_reservation_lives_from_browsing_to_purchase(client):
    shown = client.browse_available_phone_numbers(
        country_code="US",
        phone_number_type="tollFree",
        assignment_type="application",
        phone_number_prefixes=["855"],
    ).phone_numbers
    assert shown[0].phone_number.startswith("+1855")
    reservation = str(uuid.uuid4())
    made = client.create_or_update_reservation(
        reservation_id=reservation, numbers_to_add=shown[:2]
    )
    assert made.status == "active" and len(made.phone_numbers) == 2
    changed = client.create_or_update_reservation(
        reservation_id=reservation, numbers_to_remove=[shown[0].id]
    )
    assert list(changed.phone_numbers) == [shown[1].id]
    assert client.get_reservation(reservation).id == reservation
    assert reservation in [each.id for each in client.list_reservations()]
    client.begin_purchase_reservation(reservation, polling_interval=1).result()
    assert client.get_purchased_phone_number(shown[1].phone_number)
    with pytest.raises(HttpResponseError):
        client.delete_reservation(reservation)


def test_a_reservation_is_deleted(client):
    reservation = str(uuid.uuid4())
    client.create_or_update_reservation(reservation_id=reservation, numbers_to_add=[])
    client.delete_reservation(reservation)
    with pytest.raises(ResourceNotFoundError):
        client.get_reservation(reservation)


def test_the_asynchronous_client_does_the_same(sandbox, run):
    async def use():
        credential = AzureKeyCredential(sandbox.access_key)
        async with AsyncPhoneNumbersClient(sandbox.endpoint, credential) as client:
            wanted = PhoneNumberCapabilities(calling="outbound", sms="outbound")
            poller = await client.begin_search_available_phone_numbers(
                "US", "tollFree", "application", wanted, polling_interval=1
            )
            found = await poller.result()
            (number,) = found.phone_numbers
            buying = await client.begin_purchase_phone_numbers(
                found.search_id, polling_interval=1
            )
            await buying.result()
            assert (await client.get_purchased_phone_number(number)).phone_number == number
            owned = [each.phone_number async for each in client.list_purchased_phone_numbers()]
            assert number in owned
            changing = await client.begin_update_phone_number_capabilities(
                number, sms="none", polling_interval=1
            )
            assert (await changing.result()).capabilities.sms == "none"
            releasing = await client.begin_release_phone_number(number, polling_interval=1)
            await releasing.result()
            with pytest.raises(ResourceNotFoundError):
                await client.get_purchased_phone_number(number)

    run(use())


def test_the_asynchronous_client_reads_the_catalogue(sandbox, run):
    async def use():
        credential = AzureKeyCredential(sandbox.access_key)
        async with AsyncPhoneNumbersClient(sandbox.endpoint, credential) as client:
            assert "US" in [each.country_code async for each in client.list_available_countries()]
            assert [each async for each in client.list_available_localities("US")]
            free = client.list_available_area_codes(
                "US", "tollFree", assignment_type="application"
            )
            assert [each async for each in free]
            assert [each async for each in client.list_available_offerings("US")]
            result = await client.search_operator_information("+12065550123")
            assert result.values[0].phone_number == "+12065550123"

    run(use())


def test_the_asynchronous_client_reserves(sandbox, run):
    async def use():
        credential = AzureKeyCredential(sandbox.access_key)
        async with AsyncPhoneNumbersClient(sandbox.endpoint, credential) as client:
            shown = await client.browse_available_phone_numbers(
                country_code="US", phone_number_type="tollFree"
            )
            reservation = str(uuid.uuid4())
            await client.create_or_update_reservation(
                reservation_id=reservation, numbers_to_add=shown.phone_numbers[:1]
            )
            assert (await client.get_reservation(reservation)).status == "active"
            assert reservation in [each.id async for each in client.list_reservations()]
            buying = await client.begin_purchase_reservation(reservation, polling_interval=1)
            await buying.result()
            other = str(uuid.uuid4())
            await client.create_or_update_reservation(reservation_id=other, numbers_to_add=[])
            await client.delete_reservation(other)

    run(use())


def test_a_connection_string_reaches_the_sandbox(tls):
    client = PhoneNumbersClient.from_connection_string(tls.connection_string)
    assert "US" in [country.country_code for country in client.list_available_countries()]

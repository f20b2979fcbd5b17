"""azure-identity against the sandbox: every kind of credential gets a token that counts."""

import base64
import json
import time
from datetime import datetime, timedelta, timezone

import pytest
from azure.communication.identity import CommunicationIdentityClient
from azure.communication.rooms import RoomsClient
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import (
    AuthorizationCodeCredential,
    CertificateCredential,
    ChainedTokenCredential,
    ClientAssertionCredential,
    ClientSecretCredential,
    DefaultAzureCredential,
    EnvironmentCredential,
    ManagedIdentityCredential,
    OnBehalfOfCredential,
    WorkloadIdentityCredential,
)
from azure.identity.aio import ClientSecretCredential as AsyncSecretCredential
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

SCOPE = "https://communication.azure.com/.default"


@pytest.fixture
def application(tls):
    """What every credential of the sandbox's application says."""
    return {
        "tenant_id": tls.settings["AZURE_TENANT_ID"],
        "client_id": tls.settings["AZURE_CLIENT_ID"],
        "authority": tls.settings["AZURE_AUTHORITY_HOST"],
        "disable_instance_discovery": True,
    }


def use(sandbox, credential):
    """Asks with a credential for what needs a role on the resource."""
    client = CommunicationIdentityClient(sandbox.endpoint, credential)
    client.delete_user(client.create_user())
    assert RoomsClient(sandbox.endpoint, credential).create_room().id


def federated_token():
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    claims = {
        "aud": "api://AzureADTokenExchange",
        "sub": "system:serviceaccount:flows:weir",
        "exp": int(time.time()) + 600,
    }
    return f"{part({'alg': 'RS256'})}.{part(claims)}.c2lnbmF0dXJl"


def certificate():
    """A key with a certificate of its own, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "weir")])
    now = datetime.now(timezone.utc)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .sign(key, hashes.SHA256())
    )
    return signed.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def test_a_client_secret(tls, application):
    secret = tls.settings["AZURE_CLIENT_SECRET"]
    use(tls, ClientSecretCredential(client_secret=secret, **application))


def test_a_wrong_client_secret_is_refused(application):
    credential = ClientSecretCredential(client_secret="wrong", **application)
    with pytest.raises(ClientAuthenticationError) as refusal:
        credential.get_token(SCOPE)
    assert "AADSTS7000215" in str(refusal.value)


def test_a_certificate(tls, application):
    use(tls, CertificateCredential(certificate_data=certificate(), **application))


def test_a_client_assertion(tls, application):
    use(tls, ClientAssertionCredential(func=federated_token, **application))


def test_a_workload_identity(tls, application, tmp_path):
    file = tmp_path / "token"
    file.write_text(federated_token())
    use(tls, WorkloadIdentityCredential(token_file_path=str(file), **application))


def test_a_managed_identity_of_app_service(tls, monkeypatch):
    for name in ["IDENTITY_ENDPOINT", "IDENTITY_HEADER"]:
        monkeypatch.setenv(name, tls.settings[name])
    use(tls, ManagedIdentityCredential())
    use(tls, ManagedIdentityCredential(client_id=tls.settings["AZURE_CLIENT_ID"]))


def test_a_managed_identity_of_a_virtual_machine(tls, monkeypatch):
    name = "AZURE_POD_IDENTITY_AUTHORITY_HOST"
    monkeypatch.setenv(name, tls.settings[name])
    use(tls, ManagedIdentityCredential())
    with pytest.raises(ClientAuthenticationError):
        unknown = "00000000-0000-4000-8000-000000000000"
        ManagedIdentityCredential(client_id=unknown).get_token(SCOPE)


def test_the_settings_of_the_environment(tls, monkeypatch):
    for name in ["AUTHORITY_HOST", "TENANT_ID", "CLIENT_ID", "CLIENT_SECRET"]:
        monkeypatch.setenv(f"AZURE_{name}", tls.settings[f"AZURE_{name}"])
    use(tls, EnvironmentCredential(disable_instance_discovery=True))
    use(tls, DefaultAzureCredential(disable_instance_discovery=True))


def test_a_chain_of_credentials(tls, application, monkeypatch):
    monkeypatch.setenv("AZURE_CLIENT_ID", "")
    secret = ClientSecretCredential(client_secret=tls.settings["AZURE_CLIENT_SECRET"], **application)
    use(tls, ChainedTokenCredential(EnvironmentCredential(), secret))


@pytest.mark.parametrize(
    "kind, more",
    [
        (OnBehalfOfCredential, {"client_secret": None, "user_assertion": "a.b.c"}),
        (AuthorizationCodeCredential, {"authorization_code": "code", "redirect_uri": "http://x"}),
    ],
)
def test_nobody_signs_in_as_a_person(tls, application, kind, more):
    if "client_secret" in more:
        more = {**more, "client_secret": tls.settings["AZURE_CLIENT_SECRET"]}
    with pytest.raises(ClientAuthenticationError):
        kind(**application, **more).get_token(SCOPE)


def test_an_asynchronous_credential(tls, application, run):
    async def ask():
        secret = tls.settings["AZURE_CLIENT_SECRET"]
        async with AsyncSecretCredential(client_secret=secret, **application) as credential:
            return await credential.get_token(SCOPE)

    assert run(ask()).token

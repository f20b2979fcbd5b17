"""Azure Resource Manager of the sandbox, as far as other tests need it."""

import json
import time
import urllib.parse
import urllib.request

VERSION = "2023-04-01"


class Management:
    """Prepares resources by plain requests."""

    def __init__(self, sandbox):
        settings = sandbox.settings
        self.base = settings["AZURE_RESOURCE_MANAGER"].rstrip("/")
        self.subscription = f"/subscriptions/{settings['AZURE_SUBSCRIPTION_ID']}"
        form = urllib.parse.urlencode(
            {
                "grant_type": "client_credentials",
                "client_id": settings["AZURE_CLIENT_ID"],
                "client_secret": settings["AZURE_CLIENT_SECRET"],
                "scope": "https://management.azure.com/.default",
            }
        )
        authority = settings["AZURE_AUTHORITY_HOST"].rstrip("/")
        address = f"{authority}/{settings['AZURE_TENANT_ID']}/oauth2/v2.0/token"
        with urllib.request.urlopen(address, form.encode()) as response:
            self.token = json.load(response)["access_token"]

    def send(self, method, path, body=None):
        request = urllib.request.Request(
            f"{self.base}{path}?api-version={VERSION}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
            },
        )
        with urllib.request.urlopen(request) as response:
            text = response.read()
        return json.loads(text) if text else None

    def wait(self, path, is_done):
        """Reads a resource until it is as wanted."""
        for _ in range(100):
            resource = self.send("GET", path)
            if is_done(resource["properties"]):
                return resource
            time.sleep(0.1)
        raise TimeoutError(path)

    def settled(self, path):
        return self.wait(path, lambda properties: properties["provisioningState"] == "Succeeded")

    def service(self):
        """The Communication Services resource that the sandbox begins with."""
        provider = "/providers/Microsoft.Communication/communicationServices"
        return self.send("GET", self.subscription + provider)["value"][0]["id"]

    def domain(self, name):
        """A verified domain of one's own."""
        group = self.service().split("/providers/")[0]
        place = {"location": "global", "properties": {"dataLocation": "United States"}}
        service = f"{group}/providers/Microsoft.Communication/emailServices/clients"
        self.send("PUT", service, place)
        self.settled(service)
        domain = f"{service}/domains/{name}"
        management = {"domainManagement": "CustomerManaged"}
        self.send("PUT", domain, {"location": "global", "properties": management})
        self.settled(domain)
        for kind in ["Domain", "SPF", "DKIM", "DKIM2"]:
            self.send("POST", f"{domain}/initiateVerification", {"verificationType": kind})
            self.wait(
                domain,
                lambda properties: properties["verificationStates"][kind]["status"] == "Verified",
            )
        return domain

    def link(self, *domains):
        service = self.service()
        self.send("PATCH", service, {"properties": {"linkedDomains": list(domains)}})
        self.settled(service)

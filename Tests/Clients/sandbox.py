"""The sandbox as a child process, and what clients need to reach it."""

import json
import os
import pathlib
import subprocess
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("WEIR", str(ROOT / ".build" / "debug" / "weir"))


class Sandbox:
    """`weir sandbox start` on a port that the system chose."""

    def __init__(self, *options):
        command = [PROGRAM, "sandbox", "start", "--listen", "127.0.0.1:0", "--output", "json"]
        self.process = subprocess.Popen(
            [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{PROGRAM} sandbox start ended with {self.process.wait()}")
        self.settings = json.loads(line)

    @property
    def connection_string(self):
        return self.settings["AZURE_COMMUNICATION_CONNECTION_STRING"]

    @property
    def endpoint(self):
        return self.connection_string.split(";")[0].removeprefix("endpoint=").rstrip("/")

    @property
    def access_key(self):
        return self.connection_string.split(";accesskey=")[1]

    def admin(self, method, path, body=None):
        """Asks the sandbox's own paths, such as `requests`."""
        request = urllib.request.Request(
            f"{self.endpoint}/_sandbox/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as response:
            text = response.read()
        return json.loads(text) if text else None

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)

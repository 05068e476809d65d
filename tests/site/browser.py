# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headless Chromium, driven through chromedriver with the standard library only."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any


class Browser:
    """One session of a browser; `quit` ends it and its driver."""

    def __init__(self) -> None:
        driver, program = shutil.which("chromedriver"), shutil.which("chromium")
        assert driver is not None and program is not None
        self.folder = tempfile.TemporaryDirectory()
        self.log = open(Path(self.folder.name) / "driver.log", "w+", encoding="utf-8")
        self.process = subprocess.Popen([driver, "--port=0"], stdout=self.log, stderr=subprocess.STDOUT)
        self.address = f"http://127.0.0.1:{self.port()}"
        options = {"binary": program, "args": [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            f"--user-data-dir={self.folder.name}/profile"]}
        wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options,
                                                   "goog:loggingPrefs": {"browser": "ALL"}}}}
        self.session = self.ask("POST", "/session", wanted)["sessionId"]

    def port(self) -> int:
        """The port that the driver chose, from its first words."""
        for _ in range(600):
            text = Path(self.log.name).read_text(encoding="utf-8")
            if "on port " in text and "started successfully" in text:
                return int(text.rsplit("on port ", 1)[1].split(".")[0].split()[0])
            time.sleep(0.1)
        raise RuntimeError("chromedriver did not start")

    def ask(self, method: str, path: str, body: object = None) -> Any:
        data = None if method == "GET" else json.dumps(body or {}).encode()
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"},
                                         method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.read().decode()[:600]}") from None

    def command(self, method: str, path: str, body: object = None) -> Any:
        return self.ask(method, f"/session/{self.session}{path}", body)

    def open(self, address: str) -> None:
        self.command("POST", "/url", {"url": address})

    def run(self, script: str, *arguments: object) -> Any:
        """The value of a script, which may be a promise."""
        return self.command("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def keys(self, text: str) -> None:
        """Types where the focus is."""
        actions = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self.command("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def size(self, width: int, height: int) -> None:
        """The size of the page, also below what a window can be."""
        self.command("POST", "/goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride", "params": {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}})

    def complaints(self) -> list[str]:
        """What the page wrote to the console since the last time, if it is a complaint."""
        return [entry["message"] for entry in self.command("POST", "/se/log", {"type": "browser"})
                if entry["level"] in ("SEVERE", "WARNING")]

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.command("GET", "/screenshot")))

    def quit(self) -> None:
        try:
            self.ask("DELETE", f"/session/{self.session}")
        finally:
            self.process.terminate()
            self.process.wait()
            self.log.close()
            self.folder.cleanup()

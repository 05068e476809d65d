# SPDX-License-Identifier: LGPL-2.1-or-later
"""A message bus for tests, services on it, and a doorman in front of a daemon's socket."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import lab
import namespace

class Bus:
    """A message bus of its own, for one session; ends with the block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Bus:
        self.process = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", f"--address=unix:path={self.folder}/bus", "--print-address=1"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=lab.PLAIN)
        assert self.process.stdout is not None
        self.variables = {"DBUS_SESSION_BUS_ADDRESS": self.process.stdout.readline().strip(),
                          "XDG_RUNTIME_DIR": str(self.folder), "HOME": str(self.folder)}
        return self

    def __exit__(self, *reason: object) -> None:
        self.process.terminate()
        self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()

    @contextmanager
    def service(self, command: list[str], name: str = "org.libvirt", runtime: Path | None = None) -> Iterator[None]:
        """A service that has taken its name; ends with the block. One of root's sees `runtime` as the
        folder of the machine's sockets."""
        if runtime is not None and os.geteuid() == 0:
            command = namespace.within(command, sockets=runtime)
        environment = {**os.environ, **self.variables} if command[0] == lab.ours()[0] \
            else {**lab.PLAIN, **self.variables}
        with (self.folder / "service").open("wb") as log:
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            subprocess.run(["gdbus", "wait", "--session", "--timeout", "30", name], check=True,
                           env={**lab.PLAIN, **self.variables}, capture_output=True)
            yield
        finally:
            process.terminate()
            process.wait(20)


class Doorman:
    """Listens where programs expect a daemon of their user, and replaces a URI by one of equal length.

    The daemon behind it sees every other byte as the program sent it.
    """

    def __init__(self, runtime: Path, daemon: Path, asked: bytes, given: bytes) -> None:
        assert len(asked) == len(given), "the frames would change"
        self.daemon, self.asked, self.given = daemon, asked, given
        self.path = runtime / "libvirt" / "libvirt-sock"
        self.path.parent.mkdir(exist_ok=True)
        self.listener = socket.socket(socket.AF_UNIX)

    def __enter__(self) -> Doorman:
        self.listener.bind(str(self.path))
        self.listener.listen()
        # Programs of the split daemons look for this name first.
        (self.path.parent / "virtqemud-sock").symlink_to(self.path)
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *reason: object) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for name in ("libvirt-sock", "virtqemud-sock"):
            (self.path.parent / name).unlink()

    def serve(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            behind = socket.socket(socket.AF_UNIX)
            behind.connect(str(self.daemon))
            for source, target in ((client, behind), (behind, client)):
                threading.Thread(target=self.pass_on, args=(source, target), daemon=True).start()

    def pass_on(self, source: socket.socket, target: socket.socket) -> None:
        """Until one end closes; a URI stands in one message, which the client writes at once."""
        try:
            while data := source.recv(65536):
                target.sendall(data.replace(self.asked, self.given))
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

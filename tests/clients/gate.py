# SPDX-License-Identifier: LGPL-2.1-or-later
"""A door in front of a daemon's socket, at which connections are counted."""

from __future__ import annotations

import threading
from pathlib import Path
from socket import AF_UNIX, SHUT_WR, socket


class Gate:
    """A socket before that of a daemon, which counts the connections that are open at the same time."""

    def __init__(self, path: Path, behind: Path) -> None:
        self.behind = behind
        self.path = path
        self.most = 0
        self.open = 0
        self.lock = threading.Lock()
        self.listener = socket(AF_UNIX)
        self.listener.bind(str(path))
        self.listener.listen(16)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket(AF_UNIX)
            server.connect(str(self.behind))
            with self.lock:
                self.open += 1
                self.most = max(self.most, self.open)
            threading.Thread(target=self.copy, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self.copy, args=(server, client, False), daemon=True).start()

    def copy(self, source: socket, target: socket, counts: bool) -> None:
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            pass
        if counts:
            with self.lock:
                self.open -= 1
        try:
            target.shutdown(SHUT_WR)
        except OSError:
            pass
        source.close()

    def since(self) -> int:
        """How many were open at the same time since the last question."""
        with self.lock:
            most, self.most = self.most, self.open
        return most

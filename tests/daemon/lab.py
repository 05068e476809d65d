# SPDX-License-Identifier: LGPL-2.1-or-later
"""Daemons for tests, ours and the stock one, each on private sockets; and a client of bare messages."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Protocol

SOURCE = Path(os.environ.get("VIR_SOURCE_DIR", Path(__file__).parents[2]))
BUILD = Path(os.environ.get("VIR_BUILD_DIR", SOURCE / "build"))
STOCK = Path("/usr/sbin/libvirtd")

#: What programs of the machine need, to be on their own library.
PLAIN = {k: v for k, v in os.environ.items()
         if not k.startswith("LIBVIRT_") and k not in ("LD_LIBRARY_PATH", "LD_PRELOAD")}


def ours(*arguments: str) -> list[str]:
    """A command line that runs a program on our library."""
    return [str(SOURCE / "run"), *arguments]


def sanitized() -> bool:
    """Whether the build tree is instrumented, so that memory says nothing."""
    text = (BUILD / "Makefile").read_text(encoding="utf-8")
    return not re.search(r"^enable_sanitizers = (no)?$", text, re.MULTILINE)


def free_port() -> int:
    """A TCP port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Daemon:
    """One daemon with its own folder; ends with stop(), or with the program."""

    def __init__(self, config: str = "", arguments: tuple[str, ...] = (), tcp: bool = False,
                 environment: dict[str, str] | None = None, wait: bool = True) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="virlab"))
        self.port = free_port() if tcp else 0
        self.config = self.folder / "libvirtd.conf"
        text = f'unix_sock_dir = "{self.folder}"\n{config}'
        if tcp:
            text += (f'listen_tls = 0\nlisten_tcp = 1\ntcp_port = "{self.port}"\n'
                     'listen_addr = "127.0.0.1"\nauth_tcp = "none"\n')
        self.config.write_text(text, encoding="utf-8")
        self.log = (self.folder / "output").open("wb")
        command = [*self.command(), "--config", str(self.config), "--pid-file",
                   str(self.folder / "pid"), *(["--listen"] if tcp else []), *arguments]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.log,
                                        cwd=self.folder,
                                        stderr=subprocess.STDOUT,
                                        env={**self.environment(), **(environment or {})})
        if wait:
            self.wait()

    def command(self) -> list[str]:
        return ours(str(BUILD / "libvirtd"))

    def environment(self) -> dict[str, str]:
        return dict(os.environ)

    def wait(self) -> None:
        """Until it listens."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                with socket.socket(socket.AF_UNIX) as probe:
                    probe.connect(str(self.path))
                    return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.02)
        text = self.output()
        self.stop()
        raise RuntimeError(f"the daemon does not listen: {text}")

    @property
    def path(self) -> Path:
        return self.folder / "libvirt-sock"

    @property
    def pid(self) -> int:
        return self.process.pid

    def uri(self, name: str = "test:///default", transport: str = "unix") -> str:
        """The URI of a connection through this daemon."""
        driver, rest = name.split("://", 1)
        if transport == "tcp":
            return f"{driver}+tcp://127.0.0.1:{self.port}{rest}"
        return f"{driver}+unix://{rest}?socket={self.path}"

    def output(self) -> str:
        return (self.folder / "output").read_text(encoding="utf-8", errors="replace")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ends the daemon; its exit status. One that ended by itself tells in the log of the test why."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        else:
            print("".join(f"# {line}\n" for line in self.output().splitlines()[-40:]), end="")
        try:
            status = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        return status


class Stock(Daemon):
    """The daemon of the machine, with no driver but the test hypervisor."""

    @staticmethod
    def missing() -> str:
        """Why there is none, "" when there is one."""
        if not STOCK.exists():
            return f"no stock daemon at {STOCK}"
        if os.geteuid() != 0:
            return "the stock daemon needs root for folders of its own"
        if subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode:
            return "the stock daemon needs a mount namespace of its own"
        return ""

    def command(self) -> list[str]:
        # Its folders are not those of a daemon that may run here.
        folders = ("run", "lib", "cache", "log", "etc")
        for name in (*folders, "drivers"):
            (self.folder / name).mkdir()
        mounts = {"run": "/run/libvirt", "lib": "/var/lib/libvirt", "cache": "/var/cache/libvirt",
                  "log": "/var/log/libvirt", "etc": "/etc/libvirt"}
        script = "".join(f"mkdir -p {place}; mount --bind '{self.folder}/{name}' {place}; "
                         for name, place in mounts.items())
        return ["unshare", "-m", "--propagation", "private", "sh", "-ec",
                script + 'exec "$@"', "sh", str(STOCK)]

    def environment(self) -> dict[str, str]:
        return {**PLAIN, "LIBVIRT_DRIVER_DIR": str(self.folder / "drivers")}


REMOTE = 0x20008086
QEMU = 0x20008087
ADMIN = 0x06900690
KEEPALIVE = 0x6B656570
CALL, REPLY, EVENT, STREAM, CALL_FILES, REPLY_FILES, HOLE = range(7)
OK, ERROR, CONTINUE = range(3)


def text(value: str) -> bytes:
    """A string as the protocol has it."""
    data = value.encode()
    return struct.pack(">I", len(data)) + data + b"\0" * (-len(data) % 4)


def opening(name: str = "test:///default", flags: int = 0) -> bytes:
    """What OPEN carries."""
    return struct.pack(">I", 1) + text(name) + struct.pack(">I", flags)


class Message:
    """A message that arrived."""

    def __init__(self, data: bytes) -> None:
        (self.program, self.version, self.procedure, self.type, self.serial,
         self.status) = struct.unpack(">IIiIII", data[:24])
        self.payload = data[24:]

    def error(self) -> tuple[int, int, str]:
        """Code, domain and text of an error."""
        assert self.status == ERROR, self.status
        code, domain, present = struct.unpack(">iiI", self.payload[:12])
        if not present:
            return code, domain, ""
        (length,) = struct.unpack(">I", self.payload[12:16])
        return code, domain, self.payload[16:16 + length].decode()


class Sockets(Protocol):
    """Whatever has a folder with sockets."""

    folder: Path


class Raw:
    """A client that sends whatever it is told."""

    def __init__(self, daemon: Sockets, name: str = "libvirt-sock", timeout: float = 5) -> None:
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(timeout)
        self.socket.connect(str(daemon.folder / name))
        self.serial = 0

    def __enter__(self) -> Raw:
        return self

    def __exit__(self, *reason: object) -> None:
        self.socket.close()

    def send(self, procedure: int, payload: bytes = b"", program: int = REMOTE, version: int = 1,
             kind: int = CALL, serial: int | None = None, status: int = OK) -> int:
        """Sends one message; its serial."""
        if serial is None:
            self.serial += 1
            serial = self.serial
        self.socket.sendall(struct.pack(">IIIiIII", 28 + len(payload), program, version, procedure,
                                        kind, serial, status) + payload)
        return serial

    def take(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            if not more:
                raise EOFError
            data += more
        return data

    def receive(self) -> Message:
        (length,) = struct.unpack(">I", self.take(4))
        return Message(self.take(length - 4))

    def call(self, procedure: int, payload: bytes = b"", **how: int) -> Message:
        """Sends a call and waits for the next message."""
        self.send(procedure, payload, **how)
        return self.receive()

    def open(self, name: str = "test:///default", flags: int = 0) -> Raw:
        assert self.call(66).status == OK
        reply = self.call(1, opening(name, flags))
        assert reply.status == OK, reply.error()
        return self

    def silent(self, seconds: float = 0.2) -> bool:
        """Whether nothing comes for a moment."""
        before = self.socket.gettimeout()
        self.socket.settimeout(seconds)
        try:
            return not self.socket.recv(1, socket.MSG_PEEK)
        except TimeoutError:
            return True
        finally:
            self.socket.settimeout(before)

    def ended(self) -> bool:
        """Whether the daemon ended the connection."""
        try:
            return self.socket.recv(1) == b""
        except ConnectionResetError:
            return True

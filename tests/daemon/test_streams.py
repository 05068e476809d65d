# SPDX-License-Identifier: LGPL-2.1-or-later
"""Streams through our daemon: sparse data both ways, and a daemon that dies under open ones.

Each on our library and on the one of the machine, driven by Debian's python3-libvirt, over unix and TCP.
"""

from __future__ import annotations

import os
import subprocess
import time
import unittest
from pathlib import Path

import lab

PYTHON = "/usr/bin/python3"
NODE = """<node>
<domain type='test'><name>one</name><memory>8192</memory><os><type>hvm</type></os></domain>
<pool type='dir'><name>images</name><target><path>/images</path></target></pool>
<fault function='DomainGetInfo' delay='60000'/></node>"""
VOLUME = "<volume><name>sparse</name><capacity>{size}</capacity></volume>"

#: A file of data and holes goes up and comes back: the same bytes, and holes where holes were.
SPARSE = """
import libvirt, os, sys
uri, folder = sys.argv[1:]
MB = 1 << 20
plan = [(True, 3 * MB), (False, 64 * MB), (True, 1), (False, 5 * MB - 1), (True, 2 * MB), (False, 7 * MB)]
size = sum(length for _, length in plan)
source, back = os.path.join(folder, "source"), os.path.join(folder, "back")
with open(source, "wb") as file:
    for data, length in plan:
        if data: file.write(os.urandom(length))
        else: file.seek(length, os.SEEK_CUR)
    file.truncate(size)
conn = libvirt.open(uri)
pool = conn.storagePoolLookupByName("default-pool")
volume = pool.createXML("<volume><name>sparse</name><capacity>%d</capacity></volume>" % size)
sent = received = holes = 0

def in_data(fd):
    # a section at a time: (whether it is data, how long it is)
    now = os.lseek(fd, 0, os.SEEK_CUR)
    if now >= size: return (False, 0)
    try: data = os.lseek(fd, now, os.SEEK_DATA)
    except OSError: data = size
    if data > now:
        found = (False, data - now)
    else:
        found = (True, os.lseek(fd, now, os.SEEK_HOLE) - now)
    os.lseek(fd, now, os.SEEK_SET)
    return found

def read(stream, count, fd):
    global sent
    data = os.read(fd, count)
    sent += len(data)
    return data

def hole(stream, fd): return in_data(fd)
def skip(stream, length, fd): return os.lseek(fd, length, os.SEEK_CUR)

fd = os.open(source, os.O_RDONLY)
stream = conn.newStream()
volume.upload(stream, 0, 0, libvirt.VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM)
stream.sparseSendAll(read, hole, skip, fd)
stream.finish()
os.close(fd)

def write(stream, data, fd):
    global received
    received += len(data)
    return os.write(fd, data)

def make(stream, length, fd):
    global holes
    holes += length
    os.ftruncate(fd, os.lseek(fd, length, os.SEEK_CUR))

fd = os.open(back, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
stream = conn.newStream()
volume.download(stream, 0, 0, libvirt.VIR_STORAGE_VOL_DOWNLOAD_SPARSE_STREAM)
stream.sparseRecvAll(write, make, fd)
stream.finish()
os.close(fd)
same = open(source, "rb").read() == open(back, "rb").read()
print(same, sent < 8 * MB, received < 8 * MB, holes > 70 * MB, received + holes == size)
volume.delete()
"""

#: Threads that wait for answers, and streams that are open both ways, when the daemon is killed.
DYING = """
import libvirt, sys, threading
libvirt.registerErrorHandler(lambda *_: None, None)
conn = libvirt.open(sys.argv[1])
one = conn.lookupByName("one")
pool = conn.storagePoolLookupByName("images")
messages, lock = [], threading.Lock()

def note(kind, call):
    try:
        while True: call()
    except libvirt.libvirtError as error:
        with lock: messages.append((kind, error.get_error_message()))

def upload(number):
    volume = pool.createXML("<volume><name>up%d</name><capacity>1</capacity></volume>" % number)
    stream = conn.newStream()
    volume.upload(stream, 0, 0)
    return lambda: stream.send(b"x" * 65536)

def download(number):
    volume = pool.createXML("<volume><name>down%d</name><capacity>1</capacity></volume>" % number)
    stream = conn.newStream()
    volume.download(stream, 0, 0)
    stream.recv(1)
    return lambda: (waiting.wait(), stream.recv(65536), stream.finish(), one.info())

waiting = threading.Event()
calls = [("stream", make(number)) for number in range(2) for make in (upload, download)]
threads = [threading.Thread(target=note, args=("call", one.info)) for _ in range(64)]
threads += [threading.Thread(target=note, args=call) for call in calls]
for thread in threads: thread.start()
print("waiting", flush=True)
sys.stdin.readline()
waiting.set()
for thread in threads: thread.join(20)
print(sum(thread.is_alive() for thread in threads), sum(kind == "call" for kind, _ in messages),
      sum(kind == "stream" for kind, _ in messages), all(text for _, text in messages))
"""


def has_bindings() -> bool:
    return subprocess.run([PYTHON, "-c", "import libvirt"], capture_output=True, env=lab.PLAIN).returncode == 0


@unittest.skipUnless(has_bindings(), "no python3-libvirt")
class Streams(unittest.TestCase):
    daemon: lab.Daemon

    def setUp(self) -> None:
        self.daemon = lab.Daemon(tcp=True)
        self.addCleanup(self.daemon.stop)

    def ways(self, name: str) -> list[tuple[str, list[str], dict[str, str], str]]:
        """Title, command, environment and URI."""
        return [(f"{title}, {transport}", python, environment, self.daemon.uri(name, transport))
                for title, python, environment in (("our library", lab.ours(PYTHON), dict(os.environ)),
                                                   ("Debian's library", [PYTHON], lab.PLAIN))
                for transport in ("unix", "tcp")]

    def test_sparse_data_goes_both_ways(self) -> None:
        for title, python, environment, uri in self.ways("test:///default"):
            with self.subTest(title):
                result = subprocess.run([*python, "-c", SPARSE, uri, str(self.daemon.folder)], env=environment,
                                        capture_output=True, text=True, timeout=120)
                self.assertEqual(result.stdout, "True True True True True\n", result.stderr)

    def test_a_daemon_that_dies_ends_calls_and_streams(self) -> None:
        path = Path(self.daemon.folder) / "node.xml"
        path.write_text(NODE, encoding="utf-8")
        title, python, environment, uri = self.ways(f"test://{path}")[0]
        process = subprocess.Popen([*python, "-c", DYING, uri], env=environment, text=True, stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        assert process.stdin is not None and process.stdout is not None
        self.assertEqual(process.stdout.readline(), "waiting\n")
        time.sleep(0.5)
        self.daemon.process.kill()
        process.stdin.write("\n")
        process.stdin.flush()
        self.assertEqual(process.stdout.readline(), "0 64 4 True\n")


if __name__ == "__main__":
    unittest.main()

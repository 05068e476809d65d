# SPDX-License-Identifier: LGPL-2.1-or-later
"""Programs that watch guests: collectd's virt plugin and prometheus-libvirt-exporter, on our library and daemon."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "daemon"))

import lab

INSIDE = "test:///default"
COLLECTD = Path("/usr/sbin/collectd")
PLUGINS = Path("/usr/lib/collectd")
EXPORTER = Path("/usr/bin/prometheus-libvirt-exporter")
SANITIZED = os.environ.get("VIR_SANITIZERS", "no") != "no"
PATIENCE = 60

CONFIG = """Interval 1
BaseDir "{folder}"
PIDFile "{folder}/pid"
PluginDir "{plugins}"
TypesDB "/usr/share/collectd/types.db"
FQDNLookup false
LoadPlugin csv
<Plugin csv>
DataDir "{folder}/csv"
</Plugin>
LoadPlugin virt
<Plugin virt>
Connection "{uri}"
RefreshInterval 2
HostnameFormat name
ExtraStats "cpu_util disk domain_state memory vcpu"
</Plugin>
"""


def wait_for(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


class Monitors(unittest.TestCase):
    daemon: lab.Daemon

    @classmethod
    def setUpClass(cls) -> None:
        cls.daemon = lab.Daemon()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.daemon.stop()

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="virmonitor"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.log = self.folder / "output"

    def start(self, command: list[str], mine: bool) -> None:
        with self.log.open("wb") as log:
            process = subprocess.Popen(lab.ours(*command) if mine else command, stdin=subprocess.DEVNULL,
                                       stdout=log, stderr=subprocess.STDOUT,
                                       env=dict(os.environ) if mine else lab.PLAIN)
        self.addCleanup(process.wait, 20)
        self.addCleanup(process.terminate)

    def ways(self) -> list[tuple[str, str, bool]]:
        """Title, URI and whether our library is loaded."""
        direct = [] if SANITIZED else [("our library", INSIDE, True),
                                       ("our library and daemon", self.daemon.uri(), True)]
        return [*direct, ("our daemon", self.daemon.uri(), False)]

    @unittest.skipUnless(COLLECTD.exists() and (PLUGINS / "virt.so").exists(), "collectd-core is not installed")
    def test_collectd(self) -> None:
        for title, uri, mine in self.ways():
            with self.subTest(way=title):
                self.collect(uri, mine)
                self.doCleanups()
                self.setUp()

    def collect(self, uri: str, mine: bool) -> None:
        config = self.folder / "collectd.conf"
        config.write_text(CONFIG.format(folder=self.folder, plugins=PLUGINS, uri=uri), encoding="utf-8")
        self.start([str(COLLECTD), "-f", "-C", str(config)], mine)
        data = self.folder / "csv" / "test" / "virt"

        def series(name: str) -> list[list[float]]:
            files = sorted(data.glob(f"{name}-20*"))
            if not files:
                return []
            rows = files[0].read_text(encoding="ascii").splitlines()[1:]
            return [[float(value) for value in row.split(",")] for row in rows if row[-1:].isalnum()]

        self.assertTrue(wait_for(lambda: len(series("virt_cpu_total")) >= 3 and bool(series("memory-total"))),
                        self.log.read_text(errors="replace"))
        # The first values of rates are missing; running guests use their processors.
        self.assertGreater(series("virt_cpu_total")[-1][1], 0)
        self.assertEqual(series("memory-total")[-1][1], 2048 * 1024 * 1024)
        self.assertEqual(series("domain_state")[-1][1], 1)

    @unittest.skipUnless(EXPORTER.exists(), "prometheus-libvirt-exporter is not installed")
    def test_prometheus(self) -> None:
        for title, uri, mine in self.ways():
            with self.subTest(way=title):
                port = lab.free_port()
                self.start([str(EXPORTER), f"--libvirt.uri={uri}", f"--web.listen-address=127.0.0.1:{port}"], mine)
                self.scrape(port)
                self.doCleanups()
                self.setUp()

    def scrape(self, port: int) -> None:
        pages: list[str] = []

        def answered() -> bool:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as reply:
                    pages.append(reply.read().decode())
            except (urllib.error.URLError, ConnectionError):
                return False
            return True

        self.assertTrue(wait_for(answered), self.log.read_text(errors="replace"))
        page = pages[-1]
        self.assertRegex(page, r"(?m)^libvirt_up 1$")
        values = {name: float(value) for name, value in
                  re.findall(r'(?m)^(libvirt_domain\w+)\{[^}]*domain="test"[^}]*\} (\S+)$', page)}
        self.assertEqual(values.get("libvirt_domain_info_maximum_memory_bytes"), 8388608 * 1024, page)
        self.assertEqual(values.get("libvirt_domain_info_virtual_cpus"), 2, page)
        self.assertEqual(values.get("libvirt_domain_state_code", values.get("libvirt_domain_info_vstate", 1)), 1)


if __name__ == "__main__":
    sys.exit(unittest.main())

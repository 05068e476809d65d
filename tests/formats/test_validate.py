# SPDX-License-Identifier: LGPL-2.1-or-later
"""VALIDATE flags leave the same error code and domain as on a stock library, for the same wrong document.

Runs itself with python3-libvirt on our library, and on the stock one where that is installed.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import unittest
from collections.abc import Callable
from pathlib import Path

SOURCE = Path(os.environ.get("VIR_SOURCE_DIR", Path(__file__).parents[2]))
PYTHON = "/usr/bin/python3"
STOCK = "/usr/lib/*/libvirt.so.0"
DOMAIN = "<domain type='test'><name>v</name><memory>1024</memory><os><type>hvm</type></os>{}</domain>"
TWICE = "<devices><disk type='file'><target dev='vda'/></disk><disk type='file'><target dev='vda'/></disk></devices>"
NETWORK = "<network><name>n</name>{}</network>"
POOL = "<pool type='{}'><name>q</name><target><path>/q</path></target>{}</pool>"
#: What is wrong: the object, the document, and the code and domain of the error (None: there is none).
WRONG: dict[str, tuple[str, str, tuple[int, int] | None]] = {
    "nothing": ("domain", DOMAIN.format(""), None),
    "unknown element": ("domain", DOMAIN.format("<foo/>"), (92, 5)),
    "unknown attribute": ("domain", DOMAIN.format("<vcpu foo='1'>1</vcpu>"), (92, 5)),
    "number": ("domain", DOMAIN.format("<vcpu>x</vcpu>"), (92, 5)),
    "token": ("domain", DOMAIN.format("<on_crash>x</on_crash>"), (92, 5)),
    "missing attribute": ("domain", DOMAIN.format("<devices><disk type='file'><target/></disk></devices>"), (92, 5)),
    "missing name": ("domain", "<domain type='test'><memory>1024</memory><os><type>hvm</type></os></domain>", (92, 5)),
    "stray text": ("domain", DOMAIN.format("<devices>x</devices>"), (92, 5)),
    "given twice": ("domain", DOMAIN.format("<vcpu>1</vcpu><vcpu>1</vcpu>"), (92, 5)),
    "root": ("domain", "<dom/>", (27, 5)),
    "not XML": ("domain", "<domain", (35, 20)),
    "meaning": ("domain", DOMAIN.format(TWICE), (19, 20)),
    "network: unknown element": ("network", NETWORK.format("<foo/>"), (92, 5)),
    "network: token": ("network", NETWORK.format("<forward mode='x'/>"), (92, 5)),
    "network: missing name": ("network", "<network/>", (92, 5)),
    "pool: unknown element": ("pool", POOL.format("dir", "<foo/>"), (92, 5)),
    "pool: token": ("pool", POOL.format("dirx", ""), (92, 5)),
    "interface: unknown element": ("interface", "<interface type='ethernet' name='e'><foo/></interface>", (92, 5)),
    "snapshot: unknown element": ("snapshot", "<domainsnapshot><foo/></domainsnapshot>", (92, 5)),
}


def ask() -> None:
    """Prints what the library at hand says to each document."""
    libvirt = importlib.import_module("libvirt")
    libvirt.registerErrorHandler(lambda *_: None, None)
    conn = libvirt.open("test:///default")
    calls: dict[str, Callable[[str], object]] = {
        "domain": lambda xml: conn.defineXMLFlags(xml, libvirt.VIR_DOMAIN_DEFINE_VALIDATE),
        "network": lambda xml: conn.networkDefineXMLFlags(xml, libvirt.VIR_NETWORK_DEFINE_VALIDATE),
        "pool": lambda xml: conn.storagePoolDefineXML(xml, libvirt.VIR_STORAGE_POOL_DEFINE_VALIDATE),
        "interface": lambda xml: conn.interfaceDefineXML(xml, libvirt.VIR_INTERFACE_DEFINE_VALIDATE),
        "snapshot": lambda xml: conn.lookupByName("test").snapshotCreateXML(
            xml, libvirt.VIR_DOMAIN_SNAPSHOT_CREATE_VALIDATE
        ),
    }
    said: dict[str, tuple[int, int] | None] = {}
    for name, (kind, xml, _) in WRONG.items():
        try:
            calls[kind](xml)
            said[name] = None
        except libvirt.libvirtError as error:
            said[name] = (error.get_error_code(), error.get_error_domain())
    print(json.dumps(said))


def answers(*command: str | Path, environment: dict[str, str] | None = None) -> dict[str, tuple[int, int] | None]:
    ran = subprocess.run(
        [*map(str, command), PYTHON, __file__, "ask"], env=environment, capture_output=True, text=True, check=True
    )
    return {name: answer and (answer[0], answer[1]) for name, answer in json.loads(ran.stdout).items()}


class Validate(unittest.TestCase):
    maxDiff = None

    def setUp(self) -> None:
        if subprocess.run([PYTHON, "-c", "import libvirt"], capture_output=True, check=False).returncode:
            self.skipTest("python3-libvirt is not installed")

    def test_codes(self) -> None:
        self.assertEqual(answers(SOURCE / "run"), {name: error for name, (_, _, error) in WRONG.items()})

    def test_stock_says_the_same(self) -> None:
        if not list(Path("/").glob(STOCK.lstrip("/"))):
            self.skipTest("no stock library is installed")
        plain = {k: v for k, v in os.environ.items() if k != "LD_LIBRARY_PATH" and not k.startswith("LIBVIRT_")}
        self.assertEqual(answers(environment=plain), {name: error for name, (_, _, error) in WRONG.items()})


if __name__ == "__main__":
    if sys.argv[1:] == ["ask"]:
        ask()
    else:
        unittest.main()

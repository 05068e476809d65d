#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""UEFI in guests: which file is chosen, whose variables it gets, and what becomes of them."""

from __future__ import annotations

import unittest
from pathlib import Path

from qemu_guest import Guest, wait_for

DESCRIPTION = Path("/usr/share/qemu/firmware/60-edk2-x86_64.json")
GUEST = """<domain type='qemu'><name>{name}</name><memory unit='MiB'>256</memory><vcpu>1</vcpu>
  <os firmware='efi'><type arch='x86_64' machine='{machine}'>hvm</type>{os}</os><features><acpi/>{features}</features>
  <devices><serial type='pty'><log file='{log}'/></serial></devices></domain>"""


@unittest.skipUnless(DESCRIPTION.exists(), "no description of UEFI here (package ovmf)")
class Firmware(Guest):
    def uefi(self, machine: str = "q35", os: str = "", features: str = "", name: str = "guest") -> str:
        return GUEST.format(name=name, machine=machine, os=os, features=features, log=self.console)

    def variables(self) -> Path:
        return self.root / "lib" / "qemu" / "nvram" / "guest_VARS.fd"

    def test_choice(self) -> None:
        for what, expected, machine, os, features in (
                ("the plain one", "OVMF_CODE_4M.fd", "q35", "", ""),
                ("an old machine", "OVMF_CODE_4M.fd", "pc", "", ""),
                ("keys", "OVMF_CODE_4M.ms.fd", "q35",
                 "<firmware><feature enabled='yes' name='enrolled-keys'/></firmware>", "<smm state='on'/>"),
                ("secure boot without keys", "OVMF_CODE_4M.secboot.fd", "q35",
                 "<firmware><feature enabled='yes' name='secure-boot'/><feature enabled='no' name='enrolled-keys'/></firmware>", ""),
                ("no secure boot", "OVMF_CODE_4M.fd", "q35",
                 "<firmware><feature enabled='no' name='secure-boot'/></firmware>", "<smm state='on'/>")):
            with self.subTest(what):
                self.define(self.uefi(machine, os, features))
                xml = self.virsh("dumpxml", "guest")
                self.assertIn(f"/{expected}</loader>", xml)
                self.assertIn(str(self.variables()), xml)
                self.assertEqual("secure='yes'" in xml, "secboot" in expected or ".ms" in expected)
                self.virsh("undefine", "guest", "--nvram")
        with self.subTest("what there is not"):
            path = self.root / "guest.xml"
            path.write_text(self.uefi("pc", "<firmware><feature enabled='yes' name='secure-boot'/></firmware>"))
            self.assertIn("'efi'", self.virsh("define", str(path), good=False))

    def test_it_boots_with_variables_of_its_own(self) -> None:
        self.define(self.uefi())
        self.assertFalse(self.variables().exists())
        self.virsh("start", "guest")
        wait_for("the firmware's own words", lambda: b"BdsDxe" in self.said())
        self.assertEqual(self.variables().stat().st_size, Path("/usr/share/OVMF/OVMF_VARS_4M.fd").stat().st_size)
        self.virsh("destroy", "guest")
        self.assertTrue(self.variables().exists())
        with self.subTest("they stay, and are made anew when that is asked for"):
            self.variables().write_bytes(b"mine" + self.variables().read_bytes()[4:])
            self.virsh("start", "guest", "--paused")
            self.virsh("destroy", "guest")
            self.assertEqual(self.variables().read_bytes()[:4], b"mine")
            self.virsh("start", "guest", "--paused", "--reset-nvram")
            self.virsh("destroy", "guest")
            self.assertNotEqual(self.variables().read_bytes()[:4], b"mine")
        with self.subTest("who undefines says what becomes of them"):
            self.assertIn("nvram", self.virsh("undefine", "guest", good=False))
            self.virsh("undefine", "guest", "--keep-nvram")
            self.assertTrue(self.variables().exists())
            self.define(self.uefi())
            self.virsh("undefine", "guest", "--nvram")
            self.assertFalse(self.variables().exists())


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: LGPL-2.1-or-later
"""Debug logs of both ends tell each message: procedure, serial, kind, status, values; and no secret."""

from __future__ import annotations

import os
import subprocess
import unittest

import lab

GUEST = "<domain type='test'><name>log</name><memory>8192</memory><os><type>hvm</type></os></domain>"
SECRET = "<secret ephemeral='no' private='no'><uuid>11111111-2222-3333-4444-555555555555</uuid></secret>"
HIDDEN = "c2VjcmV0LXdvcmQ="    # secret-word


class Logs(unittest.TestCase):
    def setUp(self) -> None:
        self.daemon = lab.Daemon("log_level = 1\n")
        self.addCleanup(self.daemon.stop)

    def virsh(self, words: str) -> str:
        """What the client logs."""
        result = subprocess.run(
            [*lab.ours(str(lab.BUILD / "virsh")), "-c", self.daemon.uri(), words], text=True,
            capture_output=True, timeout=60, env={**os.environ, "LIBVIRT_DEBUG": "1"})
        return result.stderr

    def both(self, words: str) -> tuple[str, str]:
        client = self.virsh(words)
        return client, self.daemon.output()

    def test_calls_and_answers(self) -> None:
        client, daemon = self.both("domid test")
        for text, here, there in ((client, "sent", "received"), (daemon, "received", "sent")):
            self.assertRegex(text, here + r' DomainLookupByName: serial \d+, call, ok, \{name="test"\}')
            self.assertRegex(text, there + r' DomainLookupByName: serial \d+, reply, ok, \{dom=\{'
                             r'name="test", uuid=6695eb01-f6a4-8304-79aa-97f2502e193f, id=1\}\}')

    def test_errors(self) -> None:
        client, daemon = self.both("domid nothing")
        for text in (client, daemon):
            self.assertRegex(text, r"DomainLookupByName: serial \d+, reply, error, code 42 of domain 12: ")

    def test_secrets_stay_out(self) -> None:
        with lab.Raw(self.daemon) as keeper:
            keeper.open()
            path = self.daemon.folder / "secret.xml"
            path.write_text(SECRET, encoding="utf-8")
            uuid = "11111111-2222-3333-4444-555555555555"
            client, daemon = self.both(
                f"secret-define {path}; secret-set-value {uuid} {HIDDEN}; secret-get-value {uuid}")
        for text in (client, daemon):
            self.assertIn("SecretSetValue: serial", text)
            self.assertIn("value=<hidden>", text)
            self.assertRegex(text, r"SecretGetValue: serial \d+, reply, ok, \{value=<hidden>\}")
            for shown in ("secret-word", "secret-word".encode().hex()):
                self.assertNotIn(shown, text)

    def test_lines_end(self) -> None:
        with lab.Raw(self.daemon) as keeper:
            keeper.open()
            for i in range(30):
                keeper.call(11, lab.text(GUEST.replace("log", f"{'n' * 60}{i}")))
            client, daemon = self.both("list --all --name")
        for text in (client, daemon):
            lines = [line for line in text.splitlines() if "ConnectListAllDomains: serial" in line]
            self.assertTrue(lines)
            self.assertLess(max(map(len, lines)), 1400)


if __name__ == "__main__":
    unittest.main()

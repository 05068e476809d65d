# SPDX-License-Identifier: LGPL-2.1-or-later
"""virt-manager's windows on test:///default and our library: the list, a domain, a network, a pool.

What they say is read as assistive programs read it; screenshots stay in tests/screenshots of the build tree.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "daemon"))

import lab
from bus import Bus

PYTHON = "/usr/bin/python3"
MANAGER = Path("/usr/share/virt-manager/virtManager/virtmanager.py")
EYES = "import gi; gi.require_version('Atspi', '2.0'); gi.require_version('Gtk', '3.0')"
SCREENSHOTS = lab.BUILD / "tests" / "screenshots"


def missing() -> str:
    """Why it cannot run here, "" when it can."""
    if os.environ.get("VIR_SANITIZERS", "no") != "no":
        return "the desktop's libraries are not instrumented"
    for program, package in (("Xvfb", "xvfb"), ("dbus-daemon", "dbus-daemon"), ("virt-manager", "virt-manager")):
        if not shutil.which(program):
            return f"{package} is not installed"
    if not MANAGER.exists():
        return "virt-manager's windows are not installed"
    if subprocess.run([PYTHON, "-c", EYES], capture_output=True, env=lab.PLAIN).returncode:
        return "gir1.2-atspi-2.0 or gir1.2-gtk-3.0 is not installed"
    return ""


class Windows(unittest.TestCase):
    def test_windows(self) -> None:
        if reason := missing():
            self.skipTest(reason)
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="virdesk") as name, Bus(Path(name)) as bus:
            read, write = os.pipe()
            screen = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1024x768x24"],
                                      pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.addCleanup(screen.wait, 20)
            self.addCleanup(screen.terminate)
            os.close(write)
            with os.fdopen(read) as numbers:
                display = f":{numbers.readline().strip()}"
            self.look({**lab.PLAIN, **bus.variables, "DISPLAY": display, "GDK_BACKEND": "x11",
                       "GSETTINGS_BACKEND": "memory", "LC_ALL": "C.UTF-8", "G_DEBUG": ""}, Path(name) / "output")

    def look(self, environment: dict[str, str], output: Path) -> None:
        with output.open("wb") as log:
            manager = subprocess.Popen(
                lab.ours("virt-manager", "--no-fork", "--connect", "test:///default", "--show-host-summary"),
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        try:
            libraries = Path(f"/proc/{manager.pid}/maps")
            eyes = subprocess.run([PYTHON, str(Path(__file__).parent / "programs" / "desktop.py"), str(SCREENSHOTS)],
                                  env=environment, capture_output=True, text=True, timeout=300)
            said = f"{eyes.stdout}{eyes.stderr}{output.read_text(errors='replace')}"
            self.assertIn(str(lab.BUILD / ".libs/libvirt.so.0"), libraries.read_text(), "not on our library")
            self.assertNotIn("not ok", eyes.stdout, said)
            self.assertIn("1..5", eyes.stdout, said)
        finally:
            manager.terminate()
            manager.wait(20)
        for name in ("host", "network", "pool", "domain", "list"):
            self.assertGreater((SCREENSHOTS / f"{name}.png").stat().st_size, 4000, name)


if __name__ == "__main__":
    sys.exit(unittest.main())

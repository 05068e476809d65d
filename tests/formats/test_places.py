# SPDX-License-Identifier: LGPL-2.1-or-later
"""Places of devices and rules of documents: those of the stock QEMU driver, where it can be asked; the same every time.

The documents of place_corpus.py are defined on an embedded QEMU host of our library and of the stock one; every device
must be the same text; those of pSeries and s390 where their QEMU is installed, too. Those of rule_corpus.py keep or break one rule each: the same are refused, with the same code.
Controllers may stand in another order: ours print in the order of their numbers, so that a
document that was printed stays as it is.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import place_corpus
import rule_corpus

SOURCE = Path(os.environ.get("VIR_SOURCE_DIR", Path(__file__).parents[2]))
BUILD = Path(os.environ.get("VIR_BUILD_DIR", SOURCE / "build"))
HERE = SOURCE / "tests/formats"
#: The interpreter of the system has the binding.
PYTHON = "/usr/bin/python3"
EMULATOR = shutil.which("qemu-system-x86_64")
#: The stock driver trusts QEMU's word that it has KVM, finds that it may not use it, and asks again at every call.
WRAPPER = """#!/bin/sh
for argument; do
    shift
    case $argument in
    *accel=kvm:tcg*) argument=$(printf %s "$argument" | sed 's/accel=kvm:tcg/accel=tcg/') ;;
    esac
    set -- "$@" "$argument"
done
exec {emulator} "$@"
"""
#: The stock driver spoils its memory now and then.
ATTEMPTS = 4
#: Rules that are ours: the document, and why the answer is another.
OURS = {
    "memory in an unknown unit": "a wrong word in a document is an error of the document",
    "memory that overflows": "the same for a number",
    "no processor": "stock speaks of nodes, which there are none",
    "a state given twice": "stock takes the last one",
    "two balloons": "the second element is what is wrong",
    "two watchdogs": "newer than 9.0.0",
}

Answer = dict[str, str]


def missing() -> str | None:
    """Why nothing can be defined here; None: it can."""
    if not EMULATOR:
        return "qemu-system-x86_64 is not installed"
    if subprocess.run([PYTHON, "-c", "import libvirt"], capture_output=True, check=False).returncode:
        return "python3-libvirt is not installed"
    return None


def stock(answered: bool = True) -> str | None:
    """Why the stock driver cannot be asked; None: it can."""
    if not answered:
        return f"the stock driver crashed {ATTEMPTS} times"
    if not list(Path("/usr/lib").glob("*/libvirt/connection-driver/libvirt_driver_qemu.so")):
        return "the stock QEMU driver (libvirt-daemon-driver-qemu) is not installed"
    return None


def define(ours: bool, texts: list[str], *more: str) -> list[Answer]:
    """What a library makes of every document."""
    with tempfile.TemporaryDirectory() as folder:
        wrapper = Path(folder) / "bin/qemu-system-x86_64"
        wrapper.parent.mkdir()
        wrapper.write_text(WRAPPER.replace("{emulator}", str(EMULATOR)), encoding="utf-8")
        wrapper.chmod(0o755)
        command = [PYTHON, str(HERE / "define_all.py"), f"{folder}/root"]
        command = [str(SOURCE / "run"), *command, *more] if ours else [*command, "--abandon"]
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("LD_", "LIBVIRT"))}
        environment |= {"VIR_BUILD_DIR": str(BUILD), "PATH": f"{wrapper.parent}:{os.environ['PATH']}"}
        if not ours:
            environment.pop("VIR_BUILD_DIR")
        ran = subprocess.run(command, input=json.dumps(texts), capture_output=True,
                             text=True, timeout=400, check=False, env=environment)
    if ran.returncode:
        raise AssertionError(ran.stderr)
    return list(json.loads(ran.stdout))


def devices(text: str) -> list[str]:
    """The devices of a document, without the path of the emulator; controllers in the order of their numbers."""
    found = re.search(r"<devices>\n(.*)</devices>", text, re.DOTALL)
    assert found
    return sorted(split(found[1]), key=place)


def code(answer: Answer) -> str:
    """The code of an error, without who raised it."""
    return answer.get("code", "").partition("/")[2]


def rest(text: str) -> list[str]:
    """A document as lines, without the processor that the stock driver chooses where nobody asked for one."""
    text = re.sub(r" *<(emulator|model fallback).*\n", "", text)
    text = re.sub(r"<cpu mode='custom' match='exact' check='none'>", "<cpu>", text)
    text = re.sub(r"  <cpu>\s*</cpu>\n", "", text)
    return [" ".join(sorted(re.sub("(/?>)", r" \1", line).split())) for line in text.splitlines()]


def split(text: str) -> list[str]:
    """The text of each device."""
    return [part for part in re.split(r"\n(?=    <[a-z])", text.rstrip()) if "<emulator>" not in part]


def place(device: str) -> tuple[str, int]:
    """What controllers are sorted by; other devices stay where they are."""
    found = re.match(r" *<controller type='(.*?)' index='(\d+)'", device)
    return (found[1], int(found[2])) if found else ("", 0)


#: Guests that need no files, with every kind of bus.
STARTED = {
    "empty", "nics of old models", "many nics", "channels on two controllers", "ehci", "xhci", "usb hub", "usb input",
    "sound", "rng", "watchdog", "serial on pci", "bridge", "device on a bridge that is missing", "root ports", "switch",
    "dmi to pci bridge",
}
PLACES = list(place_corpus.documents())
RULES = list(rule_corpus.documents())
TEXTS = [text for _, text in PLACES + RULES]


class Places(unittest.TestCase):
    maxDiff = None
    ours: list[Answer] = []
    theirs: list[Answer] = []

    @classmethod
    def setUpClass(cls) -> None:
        reason = missing()
        if reason:
            raise unittest.SkipTest(reason)
        cls.ours = define(ours=True, texts=TEXTS)
        for _ in range(ATTEMPTS if not stock() else 0):
            with contextlib.suppress(AssertionError):
                theirs = define(ours=False, texts=TEXTS)
                # A daemon that ends in the middle leaves half a document.
                assert all("error" in answer or "</devices>" in answer["xml"] for answer in theirs)
                cls.theirs = theirs
                break

    def test_the_same_every_time(self) -> None:
        for (name, _), answer in zip(PLACES + RULES, self.ours, strict=True):
            with self.subTest(name):
                self.assertEqual(answer.get("again"), answer.get("xml"))

    def test_as_the_stock_driver_gives(self) -> None:
        reason = stock() or stock(answered=bool(self.theirs))
        if reason:
            self.skipTest(reason)
        for (name, _), answer, other in zip(PLACES, self.ours, self.theirs):
            with self.subTest(name):
                self.assertEqual("error" in answer, "error" in other, (answer, other))
                if "error" not in answer:
                    self.assertEqual(devices(answer["xml"]), devices(other["xml"]))
        for machine, (arch, _) in place_corpus.OTHERS.items():
            if not shutil.which(f"qemu-system-{arch}"):
                print(f"# SKIP places of {machine}: qemu-system-{arch} is not installed")
        others = sum(name.partition(": ")[0] in place_corpus.OTHERS for name, _ in PLACES)
        print(f"# {len(PLACES)} documents as with the stock driver, {others} of them of pSeries and s390")

    def test_qemu_takes_the_places(self) -> None:
        chosen = [(name, text) for name, text in PLACES
                  if name.partition(": ")[2] in STARTED and name.partition(": ")[0] not in place_corpus.OTHERS]
        self.assertGreater(len(chosen), len(STARTED))
        for (name, _), answer in zip(chosen, define(True, [text for _, text in chosen], "--start"), strict=True):
            with self.subTest(name):
                self.assertEqual(answer, {})

    def test_rules_as_the_stock_driver_has(self) -> None:
        reason = stock() or stock(answered=bool(self.theirs))
        if reason:
            self.skipTest(reason)
        for (name, _), answer, other in zip(RULES, self.ours[len(PLACES):], self.theirs[len(PLACES):], strict=True):
            with self.subTest(name):
                same = code(answer) == code(other) and ("error" in answer or rest(answer["xml"]) == rest(other["xml"]))
                if name in OURS:
                    self.assertFalse(same, "it is the same now: take it out of OURS")
                else:
                    self.assertEqual(code(answer), code(other), (answer, other))
                    if "error" not in answer:
                        self.assertEqual(rest(answer["xml"]), rest(other["xml"]))
        print(f"# {len(RULES) - len(OURS)} rules as in the stock driver, {len(OURS)} of our own")


if __name__ == "__main__":
    unittest.main()

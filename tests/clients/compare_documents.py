#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Defines documents of domains on our library and on an installed stock one, and compares what each prints.

The documents are those of domain_corpus.py, and what virt-install prints where it is installed. What ours prints
must stay as it is when it is defined again. Two
printed documents are equal when they are the same tree: order of attributes, spelling of numbers and units do
not count, nor made-up hardware addresses and UUIDs. docs/documents-differences.md lists what differs, with reasons.
Prints TAP, and at the end how many are equal and different.

    compare_documents.py             run everything
    compare_documents.py NAME ...    show both documents of each name that differs
"""

from __future__ import annotations

import difflib
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from domain_corpus import DEVICES, INSIDE  # noqa: E402
from transcript import Library  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("VIR_BUILD_DIR", ".")).resolve()
STOCK = os.environ.get("STOCK_LIBVIRT", "/usr/lib/x86_64-linux-gnu/libvirt.so.0")
LISTED = ROOT / "docs" / "documents-differences.md"
#: Modules of an unmodified virt-install, and the Python that has them.
INSTALL = Path("/usr/share/virt-manager/virtinst")
SYSTEM_PYTHON = "/usr/bin/python3"


def install_documents() -> dict[str, str]:
    """What an unmodified virt-install prints for hundreds of command lines."""
    if not INSTALL.is_dir():
        print("# virtinst is not installed: documents of virt-install are left out")
        return {}
    command = [str(ROOT / "run"), SYSTEM_PYTHON, str(Path(__file__).with_name("virtinst_documents.py"))]
    environment = dict(os.environ, VIR_BUILD_DIR=str(BUILD), PYTHONDONTWRITEBYTECODE="1")
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True, env=environment)
    found: dict[str, str] = json.loads(ran.stdout)
    return {f"virt-install {name}": text for name, text in found.items()}


def documents() -> dict[str, str]:
    """Every document by name."""
    head = "<domain type='test'><name>c</name><uuid>11111111-2222-3333-4444-555555555555</uuid><memory>65536</memory>"
    vcpu = "<vcpu>2</vcpu><os><type>hvm</type></os>"
    return {
        **{name: f"{head}{vcpu}<devices>{inside}</devices></domain>" for name, inside in DEVICES.items()},
        **{name: f"{head}{vcpu}{inside}</domain>" for name, inside in INSIDE.items()},
        **install_documents(),
    }


def canonical(text: str, given: str) -> list[str]:
    """The document as lines that are equal when the documents are."""
    lines: list[str] = []

    def number(value: str) -> str:
        if re.fullmatch(r"0[xX][0-9a-fA-F]+", value):
            return str(int(value, 16))
        made = re.fullmatch(r"52:54:00(:[0-9a-f]{2}){3}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value)
        return "(made up)" if made and value not in given else value

    def walk(element: ET.Element, depth: int) -> None:
        attributes = {key: number(value) for key, value in sorted(element.attrib.items())}
        if attributes.get("unit") == "M":
            attributes["unit"] = "MiB"
        lines.append(f"{'  ' * depth}{element.tag} {attributes} {(element.text or '').strip()}")
        for child in element:
            walk(child, depth + 1)

    walk(ET.fromstring(text), 0)
    return lines


def record(library: str, stable: bool) -> None:
    """Defines the documents that come in, and prints what each becomes; `stable`: what is printed must stay so."""
    lib = Library(library, lambda line: None)
    conn = lib.bind("virConnectOpen")(b"test:///default")
    answers: dict[str, str] = {}
    for name, text in json.load(sys.stdin).items():
        domain = lib.call("virDomainDefineXML", conn, text.encode())
        if domain is None:
            answers[name] = lib.error()
            continue
        answers[name] = lib.call("virDomainGetXMLDesc", domain, 1)
        again = lib.call("virDomainDefineXML", conn, answers[name].encode())
        if stable and (again is None or lib.call("virDomainGetXMLDesc", again, 1) != answers[name]):
            answers[name] = "not stable: " + (answers[name] if again else lib.error())
        lib.bind("virDomainUndefine")(domain)
    json.dump(answers, sys.stdout)


def answers(library: str, given: dict[str, str]) -> dict[str, str]:
    """What a library makes of the documents, in a process of its own."""
    command = [sys.executable, os.path.abspath(__file__), "--record", library]
    environment = dict(os.environ, VIR_BUILD_DIR=str(BUILD))
    if library == STOCK:
        for variable in ("LD_LIBRARY_PATH", "LIBVIRT_DRIVER_DIR", "LIBVIRT_MODULE_DIR"):
            environment.pop(variable, None)
    else:
        command.insert(0, str(ROOT / "run"))
    ran = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, timeout=60, check=True, env=environment)
    result: dict[str, str] = json.loads(ran.stdout)
    return result


def same(given: str, stock: str, ours: str) -> bool:
    """Whether both refuse, or both print the same."""
    if ours.startswith("not stable"):
        return False
    if stock.startswith("error") or ours.startswith("error"):
        return stock.startswith("error") and ours.startswith("error")
    return canonical(stock, given) == canonical(ours, given)


def main(arguments: list[str]) -> int:
    """Dispatches on the first argument."""
    if arguments[:1] == ["--record"]:
        record(arguments[1], stable=arguments[1] != STOCK)
        return 0
    if not os.path.exists(STOCK):
        print(f"1..0 # SKIP no stock library at {STOCK}")
        return 0
    given = documents()
    stock, ours = answers(STOCK, given), answers(str(BUILD / ".libs" / "libvirt.so.0"), given)
    for name in arguments:
        one, two = stock[name], ours[name]
        if not one.startswith("error") and not two.startswith("error"):
            one, two = "\n".join(canonical(one, given[name])), "\n".join(canonical(two, given[name]))
        print("\n".join(difflib.unified_diff(one.splitlines(), two.splitlines(), f"stock {name}", f"ours {name}", n=0, lineterm="")))
    if arguments:
        return 0
    listed = set(re.findall(r"^\| `([^`]+)` \|", LISTED.read_text(encoding="utf-8"), re.MULTILINE))
    print(f"1..{len(given)}")
    failed = equal = 0
    for number, (name, text) in enumerate(given.items(), 1):
        alike = same(text, stock[name], ours[name])
        equal += alike
        right = alike != (name in listed)
        failed += not right
        print(f"{'ok' if right else 'not ok'} {number} - {name}: {'equal' if alike else 'different, as listed' if right else 'different'}")
    print(f"# {equal} of {len(given)} equal, {len(given) - equal} different")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

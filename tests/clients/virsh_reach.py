#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whatever the API can do, virsh can ask for: every public function is called by a command, and every
flag is given by an option, or it stands below with the reason why not. A function or flag that is new in
the specification fails here until a command reaches it. Prints TAP."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("VIR_BUILD_DIR", "."))

#: Functions that no command calls, by pattern.
NO_COMMAND: tuple[tuple[str, str], ...] = (
    (r".*Ref|.*Free|.*GetConnect|NetworkPortGetNetwork", "objects are held and let go by the shell itself"),
    (r"Connect(Open|OpenReadOnly)|AdmInitialize", "the shell opens its connection with the one that asks for secrets"),
    (r"(Adm)?Connect(Register|Unregister)CloseCallback", "the shell asks whether its connection is alive"),
    (r"TypedParams.*|.*(Error|LastError).*|Conn.*Error.*|Event.*|Initialize", "for programs, not for people"),
    (r"Connect(NumOf|List)(Domains|Defined\w+|Networks|Interfaces|NWFilters|Secrets|StoragePools)|NodeNumOfDevices"
     r"|NodeListDevices|StoragePool(NumOf|List)Volumes|DomainSnapshot(Num|ListNames|ListChildrenNames)"
     r"|NodeDevice(ListCaps|NumOfCaps)", "older lists; the shell asks for all objects at once"),
    (r".*(GetUUID|LookupByUUID)", "people type UUIDs as text"),
    (r"ConnectDomainEvent(Register|Deregister)|Domain(Attach|Detach)Device|DomainDestroy|DomainUndefine|DomainMigrate2?"
     r"|DomainMigrateToURI2?|DomainCreateLinux|NetworkCreateXML|DomainBlockStatsFlags|DomainGetMax(Memory|Vcpus)"
     r"|StreamRecvFlags", "an older form of a function that a command calls, or one with less in it"),
    (r"ConnectIs(Encrypted|Secure)|DomainIsUpdated|ConnectSetIdentity", "no customary command tells or sets it"),
    (r"Domain(Block|Memory)Peek|DomainOpen(Channel|Graphics|GraphicsFD)|Stream(RecvHole|SendHole)",
     "raw bytes or descriptors for programs"),
    (r"NetworkPort(Get|Set)Parameters|SecretLookupByUsage|StoragePoolLookupByTargetPath|DomainLxcEnterCGroup",
     "no customary command for it"),
)

#: Flags that no option gives, by pattern.
NO_OPTION: tuple[tuple[str, str], ...] = (
    (r"VIR_TYPED_PARAM_STRING_OKAY|VIR_CONNECT_NO_ALIASES|VIR_EVENT_HANDLE_.*|VIR_MEMORY_.*|VIR_DOMAIN_CHANNEL_.*"
     r"|VIR_DOMAIN_OPEN_GRAPHICS_.*|VIR_STREAM_RECV_STOP_AT_HOLE", "for programs, not for people"),
    (r"VIR_CONNECT_LIST_NODE_DEVICES_CAP_.*|VIR_CONNECT_LIST_STORAGE_POOLS_[A-Z]+(_DIRECT)?"
     r"|VIR_DOMAIN_(SHUTDOWN|REBOOT)_.*", "given by words of an option, which are the bits in their order"),
    (r"VIR_DOMAIN_(DEVICE_MODIFY|MEM|VCPU)_(LIVE|CONFIG)|VIR_NODE_DEVICE_UPDATE_AFFECT_.*",
     "the same bits as those of --live and --config"),
    (r"VIR_DOMAIN_BLOCK_REBASE_(SHALLOW|REUSE_EXT)", "the same bits as those of a copy"),
    (r"VIR_DOMAIN_MESSAGE_.*", "dominfo shows messages of every kind"),
    (r"VIR_NETWORK_PORT_CREATE_RECLAIM|VIR_STORAGE_POOL_BUILD_(REPAIR|RESIZE)"
     r"|VIR_STORAGE_(POOL|VOL)_DELETE_ZEROED", "no customary option for it"),
)


def commands_text() -> str:
    """All C of the shells, written and generated, and the description, whose words are calls, too."""
    # A tarball has the generated files beside the written ones.
    generated = [path for tree in (BUILD, ROOT) for path in (tree / "gen/client").glob("*.c")]
    files = [*(ROOT / "src/client").glob("*.[ch]"), *generated, *(ROOT / "shell").glob("*.xml")]
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(files))


def functions() -> list[str]:
    """The public functions, without those that only travel over the wire."""
    found = []
    for path in sorted((ROOT / "api").glob("*.xml")):
        found += [one.get("name", "") for one in ElementTree.parse(path).getroot().iter("function")
                  if one.get("visibility") != "wire"]
    return found


def flags() -> list[str]:
    found = []
    for path in sorted((ROOT / "api").glob("*.xml")):
        for kind in ElementTree.parse(path).getroot().iter("flags"):
            found += [f"{kind.get('prefix')}{bit.get('name')}" for bit in kind.iter("bit")
                      if bit.get("value") != "0"]
    return found


def report(number: int, what: str, names: list[str], reached: set[str],
           reasons: tuple[tuple[str, str], ...]) -> bool:
    """One case: what is neither reached nor excused, and reasons that excuse nothing."""
    missing = [name for name in names if name not in reached
               and not any(re.fullmatch(pattern, name) for pattern, _ in reasons)]
    idle = [reason for pattern, reason in reasons
            if not any(re.fullmatch(pattern, name) for name in names if name not in reached)]
    for name in missing:
        print(f"# nothing in the shell reaches {name}")
    for reason in idle:
        print(f"# excuses nothing any more: {reason}")
    print(f"{'not ' if missing or idle else ''}ok {number} - {what}")
    return not (missing or idle)


def main() -> int:
    text = commands_text()
    called = {name.removeprefix("vir") for name in re.findall(r"\bvir[A-Z]\w+", text)}
    given = set(re.findall(r"\bVIR_[A-Z0-9_]+", text))
    print("1..2")
    good = [
        report(1, "every function of the API is called by a command", functions(), called, NO_COMMAND),
        report(2, "every flag of the API is given by an option", flags(), given, NO_OPTION),
    ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every name the generator writes, in every language, is spelled here and nowhere else."""

from __future__ import annotations

import keyword
import re

from . import model


def function(api: model.Api, name: str) -> str:
    """Public C function: DomainSuspend -> virDomainSuspend."""
    return f"{api.prefix}{name}"


def hook(driver: str, name: str) -> str:
    """Driver hook: DomainSuspend -> testDomainSuspend."""
    return f"{driver}{name}"


def checked(name: str) -> str:
    """What stands in a driver's table before a hook with flags: DomainReboot -> checkedDomainReboot."""
    return f"checked{name}"


def faulty(name: str) -> str:
    """The hook that first asks for a planted fault: DomainSuspend -> faultyDomainSuspend."""
    return f"faulty{name}"


def guarded(name: str) -> str:
    """The hook that first asks whether the client may: DomainSuspend -> mayDomainSuspend."""
    return f"may{name}"


def local(name: str) -> str:
    """Function of the runtime itself behind a public entry point."""
    return f"local{name}"


def pointer(api: model.Api, name: str) -> str:
    """Pointer type of an object or record."""
    return f"{api.prefix}{name}Ptr"


def typedef(api: model.Api, name: str) -> str:
    return f"{api.prefix}{name}"


def struct(api: model.Api, name: str) -> str:
    return f"_{api.prefix}{name}"


def constant(api: model.Api, name: str) -> str:
    """A macro or error constant: UUID_BUFLEN -> VIR_UUID_BUFLEN."""
    return f"{api.prefix.upper()}_{name}"


def words(name: str) -> list[str]:
    """CamelCase into words, keeping acronyms whole: NWFilterBinding -> NWFilter Binding."""
    special = re.sub(r"NWFilter", "Nwfilter", name)
    return re.findall(r"[A-Z]+(?=[A-Z][a-z]|$|\d)|[A-Z][a-z0-9]*", special)


def upper_snake(name: str) -> str:
    return "_".join(words(name)).upper()


def camel(name: str) -> str:
    """A constant's name in CamelCase: RTC_CHANGE -> RtcChange."""
    return "".join(word.capitalize() for word in name.split("_"))


def event_constructor(api: model.Api, object_: str, event: str) -> str:
    """What makes an event: Domain, RTC_CHANGE -> virDomainEventRtcChangeNew."""
    return f"{api.prefix}{object_}Event{camel(event)}New"


# Words that run together in the protocol, spelled so that `words` keeps them whole.
_WIRE_WORDS = {
    "NWFilter": "Nwfilter",
    "IOThread": "Iothread",
    "FSTrim": "Fstrim",
    "FSFreeze": "Fsfreeze",
    "FSThaw": "Fsthaw",
    "FSInfo": "Fsinfo",
    "ThreadPool": "Threadpool",
}
# What the name of a function of these programs says although the program says it already.
_WIRE_DROPPED = {"qemu": "Qemu", "lxc": "Lxc", "admin": "Adm", "keepalive": "Keepalive"}


def wire_words(name: str, program: str) -> str:
    """A name in the protocol's spelling: DomainGetFSInfo -> domain_get_fsinfo."""
    special = name.replace(_WIRE_DROPPED.get(program, " "), "", 1)
    for word, whole in _WIRE_WORDS.items():
        special = special.replace(word, whole)
    found = re.findall(r"[A-Z]+(?=[A-Z][a-z]|$|\d)|[A-Z][a-z]*\d*", special)
    return "_".join(found).lower()


def wire_type(program: str, words: str) -> str:
    """A type of a program: remote, nonnull_string -> remote_nonnull_string."""
    if program == "net":
        camel = "".join(word.capitalize() for word in words.split("_"))
        return f"virNet{camel.replace('Uuid', 'UUID')}"
    return f"{program}_{words}"


def wire_constant(program: str, name: str) -> str:
    """A limit or other constant of a program: remote, STRING_MAX -> REMOTE_STRING_MAX."""
    return f"{'VIR_NET_MESSAGE' if program == 'net' else program.upper()}_{name}"


def wire_struct(name: str) -> str:
    """C struct of a structure: DomainGetInfoArgs -> virWireDomainGetInfoArgs."""
    return f"virWire{name}"


def node(library: str, release: str) -> str:
    """Symbol version node: libvirt-qemu, 0.8.3 -> LIBVIRT_QEMU_0.8.3."""
    return f"{library.replace('-', '_').upper()}_{release}"


def guard(header: str) -> str:
    """Include guard of a public header, as programs test for it."""
    match header:
        case "virterror.h":
            return "LIBVIRT_VIRTERROR_H"
        case "libvirt-common.h":
            return "__VIR_VIRCOMMON_H__"
        case _:
            return re.sub(r"[^A-Z]", "_", header.upper())


def group_type(driver_group: str) -> str:
    """The vtable struct of a driver group: hypervisor -> virHypervisorDriver."""
    special = {"nwfilter": "NWFilter", "nodedev": "NodeDevice"}
    return f"vir{special.get(driver_group, driver_group.capitalize())}Driver"


def handle_class(name: str) -> str:
    return f"vir{name}Class"


def spelled(function: model.Function, language: str, argument: str = "") -> str | None:
    """The exceptional name of a function, or of its argument, in a language."""
    return next((s.name for s in function.spellings
                 if (s.language, s.argument) == (language, argument)), None)


def lower_first(name: str) -> str:
    """MaxMemory -> maxMemory; what begins with two capitals stays: XMLDesc."""
    return name if re.match(r"[A-Z]{2}", name) else name[:1].lower() + name[1:]


def python_class(api: model.Api, object_: str) -> str:
    """Class of an object's handles: Domain -> virDomain."""
    return f"{api.prefix}{object_}"


def python_module(library: str) -> str:
    """Module of a library: libvirt-qemu -> libvirt_qemu."""
    return library.replace("-", "_")


def python_function(api: model.Api, function: model.Function) -> str:
    """Function of a module: ConnectOpen -> open, DomainQemuAttach -> qemuAttach."""
    named = spelled(function, "python")
    if named is not None:
        return named
    library = api.module_of(function).library
    if library != "libvirt" and (found := re.search(library.partition("-")[2].capitalize(), function.name)):
        short = function.name[found.start():]
        return short[:1].lower() + short[1:]
    if function.shape is model.Shape.OPEN:
        short = re.sub(r"^(Adm)?Connect", "", function.name)
        return short[:1].lower() + short[1:]
    return f"{api.prefix}{function.name}"


def python_method(api: model.Api, function: model.Function) -> str:
    """Method of a class: DomainGetMaxMemory -> maxMemory, NetworkLookupByName -> networkLookupByName."""
    named = spelled(function, "python")
    if named is not None:
        return named
    if function.self is None:
        return lower_first(function.name)
    own, name = function.self.type, function.name
    connection = own.removeprefix("Adm") == "Connect"
    name = name.removeprefix("Adm") if connection else name
    prefixes = (("Connect", "Node", "Domain", "InterfaceChange") if connection else (own,))
    if own in ("DomainSnapshot", "DomainCheckpoint"):
        prefixes = (own, "Domain")
    for prefix in prefixes:
        rest = name.removeprefix(prefix)
        if rest != name and rest[:1].isupper() and not (prefix == "Node" and rest.startswith("Device")):
            name = f"Change{rest}" if prefix == "InterfaceChange" else rest
            break
    # Snapshots, checkpoints and connections keep the "get" of their getters.
    if not connection and not own.startswith("Domain") or own == "Domain":
        short = name.removeprefix("Get")
        if short != name:
            return lower_first(short)
    name = name.replace("NWFilter", "nwfilter", 1) if name.startswith("NWFilter") else name
    return name[:1].lower() + name[1:]


def python_argument(function: model.Function, name: str) -> str:
    """Keyword of an argument."""
    named = spelled(function, "python", name)
    if named is not None:
        return named
    if any(p.name == name and p.type.kind is model.Kind.UUID_STRING for p in function.parameters):
        return name if name.endswith("str") else f"{name}str"
    return f"{name}_" if keyword.iskeyword(name) else name


def release_number(release: str) -> int:
    major, minor, micro = (int(part) for part in release.split("."))
    return major * 1000000 + minor * 1000 + micro


def release_key(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split("."))

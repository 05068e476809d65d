# SPDX-License-Identifier: LGPL-2.1-or-later
"""What travels: structures as the protocol spells them, and a sample message byte by byte."""

from __future__ import annotations

from .. import naming
from ..wire import Derivation, Procedure, Program, Structure
from ..wire.lower import Call, lower
from ..wire.sample import Piece, Samples, message
from .pieces import Pieces, Section, fact, section

_WIDTH = 16


def hexadecimal(found: list[Piece]) -> str:
    """Offset, bytes, and whose they are; long members go on below."""
    lines, offset = [], 0
    for piece in found:
        for start in range(0, len(piece.data), _WIDTH):
            row = piece.data[start:start + _WIDTH]
            words = " ".join(row[i:i + 4].hex() for i in range(0, len(row), 4))
            said = f"{piece.path} = {piece.meaning}" if start == 0 else ""
            lines.append(f"{offset:06x}  {words:<36} {said}".rstrip())
            offset += len(row)
    return "\n".join(lines)


class Travel:
    """The wire's side of the X-ray."""

    def __init__(self, derivation: Derivation, pieces: Pieces) -> None:
        self.derivation = derivation
        self.pieces = pieces
        self.samples = Samples(derivation)

    def procedures(self, name: str) -> list[tuple[Program, Procedure]]:
        """The procedures that a function's or an event's name has, the older one first."""
        return [
            (program, made) for program in self.derivation.programs for made in program.procedures
            if made.name == name or made.function is not None
            and name in (made.function.name, *(f.name for f in made.variants))
        ]

    def of_event(self, object_: str, name: str) -> list[tuple[Program, Procedure]]:
        return [
            (program, made) for program in self.derivation.programs for made in program.procedures
            if made.event is not None and (made.event.object, made.event.name) == (object_, name)
        ]

    @staticmethod
    def facts(program: Program, made: Procedure) -> str:
        """Number, priority and whatever goes along."""
        parts = [f"{made.number} of program {program.name} (0x{program.source.number or 0:08x})"]
        parts.append("high priority" if made.high else "low priority")
        if made.stream:
            parts.append(f"opens a stream to {made.stream}")
        parts += ["file descriptors go along"] if made.files_in or made.files_out else []
        parts += ["the older of two"] if made.legacy else []
        return fact("procedure", ", ".join(parts))

    def inside(self, program: Program, structure: Structure | None) -> list[Structure]:
        """A structure and those inside it, innermost first."""
        if structure is None:
            return []
        found: list[Structure] = []
        for member in structure.members:
            if member.structure:
                found += self.inside(program, self.samples.structure(program.name, member.structure))
        return [*found, structure]

    def structures(self, program: Program, made: Procedure) -> list[Section]:
        """The text for rpcgen, and the C structs that stubs and dispatch fill."""
        sections: list[Section] = []
        every = [*self.inside(program, made.args), *self.inside(program, made.ret)]
        for structure in dict.fromkeys(every):
            path = f"wire/{structure.program}_protocol.x"
            sections += section(path, "on the wire", self.pieces.unit(path, structure.spelled))
        for own in (made.args, made.ret):
            if own is not None:
                path, name = f"wire/{program.name}.h", naming.wire_struct(own.name)
                sections += section(path, "the same in C", self.pieces.unit(path, name))
        return sections

    def sample(self, program: Program, made: Procedure) -> list[Section]:
        """An encoded call, reply or event."""
        if program.source.number is None:
            return []
        path = "tests/wire_samples.c"
        what = "event" if made.direction == "event" else "call"
        sections = section(path, f"a sample {what} of {made.name}",
                           hexadecimal(message(self.samples, program, made)))
        if made.ret is not None:
            sections += section(path, "a sample reply",
                                hexadecimal(message(self.samples, program, made, reply=True)))
        return sections

    def ends(self, program: Program, made: Procedure, module: str) -> list[Section]:
        """Client stub and server dispatch."""
        found = lower(self.derivation, program, made)
        if not isinstance(found, Call):
            return []
        stub, serve = f"remote/{module}.c", f"daemon/{program.name}.c"
        own = naming.hook("remote", found.function.name)
        return (
            section(stub, "the client's stub", self.pieces.unit(stub, own))
            + section(serve, "the server's dispatch", self.pieces.unit(serve, f"serve{made.name}"))
        )

    def excuse(self, program: Program, made: Procedure) -> list[str]:
        """Why an end of a procedure has no generated code."""
        found = lower(self.derivation, program, made)
        if not isinstance(found, Call):
            return [fact("by hand", found.reason)]
        return []

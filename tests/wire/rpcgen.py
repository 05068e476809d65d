# SPDX-License-Identifier: LGPL-2.1-or-later
"""rpcgen reads our .x files, and its code gives the same bytes as ours, both ways."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(os.environ["VIR_SOURCE_DIR"])
BUILD = Path(os.environ["VIR_BUILD_DIR"])
PROGRAMS = ("net", "remote", "qemu", "lxc", "admin", "keepalive")


def flags(*packages: str) -> list[str] | None:
    found = subprocess.run(["pkg-config", "--cflags", "--libs", *packages],
                           capture_output=True, text=True, check=False)
    return shlex.split(found.stdout) if found.returncode == 0 else None


def skip(reason: str) -> None:
    print(f"1..0 # skip {reason}")
    sys.exit(0)


def setting(name: str) -> list[str]:
    """What configure found out, from the build tree's Makefile."""
    text = (BUILD / "Makefile").read_text(encoding="utf-8")
    found = re.search(rf"^{name} = (.*)$", text, re.MULTILINE)
    return shlex.split(found.group(1)) if found else []


def table(headers: list[str]) -> str:
    """The C source that lists what rpcgen made."""
    out = "#include <stddef.h>\n" + "".join(f'#include "{name}"\n' for name in headers)
    out += ("typedef struct { const char *name; bool_t (*translate)(XDR *, void *); size_t size; }"
            " Oracle;\nextern const Oracle oracles[]; extern const size_t oracleCount;\n")
    names: list[str] = []
    for header in headers:
        text = Path(header).read_text(encoding="utf-8")
        names += re.findall(r"^extern\s+bool_t xdr_(\w+) \(XDR \*, \w+ ?\*\);", text, re.MULTILINE)
    for name in dict.fromkeys(names):
        out += f"static bool_t {name}_(XDR *x, void *v) {{ return xdr_{name}(x, ({name} *) v); }}\n"
    rows = ", ".join(f'{{"{name}", {name}_, sizeof({name})}}' for name in dict.fromkeys(names))
    count = len(dict.fromkeys(names))
    return out + f"const Oracle oracles[] = {{{rows}}};\nconst size_t oracleCount = {count};\n"


def protocol(name: str) -> Path:
    path = BUILD / "gen" / "wire" / f"{name}_protocol.x"
    return path if path.is_file() else SOURCE / "gen" / "wire" / path.name


def main() -> int:
    rpcgen = shutil.which("rpcgen")
    libraries = flags("libtirpc", "glib-2.0")
    if rpcgen is None or libraries is None:
        skip("rpcgen or libtirpc is not installed")
        return 0
    compiler = setting("CC") + setting("SANITIZE_CFLAGS")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        sources = []
        for name in PROGRAMS:
            shutil.copy(protocol(name), ".")
            for option, suffix in (("-h", "h"), ("-c", "c")):
                made = subprocess.run([rpcgen, option, f"{name}_protocol.x"], check=True,
                                      capture_output=True, text=True)
                Path(f"{name}_protocol.{suffix}").write_text(made.stdout, encoding="utf-8")
            sources.append(f"{name}_protocol.c")
        Path("table.c").write_text(table([f"{name}_protocol.h" for name in PROGRAMS]), encoding="utf-8")
        own = [str(SOURCE / "tests/wire/oracle.c"), str(SOURCE / "tests/wire/values.c")]
        # <rpc/xdr.h> is libtirpc's, "rpc/xdr.h" is ours.
        paths = [f"-iquote{root}/{part}" for root in (BUILD, SOURCE)
                 for part in ("gen", "src", "tests", "")]
        paths += [f"-I{root}/gen/include" for root in (BUILD, SOURCE)]
        archives = [str(BUILD / ".libs" / name) for name in ("librpc.a", "libbase.a")]
        subprocess.run([*compiler, "-std=gnu17", "-w", "-O1", "-o", "oracle", "-I.", *paths, *own, *sources,
                        "table.c", *archives, *setting("SANITIZE_LDFLAGS"), *libraries], check=True)
        return subprocess.run(["./oracle"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

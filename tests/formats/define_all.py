#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Define documents on an embedded QEMU host, and print what became of them.

Reads a JSON list of documents, prints one of the same length: the document as it was defined, and as it was when
that text was defined again; or the error. With --start each guest is started, paused, and ended.
Runs on whichever library the loader finds.
"""

from __future__ import annotations

import json
import os
import sys
import threading

import libvirt


def _loop() -> None:
    while True:
        libvirt.virEventRunDefaultImpl()


def _defined(conn: libvirt.virConnect, document: str) -> dict[str, str]:
    try:
        domain = conn.defineXML(document)
    except libvirt.libvirtError as error:
        return {"error": str(error), "code": f"{error.get_error_domain()}/{error.get_error_code()}"}
    text = domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    again = conn.defineXML(text).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    domain.undefine()
    return {"xml": text, "again": again}


def _started(conn: libvirt.virConnect, document: str) -> dict[str, str]:
    domain = conn.defineXML(document)
    try:
        domain.createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED)
        domain.destroy()
    except libvirt.libvirtError as error:
        return {"error": str(error)}
    finally:
        domain.undefine()
    return {}


def main() -> None:
    libvirt.registerErrorHandler(lambda _context, _error: None, None)
    libvirt.virEventRegisterDefaultImpl()
    threading.Thread(target=_loop, daemon=True).start()
    conn = libvirt.open(f"qemu:///embed?root={sys.argv[1]}")
    answer = _started if sys.argv[2:] == ["--start"] else _defined
    json.dump([answer(conn, document) for document in json.load(sys.stdin)], sys.stdout)
    sys.stdout.flush()
    # The stock driver may crash when it ends with a loop that still runs.
    if sys.argv[2:] == ["--abandon"]:
        os._exit(0)
    conn.close()


if __name__ == "__main__":
    main()

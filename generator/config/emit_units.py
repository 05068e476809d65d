# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the units for systemd; @NAME@ in them are folders that the build knows."""

from __future__ import annotations

from generator.config.model import Daemon, Socket
from generator.text import banner


def _title(text: str) -> str:
    return text[0].upper() + text[1:]


def socket(daemon: Daemon, one: Socket) -> str:
    """gen/units/<name>.socket.in"""
    out = banner(daemon.source, "hash")
    out += f"""[Unit]
Description={_title(one.doc)}
Documentation=man:{daemon.name}(8)
Before={daemon.name}.service
"""
    if one.beside:
        out += f"BindsTo={one.beside}.socket\nAfter={one.beside}.socket\n"
    out += "\n[Socket]\n"
    if one.port:
        out += f"ListenStream={one.port}\n"
    else:
        out += f"ListenStream=@runstatedir@/libvirt/{one.file}\nSocketMode={one.mode}\n"
        out += "RemoveOnStop=yes\n"
    out += f"FileDescriptorName={one.name}\nService={daemon.name}.service\n"
    return out + "\n[Install]\nWantedBy=sockets.target\n"


def service(daemon: Daemon) -> str:
    """gen/units/<daemon>.service.in"""
    local = " ".join(f"{one.name}.socket" for one in daemon.sockets if one.file)
    others = " ".join(f"{one.name}.socket" for one in daemon.sockets if one.port)
    return banner(daemon.source, "hash") + f"""[Unit]
Description=Virtualization daemon
Documentation=man:{daemon.name}(8)
# Started by hand, it is reached through the same sockets as when a client starts it.
Requires={local}
After={local} {others}
After=network.target local-fs.target

[Service]
Type=notify
# Arguments of the administrator's go into this file, as a line LIBVIRTD_ARGS=...
Environment="LIBVIRTD_ARGS=--timeout 120"
EnvironmentFile=-@sysconfdir@/default/{daemon.name}
ExecStart=@sbindir@/{daemon.name} $LIBVIRTD_ARGS
ExecReload=/bin/kill -HUP $MAINPID
# Guests are processes of their own and stay when the daemon ends.
KillMode=process
Restart=on-failure
# Guests have control groups below the daemon's own.
Delegate=yes
# Every client is a descriptor, every guest a few.
LimitNOFILE=65536
TasksMax=32768

[Install]
WantedBy=multi-user.target
Also={local}
"""

# SPDX-License-Identifier: LGPL-2.1-or-later
"""A polkit authority for tests: answers on a message bus by a table, and writes down what it was asked.

Started as a program with a folder: `rules.json` there is read anew for every question. A rule has
`action` (a pattern), `details` (names and values that must be there), `answer` ("yes", "no", "challenge",
"dismissed", "error", "silent") and `wait` (seconds); the first that fits decides, "default" where none does. Every
question becomes a line of `asked.jsonl`.
"""

from __future__ import annotations

import fnmatch
import json
import sys
from pathlib import Path
from typing import Any

from gi.repository import Gio, GLib

INTERFACE = """
<node><interface name="org.freedesktop.PolicyKit1.Authority">
  <method name="CheckAuthorization">
    <arg type="(sa{sv})" direction="in"/><arg type="s" direction="in"/>
    <arg type="a{ss}" direction="in"/><arg type="u" direction="in"/>
    <arg type="s" direction="in"/><arg type="(bba{ss})" direction="out"/>
  </method>
</interface></node>
"""
NAME = "org.freedesktop.PolicyKit1"
PATH = "/org/freedesktop/PolicyKit1/Authority"


def decide(folder: Path, question: dict[str, Any]) -> dict[str, Any]:
    """The rule that answers a question."""
    table = json.loads((folder / "rules.json").read_text(encoding="utf-8"))
    for rule in table["rules"]:
        details = rule.get("details", {})
        subject = rule.get("subject", {})
        if (fnmatch.fnmatchcase(question["action"], rule.get("action", "*"))
                and all(question["details"].get(k) == v for k, v in details.items())
                and all(question["subject"].get(k) == v for k, v in subject.items())):
            return dict(rule)
    return {"answer": table["default"]}


class Authority:
    def __init__(self, folder: Path, connection: Gio.DBusConnection) -> None:
        self.folder = folder
        self.log = (folder / "asked.jsonl").open("a", encoding="utf-8")
        interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        connection.register_object(PATH, interface, self.on_call, None, None)

    def on_call(self, _connection: object, _sender: str, _path: str, _interface: str, _method: str,
                arguments: GLib.Variant, invocation: Gio.DBusMethodInvocation) -> None:
        (kind, subject), action, details, flags, cancel = arguments.unpack()
        question = {"action": action, "kind": kind, "subject": subject, "details": details,
                    "flags": flags, "cancel": cancel}
        rule = decide(self.folder, question)
        self.log.write(json.dumps({**question, "answer": rule["answer"]}) + "\n")
        self.log.flush()
        if rule["answer"] == "silent":
            return
        if rule.get("wait"):
            GLib.timeout_add(int(rule["wait"] * 1000), self.answer, invocation, rule["answer"])
        else:
            self.answer(invocation, rule["answer"])

    @staticmethod
    def answer(invocation: Gio.DBusMethodInvocation, answer: str) -> bool:
        if answer == "error":
            invocation.return_dbus_error("org.freedesktop.PolicyKit1.Error.Failed", "out of order")
        else:
            value = (answer == "yes", answer == "challenge", {"polkit.dismissed": "1"} if answer == "dismissed" else {})
            invocation.return_value(GLib.Variant("((bba{ss}))", (value,)))
        return False


def main(folder: Path) -> None:
    connection = Gio.bus_get_sync(Gio.BusType.SYSTEM)
    authority = Authority(folder, connection)
    Gio.bus_own_name_on_connection(connection, NAME, Gio.BusNameOwnerFlags.NONE, None, None)
    GLib.MainLoop().run()
    del authority


if __name__ == "__main__":
    main(Path(sys.argv[1]))

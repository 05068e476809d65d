# SPDX-License-Identifier: LGPL-2.1-or-later
"""Looks at virt-manager's windows as assistive programs do, walks through them, and keeps what the screen shows.

The first argument is the folder for the screenshots. Prints TAP. Runs under the system's Python, on the display and
bus of virt-manager.
"""

from __future__ import annotations

import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Atspi, Gdk, GLib  # noqa: E402

PATIENCE = 60
count = 0


def walk(node: Any) -> Iterator[Any]:
    """A node and everything below it, as far as it is there at this moment."""
    try:
        yield node
        for index in range(min(node.get_child_count(), 200)):
            child = node.get_child_at_index(index)
            if child is not None:
                yield from walk(child)
    except GLib.Error:
        return


def find(role: str, name: str, below: Any = None) -> Any:
    """The first node of a role whose name starts so, or None."""
    for node in walk(below or Atspi.get_desktop(0)):
        try:
            if node.get_role_name() == role and (node.get_name() or "").startswith(name):
                return node
        except GLib.Error:
            continue
    return None


def texts(node: Any) -> list[str]:
    """What the labels, cells and entries below a node say."""
    found = []
    for one in walk(node):
        try:
            found.append(one.get_name() or "")
            if one.get_role_name() in ("text", "label"):
                found.append(Atspi.Text.get_text(one, 0, Atspi.Text.get_character_count(one)))
        except GLib.Error:
            continue
    return found


def wait_for(what: Callable[[], Any]) -> Any:
    """What is given as soon as it is something; None when it takes too long."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if (found := what()) is not None:
            return found
        time.sleep(0.2)
    return None


def keep(folder: Path, name: str) -> None:
    """A picture of the screen."""
    time.sleep(1.5)
    root = Gdk.get_default_root_window()
    picture = Gdk.pixbuf_get_from_window(root, 0, 0, root.get_width(), root.get_height())
    picture.savev(str(folder / f"{name}.png"), "png", [], [])


def case(name: str, window: Any, wanted: list[str], folder: Path, picture: str) -> None:
    """A window that says all that is wanted, within some time."""
    global count
    count += 1

    def missing() -> list[str]:
        said = "\n".join(texts(window))
        return [text for text in wanted if text not in said]

    good = window is not None and wait_for(lambda: True if not missing() else None) is not None
    print(f"{'ok' if good else 'not ok'} {count} - {name}")
    if not good:
        print(f"# missing: {missing() if window else 'the window'}; it says {texts(window) if window else ''}")
    keep(folder, picture)


def choose(window: Any, tab: str) -> None:
    """Brings a page of a window to the front."""
    page = wait_for(lambda: find("page tab", tab, window))
    pages = page.get_parent()
    Atspi.Selection.select_child(pages, page.get_index_in_parent())


def pick(window: Any, name: str) -> None:
    """Selects a row of a list."""
    cell = wait_for(lambda: find("table cell", name, window))
    table = cell.get_parent()
    Atspi.Table.add_row_selection(table, Atspi.Table.get_row_at_index(table, cell.get_index_in_parent()))


def main() -> int:
    warnings.simplefilter("ignore")
    folder = Path(sys.argv[1])
    Atspi.init()
    host = wait_for(lambda: find("frame", "test default - Connection Details"))
    case("the host", host, ["test:///default", "Overview"], folder, "host")
    choose(host, "Virtual Networks")
    case("the network", host, ["192.168.122.0/24", "NAT", "Active"], folder, "network")
    choose(host, "Storage")
    # The program makes a pool of its own, too, and shows either first.
    pick(host, "default-pool")
    case("the pool", host, ["default-pool", "Active", "Location:", "/default-pool"], folder, "pool")
    # A second start shows more of the first one.
    subprocess.run(["virt-manager", "--no-fork", "--connect", "test:///default", "--show-domain-editor", "test"],
                   timeout=PATIENCE, check=False, capture_output=True)
    guest = wait_for(lambda: find("frame", "test on test default"))
    case("the domain", guest, ["Overview", "CPUs", "Memory", "Running", "6695eb01-f6a4-8304-79aa-97f2502e193f"],
         folder, "domain")
    Atspi.Action.do_action(wait_for(lambda: find("menu item", "View Manager", host)), 0)
    manager = wait_for(lambda: find("frame", "Virtual Machine Manager"))
    case("the list", manager, ["test default", "test\nRunning"], folder, "list")
    print(f"1..{count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

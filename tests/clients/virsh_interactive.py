#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A conversation with virsh on a pseudo terminal: prompt, completion, history, editor, Ctrl-C."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import tempfile
import time
from pathlib import Path

BUILD = Path(os.environ.get("VIR_BUILD_DIR", "."))
VIRSH = os.environ.get("VIRSH", str(BUILD / "virsh"))
LIMIT = 15.0


class Session:
    """virsh on a terminal of its own, with a home folder of its own."""

    def __init__(self, home: Path, *options: str, **variables: str) -> None:
        self.text = ""
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(
                HOME=str(home), XDG_CACHE_HOME=str(home / "cache"), TERM="dumb", INPUTRC="/dev/null",
                **variables,
            )
            os.execv(VIRSH, ["virsh", "-c", "test:///default", *options])

    def send(self, text: str) -> None:
        os.write(self.terminal, text.encode())

    def expect(self, word: str) -> str:
        """Reads until the word comes; returns what stood before it."""
        end = time.monotonic() + LIMIT
        while word not in self.text:
            ready, _, _ = select.select([self.terminal], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                raise AssertionError(f"no {word!r} in {self.text!r}")
            try:
                self.text += os.read(self.terminal, 4096).decode(errors="replace")
            except OSError as error:
                raise AssertionError(f"ended without {word!r}: {self.text!r}") from error
        before, _, self.text = self.text.partition(word)
        return before

    def run(self, line: str, prompt: str = "virsh # ") -> str:
        """Sends a line and returns what came before the next prompt."""
        self.send(line + "\n")
        return self.expect(prompt)

    def end(self) -> int:
        self.send("quit\n")
        deadline = time.monotonic() + LIMIT
        while time.monotonic() < deadline:
            if select.select([self.terminal], [], [], 0.05)[0]:
                try:
                    os.read(self.terminal, 4096)
                except OSError:
                    pass
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                os.close(self.terminal)
                return os.waitstatus_to_exitcode(status)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        raise AssertionError("quit does not end the shell")


def greets_and_lists(home: Path) -> None:
    session = Session(home)
    assert "Welcome to virsh" in session.expect("virsh # ")
    assert " 1    test   running" in session.run("list")
    assert "error: unknown command: 'nope'" in session.run("nope")
    assert session.end() == 0


def prompts_for_readonly(home: Path) -> None:
    session = Session(home, "-r")
    session.expect("virsh > ")
    assert "read only" in session.run("suspend test", "virsh > ")
    assert session.end() == 0


def keeps_state_between_lines(home: Path) -> None:
    session = Session(home)
    session.expect("virsh # ")
    assert "Domain 'test' suspended" in session.run("suspend test")
    assert "paused" in session.run("domstate test")
    session.run("cd /")
    assert "\r\n/\r\n" in session.run("pwd")
    assert session.end() == 0


def completes(home: Path) -> None:
    session = Session(home)
    session.expect("virsh # ")
    session.send("dominf\tte\t\n")
    assert "UUID:" in session.expect("virsh # "), "command and domain name were not completed"
    session.send("dominfo --dom\ttest\n")
    assert "UUID:" in session.expect("virsh # "), "the option was not completed"
    assert session.end() == 0


def remembers(home: Path) -> None:
    session = Session(home)
    session.expect("virsh # ")
    session.run("echo first-session")
    assert session.end() == 0
    history = home / "cache/libvirt/virsh/history"
    assert "echo first-session\nquit\n" in history.read_text()
    session = Session(home)
    session.expect("virsh # ")
    session.send("\x10\x10\n")  # two lines back: behind "quit"
    assert "first-session" in session.expect("virsh # ")
    assert session.end() == 0


def edits_again(home: Path) -> None:
    """A refused document is offered again, and the second attempt is stored."""
    editor = home / "editor"
    editor.write_text(
        '#!/bin/sh\nif [ -e "$HOME/again" ]; then\n'
        'sed -i "s/<nme>test/<name>test/; s/<on_crash>destroy/<on_crash>restart/" "$1"\n'
        'else touch "$HOME/again"; sed -i "s/<domain/<domian/" "$1"; fi\n'
    )
    editor.chmod(0o755)
    session = Session(home, EDITOR=str(editor), VISUAL="")
    session.expect("virsh # ")
    session.send("edit test\n")
    session.expect("Try again? [y,n,i,f,?]: ")
    session.send("?")
    session.expect("Try again? [y,n,i,f,?]: ")
    session.send("f")
    assert "error:" in session.expect("Try again? [y,n,i,f,?]: "), "the same document must be refused again"
    editor.write_text(
        '#!/bin/sh\nsed -i "s/<domian/<domain/; s/<on_crash>destroy/<on_crash>restart/" "$1"\n'
    )
    session.send("y")
    assert "Domain 'test' XML configuration edited." in session.expect("virsh # ")
    assert "<on_crash>restart" in session.run("dumpxml test --inactive")
    assert session.end() == 0


def edits_without_schema(home: Path) -> None:
    """What only the schema does not know is stored when that is wanted, and thrown away when it is not."""
    editor = home / "editor"
    editor.write_text('#!/bin/sh\nsed -i "s/<vcpu/<nonsense\\/><vcpu/; s/<on_crash>destroy/<on_crash>restart/" "$1"\n')
    editor.chmod(0o755)
    session = Session(home, EDITOR=str(editor), VISUAL="")
    session.expect("virsh # ")
    session.send("edit test\n")
    assert "nonsense" in session.expect("Try again? [y,n,i,f,?]: ")
    session.send("n")
    session.expect("virsh # ")
    assert "<on_crash>destroy" in session.run("dumpxml test --inactive")
    session.send("edit test\n")
    session.expect("Try again? [y,n,i,f,?]: ")
    session.send("i")
    assert "Domain 'test' XML configuration edited." in session.expect("virsh # ")
    assert "<on_crash>restart" in session.run("dumpxml test --inactive")
    assert session.end() == 0


def stops_waiting(home: Path) -> None:
    session = Session(home)
    session.expect("virsh # ")
    session.send("event --event lifecycle --loop\n")
    time.sleep(0.3)
    session.send("\x03")
    assert "event loop interrupted" in session.expect("events received: 0")
    session.expect("virsh # ")
    assert "test:///default" in session.run("uri"), "the shell must survive Ctrl-C"
    assert session.end() == 0


def forgets_a_line(home: Path) -> None:
    """Ctrl-C at the prompt is for the line; the shell and what it holds stay, the history too."""
    session = Session(home)
    session.expect("virsh # ")
    session.run("suspend test")
    session.send("echo never said\x03")
    session.expect("virsh # ")
    assert "paused" in session.run("domstate test"), "the shell must survive Ctrl-C at the prompt"
    session.send("\x03")
    session.expect("virsh # ")
    assert session.end() == 0
    assert "domstate test\nquit\n" in (home / "cache/libvirt/virsh/history").read_text()


def ends_with_the_input(home: Path) -> None:
    session = Session(home)
    session.expect("virsh # ")
    session.run("echo remembered")
    session.send("\x04")
    pid, status = os.waitpid(session.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert "echo remembered\n" in (home / "cache/libvirt/virsh/history").read_text()


def reads_words(home: Path) -> None:
    """Quotes, escapes, comments and semicolons."""
    session = Session(home)
    session.expect("virsh # ")
    for line, wanted in (("echo 'a b' \"c d\" e\\ f # and no more; echo this", "a b c d e f"),
                         ("echo one; echo two", "one"), ("echo one; echo two", "two"),
                         ('echo "open', 'error: missing "')):
        said = session.run(line).split("\r\n")[1:]
        assert wanted in said, f"{line}: {said}"
    for line in ("# only a comment", "  ;; "):
        assert "error" not in session.run(line), line
    assert session.end() == 0


def shows_any_language(home: Path) -> None:
    """Names of several bytes a character are completed, and columns stand below each other."""
    document = home / "domain.xml"
    document.write_text("<domain type='test'><name>grün日本</name><memory>8192</memory><os><type>hvm</type></os></domain>")
    session = Session(home, LC_ALL="C.UTF-8")
    session.expect("virsh # ")
    session.run(f"define {document}")
    table = session.run("list --all")
    columns = {sum(2 if ord(letter) > 0x2e80 else 1 for letter in line[:line.index(word)])
               for line in table.splitlines() for word in ("State", "running", "shut off") if word in line}
    assert len(columns) == 1, table
    session.send("domstate gr\t\n")
    assert "shut off" in session.expect("virsh # "), "the name was not completed"
    assert session.end() == 0
    session = Session(home, LC_ALL="C")
    session.expect("virsh # ")
    assert "running" in session.run("list --all")
    assert session.end() == 0


def opens_a_console(home: Path) -> None:
    """What is typed goes to the guest until Ctrl-]; the terminal is as before then."""
    document = home / "domain.xml"
    document.write_text("<domain type='test'><name>d2</name><memory>8192</memory><os><type>hvm</type></os>"
                        "<devices><console type='pty'/></devices></domain>")
    session = Session(home)
    session.expect("virsh # ")
    session.run(f"create {document}")
    session.send("console d2\n")
    session.expect("Escape character is ^]")
    time.sleep(0.3)
    session.send("\x1d")
    session.expect("virsh # ")
    assert "running" in session.run("domstate d2")
    assert session.end() == 0


CASES = (
    greets_and_lists, prompts_for_readonly, keeps_state_between_lines, completes, remembers,
    edits_again, edits_without_schema, stops_waiting, forgets_a_line, ends_with_the_input, reads_words,
    shows_any_language, opens_a_console,
)


def main() -> int:
    failed = 0
    print(f"1..{len(CASES)}")
    for number, case in enumerate(CASES, 1):
        with tempfile.TemporaryDirectory() as home:
            try:
                case(Path(home))
                print(f"ok {number} - {case.__name__}", flush=True)
            except AssertionError as error:
                failed += 1
                print("".join(f"# {line}\n" for line in str(error).splitlines()), end="")
                print(f"not ok {number} - {case.__name__}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

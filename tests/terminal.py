"""A terminal for programs that want one."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

import pyte

LINES, COLUMNS = 40, 120


class Terminal:
    """A program on a terminal typed into as a person does, from the home folder."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        self.screen = pyte.Screen(COLUMNS, LINES)
        self.stream = pyte.ByteStream(self.screen)
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            os.chdir(env["HOME"])
            os.execvpe(command[0], command, env)
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("4H", LINES, COLUMNS, 0, 0))

    def type(self, keys: str) -> None:
        os.write(self.end, keys.encode())

    def read_until(self, wanted: str, seconds: float = 10) -> str:
        """What is shown until ``wanted`` stands there, or time is up."""
        text, until = "", time.monotonic() + seconds
        while wanted not in text and time.monotonic() < until:
            if select.select([self.end], [], [], 0.1)[0]:
                text += os.read(self.end, 4096).decode("utf-8", "replace")
                text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x07", "", text)
        return text

    def shows(self, wanted: str, seconds: float = 60) -> bool:
        """Whether ``wanted`` stands on the screen before time is up."""
        until = time.monotonic() + seconds
        while not (there := any(wanted in line for line in self.screen.display)) and time.monotonic() < until:
            if select.select([self.end], [], [], 0.1)[0]:
                self.stream.feed(os.read(self.end, 4096))
        return there

    def close(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.end)

"""Plays sequences of terminal operations to pseudo-terminals of the Linux beneath, all side by side.

Reads {"sequences": [...], "pauseMs": n} as JSON from standard input, prints the JSON list of their results. An
operation is [name, arguments...]; its result is [value, bytes that came to the screen]. Between an operation and a look
at the screen is a pause, in which the kernel's workers take the input in.
"""

import errno
import fcntl
import json
import os
import pty
import select
import struct
import sys
import time

TCGETS, TCSETS, TCSETSF, TCXONC, TCFLSH, FIONREAD = 0x5401, 0x5402, 0x5404, 0x540A, 0x540B, 0x541B
TCOON = 1
TERMIOS = "IIIIB19s"


class Terminal:
    def __init__(self):
        self.master, self.slave = pty.openpty()
        for fd in (self.master, self.slave):
            os.set_blocking(fd, False)

    def type(self, data):
        return os.write(self.master, bytes(data))

    def write(self, data):
        return os.write(self.slave, bytes(data))

    def read(self, count):
        return list(os.read(self.slave, count))

    def set(self, flush, iflag, oflag, lflag, characters):
        now = struct.unpack(TERMIOS, fcntl.ioctl(self.slave, TCGETS, bytes(36)))
        wanted = struct.pack(TERMIOS, iflag, oflag, now[2], lflag, now[4], bytes(characters))
        fcntl.ioctl(self.slave, TCSETSF if flush else TCSETS, wanted)
        return 0

    def ready(self):
        poll = select.poll()
        poll.register(self.slave, select.POLLIN | select.POLLOUT)
        events = poll.poll(0)
        return events[0][1] if events else 0

    def queued(self):
        return struct.unpack("i", fcntl.ioctl(self.slave, FIONREAD, bytes(4)))[0]

    def flow(self, action):
        fcntl.ioctl(self.slave, TCXONC, action)
        if action == TCOON:
            os.write(self.slave, b"")  # echo that was held back is shown with the next output only
        return 0

    def flush(self, queue):
        fcntl.ioctl(self.slave, TCFLSH, queue)
        return 0

    def run(self, operation):
        name, *arguments = operation
        try:
            return getattr(self, name)(*arguments)
        except OSError as error:
            return -error.errno

    def screen(self):
        shown = b""
        try:
            while True:
                shown += os.read(self.master, 65536)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EIO):
                raise
        return list(shown)


def main():
    request = json.load(sys.stdin)
    sequences, pause = request["sequences"], request["pauseMs"] / 1000
    terminals = [Terminal() for _ in sequences]
    results = [[] for _ in sequences]
    for step in range(max(map(len, sequences))):
        going = [n for n, sequence in enumerate(sequences) if step < len(sequence)]
        values = [terminals[n].run(sequences[n][step]) for n in going]
        for n in going:
            terminals[n].ready()
        time.sleep(pause)
        for n, value in zip(going, values):
            results[n].append([value, terminals[n].screen()])
    json.dump(results, sys.stdout)


main()

"""Runs sequences of file operations on the Linux beneath, each in a new root directory of its own.

Reads a JSON list of sequences from standard input, prints the JSON list of their results. An operation is
[name, arguments...]; a result is a number, a text, a list, or a negated errno. Must run as root (chroot).
"""

import fcntl
import json
import os
import shutil
import stat
import sys
import tempfile


def status(info):
    kind = stat.S_IFMT(info.st_mode)
    size = info.st_size if kind in (stat.S_IFREG, stat.S_IFLNK) else 0
    links = 1 if kind == stat.S_IFIFO else info.st_nlink
    return [kind, stat.S_IMODE(info.st_mode), links, size]


def listing(path):
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        return sorted(os.listdir(fd))
    finally:
        os.close(fd)


def text(data):
    return data.decode("latin-1")


def nothing(value):
    return 0 if value is None else value


OPERATIONS = {
    "open": lambda path, flags, mode: os.open(path, flags, mode),
    "close": os.close,
    "read": lambda fd, n: text(os.read(fd, n)),
    "write": lambda fd, data: os.write(fd, data.encode("latin-1")),
    "pread": lambda fd, n, at: text(os.pread(fd, n, at)),
    "pwrite": lambda fd, data, at: os.pwrite(fd, data.encode("latin-1"), at),
    "lseek": os.lseek,
    "ftruncate": os.ftruncate,
    "mkdir": os.mkdir,
    "rmdir": os.rmdir,
    "unlink": os.unlink,
    "rename": os.rename,
    "link": lambda old, new: os.link(old, new, follow_symlinks=False),
    "symlink": os.symlink,
    "readlink": os.readlink,
    "stat": lambda path: status(os.stat(path)),
    "lstat": lambda path: status(os.lstat(path)),
    "fstat": lambda fd: status(os.fstat(fd)),
    "list": listing,
    "chdir": os.chdir,
    "getcwd": os.getcwd,
    "dup": lambda fd: os.dup(fd),
    "dup2": lambda old, new: os.dup2(old, new),
    "flags": lambda fd: fcntl.fcntl(fd, fcntl.F_GETFL) & ~0o100000,
    "umask": os.umask,
    "pipe": lambda: list(os.pipe2(os.O_NONBLOCK)),
}


def run(sequence):
    results = []
    for name, *arguments in sequence:
        try:
            results.append(nothing(OPERATIONS[name](*arguments)))
        except OSError as error:
            results.append(-error.errno)
    return results


def run_apart(sequence, base):
    root = tempfile.mkdtemp(dir=base)
    answer = tempfile.TemporaryFile(dir=base)
    child = os.fork()
    if child == 0:
        os.dup2(answer.fileno(), 1)
        os.closerange(3, 64)
        os.umask(0o022)
        os.chmod(root, 0o755)
        os.chroot(root)
        os.chdir("/")
        for name in ("bin", "dev"):
            os.mkdir(name, 0o755)
        os.mkdir("tmp")
        os.chmod("tmp", 0o1777)
        os.write(1, json.dumps(run(sequence)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    shutil.rmtree(root)
    answer.seek(0)
    return json.load(answer)


def main():
    base = tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
    try:
        print(json.dumps([run_apart(sequence, base) for sequence in json.load(sys.stdin)]))
    finally:
        shutil.rmtree(base)


main()

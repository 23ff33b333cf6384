#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""
corpus.py FOLDER - the part of the corpus that has no file of its own (called by corpus.sh): systemd's groups of calls, as lists of what
is allowed and of what is denied, systemd's other options, and small filters that try what programs rarely do. Writes them to FOLDER
and prints a line for each stack to be proved, also of corpus.sh's.
"""
import errno
import struct
import subprocess
import sys
import seccomp
from seccomp import ALLOW, ERRNO, EQ, GT, LT, MASKED_EQ, NE, Arg

folder = sys.argv[1]
RISCV64 = 0xC00000F3


def stack(*names):
    print(" ".join(f"{'log:' * n.startswith('log:')}{folder}/{n.removeprefix('log:')}.bpf" for n in names))


def new(default):
    f = seccomp.SyscallFilter(default)
    f.add_arch(seccomp.Arch("riscv64"))
    f.remove_arch(seccomp.Arch())
    return f


def rule(f, action, name, *args):
    try:
        f.add_rule(action, name, *args)
    except (RuntimeError, ValueError, OSError):
        pass  # no such call on riscv64, or the default action again


def save(f, name):
    with open(f"{folder}/{name}.bpf", "wb") as out:
        f.export_bpf(out)


# --- systemd's groups ---


def systemd_groups():
    """Each group once as SystemCallFilter=~@GROUP, which denies it, and once as SystemCallFilter=@GROUP, which denies all else."""
    sets, group = {}, None
    text = subprocess.run(["systemd-analyze", "--no-pager", "syscall-filter"], check=True, text=True, capture_output=True).stdout
    for line in text.splitlines():
        word = line.strip()
        if line.startswith("@"):
            group = word
            sets[group] = []
        elif not word:
            group = None
        elif group and not word.startswith("#"):
            sets[group].append(word)

    def calls(name):
        for word in sets[name]:
            if word.startswith("@"):
                yield from calls(word)
            else:
                yield word

    for name in sets:
        for prefix, default, action in (("without", ALLOW, ERRNO(errno.EPERM)), ("only", ERRNO(errno.EPERM), ALLOW)):
            f = new(default)
            for call in [*calls(name), *(calls("@default") if prefix == "only" else ())]:
                rule(f, action, call)
            save(f, f"systemd-{prefix}-{name[1:]}")
            stack(f"systemd-{prefix}-{name[1:]}")


# --- systemd's options ---


def systemd_options():
    f = new(ALLOW)  # RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
    rule(f, ERRNO(errno.EAFNOSUPPORT), "socket", Arg(0, LT, 1))
    rule(f, ERRNO(errno.EAFNOSUPPORT), "socket", Arg(0, GT, 10))
    for family in (*range(3, 10), *range(11, 46)):
        rule(f, ERRNO(errno.EAFNOSUPPORT), "socket", Arg(0, EQ, family))
    save(f, "systemd-families")
    f = new(ALLOW)  # MemoryDenyWriteExecute=
    rule(f, ERRNO(errno.EPERM), "mmap", Arg(2, MASKED_EQ, 6, 6))
    rule(f, ERRNO(errno.EPERM), "mprotect", Arg(2, MASKED_EQ, 4, 4))
    rule(f, ERRNO(errno.EPERM), "pkey_mprotect", Arg(2, MASKED_EQ, 4, 4))
    rule(f, ERRNO(errno.EPERM), "shmat", Arg(2, MASKED_EQ, 0x8000, 0x8000))
    save(f, "systemd-wx")
    f = new(ALLOW)  # RestrictSUIDSGID=, RestrictNamespaces=, LockPersonality=, RestrictRealtime=
    for call, i in (("fchmod", 1), ("fchmodat", 2), ("mknodat", 2), ("mkdirat", 2)):
        for bit in (0o4000, 0o2000):
            rule(f, ERRNO(errno.EPERM), call, Arg(i, MASKED_EQ, bit, bit))
    for bit in (0x20000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000):
        rule(f, ERRNO(errno.EPERM), "clone", Arg(0, MASKED_EQ, bit, bit))
        rule(f, ERRNO(errno.EPERM), "unshare", Arg(0, MASKED_EQ, bit, bit))
    rule(f, ERRNO(errno.EPERM), "setns", Arg(1, EQ, 0))
    rule(f, ERRNO(errno.ENOSYS), "clone3")
    rule(f, ERRNO(errno.EPERM), "personality", Arg(0, NE, 0))
    rule(f, ERRNO(errno.EPERM), "sched_setscheduler", Arg(1, GT, 3))
    save(f, "systemd-restrict")


# --- written instruction by instruction ---


def ld(k):
    return 0x20, 0, 0, k


def jeq(k, jt, jf):
    return 0x15, jt, jf, k


def ret(k):
    return 6, 0, 0, k


def write(name, insns):
    with open(f"{folder}/{name}.bpf", "wb") as out:
        for insn in insns:
            out.write(struct.pack("<HBBI", *insn))


A, E, KILL = 0x7FFF0000, 0x50000, 0x80000000
PREAMBLE = [ld(4), jeq(RISCV64, 1, 0), ret(KILL), ld(0)]


def small():
    def check(name, *insns):
        write(name, PREAMBLE + [jeq(173, 0, len(insns)), *insns, ret(A)])

    check("equal-64", ld(16), jeq(2, 0, 3), ld(20), jeq(1, 0, 1), ret(E | 13))
    check("older-kills", ld(24), jeq(9, 0, 1), ret(KILL))
    check("older-traps", ld(24), (0x25, 0, 1, 0x7FFFFFFF), ret(0x30007))
    check("edges", ld(32), (0x35, 0, 1, 0xFFFFF800), ret(E | 4095), (0x45, 0, 1, 0x80000800), ret(E | 2048), (0x25, 1, 0, 0x7FFFF800),
          ret(E))
    check("arithmetic", ld(56), (0x04, 0, 0, 0x12345678), (0xA4, 0, 0, 0xFFFFF800), jeq(0xDEADBEEF, 0, 1), ret(E | 1), ld(60),
          (0x24, 0, 0, 3), (0x74, 0, 0, 31), jeq(1, 0, 1), ret(E | 2), ld(44), (0x84, 0, 0, 0), (0x64, 0, 0, 5), (0x25, 0, 1, 77),
          ret(E | 3), ld(40), (0x34, 0, 0, 10), (0x14, 0, 0, 5), (0x35, 0, 1, 0x80000000), ret(E | 4))
    check("address", ld(12), jeq(0, 0, 3), ld(8), (0x35, 0, 1, 0x10000), ret(E | 5))
    check("registers", (0x01, 0, 0, 7), ld(16), (0x02, 0, 0, 3), (0x0C, 0, 0, 0), (0x3D, 0, 1, 0), ret(E | 6), (0x60, 0, 0, 3),
          (0x1D, 0, 1, 0), ret(E | 7))


# --- filters that are large in one call ---


def value(i):
    """In no order, as the numbers of ioctl are; some are neighbours."""
    return (0x5401 + (i - i % 5 // 4) * 0x9E3779B1 + i % 5 // 4) & 0xFFFFFFFF


def chain(name, call, tests):
    """Each of TESTS is instructions, behind which the call is allowed: the last jumps over that, the others, if they fail, to the next."""
    insns = PREAMBLE + [jeq(call, 1, 0), ret(A)]
    for test in tests:
        insns += [*test, ret(A)]
    write(name, insns + [ret(E | 1)])


def tree(values):
    """A search of its own, for a value that is loaded."""
    if len(values) == 1:
        return [jeq(values[0], 0, 1), ret(A), ret(E | 1)]
    middle = len(values) // 2
    below = tree(values[:middle])
    return [(0x35, 1, 0, values[middle]), (5, 0, 0, 1), (5, 0, 0, len(below)), *below, *tree(values[middle:])]


def large():
    ioctl, socket, prctl, fcntl = 29, 198, 167, 25
    names = []

    def add(name):
        names.append(name)
        return name

    for n in (30, 100, 300):
        chain(add(f"ioctl-{n}"), ioctl, [([ld(24)] if i == 0 else []) + [jeq(value(i), 0, 1)] for i in range(n)])
    for n in (30, 100, 300):  # minijail, as crosvm has it; libseccomp's lists are alike
        chain(add(f"crosvm-ioctl-{n}"), ioctl, [[ld(28), jeq(0, 0, 3), ld(24), jeq(value(i), 0, 1)] for i in range(n)])
    for n in (30, 60):  # snapd: a family and a type
        chain(add(f"snapd-socket-{n}"), socket,
              [[ld(20), jeq(0, 0, 7), ld(16), jeq(i // 3, 0, 5), ld(28), jeq(0, 0, 3), ld(24), jeq(i % 3, 0, 1)] for i in range(n)])
    for n in (30, 100):
        chain(add(f"android-prctl-{n}"), prctl, [[ld(16), (0x35, 0, 2, 100 * i), (0x25, 1, 0, 100 * i + i)] for i in range(n)])
        chain(add(f"fcntl-{n}"), fcntl, [[ld(24), (0x54, 0, 0, i << 16 | 0xFFFF), jeq(i + 1, 0, 1)] for i in range(n)])
    for n in (30, 100):
        write(add(f"chromium-prctl-{n}"), PREAMBLE + [jeq(prctl, 1, 0), ret(A), ld(16), *tree([500 * i for i in range(n)])])
    for name, args in (("words-added", [(7, 0, 0, 0), ld(24), (0x0C, 0, 0, 0), jeq(9, 0, 1)]),
                       ("words-compared", [(7, 0, 0, 0), ld(32), (0x2D, 0, 1, 0)]),
                       ("words-shifted", [(7, 0, 0, 0), ld(28), (0x7C, 0, 0, 0), (0xAC, 0, 0, 0), (0x3D, 0, 1, 0)])):
        chain(add(name), fcntl, [[ld(16), *args]])
    write(add("computed"), PREAMBLE + [jeq(fcntl, 1, 0), ret(A), ld(24), (0x54, 0, 0, 0x7FFF0001), (0x44, 0, 0, 0x50000), (0x16, 0, 0, 0)])
    for name in names:
        stack(name)
    stack("ioctl-30", "snapd-socket-30", "crosvm-ioctl-100", "computed")
    stack("older-kills", "log:ioctl-30", "fcntl-30")


systemd_groups()
systemd_options()
small()
large()
for one in ("systemd-families", "systemd-wx", "systemd-restrict", "equal-64", "older-kills", "older-traps", "edges", "arithmetic", "address",
            "registers"):
    stack(one)
stack("docker", "systemd-only-system-service", "systemd-families", "systemd-wx", "systemd-restrict")
stack(*["docker"] * 16)
stack("containers", "openssh")
stack("openssh", "docker-tree")
stack("older-kills", "equal-64", "edges")
stack("equal-64", "older-traps", "edges", "arithmetic")
stack("edges", "log:equal-64", "address")
stack("log:edges", "arithmetic", "containers-tree")

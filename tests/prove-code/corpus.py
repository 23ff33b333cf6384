#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""
corpus.py FOLDER - writes the filters of known programs for riscv64 to FOLDER, as raw arrays of struct sock_filter, and prints a line
for each stack of them to be proved: its files, oldest first.

Debian's containers profile is compiled by libseccomp, linear and as a tree; systemd's are made as its options make them; OpenSSH's is
written as sandbox-seccomp-filter.c writes it; the last are small ones that try what programs rarely do.
"""
import errno
import json
import os
import struct
import sys
import seccomp
from seccomp import ALLOW, ERRNO, EQ, GE, GT, KILL_PROCESS, LE, LT, MASKED_EQ, NE, Arg, Attr

folder = sys.argv[1]
RISCV64 = 0xC00000F3
OPS = {"SCMP_CMP_NE": NE, "SCMP_CMP_LT": LT, "SCMP_CMP_LE": LE, "SCMP_CMP_EQ": EQ, "SCMP_CMP_GE": GE, "SCMP_CMP_GT": GT,
       "SCMP_CMP_MASKED_EQ": MASKED_EQ}


def stack(*names):
    print(" ".join(f"{'log:' * n.startswith('log:')}{folder}/{n.removeprefix('log:')}.bpf" for n in names))


def new(default, tree=False):
    f = seccomp.SyscallFilter(default)
    f.add_arch(seccomp.Arch("riscv64"))
    f.remove_arch(seccomp.Arch())
    if tree:
        f.set_attr(Attr.CTL_OPTIMIZE, 2)
    return f


def rule(f, action, name, *args):
    try:
        f.add_rule(action, name, *args)
    except (RuntimeError, ValueError, OSError):
        pass  # no such call on riscv64, or the default action again


def save(f, name):
    with open(f"{folder}/{name}.bpf", "wb") as out:
        f.export_bpf(out)


# --- Debian's containers profile ---


def applies(entry):
    inc, exc = entry.get("includes", {}), entry.get("excludes", {})
    return not inc.get("caps") and not inc.get("minKernel") and "riscv64" in inc.get("arches", ["riscv64"]) \
        and "riscv64" not in exc.get("arches", [])


def containers(name, tree):
    with open("/usr/share/containers/seccomp.json", encoding="utf-8") as profile:
        profile = json.load(profile)
    f = new(ERRNO(profile.get("defaultErrnoRet", errno.EPERM)), tree)
    for entry in filter(applies, profile["syscalls"]):
        action = {"SCMP_ACT_ALLOW": ALLOW, "SCMP_ACT_ERRNO": ERRNO(entry.get("errnoRet", errno.EPERM))}[entry["action"]]
        args = [Arg(a["index"], OPS[a["op"]], a["value"], a.get("valueTwo", 0)) for a in entry.get("args") or []]
        for call in entry.get("names", [entry.get("name")]):
            # Several conditions on one argument are alternatives.
            if len({a["index"] for a in entry.get("args") or []}) < len(args):
                for arg in args:
                    rule(f, action, call, arg)
            else:
                rule(f, action, call, *args)
    save(f, name)


# --- systemd's options ---


def systemd():
    f = new(ALLOW)
    for call in "adjtimex clock_adjtime clock_settime settimeofday delete_module finit_module init_module ptrace reboot swapoff swapon mount umount2 pivot_root".split():
        rule(f, ERRNO(errno.EPERM), call)
    save(f, "systemd-groups")
    f = new(ALLOW)  # RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
    rule(f, ERRNO(errno.EAFNOSUPPORT), "socket", Arg(0, LT, 1))
    rule(f, ERRNO(errno.EAFNOSUPPORT), "socket", Arg(0, GT, 10))
    for family in range(3, 10):
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


def number(name):
    return seccomp.resolve_syscall(seccomp.Arch("riscv64"), name)


def openssh():
    def deny(name, err):
        return [jeq(number(name), 0, 1), ret(E | err)]

    def allow(name):
        return [jeq(number(name), 0, 1), ret(A)]

    def allow_arg(name, i, value):
        return [jeq(number(name), 0, 6), ld(16 + 8 * i), jeq(value & 0xFFFFFFFF, 0, 3), ld(20 + 8 * i), jeq(value >> 32, 0, 1), ret(A),
                ld(0)]

    def allow_mask(name, i, mask):
        return [jeq(number(name), 0, 8), ld(16 + 8 * i), (0x54, 0, 0, ~mask & 0xFFFFFFFF), jeq(0, 0, 4), ld(20 + 8 * i),
                (0x54, 0, 0, ~mask >> 32 & 0xFFFFFFFF), jeq(0, 0, 1), ret(A), ld(0)]

    p = list(PREAMBLE)
    for name in "openat fstat newfstatat shmget shmat shmdt".split():
        p += deny(name, errno.EACCES)
    for name in "brk clock_gettime close exit exit_group futex getpid getrandom gettimeofday getuid munmap nanosleep clock_nanosleep ppoll pselect6 read rt_sigprocmask shutdown write writev".split():
        p += allow(name)
    p += allow_arg("madvise", 2, 4) + allow_arg("madvise", 2, 8) + allow_arg("madvise", 2, 2)
    p += allow_mask("mmap", 2, 3) + allow_mask("mprotect", 2, 3) + allow_mask("mremap", 3, 1)
    p += allow_arg("ioctl", 1, 0x5413) + allow_arg("ioctl", 1, 0x4004667F)
    write("openssh", p + [ret(KILL)])


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


containers("containers", False)
containers("containers-tree", True)
systemd()
openssh()
small()
for one in ("containers", "containers-tree", "systemd-groups", "systemd-families", "systemd-wx", "systemd-restrict", "openssh", "equal-64",
            "older-kills", "older-traps", "edges", "arithmetic", "address", "registers"):
    stack(one)
stack("containers", "systemd-groups", "systemd-families", "systemd-wx", "systemd-restrict")
stack("containers", "openssh")
stack("older-kills", "equal-64", "edges")
stack("equal-64", "older-traps", "edges", "arithmetic")
stack("edges", "log:equal-64", "address")
stack("log:edges", "arithmetic", "containers-tree")

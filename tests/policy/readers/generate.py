#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# generate.py FORM N SEED FOLDER [NAMES] - N policies of a FORM, by chance but the same for a SEED,
# as files 0 to N-1 in FOLDER; those of containers, seccompiler, systemd and firejail name the calls
# in the file NAMES, where it is given. Called by ../generated.sh and ../originals.sh; also what the
# other readers were compared with the originals by.

import json
import os
import random
import re
import sys

TOP = os.path.join(os.path.dirname(__file__), "../../..")
FORM, COUNT, SEED, FOLDER = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
chance = random.Random(SEED)

EDGES = [0, 1, 2, 3, 4, 7, 8, 0x10, 0xff, 0x1000, 0x5412, 38, 40, 0x7fffffff, 0x80000000, 0xffffffff, 0xffffff9c, 0x100000000, 0x1ffffffff,
         0xffffffffffffff9c, 0xffffffffffffffff]


def lines_of(name, pattern):
    with open(os.path.join(TOP, name), encoding="ascii") as f:
        return [m.groups() for m in map(re.compile(pattern).match, f) if m]


CALLS = {name: re.findall(r"A\(\w+, (\w+),", args) for name, args in lines_of("policy/args.def", r"CALL\((\w+),(.*)\)$")}
CONSTANTS = [name for name, in lines_of("policy/constants.def", r"(?:C|LIBC|GONE)\((\w+),")]
# kafel has no name for these calls, or another for one of their arguments.
NOT_KAFEL = {"umount2", "fstat", "uname", "sync_file_range", "riscv_flush_icache", "riscv_hwprobe", "pkey_mprotect", "pkey_alloc", "pkey_free",
             "io_pgetevents", "unlinkat", "fchownat", "vmsplice", "mmap", "setns", "sched_getattr", "getrandom", "membarrier", "statx",
             "openat2", "set_mempolicy_home_node", "clone", "fsopen", "fsconfig"}
NEWER = {name for name, in lines_of("include/abi/syscall-newer.def", r"NEWER\(\d+, (\w+),")}
NOT_KAFEL |= NEWER
NAMES = sorted(CALLS)
if len(sys.argv) > 5:
    with open(sys.argv[5], encoding="ascii") as names:
        NAMES = names.read().split()


def one_in(n):
    return chance.randrange(n) == 0


def number():
    return chance.choice(EDGES) if not one_in(5) else chance.getrandbits(chance.choice([8, 16, 32, 40, 64]))


def literal():
    n = number()
    return chance.choice(["%d", "0x%x", "0%o" if n else "%d"]) % n


def joined(sign, make, *counts):
    return sign.join(make() for _ in range(chance.choice(counts)))


def kafel():
    constants, policies = [], []
    text = []

    def value(args):
        arg = chance.choice(args)
        return chance.choice([arg, arg, arg, "(%s & %s)" % (arg, literal()), "%s & %s" % (arg, literal()), "(%s | %s)" % (arg, literal())])

    def condition(args, depth):
        kind = chance.randrange(8)
        if depth < 3 and kind < 3:
            inner = "%s %s %s" % (condition(args, depth + 1), chance.choice(["&&", "||", ","][: 3 if kind else 2]), condition(args, depth + 1))
            return "(%s)" % inner if kind else inner
        if depth < 3 and kind == 3:
            return "!(%s)" % condition(args, depth + 1)
        left = value(args)
        right = chance.choice(constants) if constants and one_in(4) else literal()
        sign = chance.choice(["==", "!="] if "|" in left else ["==", "!=", "<", "<=", ">", ">="])
        return "%s %s %s" % ((right, sign, left) if one_in(6) else (left, sign, right))

    def filter_():
        if one_in(16):
            return "SYSCALL[%d]" % chance.randrange(500)
        name = chance.choice([c for c in CALLS if c not in NOT_KAFEL])
        args = [a for a in CALLS[name] if not a.startswith("_")]
        guard = chance.choice([" ON riscv64", " ON {riscv64, amd64}", " ON amd64"]) if one_in(10) else ""
        return name + guard + (" { %s }" % condition(args, 0) if args and not one_in(3) else "")

    def action():
        return chance.choice(["ALLOW", "LOG", "KILL", "KILL_PROCESS", "DENY", "USER_NOTIF", "ERRNO(%d)" % chance.randrange(200), "TRACE(3)", "TRAP(9)"])

    def statement():
        if policies and one_in(5):
            return "USE " + chance.choice(policies)
        return "%s { %s }" % (action(), joined(", ", filter_, 1, 2, 3))

    for i in range(chance.randrange(3)):
        constants.append("C%d" % i)
        text.append("#define C%d %d" % (i, number()))
    for i in range(chance.randrange(3)):
        text.append("POLICY p%d { %s }" % (i, joined(", ", statement, 1, 2)))
        policies.append("p%d" % i)
    text.append(joined(", ", statement, 1, 2, 3, 4))
    if not one_in(5):
        text.append("DEFAULT " + action())
    return "\n".join(text) + "\n"


def minijail():
    def constant(depth):
        kind = chance.randrange(10)
        if depth < 2 and kind == 0:
            return "~" + constant(depth + 1).lstrip("~")
        if depth < 2 and kind == 1:
            return "(%s)" % value(depth + 1)
        return chance.choice(CONSTANTS) if kind < 5 else literal()

    def value(depth=0):
        return joined("|", lambda: constant(depth), 1, 1, 1, 2, 3)

    def atom():
        return "arg%d %s %s" % (chance.randrange(6), chance.choice(["==", "!=", "<", "<=", ">", ">=", "&", "in"]), value())

    def expression():
        return joined(" || ", lambda: joined(" && ", atom, 1, 1, 2, 3), 1, 1, 2, 3)

    def action():
        return chance.choice(["allow", "1", "kill", "kill-process", "kill-thread", "trap", "trace", "log", "user-notify", "return EPERM",
                              "return %d" % chance.randrange(1, 130)])

    def conditional():
        return expression() + ("; " + action() if one_in(2) else "")

    text = ["@default " + chance.choice(["kill", "kill-process", "trap", "user-notify"])] if one_in(2) else []
    for name in chance.sample(sorted(CALLS), chance.randrange(1, 8)):
        name += chance.choice(["[arch=riscv64]", "[arch=x86_64]"]) if one_in(10) else ""
        kind = chance.randrange(3)
        if kind == 0:
            text.append("%s: %s" % (name, action()))
        elif kind == 1:
            text.append("%s: %s" % (name, conditional()))
        else: # not `allow` at the end: then minijail's compiler leaves the conditions out
            text.append("%s: {%s, %s}" % (name, joined(", ", conditional, 1, 2, 3), chance.choice(["kill-process", "trap", "return ENOSYS"])))
    return "\n".join(text) + "\n"


def seccompiler():
    actions = ["allow", {"errno": chance.randrange(200)}, "kill_thread", "kill_process", "log", {"trace": chance.randrange(100)}, "trap", "user_notif"]
    match, mismatch = chance.sample(actions, 2)
    rules = []
    for name in chance.choices(NAMES, k=chance.randrange(1, 12)):
        for _ in range(chance.choice([1, 1, 2, 3])):
            args = [{"index": chance.randrange(6), "type": chance.choice(["dword", "qword"]), "val": number(),
                     "op": chance.choice(["eq", "ne", "ge", "gt", "le", "lt", {"masked_eq": number()}])} for _ in range(chance.randrange(1, 4))]
            rules.append({"syscall": name} if one_in(3) else {"syscall": name, "args": args})
    return json.dumps({"thread": {"mismatch_action": mismatch, "match_action": match, "filter": rules}}, indent=1)


def systemd():
    groups = [name for name, in lines_of("policy/systemd_groups.def", r'GROUP\(252, "(@[\w-]+)",')]
    text, denies = ["SystemCallErrorNumber=EPERM"], None
    for _ in range(chance.randrange(1, 5)):
        invert = one_in(2)
        denies = invert if denies is None else denies
        words = [chance.choice(groups if one_in(3) else NAMES) for _ in range(chance.randrange(1, 8))]
        text.append("SystemCallFilter=" + "~" * invert + " ".join(w + (":%d" % chance.randrange(1, 100) if invert and denies and one_in(4) else "") for w in words))
    return "\n".join(text) + "\n"


def firejail():
    groups = [name for name, in lines_of("policy/firejail_groups.def", r'GROUP\("(@[\w-]+)",')]
    errnos = ["EPERM", "EACCES", "ENOSYS", "ENOENT", "kill"]

    def entry():
        kind, name = chance.randrange(8), chance.choice(NAMES)
        if kind < 2:
            return chance.choice(groups)
        if kind == 2 and name not in ("read", "io_setup"): # to fseccomp, !0 is 0: x86-64's read, riscv64's io_setup
            return "!" + name
        return name + (":" + chance.choice(errnos) if kind == 3 else "")

    return "seccomp-error-action %s\n%s %s\n" % (chance.choice(errnos + ["log"]), chance.choice(["seccomp", "seccomp.drop", "seccomp.keep"]),
                                                 ",".join(entry() for _ in range(chance.randrange(1, 13))))


def oci():
    actions = ["ALLOW", "ERRNO", "KILL", "KILL_PROCESS", "KILL_THREAD", "LOG", "TRACE", "TRAP"]
    usual = {}

    def answer(action, key):
        numbered = {key: chance.randrange(1, 134)} if action in ("ERRNO", "TRACE") and one_in(2) else {}
        return {"defaultAction" if key == "defaultErrnoRet" else "action": "SCMP_ACT_" + action, **numbered}

    def condition():
        return {"index": chance.choice([0, 0, 1, 2, 3, 4, 5]), "value": number(), "valueTwo": number(),
                "op": "SCMP_CMP_" + chance.choice(["EQ", "EQ", "EQ", "NE", "LT", "LE", "GT", "GE", "MASKED_EQ", "MASKED_EQ"])}

    def rule():
        names = chance.choices(NAMES + ["open", "no_such_call"], k=chance.choice([1, 1, 1, 2, 4]))
        args = [condition() for _ in range(chance.choice([0, 1, 1, 1, 2, 3]))]
        action = usual.setdefault(names[0], answer(chance.choice(actions), "errnoRet")) if not one_in(20) else answer(chance.choice(actions), "errnoRet")
        return {"names": [n for n in names if usual.setdefault(n, action) == action] or names[:1], **action, **({"args": args} if args else {})}

    few = chance.sample(NAMES, 12)
    rules = [rule() for _ in range(chance.randrange(1, 10))]
    for r in rules: # calls that several rules name
        if not one_in(3):
            name = chance.choice(few)
            if usual.setdefault(name, {k: v for k, v in r.items() if k in ("action", "errnoRet")}) == {k: v for k, v in r.items() if k in ("action", "errnoRet")}:
                r["names"].append(name)
    return json.dumps({**answer(chance.choice(actions), "defaultErrnoRet"), "syscalls": rules}, indent=1)


os.makedirs(FOLDER, exist_ok=True)
for n in range(COUNT):
    with open(os.path.join(FOLDER, str(n)), "w", encoding="ascii") as out:
        out.write({"kafel": kafel, "minijail": minijail, "seccompiler": seccompiler, "systemd": systemd, "firejail": firejail, "oci": oci}[FORM]())

#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""
model.py - seccomp's rules once more, in other words, as the judge of what `stacks model` writes.

Reads stacks, calls and the verdict library's answers from standard input; says TAP. Shares no table, order or
formula with seccomp/: opcodes are taken apart by their bits, severity is a list, the budget is a formula.
"""
import struct
import sys

MASK = 0xFFFFFFFF

# Strictest first among those that Linux knows.
KNOWN = ["KILL_PROCESS", "KILL_THREAD", "TRAP", "ERRNO", "USER_NOTIF", "TRACE", "LOG", "ALLOW"]
NAME = {0x8000: "KILL_PROCESS", 0x0000: "KILL_THREAD", 0x0003: "TRAP", 0x0005: "ERRNO",
        0x7FC0: "USER_NOTIF", 0x7FF0: "TRACE", 0x7FFC: "LOG", 0x7FFF: "ALLOW"}
# enum seccomp_do
TODO = {"KILL_PROCESS": 0, "KILL_THREAD": 1, "TRAP": 2, "ERRNO": 3, "USER_NOTIF": 4, "TRACE": 5, "LOG": 6, "ALLOW": 6}


def severity(ret):
    """Smaller is stricter: the upper half of the answer as a number with a sign."""
    upper = ret >> 16
    return upper - 0x10000 if upper & 0x8000 else upper


def run(program, words):
    """The answer of one program to the 16 words of a call, and the index of what ended it."""
    a = x = pc = 0
    memory = {}
    while True:
        code, jt, jf, k = program[pc]
        kind = code & 7
        if kind == 0 or kind == 1:
            mode = code >> 5
            if mode == 0:
                value = k
            elif mode == 1:
                value = words[k // 4]
            elif mode == 3:
                value = memory[k]
            else:
                value = 64
            if kind == 0:
                a = value
            else:
                x = value
        elif kind == 2:
            memory[k] = a
        elif kind == 3:
            memory[k] = x
        elif kind == 4:
            b = x if code & 8 else k
            op = code >> 4
            if op == 0:
                a = (a + b) & MASK
            elif op == 1:
                a = (a - b) & MASK
            elif op == 2:
                a = (a * b) & MASK
            elif op == 3:
                if b == 0:
                    return 0, pc
                a //= b
            elif op == 4:
                a |= b
            elif op == 5:
                a &= b
            elif op == 6:
                a = (a << (b & 31)) & MASK
            elif op == 7:
                a >>= b & 31
            elif op == 8:
                a = -a & MASK
            else:
                a ^= b
        elif kind == 5:
            b = x if code & 8 else k
            op = code >> 4
            if op == 0:
                pc += k
            else:
                if op == 1:
                    holds = a == b
                elif op == 2:
                    holds = a > b
                elif op == 3:
                    holds = a >= b
                else:
                    holds = a & b != 0
                pc += jt if holds else jf
        elif kind == 6:
            return (a if code & 0x10 else k), pc
        elif code & 0x80:
            a = x
        else:
            x = a
        pc += 1


def length_in_linux(program):
    """How long the program is once Linux has converted it."""
    total = 3
    for code, jt, jf, k in program:
        total += 1
        if code == 0x06:
            total += 1
        elif code == 0x3C:
            total += 4
        elif code & 7 == 5 and code != 0x05:
            if jf and (jt or code & 0xF0 == 0x40):
                total += 1
            if not code & 8 and k & 0x80000000:
                total += 1
    return total


class Stack:
    def __init__(self):
        self.filters = []  # oldest first: (id, owner, logs, program)
        self.spent = 0

    def push(self, ident, owner, flags, program):
        need = length_in_linux(program)
        below = self.spent + 4 * len(self.filters)
        if need + below > 32768:
            return 12
        self.spent += need
        self.filters.append((ident, owner, bool(flags & 2), program))
        return 0

    def judge(self, who, words):
        """(ret, pc, id of the filter that decided or 0, its log flag)"""
        if not self.filters:
            return 0x80000000, 0, 0, False
        answers = [(run(program, words), ident, logs) for ident, owner, logs, program in reversed(self.filters)
                   if owner in (0, who)]
        strict = [x for x in answers if severity(x[0][0]) < 0x7FFF]
        if not strict:
            return 0x7FFF0000, 0, 0, False
        (ret, pc), ident, logs = min(strict, key=lambda x: severity(x[0][0]))  # min keeps the first of equals
        return ret, pc, ident, logs


def decide(ret, flagged):
    name = NAME.get(ret >> 16)
    todo = TODO.get(name, 0)
    err = min(ret & 0xFFFF, 4095) if name == "ERRNO" else 0
    if name in (None, "KILL_PROCESS", "KILL_THREAD", "LOG"):
        log = True
    else:
        log = flagged and name != "ALLOW"
    return todo, ret & 0xFFFF0000, ret & 0xFFFF, err, int(log)


def main():
    data = sys.stdin.buffer
    stacks = calls = wrong = constant = 0

    def u32s(n):
        return struct.unpack("<%dI" % n, data.read(4 * n))

    while True:
        head = data.read(4)
        if not head:
            break
        stack = Stack()
        bad = []
        for i in range(struct.unpack("<I", head)[0]):
            length, owner, flags, err = u32s(4)
            program = list(struct.iter_unpack("<HBBI", data.read(8 * length)))
            if stack.push(i + 1, owner, flags, program) != err:
                bad.append("filter %d: attach says %d" % (i + 1, err))
        for _ in range(2):
            (who,) = u32s(1)
            words = u32s(16)
            ret, pc, ident, *decision, is_constant, answer = u32s(10)
            mine = stack.judge(who, words)
            if mine[:3] != (ret, pc, ident):
                bad.append("verdict 0x%08x at %d by %d, not 0x%08x at %d by %d" % ((ret, pc, ident) + mine[:3]))
            if decide(mine[0], mine[3]) != tuple(decision):
                bad.append("decision %r, not %r" % (decision, decide(mine[0], mine[3])))
            if is_constant:
                constant += 1
                loud = decide(mine[0], mine[3])[4] and severity(answer) not in (-0x8000, 0, 0x7FFC) \
                    and NAME.get(answer >> 16)
                # A stack whose every filter binds someone else is no stack of the gate's.
                if stack.filters and (answer != mine[0] or loud):
                    bad.append("gate: constant 0x%08x, not 0x%08x" % (answer, mine[0]))
            calls += 1
        if bad:
            wrong += 1
            for line in bad[:5] if wrong < 10 else []:
                print("# stack %d: %s" % (stacks, line))
        stacks += 1
    print("%sok 1 - model.py and the verdict library agree on %d stacks, %d calls, %d of them constant"
          % ("" if stacks and not wrong else "not ", stacks, calls, constant))
    print("1..1")
    return wrong != 0 or stacks == 0


if __name__ == "__main__":
    sys.exit(main())

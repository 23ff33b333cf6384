#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""
prove.py - proves that where a gate sends a call, by constant answer or by machine code, is what its filters say, for every value of
the six arguments and of the instruction pointer. Reads emit's output: `program LOG INSN...` (oldest first), `code WORD...`,
`way NR KIND RET AT` (KIND 0 interpreter, 1 ERRNO, 2 run, 3 code, 4 another constant answer), `end NAME`.

Both sides are executed symbolically: the programs by the table of opcodes in Linux's documentation, the code by tests/isa/rv64.py; z3
is asked for arguments that tell them apart, and with --smt the questions are written down for a second solver. Generated code may
  - run the call, if the stack's answer is ALLOW;
  - refuse it with a0 = -data, if the answer is ERRNO with data up to 4095, not to be logged;
  - ask the judge, always; for one filter alone, only when it is neither of the two.
It must leave a0 alone unless it refuses, and does nothing but that: the code that is read has no loads, stores or other registers.
"""
import argparse
import heapq
import os
import sys

import z3

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "isa"))
import rv64
from rv64 import Wrong

ALLOW, ERRNO, FULL = 0x7FFF0000, 0x00050000, 0xFFFF0000
MEMORY = 0xFFFFFFFF90000000
RUN, REFUSE, JUDGE = 0xFFFFFFFF80001004, 0xFFFFFFFF80002FFC, 0xFFFFFFFFFFFFF800
ARCH = 0xC00000F3
M32 = 0xFFFFFFFF

args = [z3.BitVec(f"arg{i}", 64) for i in range(6)]
ip = z3.Concat(z3.BitVec("ip", 63), z3.BitVecVal(0, 1))  # an instruction lies at an even address
any_nr = z3.BitVec("nr", 32)


def vec(x, bits):
    return z3.BitVecVal(x, bits) if isinstance(x, int) else x


def norm(x):
    """A z3 value that is a number, as an int."""
    if isinstance(x, int):
        return x
    x = z3.simplify(x)
    return x.as_long() if z3.is_bv_value(x) else x


def truth(c):
    """A condition as True, False or a z3 expression."""
    if isinstance(c, bool):
        return c
    c = z3.simplify(c)
    return True if z3.is_true(c) else False if z3.is_false(c) else c


def both(a, b):
    if a is True or b is False:
        return b
    if b is True or a is False:
        return a
    return z3.And(a, b)


def either(a, b):
    if a is True or b is True:
        return True
    if a is False:
        return b
    if b is False:
        return a
    return z3.Or(a, b)


def negated(c):
    return (not c) if isinstance(c, bool) else z3.Not(c)


def choose(c, a, b, bits):
    if c is True or (isinstance(a, int) and isinstance(b, int) and a == b):
        return a
    if c is False:
        return b
    if not isinstance(a, int) and not isinstance(b, int) and z3.eq(a, b):
        return a
    return z3.If(c, vec(a, bits), vec(b, bits))


# --- classic BPF ---


def word_of(nr, k):
    if k == 0:
        return nr
    if k == 4:
        return ARCH
    whole = ip if k < 16 else args[(k - 16) // 8]
    return z3.Extract(63, 32, whole) if k % 8 else z3.Extract(31, 0, whole)


def alu(op, a, b):
    if isinstance(a, int) and isinstance(b, int):
        return {0x00: lambda: a + b, 0x10: lambda: a - b, 0x20: lambda: a * b, 0x30: lambda: a // b if b else 0, 0x40: lambda: a | b,
                0x50: lambda: a & b, 0x60: lambda: a << (b & 31), 0x70: lambda: a >> (b & 31), 0x80: lambda: -a,
                0xA0: lambda: a ^ b}[op]() & M32
    a, b = vec(a, 32), vec(b, 32)
    return norm({0x00: lambda: a + b, 0x10: lambda: a - b, 0x20: lambda: a * b, 0x30: lambda: z3.UDiv(a, b), 0x40: lambda: a | b,
                 0x50: lambda: a & b, 0x60: lambda: a << (b & 31), 0x70: lambda: z3.LShR(a, b & 31), 0x80: lambda: -a,
                 0xA0: lambda: a ^ b}[op]())


def jump_holds(op, a, b):
    if isinstance(a, int) and isinstance(b, int):
        return {0x10: a == b, 0x20: a > b, 0x30: a >= b, 0x40: a & b != 0}[op]
    a, b = vec(a, 32), vec(b, 32)
    return truth({0x10: lambda: a == b, 0x20: lambda: z3.UGT(a, b), 0x30: lambda: z3.UGE(a, b), 0x40: lambda: (a & b) != 0}[op]())


def run_program(insns, nr):
    """The program's answer to number nr, a 32-bit value."""
    states = {0: (True, 0, 0, (0,) * 16)}
    answers = []
    for pc, (code, jt, jf, k) in enumerate(insns):
        if pc not in states:
            continue
        cond, a, x, m = states.pop(pc)
        cls, src = code & 7, x if code & 8 else k

        def go(to, when=True, a2=None, x2=None, m2=None):
            c = both(cond, when)
            if c is False:
                return
            new = (c, a if a2 is None else a2, x if x2 is None else x2, m if m2 is None else m2)
            if to in states:
                old = states[to]
                new = (either(old[0], c), choose(c, new[1], old[1], 32), choose(c, new[2], old[2], 32),
                       tuple(choose(c, p, q, 32) for p, q in zip(new[3], old[3])))
            states[to] = new

        if cls in (0, 1):
            value = {0x20: lambda: word_of(nr, k), 0x00: lambda: k, 0x60: lambda: m[k], 0x80: lambda: 64}[code & 0xE0]()
            go(pc + 1, a2=value) if cls == 0 else go(pc + 1, x2=value)
        elif cls in (2, 3):
            go(pc + 1, m2=m[:k] + (a if cls == 2 else x,) + m[k + 1:])
        elif cls == 4:
            if code & 0xF8 == 0x38:
                zero = x == 0 if isinstance(x, int) else truth(x == 0)
                if both(cond, zero) is not False:
                    answers.append((both(cond, zero), 0))
                go(pc + 1, negated(zero), a2=alu(0x30, a, src))
            else:
                go(pc + 1, a2=alu(code & 0xF0, a, src))
        elif cls == 5:
            if code & 0xF0 == 0:
                go(pc + 1 + k)
            else:
                hold = jump_holds(code & 0xF0, a, src)
                go(pc + 1 + jt, hold)
                go(pc + 1 + jf, negated(hold))
        elif cls == 6:
            answers.append((cond, a if code & 0x18 == 0x10 else k))
        elif code & 0xF8 == 0:
            go(pc + 1, x2=a)
        else:
            go(pc + 1, a2=x)
    result = answers[-1][1]
    for cond, value in answers[:-1]:
        result = choose(cond, value, result, 32)
    return result


def run_stack(programs, nr):
    """The stack's answer and whether the filter that gave it logs."""
    value, log = ALLOW, False
    for log_flag, insns in reversed(programs):
        r = run_program(insns, nr)
        if isinstance(r, int) and isinstance(value, int):
            signed = lambda v: (v & FULL) - ((v & 0x80000000) << 1)
            wins = signed(r) < signed(value)
        else:
            wins = truth((vec(r, 32) & FULL) < (vec(value, 32) & FULL))  # BitVec's < is signed
        value = norm(choose(wins, r, value, 32))
        log = either(both(wins, log_flag), both(negated(wins), log))
    return value, log


def of_number(what, nr):
    """What a program's answer for any number is for this one."""
    return what if isinstance(what, (int, bool)) else z3.simplify(z3.substitute(what, (any_nr, z3.BitVecVal(nr, 32))))


# --- machine code ---


class Code(rv64.Hart):
    """A hart in generated code: it may change t0, t1 and a0, and read the arguments and sepc."""

    def __init__(self, reg, pc):
        # Nothing else of a hart may be used: there is nothing else.
        self.reg, self.pc, self.sepc, self.priv = dict(reg), rv64.bits(pc), ip, rv64.S

    def get(self, r):
        if r == 0 or 11 <= r <= 15:
            return rv64.bits(0) if r == 0 else args[r - 10]
        if r not in self.reg:
            raise Wrong(f"reads x{r}")
        return vec(self.reg[r], 64)

    def set(self, r, value):
        if r != 0 and r not in self.reg:
            raise Wrong(f"writes x{r}")
        if r != 0:
            self.reg[r] = norm(value)

    def step(self, form, fields):
        try:
            super().step(form, fields)
        except AttributeError as why:
            raise Wrong(f"{form.name} uses more than registers: {why}") from None
        if self.sepc is not ip or self.priv != rv64.S:
            raise Wrong(f"{form.name} changes more than registers")


def run_code(words, at, fields_of=None):
    """Where the code goes: a list of (condition, exit address, a0). FIELDS_OF: gives instructions other fields, for templates.py."""
    fresh = {5: z3.BitVec("t0", 64), 6: z3.BitVec("t1", 64), 10: args[0]}
    entries = {MEMORY + 4 * at: (True, fresh)}
    exits = []

    def join(states, pc, cond, reg):
        if cond is False:
            return False
        new = pc not in states
        if not new:
            old_cond, old = states[pc]
            reg = {r: choose(cond, reg[r], old[r], 64) for r in reg}
            cond = either(old_cond, cond)
        states[pc] = (cond, reg)
        return new

    while entries:
        start, (cond, reg) = entries.popitem()
        states, heap = {start: (cond, reg)}, [start]
        while heap:
            pc = heapq.heappop(heap)
            cond, reg = states.pop(pc)
            if (pc - MEMORY) % 4 or not 0 <= pc - MEMORY < 4 * len(words):
                raise Wrong(f"runs to {pc:#x}")
            index = (pc - MEMORY) // 4
            form, numbers = rv64.decode(words[index])
            if form.size != 4:
                raise Wrong(f"half an instruction at {pc:#x}")
            s = Code(reg, pc)
            fields = form.values(numbers)
            s.step(form, fields if fields_of is None else {**fields, **fields_of(index)})
            after = z3.simplify(s.after)
            ways = [(True, after)]
            if z3.is_app_of(after, z3.Z3_OP_ITE):
                taken, yes, no = after.children()
                ways = [(taken, yes), (negated(taken), no)]
            for when, to in ways:
                if not z3.is_bv_value(to):
                    raise Wrong("jump to no fixed place")
                to = to.as_long()
                if to in (RUN, REFUSE, JUDGE):
                    exits.append((both(cond, when), to, s.reg[10]))
                elif form.name == "jalr":
                    join(entries, to, both(cond, when), s.reg)
                elif to <= pc:
                    raise Wrong("backward jump")
                elif join(states, to, both(cond, when), s.reg):
                    heapq.heappush(heap, to)
    return exits


# --- the claim ---


def as_bool(c):
    return z3.BoolVal(c) if isinstance(c, bool) else c


def claim(answer, alone, words, nr, kind, ret, at):
    """What must hold for all arguments, as an expression. ANSWER: of the stack, to any number; ALONE: it is one filter's."""
    value, log = vec(of_number(answer[0], nr), 32), as_bool(of_number(answer[1], nr))
    action, data = value & FULL, z3.Extract(15, 0, value)
    allow = action == ALLOW
    refused = z3.And(action == ERRNO, z3.ULE(data, 4095), z3.Not(log))
    if kind == 1:
        return z3.And(refused, value == ret)
    if kind == 2:
        return allow
    if kind == 4:
        return value == ret
    exits = run_code(words, at)
    parts = [z3.Or(*[as_bool(cond) for cond, _, _ in exits])]
    for cond, target, a0 in exits:
        if target == RUN:
            good = z3.And(allow, vec(a0, 64) == args[0])
        elif target == REFUSE:
            good = z3.And(refused, vec(a0, 64) == -z3.ZeroExt(48, data))
        else:
            good = vec(a0, 64) == args[0]
            if alone:
                good = z3.And(good, z3.Not(allow), z3.Not(refused))
        parts.append(z3.Implies(as_bool(cond), good))
    return z3.And(*parts)


def read_stacks(lines):
    programs, words, ways = [], [], []
    for line in lines:
        kind, *rest = line.split(" ")
        if kind == "program":
            programs.append((rest[0] == "1", [tuple(int(f, 16) for f in i.split(",")) for i in rest[1:]]))
        elif kind.strip() == "code":
            words = [int(w, 16) for w in rest]
        elif kind == "way":
            ways.append((int(rest[0]), int(rest[1]), int(rest[2], 16), int(rest[3])))
        elif kind == "end":
            yield " ".join(rest).strip(), programs, words, ways
            programs, words, ways = [], [], []


class Stack:
    """One stack's numbers, proved: how many there are of each kind, and what was not proved."""

    def __init__(self, name, timeout, smt):
        self.name, self.timeout, self.smt = name, timeout, smt
        self.count = [0] * 5
        self.failed = []
        self.answers = {}

    def ask(self, what, nr):
        """z3's word on the claim WHAT; numbers that ask the same are asked once."""
        key = what.sexpr()
        if key not in self.answers:
            solver = z3.Solver()
            solver.set("timeout", self.timeout)
            solver.add(z3.Not(what))
            self.answers[key] = solver.check()
            if self.smt is not None and not z3.is_true(what):
                # bvudiv_i is z3's own name of a division whose divisor it knows not to be 0.
                text = solver.to_smt2().replace("(set-info :status unknown)\n", "").replace("bvudiv_i", "bvudiv")
                self.smt.write(f"(reset)\n(set-logic QF_BV)\n{text}")
            if self.answers[key] == z3.sat:
                print(f"# {self.name}, number {nr}: {solver.model()}")
        return self.answers[key]

    def prove(self, programs, words, ways):
        answer_to_any = run_stack(programs, any_nr)
        # Of an answer that is computed, code can only say that it is ALLOW.
        alone = len(programs) == 1 and not any(code == 0x16 for code, _, _, _ in programs[0][1])
        for nr, kind, ret, at in ways:
            self.count[kind] += 1
            if kind == 0:
                continue
            try:
                answer = self.ask(z3.simplify(claim(answer_to_any, alone, words, nr, kind, ret, at)), nr)
            except Wrong as why:
                answer = why
            if answer != z3.unsat:
                self.failed.append(f"{self.name}, number {nr}: {answer}")


def show(name, count, failed):
    print(f"# {name:42} {count[3]:6} {count[1] + count[2] + count[4]:9} {count[0]:12} {failed:11}", flush=True)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--each", action="store_true", help="a line for each stack")
    options.add_argument("--timeout", type=int, default=20000, help="of z3 for one number, ms")
    options.add_argument("--smt", help="write the questions to this file, for another solver")
    options = options.parse_args()
    smt = None if options.smt is None else open(options.smt, "w", encoding="ascii")
    total, stacks, failed = [0] * 5, 0, []
    print(f"# {'numbers of':42} {'code':>6} {'constant':>9} {'interpreter':>12} {'not proved':>11}")
    for name, programs, words, ways in read_stacks(sys.stdin):
        stack = Stack(name, options.timeout, smt)
        stack.prove(programs, words, ways)
        if options.each:
            show(name, stack.count, len(stack.failed))
        stacks += 1
        total = [a + b for a, b in zip(total, stack.count)]
        failed += stack.failed
    show(f"all {stacks} stacks", total, len(failed))
    for line in failed[:20]:
        print(f"# not proved: {line}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

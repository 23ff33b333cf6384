#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""
templates.py EMIT - proves each template of seccomp/rv64.c for all operands.

A template's machine code depends on its operand K only in which form it takes (K short, K of a lui alone, K of lui and addiw, 0) and in
immediates that are functions of K. Both are checked on the code that EMIT makes for many K, edges and random ones: the words, with
immediates replaced by the functions, must be the same for all K of a form. That one sequence is then executed with K and the argument
unknown, and z3 proves that it does what the instruction does.
"""
import random
import subprocess
import sys
import z3
from prove import M32, alu, args, compute, jump_holds, low, sext

k = z3.BitVec("k", 32)
HI = lambda x: (x + 0x800) & 0xFFFFF000
NEG = lambda x: -x & M32 if isinstance(x, int) else -x
# How K gets into an immediate: by itself, negated (sub is made as add; an errno), as the number of a shift.
JUMPS = {0x15: "jeq", 0x25: "jgt", 0x35: "jge", 0x45: "jset"}
COMPUTES = {0x04: "add", 0x14: "sub", 0x24: "mul", 0x34: "div", 0x44: "or", 0x54: "and", 0x64: "lsh", 0x74: "rsh", 0xA4: "xor", 0x84: "neg"}


def operand(code, x):
    return NEG(x) if code in (0x14, 6) else x


def form(code, x):
    if code in (0x64, 0x74, 0x84):
        return "shift"
    y = operand(code, x) if code != 6 else -(x & 0xFFFF) & M32
    if y == 0 and code not in (0x04, 0x14, 0x44, 0x54, 0xA4, 0x45, 6):
        return "zero"
    if y < 0x800 or y >= 0xFFFFF800:
        return "short"
    return "lui" if y & 0xFFF == 0 else "lui and addiw"


def form_holds(code, name):
    """The same, of the unknown k."""
    y = -(k & 0xFFFF) if code == 6 else operand(code, k)
    zero, short, round_ = y == 0, z3.Or(z3.ULT(y, 0x800), z3.UGE(y, 0xFFFFF800)), y & 0xFFF == 0
    may_be_zero = code not in (0x04, 0x14, 0x44, 0x54, 0xA4, 0x45, 6)
    if name == "shift":
        return z3.ULT(k, 32) if code != 0x84 else z3.BoolVal(True)
    if name == "zero":
        return zero
    if name == "short":
        return z3.And(short, z3.Not(zero)) if may_be_zero else short
    return z3.And(z3.Not(short), round_ if name == "lui" else z3.Not(round_))


def lift(code, x, word):
    """WORD with its immediate, if that is a function of operand X, taken out: (word, function)."""
    op, f3, y = word & 0x7F, word >> 12 & 7, -(x & 0xFFFF) & M32 if code == 6 else operand(code, x)
    if op == 0x37:
        assert word & 0xFFFFF000 == HI(y) & M32
        return word & 0xFFF, "hi"
    if op == 0x13 and f3 in (0, 4, 6, 7) or op == 0x1B and f3 == 0:
        assert word >> 20 == y & 0xFFF
        return word & 0xFFFFF, "low"
    if op == 0x1B and f3 in (1, 5):
        assert word >> 20 == x
        return word & 0xFFFFF, "shift"
    return word, None


def execute(code, shape, reg):
    """Runs the lifted words; a branch yields its condition."""
    y = -(k & 0xFFFF) if code == 6 else operand(code, k)
    for word, what in shape:
        if what == "hi":
            reg[word >> 7 & 31] = z3.SignExt(32, HI(y))
        elif what == "low":
            imm = z3.SignExt(52, z3.Extract(11, 0, y))
            a = z3.BitVecVal(0, 64) if word >> 15 & 31 == 0 else reg[word >> 15 & 31]
            f3 = word >> 12 & 7
            if word & 0x7F == 0x1B:
                r = z3.SignExt(32, low(a + imm))
            else:
                r = {0: a + imm, 4: a ^ imm, 6: a | imm, 7: a & imm}[f3]
            reg[word >> 7 & 31] = r
        elif what == "shift":
            a = low(reg[word >> 15 & 31])
            reg[word >> 7 & 31] = z3.SignExt(32, a << k if word >> 12 & 7 == 1 else z3.LShR(a, k))
        elif word & 0x7F == 0x63:
            a, b = (z3.BitVecVal(0, 64) if r == 0 else reg[r] for r in (word >> 15 & 31, word >> 20 & 31))
            return {0: a == b, 1: a != b, 6: z3.ULT(a, b), 7: z3.UGE(a, b)}[word >> 12 & 7]
        else:
            rd, value = compute(word, reg)
            reg[rd] = value
    return None


def prove(name, what):
    solver = z3.Solver()
    solver.set("timeout", 60000)
    solver.add(z3.simplify(z3.Not(what)))
    answer = solver.check()
    if answer != z3.unsat:
        print(f"# not proved: {name}: {answer} {solver.model() if answer == z3.sat else ''}")
    return answer == z3.unsat


def main():
    random.seed(1)
    edges = [0, 1, 31, 0x7FF, 0x800, 0xFFF, 0x1000, 0x7FFFFFFF, 0x80000000, 0x7FFFF800, 0x7FFFF7FF, 0xFFFFF7FF, 0xFFFFF800, 0xFFFFFFFF,
             0xFFFFF000, 0x12345000]
    cases = []
    for code in [*JUMPS, *COMPUTES, 6]:
        for x in edges + [random.getrandbits(random.randint(1, 32)) for _ in range(4000)] + [random.getrandbits(20) << 12 for _ in range(500)]:
            if code == 6:
                x = 0x50000 | x & 0xFFF
            elif code in (0x64, 0x74):
                x &= 31
            elif code == 0x34 and x == 0:
                continue
            cases.append((code, x))
    text = subprocess.run([sys.argv[1], "-t"], input="\n".join(f"{c:x} {x:x}" for c, x in cases), text=True, check=True,
                          capture_output=True).stdout
    shapes = {}
    for (code, x), line in zip(cases, text.splitlines(), strict=True):
        words = [int(w, 16) for w in line.split()]
        assert words[0] == 0x0005029B, "addiw t0, a0, 0"
        # Behind it: the template, then RET ALLOW (2 words) and RET ERRNO(1) (3 words); a RET is followed by its jump.
        body = words[1:-5] if code != 6 else words[1:-7]
        shape = tuple(lift(code, x, w) for w in body)
        assert shapes.setdefault((code, form(code, x)), shape) == shape, f"{code:#x} {x:#x}: another shape in its form"
    proved = 0
    good = True
    for (code, name), shape in sorted(shapes.items()):
        a = z3.Extract(31, 0, args[0])
        reg = {5: z3.SignExt(32, a), 6: z3.BitVec("t1", 64), 10: args[0]}
        here = True
        if code in (0x24, 0x34):  # by a register: that it holds K is one claim, that the instruction is right for it another
            execute(code, shape[:-1], reg)
            held = reg[6] if shape[:-1] else z3.BitVecVal(0, 64)
            here = prove(f"{code:#x} {name}: operand", z3.Implies(form_holds(code, name), held == z3.SignExt(32, k)))
            reg[6] = z3.SignExt(32, k)
            shape = tuple((w | 6 << 20, what) for w, what in shape[-1:])
        taken = execute(code, shape, reg)
        if code in JUMPS:  # branches when it fails, to RET ERRNO
            claim = z3.Not(taken) == jump_holds(code & 0xF0, a, k)
        elif code == 6:
            claim = reg[10] == -z3.ZeroExt(48, z3.Extract(15, 0, k))
        else:
            claim = reg[5] == z3.SignExt(32, alu(code & 0xF0, a, k))
            if code == 0x34:
                claim = z3.Implies(k != 0, claim)
        if code == 6:
            claim = z3.Implies(k & 0xFFFFF000 == 0x50000, claim)
        # The forms must cover all k: see below; each is right within.
        here &= prove(f"{code:#x} {name}", z3.Implies(form_holds(code, name), claim))
        good &= here
        proved += here
    for code in {c for c, _ in shapes}:
        legal = z3.ULT(k, 32) if code in (0x64, 0x74) else k != 0 if code == 0x34 else k & 0xFFFFF000 == 0x50000 if code == 6 else True
        covered = z3.Or(*[form_holds(c, n) for c, n in shapes if c == code])
        good &= prove(f"{code:#x}: all operands have a form", z3.Implies(legal, covered))
    print(f"# {len(cases)} pieces of code have {len(shapes)} forms; {proved} of them proved for all operands and arguments")
    sys.exit(0 if good else 1)


main()

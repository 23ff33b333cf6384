#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""
templates.py EMIT SHAPES - proves each template of seccomp/rv64.c for all operands and arguments.

A template's machine code depends on its operand K only in which form it takes (K short, K of a lui alone, K of lui and addiw, 0) and in
immediates that are functions of K. One sequence a form, its shape, is taken from the code that EMIT makes for many K, and executed with K
and the argument unknown: z3 proves that it does what the instruction does. The shapes are written to SHAPES: sweep.c then makes the code of
every K that there is, and compares it with its form's shape.
"""
import random
import subprocess
import sys

import z3

from prove import JUDGE, M32, REFUSE, RUN, Code, alu, args, as_bool, jump_holds, rv64, run_code

k = z3.BitVec("k", 32)
HI = lambda x: (x + 0x800) & 0xFFFFF000
NEG = lambda x: -x & M32 if isinstance(x, int) else -x
JUMPS = {0x15: "jeq", 0x25: "jgt", 0x35: "jge", 0x45: "jset"}
COMPUTES = {0x04: "add", 0x14: "sub", 0x24: "mul", 0x34: "div", 0x44: "or", 0x54: "and", 0x64: "lsh", 0x74: "rsh", 0xA4: "xor", 0x84: "neg"}
# Where the jumps lead to, of the three returns: fails to the second; holds to the second; holds to
# the second, fails to the third.
LEADS = ((0, 1), (1, 0), (1, 2))
ZERO_IS_SHORT = (0x04, 0x14, 0x44, 0x54, 0xA4, 0x45, 6)
ENDS = (RUN, REFUSE, JUDGE)


def operand(code, x):
    """How K gets into an immediate: by itself, negated (sub is made as add; an errno)."""
    return NEG(x & 0xFFFF) if code == 6 else NEG(x) if code == 0x14 else x


def form(code, x):
    if code in (0x64, 0x74, 0x84):
        return "shift"
    y = operand(code, x)
    if y == 0 and code not in ZERO_IS_SHORT:
        return "zero"
    if y < 0x800 or y >= 0xFFFFF800:
        return "short"
    return "lui" if y & 0xFFF == 0 else "both"


def form_holds(code, name):
    """The same, of the unknown k."""
    y = operand(code, k)
    zero, short, round_ = y == 0, z3.Or(z3.ULT(y, 0x800), z3.UGE(y, 0xFFFFF800)), y & 0xFFF == 0
    if name == "shift":
        return z3.BoolVal(True)
    if name == "zero":
        return zero
    if name == "short":
        return short if code in ZERO_IS_SHORT else z3.And(short, z3.Not(zero))
    return z3.And(z3.Not(short), round_ if name == "lui" else z3.Not(round_))


def legal(code):
    return z3.ULT(k, 32) if code in (0x64, 0x74) else k != 0 if code == 0x34 else k & 0xFFFFF000 == 0x50000 if code == 6 else z3.BoolVal(True)


def lift(code, x, word):
    """WORD with its immediate, if that is a function of operand X, taken out: (word, function)."""
    y, instruction = operand(code, x), rv64.decode(word)[0].name
    if instruction == "lui":
        assert word & 0xFFFFF000 == HI(y) & M32
        return word & 0xFFF, "hi"
    if instruction in ("addi", "xori", "ori", "andi", "addiw"):
        assert word >> 20 == y & 0xFFF
        return word & 0xFFFFF, "low"
    if instruction in ("slliw", "srliw"):
        assert word >> 20 == x
        return word & 0xFFFFF, "shift"
    return word, "-"


def immediate(code, what):
    """The immediate that was lifted, of the unknown k."""
    y = operand(code, k)
    if what == "-":
        return {}
    return {"imm": HI(y) if what == "hi" else z3.Extract(11, 0, y) if what == "low" else z3.Extract(4, 0, k)}


def prove(name, what):
    solver = z3.Solver()
    solver.set("timeout", 60000)
    solver.add(z3.simplify(z3.Not(what)))
    answer = solver.check()
    if answer != z3.unsat:
        print(f"# not proved: {name}: {answer} {solver.model() if answer == z3.sat else ''}")
    return answer == z3.unsat


def jump_is_right(code, leads, shape, returns):
    """The whole piece of code, its load, template and returns: which return is come to?"""
    words = [0x0005029B, *[w for w, _ in shape], *returns]
    exits = run_code(words, 0, lambda i: immediate(code, shape[i - 1][1]) if 1 <= i <= len(shape) else {})
    holds = jump_holds(code & 0xF0, z3.Extract(31, 0, args[0]), k)
    parts = []
    for end, target in enumerate(ENDS):
        here = z3.Or(*[as_bool(cond) for cond, to, _ in exits if to == target])
        parts.append(here == z3.Or(z3.And(holds, leads[0] == end), z3.And(z3.Not(holds), leads[1] == end)))
    return z3.And(*parts)


def computes_right(code, shape):
    """A template that computes: t0, or a0 for a return. Also what else must be proved, if it goes by a register that holds K."""
    a = z3.Extract(31, 0, args[0])
    reg = {5: z3.SignExt(32, a), 6: z3.BitVec("t1", 64), 10: args[0]}
    extra = []
    for i, (word, what) in enumerate(shape):
        s = Code(reg, 0)
        found, numbers = rv64.decode(word)
        if code in (0x24, 0x34) and i == len(shape) - 1:  # that it holds K is one claim, that the instruction is right for it another
            extra.append(s.get(numbers["rs2"]) == z3.SignExt(32, k))
            s.reg[6], numbers = z3.SignExt(32, k), {**numbers, "rs2": 6}
        s.step(found, {**found.values(numbers), **immediate(code, what)})
        reg = s.reg
    if code == 6:
        return reg[10] == -z3.ZeroExt(48, z3.Extract(15, 0, k)), extra
    return reg[5] == z3.SignExt(32, alu(code & 0xF0, a, k)), extra


def cases():
    random.seed(1)
    edges = [0, 1, 31, 0x7FF, 0x800, 0xFFF, 0x1000, 0x7FFFFFFF, 0x80000000, 0x7FFFF800, 0x7FFFF7FF, 0xFFFFF7FF, 0xFFFFF800, 0xFFFFFFFF,
             0xFFFFF000, 0x12345000]
    for code in [*JUMPS, *COMPUTES, 6]:
        for x in edges + [random.getrandbits(random.randint(1, 32)) for _ in range(1500)] + [random.getrandbits(20) << 12 for _ in range(200)]:
            if code == 6:
                x = 0x50000 | x & 0xFFF
            elif code in (0x64, 0x74):
                x &= 31
            elif code == 0x34 and x == 0:
                continue
            for leads in LEADS if code in JUMPS else ((0, 0),):
                yield code, leads, x


def main():
    made = list(cases())
    text = subprocess.run([sys.argv[1], "-t"], input="\n".join(f"{c:x} {t} {f} {x:x}" for c, (t, f), x in made), text=True, check=True,
                          capture_output=True).stdout
    shapes, returns = {}, None
    for (code, leads, x), line in zip(made, text.splitlines(), strict=True):
        words = [int(w, 16) for w in line.split()]
        assert words[0] == 0x0005029B, "addiw t0, a0, 0"
        # Behind it: the template, then the returns of 2, 3 and 2 words; a return that is a
        # template ends in its jump, of 2.
        body, returns = words[1:-7], words[-7:]
        shape = tuple(lift(code, x, w) for w in (body[:-2] if code == 6 else body))
        key = code, leads, form(code, x)
        assert shapes.setdefault(key, shape) == shape, f"{code:#x} {x:#x}: another shape in its form"
    good, proved = True, 0
    for (code, leads, name), shape in sorted(shapes.items()):
        when = z3.And(form_holds(code, name), legal(code))
        claim, extra = (jump_is_right(code, leads, shape, returns), []) if code in JUMPS else computes_right(code, shape)
        here = prove(f"{code:#x} {leads} {name}", z3.Implies(when, claim))
        for one in extra:
            here &= prove(f"{code:#x} {name}: operand", z3.Implies(when, one))
        good &= here
        proved += here
    for code in {c for c, _, _ in shapes}:
        covered = z3.Or(*[form_holds(c, n) for c, _, n in shapes if c == code])
        good &= prove(f"{code:#x}: all operands have a form", z3.Implies(legal(code), covered))
    with open(sys.argv[2], "w", encoding="ascii") as out:
        for (code, (jt, jf), name), shape in sorted(shapes.items()):
            print(f"{code:x} {jt} {jf} {name} {len(shape)}", *[f"{w:x} {what}" for w, what in shape], file=out)
    print(f"# {len(made)} pieces of code have {len(shapes)} shapes; {proved} of them proved for all operands and arguments")
    sys.exit(0 if good else 1)


main()

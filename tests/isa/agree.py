#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""
agree.py STEPS.BIN FOLDER [N] - runs every form of rv64.py on QEMU, N steps in all, and compares what became of the hart with the model:
the registers, pc, the mode, sepc, scause, stval and the named bits of sstatus, and memory around the address that was used.

All immediates of up to 12 bits; every pair of the values in EDGES as operands; every single bit, and every bit but one, written to each
control register; each form that the mode matters to in U and S mode. Jumps by 0 and by 2, which lead into the instruction itself, are left
out, and so are unaligned addresses. Then each clause is broken in every way that mutants() knows, and compared with the same results.
"""
import ast
import inspect
import os
import random
import re
import struct
import subprocess
import sys
import textwrap

import z3

import rv64
from evaluate import Effect
from rv64 import FORMS, S, U

M64 = 2**64 - 1
with open(os.path.join(os.path.dirname(__file__), "steps.h"), encoding="ascii") as header:
    H = {name: int(value, 0) for name, value in re.findall(r"#define (\w+) (0x\w+|\d+)", header.read())}
EDGES = [0, 1, 2, M64, M64 - 1, 0x7FF, 0x800, M64 - 0x7FF, M64 - 0x800, 0xFFF, 0x1000, 511, 512, 513, 31, 32, 33, 63, 64, 0x7FFFFFFF, 0x80000000,
         0xFFFFFFFF, 0x100000000, 0x17FFFFFFF, 0xFFFFFFFF7FFFFFFF, 0xFFFFFFFF80000000, 2**63 - 1, 2**63, 2**63 + 1, 0x5555555555555555,
         0xAAAAAAAAAAAAAAAA, 0x0123456789ABCDEF]
SINGLE = [1 << i for i in range(64)] + [M64 ^ 1 << i for i in range(64)]
CHUNK = 65536
MEMORY = {"lw": 4, "lwu": 4, "lhu": 2, "ld": 8, "sd": 8, "c.ldsp": 8, "c.sdsp": 8, "sc.w": 4}
REST = 3 << 9 | 3 << 13 | 3 << 15 | 1 << 19 | 3 << 32  # of sstatus, beside the named bits
BY_MODE = ("csrrw", "csrrs", "csrrc", "ecall", "sret")
rng = random.Random(1)


def value():
    k = rng.random()
    return rng.choice(EDGES) if k < 0.5 else rng.choice(SINGLE) if k < 0.6 else rng.getrandbits(rng.choice((8, 16, 32, 33, 64)))


def immediates(form):
    """Every value that the immediate can have, or many of them."""
    places = sorted(lo + i for f, hi, lo, _ in form.fields if f == "imm" for i in range(hi - lo + 1))
    if len(places) <= 12:
        chosen = range(1 << len(places))
    else:
        top = (1 << len(places)) - 1
        chosen = [0, top, top >> 1, *(1 << i for i in range(len(places))), *(top ^ 1 << i for i in range(len(places))),
                  *(rng.getrandbits(len(places)) for _ in range(4096))]
    for c in chosen:
        yield sum((c >> i & 1) << place for i, place in enumerate(places))


POOL = [[0] + [value() for _ in range(31)] for _ in range(2048)]
REGISTERS = {}  # of each form: some choices of registers, since each is made into Python once


def registers(form):
    """A choice of registers for FORM: any of x0 to x31, the same ones twice, too."""
    if form.name not in REGISTERS:
        names = [f for f in ("rd", "rs1", "rs2") if f in {f for f, _, _, _ in form.fields}]
        base = form.name in MEMORY or form.name in ("jalr", "c.jr", "c.jalr")
        some = [{f: rng.randrange(32) for f in names} for _ in range(40)]
        some += [{f: r for f in names} for r in range(32)] + [{f: 0 if f == g else rng.randrange(1, 32) for f in names} for g in names]
        REGISTERS[form.name] = [n for n in some if not (base and n.get("rs1") == 0)]
    return dict(rng.choice(REGISTERS[form.name]))


class Sample:
    """One step: the hart before it."""

    def __init__(self, form, numbers, priv):
        self.form, self.numbers, self.priv = form, numbers, priv
        self.x = list(rng.choice(POOL))
        self.slot = H["SLOT"] + rng.choice((0, 2, 4, 0x1000))
        self.window, self.reserved = H["WINDOW"] + 0x2000, 0
        self.flags = {b: rng.getrandbits(1) for b in rv64.SSTATUS_BITS}
        self.sepc, self.scause, self.stval = target(self.slot) & ~1, self.x[30], self.x[31]
        self.word = form.encode(**numbers)


def target(slot):
    """A place among the breakpoints, but not in the slot."""
    while True:
        to = H["FIELD"] + rng.randrange(16, H["FIELD_SIZE"] - 16)
        if not slot - 8 <= to < slot + 8:
            return to


def sample(name, imm=None, operands=None, csr=None, priv=None):
    form = FORMS[name]
    fields = {f for f, _, _, _ in form.fields}
    while True:
        n = registers(form)
        if "imm" in fields:
            n["imm"] = imm
        if csr is not None:
            n["csr"] = csr
        if form.when is None or form.when(n):
            break
    s = Sample(form, n, priv if priv is not None else rng.choice((U, S)) if name not in BY_MODE else S)
    first = n.get("rs1", n.get("rd") if form.size == 2 else None)
    if operands is not None:
        for r, v in zip((first, n.get("rs2")), operands):
            if r:
                s.x[r] = v
    offset = imm or 0
    if form.size == 4 and form.width and offset >> form.width - 1:
        offset -= 1 << form.width
    if name in MEMORY:
        base = 2 if form.size == 2 else n["rs1"]
        s.window = H["WINDOW"] + 0x1000 + rng.randrange(0x2000 // 8) * 8 + rng.randrange(0, 8, MEMORY[name])
        s.x[base] = s.window - offset & M64
        if name == "sc.w":
            s.reserved = rng.getrandbits(1)
    if name in ("jalr", "c.jr", "c.jalr"):
        s.x[n["rs1"]] = target(s.slot) - offset & M64
    return s


def samples(count):
    """All steps, those that must be there first."""
    each = count // len(FORMS)
    for name, form in FORMS.items():
        made = 0
        fields = {f for f, _, _, _ in form.fields}
        all_imm = [i for i in immediates(form) if not (name in ("jal", "c.j") or form.pattern.endswith("1100011")) or i not in (0, 2)]
        all_imm = [i for i in all_imm if i or name not in ("c.addi16sp", "c.lui")]
        pick = lambda: rng.choice(all_imm) if "imm" in fields else None
        must = []
        if "csr" in fields:
            for csr in (rv64.SSTATUS, rv64.SEPC, rv64.SCAUSE, rv64.STVAL):
                must += [dict(csr=csr, operands=(v,), priv=p) for v in SINGLE + EDGES for p in (U, S)]
        else:
            if "imm" in fields:
                must += [dict(imm=i) for i in all_imm]
            must += [dict(imm=pick(), operands=(a, b)) for a in EDGES for b in EDGES if name not in MEMORY]
        for m in must:
            if name in BY_MODE and "priv" not in m:
                m["priv"] = rng.choice((U, S))
            yield sample(name, **m)
            made += 1
        while made < each:
            more = dict(imm=pick()) if "csr" not in fields else dict(csr=rng.choice((rv64.SSTATUS, rv64.SEPC, rv64.SCAUSE, rv64.STVAL)))
            yield sample(name, priv=rng.choice((U, S)) if name in BY_MODE else None, **more)
            made += 1


# --- QEMU ---


class Machine:
    def __init__(self, program, folder):
        with open(program, "rb") as f:
            self.program = f.read()
        self.file = f"{folder}/steps.ram"
        # Different everywhere, and not what registers hold.
        self.kept = random.Random(2).randbytes(H["WINDOW_SIZE"])

    def run(self, steps):
        ram = bytearray(H["RAM_SIZE"])

        def put(address, data):
            ram[address - H["RAM"]:address - H["RAM"] + len(data)] = data

        put(H["RAM"], self.program)
        put(H["HEADER"], struct.pack("<Q", len(steps)))
        put(H["KEPT"], self.kept)
        put(H["WINDOW"], self.kept)
        put(H["FIELD"], b"\x02\x90" * (H["FIELD_SIZE"] // 2))
        for i, s in enumerate(steps):
            registers = H["REGISTERS"] + 256 * i
            put(registers, struct.pack("<32Q", *s.x))
            word = s.word | 0x9002900290020000 & -1 << 8 * s.form.size
            if s.reserved:  # by lr.w x0, (rs1) before it: a reservation does not outlive a change of mode
                word = s.word << 32 | 0x1000202F | s.numbers["rs1"] << 15
            mstatus = 2 << 32 | s.priv << 11 | sum(v << rv64.SSTATUS_BITS[b] for b, v in s.flags.items())
            put(H["STEPS"] + H["STEP_SIZE"] * i,
                struct.pack("<8Q", word, s.slot - 4 * s.reserved, registers, mstatus, s.sepc, s.scause, s.stval, s.window))
        with open(self.file, "wb") as f:
            f.write(ram)
        subprocess.run(["timeout", "300", "qemu-system-riscv64", "-machine", "virt,memory-backend=ram", "-bios", "none", "-display", "none",
                        "-monitor", "none", "-serial", "none", "-object",
                        f"memory-backend-file,id=ram,size={H['RAM_SIZE']},mem-path={self.file},share=on", "-m", "128M"], check=True)
        with open(self.file, "rb") as f:
            ram = f.read()
        window = H["WINDOW"] - H["RAM"]
        assert ram[window:window + H["WINDOW_SIZE"]] == self.kept, "a store went elsewhere"
        at = H["RESULTS"] - H["RAM"]
        return [ram[at + i * H["RESULT_SIZE"]:at + (i + 1) * H["RESULT_SIZE"]] for i in range(len(steps))]


# --- the comparison ---

effects = {}


def effect_of(form, numbers, priv):
    key = (form.name, priv, tuple(sorted((f, n) for f, n in numbers.items() if f != "imm")))
    if key not in effects:
        effects[key] = Effect(form, numbers, priv)
    return effects[key]


def differs(s, result, kept, effect, imm):
    """What is otherwise after step S than the model says, or None."""
    words = struct.unpack_from(f"<{H['R_WINDOW'] // 8}Q", result)
    word = lambda at: words[at // 8]
    v = {f"x{r}": s.x[r] for r in range(1, 32)}
    v.update(s.flags, imm=imm, pc=s.slot, sepc=s.sepc, scause=s.scause, stval=s.stval, stvec=H["VECTOR"] + 1, reserved=s.reserved,
             window=s.window, sstatus=word(H["R_SSTATUS_BEFORE"]), sc=1)
    memory = lambda at, size: kept[at - H["WINDOW"]:at - H["WINDOW"] + size]
    if effect.access is not None:
        address = effect.address(v)
        if not H["WINDOW"] <= address <= H["WINDOW"] + H["WINDOW_SIZE"] - 8:
            return "address"
        if effect.access == "load":
            v["mem"] = int.from_bytes(memory(address, effect.size), "little")
    out = effect.outputs(v)
    around = (s.window & ~7) - 8
    after = bytearray(memory(around, 32))
    if effect.access == "store" and out["stores"]:
        place = out["address"] - around
        if not 0 <= place <= 32 - effect.size:
            return "address"
        after[place:place + effect.size] = out["value"].to_bytes(effect.size, "little")
    if result[H["R_WINDOW"]:H["R_WINDOW"] + 32] != after:
        return "memory"
    expected = s.x[1:]
    for name in out:
        if name[0] == "x":
            expected[int(name[1:]) - 1] = out[name]
    if words[:31] != tuple(expected):
        return "registers"
    if word(H["R_PC"]) != out["pc"] or word(H["R_MCAUSE"]) != 3:
        return "pc"
    if word(H["R_MSTATUS"]) >> 11 & 3 != out["priv"]:
        return "mode"
    for name in ("sepc", "scause", "stval"):
        if name in out and word(H[f"R_{name.upper()}"]) & ~(name == "sepc") != out[name]:  # QEMU 7.2 keeps sepc's lowest bit
            return name
    for name, at in rv64.SSTATUS_BITS.items():
        if name in out and word(H["R_MSTATUS"]) >> at & 1 != out[name]:
            return name
    if "rest" in out and (word(H["R_MSTATUS"]) ^ out["rest"]) & REST != 0:
        return "sstatus"
    return None


def z3_agrees(s, effect, imm):
    """Does z3 compute what Python does, of all outputs?"""
    v = {f"x{r}": s.x[r] for r in range(1, 32)}
    v.update(s.flags, imm=imm, pc=s.slot, sepc=s.sepc, scause=s.scause, stval=s.stval, stvec=H["VECTOR"] + 1, reserved=s.reserved, window=s.window,
             sstatus=0x200000000, sc=1, mem=0x8182838485868788 & (1 << 8 * getattr(effect, "size", 8)) - 1)
    out = effect.outputs(v)
    for name, term in effect.terms.items():
        names = []
        collect(term, names)
        concrete = z3.simplify(z3.substitute(term, *[(c, z3.BitVecVal(v[c.decl().name().split("!")[0]], c.size())) for c in names]))
        if concrete.as_long() != out[name]:
            return False
    return True


def collect(term, names):
    if z3.is_const(term) and term.decl().kind() == z3.Z3_OP_UNINTERPRETED:
        names.append(term)
    for c in term.children():
        collect(c, names)


# --- broken clauses ---

SWAPS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.BitXor: ast.BitOr, ast.LShift: ast.RShift,
         ast.RShift: ast.LShift, ast.Mult: ast.Add, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
NAMES = {"sext": "zext", "zext": "sext", "ULT": "ULE", "UGE": "UGT", "UDiv": "URem", "rs1": "rs2", "rs2": "rs1", "And": "Or", "U": "S", "S": "U",
         "ECALL_U": "ECALL_S", "ECALL_S": "ECALL_U", "SEPC": "SCAUSE", "SCAUSE": "STVAL", "STVAL": "SEPC"}
HELPERS = {"branch": "bne", "trap": "ecall", "read_csr": "csrrs", "write_csr": "csrrw", "access": "csrrw"}


def mutants(function):
    """(what was changed, the function with it) for each place of the function's source."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    tree.body[0].decorator_list = []
    for i in range(sum(1 for _ in ast.walk(tree))):
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
        tree.body[0].decorator_list = []
        node = list(ast.walk(tree))[i] if i < sum(1 for _ in ast.walk(tree)) else None
        if node is None:
            break
        # z3 checks widths by itself.
        widths = {id(call.args[1]) for call in ast.walk(tree) if isinstance(call, ast.Call) and len(call.args) == 2
                  and getattr(call.func, "id", "") in ("bits", "unknown", "sext", "zext")}
        what = None
        if isinstance(node, ast.BinOp) and type(node.op) in SWAPS:
            node.op = SWAPS[type(node.op)]()
            what = ast.unparse(node)
        elif isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
            node.ops[0] = SWAPS[type(node.ops[0])]()
            what = ast.unparse(node)
        elif isinstance(node, ast.Name) and node.id in NAMES:
            node.id = NAMES[node.id]
            what = node.id
        elif isinstance(node, ast.Attribute) and node.attr in NAMES:
            node.attr = NAMES[node.attr]
            what = node.attr
        elif isinstance(node, ast.Attribute) and node.attr == "LShR":
            node.attr = "SRem"
            what = node.attr
        elif isinstance(node, ast.Constant) and type(node.value) is int and id(node) not in widths:
            node.value += 1
            what = f"{node.value - 1} is {node.value}"
        elif isinstance(node, (ast.Expr, ast.Assign)) and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            what = "without " + ast.unparse(node)[:60]
            for parent in ast.walk(tree):
                for body in ("body", "orelse"):
                    if isinstance(getattr(parent, body, None), list) and node in getattr(parent, body):
                        getattr(parent, body)[getattr(parent, body).index(node)] = ast.Pass()
        if what is not None:
            space = dict(vars(rv64))
            exec(compile(ast.fix_missing_locations(tree), "mutant", "exec"), space)
            yield what, space[function.__name__]


def noticed(steps, kept):
    """Does one of the steps, each with its result, disagree with the model as it is now?"""
    rv64.decode.cache_clear()
    effects.clear()
    for s, result in steps:
        try:
            form, numbers = rv64.decode(s.word)
            if differs(s, result, kept, effect_of(form, numbers, s.priv), numbers.get("imm", 0)) is not None:
                return True
        except Exception:  # what z3 cannot build, or has no form, is no model
            return True
    return False


def same(good, bad):
    """Do two effects of a word say the same, for all harts?"""
    if good.terms.keys() != bad.terms.keys():
        return False
    solver = z3.Solver()
    solver.add(z3.Or(*[rv64.zext(good.terms[n]) != rv64.zext(bad.terms[n]) for n in good.terms]))
    return solver.check() == z3.unsat


def is_same(form, good, steps):
    """Is the clause of FORM as it is now the same as GOOD, for the registers of these steps?"""
    rv64.decode.cache_clear()
    for s, _ in steps[:20]:
        bad = Effect(*rv64.decode(s.word), s.priv)
        now = form.do, form.fields
        form.do, form.fields = good
        right = Effect(form, s.numbers, s.priv)
        form.do, form.fields = now
        if not same(right, bad):
            return False
    return True


def break_all(by_form, kept):
    """Breaks each clause in turn. Returns how many breaks there are, those not noticed, and those that z3 proves to change nothing."""
    count, missed, equal = 0, [], []
    for name, form in FORMS.items():
        good = form.do
        for what, form.do in mutants(good):
            count += 1
            if not noticed(by_form[name], kept):
                (equal if is_same(form, (good, form.fields), by_form[name]) else missed).append(f"{name}: {what}")
        form.do = good
        fields = form.fields
        for i, one in enumerate(fields[:-1]):  # two parts of an immediate, or two registers, change places
            other = fields[i + 1]
            if one[1] - one[2] != other[1] - other[2]:
                continue
            form.fields = [*fields[:i], (*other[:3], one[3]), (*one[:3], other[3]), *fields[i + 2:]]
            count += 1
            if not noticed(by_form[name], kept):
                (equal if is_same(form, (good, fields), by_form[name]) else missed).append(f"{name}: fields {one} and {other}")
        form.fields = fields
    for name, form in HELPERS.items():
        good = getattr(rv64, name)
        users = [f for f in FORMS if form in (f,)] + (["csrrs", "csrrc"] if form == "csrrw" else ["sret"] if name == "trap" else [])
        steps = [s for f in users for s in by_form[f]]
        for what, bad in mutants(good):
            setattr(rv64, name, bad)
            count += 1
            if not noticed(steps, kept):
                missed.append(f"{name}: {what}")
        setattr(rv64, name, good)
    effects.clear()
    rv64.decode.cache_clear()
    return count, missed, equal


def main():
    machine = Machine(sys.argv[1], sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 1000000
    by_form, total, good, checked = {name: [] for name in FORMS}, 0, True, 0
    left = samples(count)
    while True:
        steps = [s for s, _ in zip(left, range(CHUNK))]
        if not steps:
            break
        for s, result in zip(steps, machine.run(steps)):
            effect = effect_of(s.form, s.numbers, s.priv)
            imm = s.numbers.get("imm", 0)
            why = differs(s, result, machine.kept, effect, imm)
            if why is not None:
                print(f"# {s.form.name} {s.numbers} in mode {s.priv}: {why} is another on QEMU")
                good = False
            total += 1
            keep = by_form[s.form.name]
            if len(keep) < 3000 or rng.random() < 0.02:
                keep.append((s, result))
            if total % 200 == 0:
                checked += 1
                if not z3_agrees(s, effect, imm):
                    print(f"# {s.form.name} {s.numbers}: z3 computes something else")
                    good = False
        if not good:
            sys.exit(1)
    print(f"# {len(FORMS)} forms, {total} steps in agreement with QEMU; {checked} computed by z3, too")
    os.remove(machine.file)
    broken, missed, equal = break_all(by_form, machine.kept)
    print(f"# {broken} ways to break a clause: {len(equal)} change nothing, says z3; {broken - len(missed) - len(equal)} noticed")
    for line in missed:
        print(f"# not noticed: {line}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()

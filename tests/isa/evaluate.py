# SPDX-License-Identifier: BSD-2-Clause
"""
evaluate.py - what a form of the model does to a hart whose state is known: z3's terms, made by the very clauses that the proofs use, as
Python functions of numbers. z3 itself is too slow for 10^6 steps; agree.py lets it check a sample of what is computed here.
"""
import z3

import rv64

MASK = lambda w: (1 << w) - 1


def signed(v, w):
    return v - (1 << w) if v >> w - 1 else v


def operations():
    k = {}
    fold = lambda op: lambda a, w, t: f"({op.join(a)} & {MASK(w)})"
    k[z3.Z3_OP_BADD] = fold(" + ")
    k[z3.Z3_OP_BMUL] = fold(" * ")
    k[z3.Z3_OP_BAND] = fold(" & ")
    k[z3.Z3_OP_BOR] = fold(" | ")
    k[z3.Z3_OP_BXOR] = fold(" ^ ")
    k[z3.Z3_OP_BSUB] = fold(" - ")
    k[z3.Z3_OP_BNEG] = lambda a, w, t: f"(-{a[0]} & {MASK(w)})"
    k[z3.Z3_OP_BNOT] = lambda a, w, t: f"(~{a[0]} & {MASK(w)})"
    k[z3.Z3_OP_BSHL] = lambda a, w, t: f"(({a[0]} << {a[1]} if {a[1]} < {w} else 0) & {MASK(w)})"
    k[z3.Z3_OP_BLSHR] = lambda a, w, t: f"({a[0]} >> {a[1]} if {a[1]} < {w} else 0)"
    k[z3.Z3_OP_BASHR] = lambda a, w, t: f"(signed({a[0]}, {w}) >> min({a[1]}, {w}) & {MASK(w)})"
    for op in (z3.Z3_OP_BUDIV, z3.Z3_OP_BUDIV_I):
        k[op] = lambda a, w, t: f"({a[0]} // {a[1]} if {a[1]} else {MASK(w)})"
    k[z3.Z3_OP_BUREM] = k[z3.Z3_OP_BUREM_I] = lambda a, w, t: f"({a[0]} % {a[1]} if {a[1]} else {a[0]})"
    k[z3.Z3_OP_CONCAT] = lambda a, w, t: "(" + " | ".join(
        f"{v} << {sum(c.size() for c in t.children()[i + 1:])}" for i, v in enumerate(a)) + ")"
    k[z3.Z3_OP_EXTRACT] = lambda a, w, t: f"({a[0]} >> {t.params()[1]} & {MASK(w)})"
    k[z3.Z3_OP_ZERO_EXT] = lambda a, w, t: a[0]
    k[z3.Z3_OP_SIGN_EXT] = lambda a, w, t: f"(signed({a[0]}, {t.arg(0).size()}) & {MASK(w)})"
    k[z3.Z3_OP_ITE] = lambda a, w, t: f"({a[1]} if {a[0]} else {a[2]})"
    k[z3.Z3_OP_EQ] = lambda a, w, t: f"({a[0]} == {a[1]})"
    k[z3.Z3_OP_DISTINCT] = lambda a, w, t: f"({a[0]} != {a[1]})"
    k[z3.Z3_OP_NOT] = lambda a, w, t: f"(not {a[0]})"
    k[z3.Z3_OP_AND] = lambda a, w, t: f"({' and '.join(a)})"
    k[z3.Z3_OP_OR] = lambda a, w, t: f"({' or '.join(a)})"
    for op, sign in ((z3.Z3_OP_ULT, "<"), (z3.Z3_OP_ULEQ, "<="), (z3.Z3_OP_UGT, ">"), (z3.Z3_OP_UGEQ, ">=")):
        k[op] = lambda a, w, t, sign=sign: f"({a[0]} {sign} {a[1]})"
    k[z3.Z3_OP_TRUE] = lambda a, w, t: "True"
    k[z3.Z3_OP_FALSE] = lambda a, w, t: "False"
    return k


OPERATIONS = operations()


class Open(Exception):
    """The model leaves this value open."""


def text(term):
    """TERM as Python, of v: a mapping of names to numbers."""
    if z3.is_bv_value(term):
        return str(term.as_long())
    if z3.is_const(term) and term.decl().kind() == z3.Z3_OP_UNINTERPRETED:
        name = term.decl().name()
        if "!" in name and not name.startswith("sc!"):
            raise Open(name)
        return f"v[{name.split('!')[0]!r}]"
    width = term.size() if z3.is_bv(term) else 1
    return OPERATIONS[term.decl().kind()]([text(c) for c in term.children()], width, term)


class Step(rv64.Hart):
    """A hart before one instruction, all of it unknown."""

    def __init__(self, priv):
        super().__init__(priv=priv)
        self.access = None

    def load(self, address, size):
        self.access = ("load", address, size, None, z3.BoolVal(True))
        return z3.BitVec("mem", 8 * size)

    def store(self, address, size, value):
        self.access = ("store", address, size, value, z3.BoolVal(True))

    def reserved(self, address):
        return z3.And(z3.BitVec("reserved", 1) == 1, address == z3.BitVec("window", 64))

    def store_if(self, condition, address, size, value):
        self.access = ("store", address, size, value, condition)


class Effect:
    """What a word does in a mode: outputs as functions of numbers. `terms` keeps z3's own, for its check."""

    def __init__(self, form, numbers, priv):
        s = Step(priv)
        fields = {f: z3.BitVec("imm", form.width) if f == "imm" else n for f, n in numbers.items()}
        before = list(s.x)
        s.step(form, fields)
        assert z3.is_bv(s.after) and s.x[0] is before[0]
        self.terms = {"pc": s.after, "priv": rv64.zext(rv64.bits(s.priv, 1), 64)}
        for r in range(1, 32):
            if s.x[r] is not before[r]:
                self.terms[f"x{r}"] = s.x[r]
        for r in ("sepc", "scause", "stval"):
            self.terms[r] = getattr(s, r)
        for b, term in s.sstatus.items():
            self.terms[b] = term
        self.terms["rest"] = s.rest
        self.access = None
        if s.access is not None:
            kind, address, self.size, value, condition = s.access
            self.access = kind
            self.terms["address"] = address
            if kind == "store":
                self.terms["value"] = value
                self.terms["stores"] = z3.If(condition, rv64.bits(1, 1), rv64.bits(0, 1))
        lines = []
        for name, term in list(self.terms.items()):
            try:
                lines.append(f"{name!r}: {text(term)}")
            except Open:
                del self.terms[name]
        if "address" in self.terms:  # memory is read there
            address = text(self.terms["address"])
            self.address = eval(f"lambda v: {address}", {"signed": signed})
        self.outputs = eval("lambda v: {" + ", ".join(lines) + "}", {"signed": signed})

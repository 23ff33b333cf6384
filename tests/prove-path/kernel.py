# SPDX-License-Identifier: BSD-2-Clause
"""
kernel.py - a hart of tests/isa/rv64.py that runs the kernel's assembly: which memory it may use, what becomes of it in a call of C; and
the one place where a claim is put to z3.
"""
import os
import sys

import z3

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "isa"))
import rv64
from rv64 import S, Wrong, bits

RA, SP, GP, TP, T0, T1, A0, A7 = 1, 2, 3, 4, 5, 6, 10, 17
CALLEE_SAVED = {SP, GP, TP, 8, 9, *range(18, 28)}  # psABI; gp and tp by Path.other_code()


class Solver:
    """Every question of the proof goes through here: does CLAIM follow from what is ASSUMED?"""

    def __init__(self, smt=None):
        self.known, self.count, self.smt = {}, 0, smt

    def follows(self, assumed, claim):
        solver = z3.SolverFor("QF_AUFBV")
        solver.set("timeout", 60000)
        solver.add(*assumed, z3.Not(claim))
        key = (tuple(sorted({a.get_id() for a in assumed})), claim.get_id())
        if key not in self.known:
            answer = solver.check()
            if answer == z3.unknown:
                raise Wrong("z3 gave up")
            # The terms are kept, so that their ids stay theirs.
            self.known[key] = (answer == z3.unsat, tuple(assumed), claim)
            if answer == z3.unsat:
                self.count += 1
                if self.smt is not None:
                    self.smt.write("(reset)\n(set-logic QF_AUFBV)\n" + solver.to_smt2().replace("(set-info :status unknown)\n", ""))
        return self.known[key][0]

    def prove(self, assumed, claim, what):
        claim = z3.BoolVal(claim) if isinstance(claim, bool) else claim
        if self.smt is None and z3.is_true(z3.simplify(claim)):
            self.count += 1
        elif not self.follows(assumed, claim):
            raise Wrong(what)

    @staticmethod
    def possible(assumed):
        solver = z3.SolverFor("QF_AUFBV")
        solver.add(*assumed)
        return solver.check() == z3.sat


class Kernel(rv64.Hart):
    """A hart in the kernel, between two labels."""

    def __init__(self, proof, priv=S):
        super().__init__(priv=priv)
        self.proof = proof
        self.assumed = list(proof.assumed)
        self.array, self.stores = proof.memory, []
        self.known = {}  # address: what is assumed to lie there in array
        for name, value in (("FRAME", proof.frame), ("GATE", proof.gate)):
            self.know(proof.hart(name), value)
        self.calls = []  # of C: (target, state at the call)
        self.user = list(self.x)
        self.user_pc = z3.BitVec("user_pc", 64)

    def copy(self):
        new = Kernel.__new__(Kernel)
        new.__dict__.update(self.__dict__)
        new.x, new.stores, new.calls, new.assumed = list(self.x), list(self.stores), list(self.calls), list(self.assumed)
        new.known = dict(self.known)
        return new

    def claim(self, claim, what):
        self.proof.solver.prove(self.assumed, claim, what)

    # --- memory ---

    def check(self, address, size, regions, what):
        """ADDRESS must be aligned, and in one of the regions (from, bytes)."""
        inside = z3.BoolVal(False)
        for begin, length in regions:
            distance = z3.simplify(address - begin)
            if not z3.is_bv_value(distance):
                inside = z3.Or(inside, z3.And(z3.UGE(address, begin), z3.ULE(distance, length - size), length >= size))
            elif distance.as_long() + size <= length:
                inside = z3.BoolVal(True)
                break
        self.claim(z3.And(address & (size - 1) == 0, inside), f"{what} outside")

    def read_array(self, address, size):
        return z3.Concat(*[z3.Select(self.array, address + i) for i in reversed(range(size))])

    def know(self, address, value):
        """Assumes that VALUE, 8 bytes, lies at ADDRESS."""
        self.assumed.append(self.read_array(address, 8) == value)
        self.known[z3.simplify(address).sexpr()] = value

    def peek(self, address, size):
        """What memory holds; no access of the code's."""
        for at, length, value in reversed(self.stores):
            distance = z3.simplify(address - at)
            if z3.is_bv_value(distance):
                if distance.as_long() == 0 and size == length:
                    return value
                if distance.as_long() < length or -distance.as_long() % 2**64 < size:
                    raise Wrong("reads a part of what was written")
                continue
            self.claim(z3.And(z3.UGE(address - at, length), z3.UGE(at - address, size)), "a load that may overlap a store")
        name = z3.simplify(address).sexpr()
        return self.known[name] if size == 8 and name in self.known else self.read_array(address, size)

    def load(self, address, size):
        address = z3.simplify(address)
        self.check(address, size, self.proof.may_read + self.proof.may_write, "a load")
        return self.peek(address, size)

    def store(self, address, size, value):
        address = z3.simplify(address)
        self.check(address, size, self.proof.may_write, "a store")
        self.stores.append((address, size, value))

    def reserved(self, address):
        return z3.BoolVal(False)  # the kernel makes no reservations, and a user cannot reserve its memory: other_code()

    def store_if(self, condition, address, size, value):
        self.check(address, size, self.proof.may_write + self.proof.may_read, "a conditional store")
        self.claim(z3.Not(condition), "a conditional store that may happen")

    # --- C ---

    def call(self, target):
        """
        A call of a C function: by the psABI, it comes back to ra and keeps the callee-saved registers. Whatever else it does to memory
        (other tasks may run meanwhile), the task that goes on has the same frame. sstatus.SPP and SIE are clear in C, as a trap from C leaves them.
        """
        self.claim(self.get(SP) & 15 == 0, "a stack for C that is not aligned")
        self.claim(self.sstatus["SIE"] == 0, "C is called with interrupts on")
        before = self.copy()
        self.calls.append((z3.simplify(target), before))
        for r in set(range(1, 32)) - CALLEE_SAVED:
            self.x[r] = rv64.unknown(f"c_x{r}")
        self.result = self.x[A0]
        self.array, self.stores = z3.Array(f"memory{len(self.calls)}", z3.BitVecSort(64), z3.BitVecSort(8)), []
        self.sepc, self.scause, self.stval = (rv64.unknown(f"c_{r}") for r in ("sepc", "scause", "stval"))
        self.sstatus = {b: rv64.unknown(f"c_{b}", 1) for b in rv64.SSTATUS_BITS}
        self.sstatus["SPP"] = self.sstatus["SIE"] = bits(0, 1)
        self.rest = rv64.unknown("c_sstatus")
        self.known = {}
        self.know(self.proof.hart("FRAME"), self.proof.frame)
        if self.proof.c_keeps_frame:
            for at, size, value in before.stores:
                assert size == 8
                self.know(at, value)

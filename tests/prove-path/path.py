#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""
path.py - proves the way of a system call through boot/trap.S, on the bytes of the built image, for all values of all registers.

The machine is tests/isa/rv64.py. The way is cut at labels; what holds at each is its contract (see trap.S). From each label the code is
executed with every register, and every word of memory, unknown, until it comes to another label, to sret, or to the jump through the
gate. A call of C is a cut, too: what C may do is in Kernel.call(). Each access to memory must lie where its piece may read or write.
"""
import argparse
import sys

import z3

from image import Image
from kernel import A0, A7, CALLEE_SAVED, GP, RA, SP, T0, T1, TP, Kernel, Solver, rv64
from rv64 import S, U, Wrong, bits, sext, zext


class Path:
    """The proof of one image."""

    def __init__(self, image, solver):
        self.image, self.solver = image, solver
        o, word = image.offset, lambda name: z3.BitVec(name, 64)
        self.memory = z3.Array("memory", z3.BitVecSort(64), z3.BitVecSort(8))
        self.frame, self.gate = word("frame"), word("gate")
        self.saved_at = self.frame
        self.nrs = o["GATE_NRS"]
        self.hart_page = bits(image.symbols["hart"])
        self.table = bits(image.symbols["call_table"])
        rodata_end = image.symbols["kernel_rodata_end"]
        # What the kernel's C keeps so at all times. The hart page, a
        # frame and a gate are three places.
        self.assumed = [
            self.frame & 15 == 0,
            z3.ULE(self.frame, self.hart_page - o["TF_SIZE"]),
            self.gate & 4095 == bits(-o["GATE_RET"]),
            z3.ULT(self.gate, self.hart_page - 4096),
            z3.Or(z3.UGE(self.frame, self.gate - o["GATE_RET"]), z3.ULE(self.frame + o["TF_SIZE"], self.gate + o["GATE_RET"])),
            z3.Or(z3.UGE(self.frame, bits(rodata_end)), z3.ULE(self.frame + o["TF_SIZE"], bits(image.start))),
        ]
        self.may_read, self.may_write, self.c_keeps_frame = [], [], False
        self.seen, self.pieces = set(), []
        labels = ("gate_judge", "trap_other", "gate_call", "gate_call_full", "gate_errno", "gate_refuse", "trap_return", "trap_entry",
                  "trap_other_kernel")
        self.labels = {image.symbols[name]: name for name in labels}

    def hart(self, name):
        return bits(self.image.offset[f"HART_{name}"] & 2**64 - 1)

    def tf(self, name):
        return self.saved_at + self.image.offset[f"TF_{name}"]

    def saved(self, r):
        """Where the frame holds register R."""
        if r in (RA, SP, GP, TP, T0, T1, 7, 8, 9):
            return self.tf({RA: "RA", SP: "SP", GP: "GP", TP: "TP", T0: "T0", T1: "T1", 7: "T2", 8: "S0", 9: "S1"}[r])
        first, name = next((n, name) for n, name in ((28, "T3"), (18, "S2"), (10, "A0")) if r >= n)
        return self.tf(name) + 8 * (r - first)

    # --- execution ---

    def run(self, state, pc):
        """All ends of the code from PC: (kind, state), where kind is a label, "sret" or "jump"."""
        ends, work, steps = [], [(state, pc)], 0
        while work:
            state, pc = work.pop()
            while True:
                if steps > 0 and pc in self.labels:
                    ends.append((self.labels[pc], state))
                    break
                steps += 1
                if steps > 2000:
                    raise Wrong("does not come to an end")
                self.seen.add(pc)
                form, numbers = rv64.decode(self.image.word(pc))
                state.pc = bits(pc)
                state.step(form, form.values(numbers))
                after = z3.simplify(state.after)
                links = form.name == "c.jalr" or form.name in ("jal", "jalr") and numbers["rd"] == RA
                if form.name == "sret":
                    ends.append(("sret", state))
                    break
                if links:
                    state.call(after)
                    pc = pc + form.size
                elif z3.is_bv_value(after):
                    pc = after.as_long()
                elif z3.is_app_of(after, z3.Z3_OP_ITE) and all(z3.is_bv_value(c) for c in after.children()[1:]):
                    condition, yes, no = after.children()
                    other = state.copy()
                    other.assumed.append(z3.Not(condition))
                    if not self.solver.follows(state.assumed, condition):
                        work.append((other, no.as_long()))
                    if self.solver.follows(state.assumed, z3.Not(condition)):
                        break
                    state.assumed.append(condition)
                    pc = yes.as_long()
                else:
                    ends.append(("jump", state))
                    break
        return ends

    def piece(self, name, state, expected, reads=(), writes=(), start=None):
        """Runs a piece of code; EXPECTED: for each kind of end, which must exist, what is to be claimed."""
        self.may_read, self.may_write = list(reads), list(writes)
        before = self.solver.count
        if not Solver.possible(state.assumed):
            raise Wrong(f"{name}: its contract cannot hold")
        try:
            ends = self.run(state, self.image.symbols[start or name])
            for kind, end in ends:
                if kind not in expected:
                    raise Wrong(f"ends in {kind}")
                if not Solver.possible(end.assumed):
                    raise Wrong(f"the end in {kind} cannot be reached")
                expected[kind](end)
            for kind in expected:
                if kind not in [k for k, _ in ends]:
                    raise Wrong(f"never ends in {kind}")
        except Wrong as why:
            raise Wrong(f"{name}: {why}") from None
        self.pieces.append((name, len(ends), self.solver.count - before))

    # --- contracts ---

    def page(self):
        return self.hart_page, 2048

    def spill(self):
        return [(self.hart("T0"), 8), (self.hart("T1"), 8)]

    def whole_frame(self):
        return self.frame, self.image.offset["TF_SIZE"]

    def in_gate(self, nr, end):
        """a7 is a number of the gate's, and t0 where its entry lies."""
        end.claim(z3.ULT(nr, self.nrs), "a7 is no number of the gate's")
        end.claim(end.get(T0) == self.gate + 4 * nr, "another entry's place")

    def same_registers(self, end, but=(), what="register"):
        for r in range(1, 32):
            if r not in but:
                end.claim(end.get(r) == end.user[r], f"{what} x{r} is another")

    def at_entry(self, end):
        """The contract of a gate's entry: see trap.S."""
        self.same_registers(end, (T0, T1))
        end.claim(end.peek(self.hart("T0"), 8) == end.user[T0], "t0 is not in the hart page")
        end.claim(end.peek(self.hart("T1"), 8) == end.user[T1], "t1 is not in the hart page")
        end.claim(rv64.read_csr(end, rv64.SEPC) == end.user_pc, "sepc is not behind the ecall")
        end.claim(end.sstatus["SPP"] == 0, "SPP is set")
        end.claim(end.sstatus["SIE"] == 0, "interrupts are on")
        end.claim(z3.BoolVal(end.priv == S), "not in S mode")

    def entered(self):
        """A state of which at_entry() holds: whatever came there."""
        s = Kernel(self)
        s.user[T0], s.user[T1] = z3.BitVec("user_t0", 64), z3.BitVec("user_t1", 64)
        s.know(self.hart("T0"), s.user[T0])
        s.know(self.hart("T1"), s.user[T1])
        s.assumed += [s.user_pc & 1 == 0, s.sepc == s.user_pc, s.sstatus["SPP"] == 0, s.sstatus["SIE"] == 0]
        return s

    def of_gate(self):
        s = self.entered()
        s.assumed.append(z3.ULT(s.user[A7], self.nrs))
        return s

    def to_user(self, end, but=()):
        """After sret: in user mode, behind the ecall, with the user's registers."""
        end.claim(end.priv == 0, "sret does not go to user mode")
        end.claim(end.after == end.user_pc, "sret goes elsewhere")
        self.same_registers(end, but)

    def frame_complete(self, state, but=()):
        """The frame holds every register of the user's, the place to go on, and the first argument a second time."""
        for r in range(1, 32):
            if r not in but:
                state.claim(state.peek(self.saved(r), 8) == state.user[r], f"x{r} is not in the frame")
        state.claim(state.peek(self.tf("PC"), 8) == state.user_pc, "pc is not in the frame")

    def one_call(self, end, target, what):
        if len(end.calls) != 1:
            raise Wrong(f"{len(end.calls)} calls of C")
        to, at = end.calls[0]
        at.claim(to == target, f"calls something else than {what}")
        return at

    # --- the pieces ---

    def entry(self):
        # An ecall in user mode, by the model's own clause.
        s = Kernel(self, priv=U)
        pc = s.pc
        s.assumed += [s.stvec == bits(self.image.symbols["trap_entry"]), pc & 1 == 0]
        s.user_pc = pc + 4
        form, numbers = rv64.decode(rv64.FORMS["ecall"].encode())
        s.step(form, form.values(numbers))
        s.claim(s.pc == bits(self.image.symbols["trap_entry"]), "ecall does not lead to trap_entry")
        nr = s.user[A7]

        def through_gate(end):
            self.at_entry(end)
            self.in_gate(nr, end)
            entry = end.read_array(self.gate + 4 * nr, 4)
            end.claim(end.after == sext(entry) & ~bits(1), "jumps elsewhere than the entry of a7 says")

        def to_judge(end):
            self.at_entry(end)
            end.claim(z3.UGE(nr, self.nrs), "a number of the gate's goes to the judge past it")

        self.piece("trap_entry", s, {"jump": through_gate, "gate_judge": to_judge}, writes=self.spill(),
                   reads=[(self.hart("GATE"), 8), (self.gate, 4 * self.nrs)])
        # Any other trap, from either mode.
        for priv in (U, S):
            s = Kernel(self, priv=priv)
            cause, pc = z3.BitVec("cause", 64), s.pc
            s.assumed += [s.stvec == bits(self.image.symbols["trap_entry"]), cause != rv64.ECALL_U, pc & 1 == 0]
            s.after = pc
            rv64.trap(s, cause)
            s.claim(s.after == bits(self.image.symbols["trap_entry"]), "a trap does not lead to trap_entry")

            def to_other(end, cause=cause, pc=pc, priv=priv):
                self.same_registers(end, (T0, T1))
                end.claim(end.peek(self.hart("T0"), 8) == end.user[T0], "t0 is not in the hart page")
                end.claim(end.peek(self.hart("T1"), 8) == end.user[T1], "t1 is not in the hart page")
                end.claim(z3.And(rv64.read_csr(end, rv64.SEPC) == pc, end.scause == cause, end.sstatus["SPP"] == priv), "sepc, scause, SPP")
                end.claim(end.sstatus["SIE"] == 0, "interrupts are on")

            self.piece(f"trap_entry, other traps from {'US'[priv]}", s, {"trap_other": to_other}, writes=self.spill(),
                       start="trap_entry")

    def quick(self):
        for name, field in (("getpid", "TGID"), ("gettid", "TID"), ("getppid", "PPID")):
            s = self.of_gate()

            def back(end, field=field):
                end.claim(end.get(A0) == end.read_array(self.hart(field), 8), "a0 is not the quick value")
                self.to_user(end, (A0,))

            self.piece(f"quick_{name}", s, {"sret": back}, reads=[self.page()])

    def refusals(self):
        s = self.of_gate()

        def refused(end):
            self.to_user(end)  # a0, too: it is what the code of the gate has set

        self.piece("gate_refuse", s, {"sret": refused}, reads=[self.page()])
        s = self.of_gate()
        s.assumed.append(s.get(T0) == self.gate + 4 * s.user[A7])
        data = s.read_array(self.gate + self.image.offset["GATE_RET"] + 4 * s.user[A7], 2)

        def errno(end):
            end.claim(end.get(A0) == -zext(data), "a0 is not the gate's errno")
            self.to_user(end, (A0,))

        self.piece("gate_errno", s, {"sret": errno}, reads=[self.page(), (self.gate + self.image.offset["GATE_RET"], 4096)])

    def handler(self, state):
        """The handler of the user's number, and its arguments."""
        return sext(state.read_array(self.table + 4 * state.user[A7], 4)) & ~bits(1)

    def arguments(self, at):
        for r in range(A0, A0 + 6):
            at.claim(at.get(r) == at.user[r], "another argument")

    def calls(self):
        reads = [self.page(), (self.table, 4 * self.nrs)]
        one = bits(1)
        s = self.of_gate()
        target = self.handler(s)
        self.c_keeps_frame = True  # a handler that is entered by gate_call sees its arguments only

        def straight_back(end):
            at = self.one_call(end, target, "the handler of a7")
            self.arguments(at)
            end.claim(end.read_array(self.hart("WORK"), 8) == 0, "goes back though there is work")
            result = end.calls[0][1]
            self.to_user(end, (A0,))
            end.claim(end.get(A0) == end.result, "a0 is not what the call returned")
            result.claim(result.peek(self.tf("ORIG_A0"), 8) == result.user[A0], "the first argument is lost")

        def with_work(end):
            self.arguments(self.one_call(end, target, "the handler of a7"))
            end.claim(end.read_array(self.hart("WORK"), 8) != 0, "takes the slow way without work")
            self.frame_complete(end, (A0,))
            end.claim(end.peek(self.tf("A0"), 8) == end.result, "the frame's a0 is not what the call returned")
            end.claim(end.peek(self.tf("ORIG_A0"), 8) == end.user[A0], "the first argument is lost")
            end.claim(end.peek(self.tf("IN_CALL"), 8) == one, "in_call is not set")
            end.claim(end.get(A0) == self.frame, "trap_return gets no frame")

        self.piece("gate_call", s, {"sret": straight_back, "trap_return": with_work}, reads=reads, writes=[self.whole_frame()])
        self.c_keeps_frame = False
        s = self.of_gate()
        target = self.handler(s)

        def full(end):
            at = self.one_call(end, target, "the handler of a7")
            self.arguments(at)
            self.frame_complete(at)
            at.claim(at.peek(self.tf("ORIG_A0"), 8) == at.user[A0], "the first argument is lost")
            at.claim(at.peek(self.tf("IN_CALL"), 8) == one, "in_call is not set")
            end.claim(end.peek(self.tf("A0"), 8) == end.result, "the frame's a0 is not what the call returned")
            end.claim(z3.BoolVal(len(end.stores) == 1), "changes more of the frame than a0")
            end.claim(end.get(A0) == self.frame, "trap_return gets no frame")

        self.piece("gate_call_full", s, {"trap_return": full}, reads=reads, writes=[self.whole_frame()])

    def to_c(self, name, state, function, in_call, more=()):
        """A piece that saves all and calls FUNCTION(frame)."""

        def done(end):
            at = self.one_call(end, bits(self.image.symbols[function]), function)
            self.frame_complete(at)
            at.claim(at.get(A0) == self.frame, f"{function} gets no frame")
            at.claim(at.peek(self.tf("IN_CALL"), 8) == in_call, "in_call")
            for field, value in more:
                at.claim(at.peek(self.tf(field), 8) == value, field)
            end.claim(z3.BoolVal(not end.stores), "changes the frame behind C's back")
            end.claim(end.get(A0) == self.frame, "trap_return gets no frame")

        return {"trap_return": done}

    def judged(self):
        s = self.entered()
        ends = self.to_c("gate_judge", s, "judge", 0, (("ORIG_A0", s.user[A0]),))
        self.piece("gate_judge", s, ends, reads=[self.page()], writes=[self.whole_frame()])

    def other(self):
        s = self.entered()
        ends = self.to_c("trap_other", s, "trap_user", 0, (("CAUSE", s.scause), ("TVAL", s.stval)))
        self.piece("trap_other, from user mode", s, ends, reads=[self.page()], writes=[self.whole_frame()], start="trap_other")
        s = self.entered()
        s.assumed.remove(next(a for a in s.assumed if z3.eq(a, s.sstatus["SPP"] == 0)))
        s.assumed.append(s.sstatus["SPP"] == 1)
        cause = s.scause

        def to_kernel(end):
            self.same_registers(end, (T0, T1))
            end.claim(z3.And(rv64.read_csr(end, rv64.SEPC) == end.user_pc, end.scause == cause, end.sstatus["SPP"] == 1), "sepc, scause")
            end.claim(end.sstatus["SIE"] == 0, "interrupts are on")

        self.piece("trap_other, from the kernel", s, {"trap_other_kernel": to_kernel}, start="trap_other")

    def kernel(self):
        """A trap in the kernel: all it saves lies below its own stack pointer, or on the panic stack if that has left its stack."""
        o = self.image.offset
        size, room = o["TF_SIZE"], o["STACK_ROOM"] - o["TF_SIZE"] - 64
        s = self.entered()
        spp = next(a for a in s.assumed if z3.eq(a, s.sstatus["SPP"] == 0))
        s.assumed[s.assumed.index(spp)] = s.sstatus["SPP"] == 1
        sp, panic = s.user[SP], bits(self.image.symbols["panic_stack_top"])
        s.assumed += [sp & 15 == 0, panic & 15 == 0, z3.UGE(self.frame, bits(self.image.symbols["kernel_rodata_end"]))]
        on_stack = z3.ULE(self.frame - sp, room)
        below = z3.If(on_stack, sp, panic) - size
        self.saved_at = z3.simplify(below)
        saves = (("CAUSE", s.scause), ("TVAL", s.stval), ("STATUS", rv64.read_csr(s, rv64.SSTATUS)))

        def back(end):
            at = self.one_call(end, bits(self.image.symbols["trap_kernel"]), "trap_kernel")
            saved = z3.simplify(at.get(A0))
            at.claim(saved == below, "the frame lies elsewhere")
            self.saved_at = saved
            self.frame_complete(at)
            for field, value in saves:
                at.claim(at.peek(self.tf(field), 8) == value, field)
            at.claim(at.sstatus["SUM"] == 0, "C runs with SUM set")
            # Back with what is in the frame; C keeps the rest by itself.
            word = lambda r: end.read_array(self.saved(r), 8)
            for r in range(1, 32):
                end.claim(end.get(r) == (end.user[r] if r in CALLEE_SAVED - {SP} else word(r)), f"x{r} is not what the frame says")
            end.claim(end.after == end.read_array(self.tf("PC"), 8) & ~bits(1), "sret goes elsewhere")
            end.claim(end.priv == z3.Extract(8, 8, end.read_array(self.tf("STATUS"), 8)), "sret does not go to the mode it came from")
            end.claim(z3.BoolVal(not end.stores), "changes the frame behind C's back")
            self.saved_at = self.frame

        self.piece("trap_other_kernel", s, {"sret": back}, reads=[self.page()], writes=[(below, size)])
        self.saved_at = self.frame

    def back(self):
        s = Kernel(self)
        s.assumed += [s.get(A0) == self.frame, s.sstatus["SIE"] == 0]
        user = [s.read_array(self.saved(r), 8) if r else bits(0) for r in range(32)]

        def restored(end):
            for r in range(1, 32):
                end.claim(end.get(r) == user[r], f"x{r} is not what the frame says")
            end.claim(end.priv == 0, "sret does not go to user mode")
            end.claim(end.after == end.read_array(self.tf("PC"), 8) & ~bits(1), "sret goes elsewhere")
            end.claim(end.read_array(self.hart("WORK"), 8) == 0, "goes back though there is work")
            end.claim(end.sstatus["SIE"] == 1, "SPIE is not set")
            end.claim(z3.BoolVal(not end.calls), "calls C on the way")

        def again(end):
            at = self.one_call(end, bits(self.image.symbols["trap_work"]), "trap_work")
            at.claim(at.get(A0) == self.frame, "trap_work gets no frame")
            at.claim(at.read_array(self.hart("WORK"), 8) != 0, "calls trap_work without work")
            end.claim(end.get(A0) == self.frame, "the frame is lost")

        self.piece("trap_return", s, {"sret": restored, "trap_return": again}, reads=[self.page(), self.whole_frame()])

    def other_code(self):
        """What the proof relies on about the rest of the kernel, by its instructions."""
        boot = {"context_switch", "trap_return", "gate_call", "trap_other_kernel", "trap_other", "trap_return_here"}
        entries = {self.image.symbols[n] for n in self.image.symbols if n.startswith("quick_")}
        for address, function, text in self.image.disassembly():
            name, _, operands = text.partition("\t")
            first = operands.split(",")[0].strip()
            if name == "sret" and address not in self.seen:
                raise Wrong(f"another sret, in {function}")
            if name.startswith("lr."):
                raise Wrong(f"a reservation, in {function}")
            if first in ("gp", "tp") and not name.startswith("s") and function not in boot:
                raise Wrong(f"{function} writes {first}")
        for address in sorted(entries):
            if address not in self.seen:
                raise Wrong("a quick entry of which nothing was proved")

    PARTS = (entry, quick, refusals, calls, judged, other, kernel, back)

    def all(self):
        for part in self.PARTS:
            part(self)
        self.other_code()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("folder", help="where the kernel was built")
    options.add_argument("--smt", help="write the questions to this file, for another solver")
    options = options.parse_args()
    smt = None if options.smt is None else open(options.smt, "w", encoding="ascii")
    path = Path(Image(options.folder), Solver(smt))
    try:
        path.all()
    except Wrong as why:
        print(f"# not proved: {why}")
        sys.exit(1)
    for name, ends, count in path.pieces:
        print(f"# {name:32} {ends} ends, {count} claims")
    print(f"# {len(path.seen)} instructions, {path.solver.count} claims proved")


if __name__ == "__main__":
    main()

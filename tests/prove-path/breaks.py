#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""
breaks.py FOLDER - breaks the image in known ways: path.py must notice each. With --mutants: changes each instruction in every way that
mutants() knows.
"""
import copy
import re
import sys

from image import Image
from kernel import A0, RA, T0, T1, Solver, Wrong, rv64
from path import Path

# What is broken, behind which label, how: the first instruction of that form with those
# fields gets others. All sizes stay.
BREAKS = (
    ("number 512 goes through the gate", "trap_entry", "addi", {"rd": T1, "rs1": 0}, {"imm": 513}),
    ("odd numbers take the entry before theirs", "trap_entry", "andi", {}, {"imm": 0x7F8}),
    ("another table than the task's gate", "trap_entry", "ld", {"rd": T1}, {"imm": "HART_FRAME"}),
    ("the program goes on at another place", "trap_entry", "c.addi", {"rd": T0, "imm": 4}, {"imm": 8}),
    ("an errno is not negated", "gate_errno", "sub", {}, {"form": "add"}),
    ("the quick value of another call", "quick_getppid", "ld", {"rd": A0}, {"imm": "HART_TGID"}),
    ("a quick call without its number's value", "quick_gettid", "ld", {"rd": A0}, {"rd": T0}),
    ("another number's handler", "gate_call", "andi", {}, {"imm": 0x7F8}),
    ("a register is saved outside the frame", "gate_call", "c.sdsp", {"rs2": RA}, {"imm": 504}),
    ("a register is not saved", "gate_judge", "c.sdsp", {"rs2": 31}, {"rs2": 30}),
    ("the judge gets another frame", "gate_judge", "c.mv", {"rd": A0}, {"rs2": T0}),
    ("a register comes back as another", "trap_return", "c.ldsp", {"rd": 11}, {"rd": 12}),
    ("back in supervisor mode", "trap_return", "csrrc", {}, {"form": "csrrs"}),
)


def find(image, label, form, fields):
    for address, f, numbers in image.instructions(label, 200):
        if f.name == form and fields.items() <= numbers.items():
            return address, numbers
    raise Wrong(f"no {form} behind {label}")


def show_breaks(folder):
    """Each break must be noticed."""
    good = True
    for what, label, form, fields, change in BREAKS:
        image = Image(folder)
        address, numbers = find(image, label, form, fields)
        new = {**numbers, **{k: v if isinstance(v, int) else image.offset[v] for k, v in change.items() if k != "form"}}
        image.put(address, change.get("form", form), **new)
        try:
            path = Path(image, Solver())
            for part in path.PARTS:
                part(path)
            print(f"# NOT NOTICED: {what}")
            good = False
        except Wrong as why:
            print(f"# {what}: {why}")
    return good


# What each form may be taken for.
ALIKE = {"add": "sub", "sub": "add", "csrrc": "csrrs", "csrrs": "csrrc", "beq": "bne", "bne": "beq", "bltu": "bgeu", "bgeu": "bltu",
         "ld": "lw", "lw": "ld", "lhu": "lw", "sd": "sw", "c.beqz": "c.bnez", "c.bnez": "c.beqz", "c.ldsp": "c.lwsp", "c.sdsp": "c.swsp"}

# Mutants that change nothing, and why. Regular expressions: the label behind which they stand, the
# instruction, and what is changed.
EQUIVALENT = (
    (r"(trap_entry|gate_call|gate_call_full): andi imm=0x7fc rd=0x5 rs1=0x5: (left out|imm 0x7fc => 0x7fd|rd 0x5 => 0x6)",
     "a7 < 512, so there is nothing to cut off; what a hart guesses is walk.t's"),
    (r"gate_call_full: andi imm=0x7fc rd=0x5 rs1=0x5: rd 0x5 => 0x4", "tp is the program's, and comes back from the frame"),
    (r"\w+: csrrs csr=\w+ rd=\w+ rs1=0x0: => csrrc", "with x0 neither writes"),
    (r"\w+: csrrs csr=0x141 rd=0x5 rs1=0x0: rs1 0x0 => \w+", "sepc is written before it is used"),
    (r"\w+: csrrs csr=0x14[23] rd=0x5 rs1=0x0: rs1 0x0 => \w+", "scause and stval are read once"),
    (r"trap_entry: c.addi imm=0x4 rd=0x5: imm 0x4 => 0x5", "sepc has no lowest bit"),
    (r"\w+: (csrrw|csrrs|csrrc) csr=\w+ rd=0x0 rs1=0x5: rd 0x0 => 0x[15]", "the register is written before it is read"),
    (r"trap_other: jal imm=0xdc rd=0x0: rd 0x0 => 0x5", "the same"),
    (r"gate_call: c.sdsp imm=0x50 rs2=0xa: .*", "the result takes the place of a0 in the frame, and a1 comes later"),
    (r"trap_return: sc.w rd=0x0 rs1=0x2 rs2=0x0: .*", "it ends a reservation, of which nothing is claimed; it stores nothing"),
    (r"trap_return: addi imm=0x(100|20) rd=0x5 rs1=0x0: imm .*1", "sstatus has no lowest bit"),
    (r"trap_return: addi imm=0x100 rd=0x5 rs1=0x0: rs1 0x0 => 0x5", "t0 is 0: there is no work"),
    (r"trap_other_kernel: lui imm=0x40000 rd=0x5: (left out|rd .*)", "all of sstatus is cleared then, SUM too, and comes back"),
    (r"trap_other_kernel: lui imm=0x40000 rd=0x5: imm .*", "a bit that the hart does not have is cleared, too, and comes back"),
    (r"trap_other_kernel: ld imm=0x818 rd=0x5 rs1=0x0: => lw", "frames lie in the uppermost 2 GiB"),
    (r"trap_other_kernel: addiw imm=0xd60 rd=0x6 rs1=0x6: imm 0xd60 => 0xd61", "stacks are aligned to 16"),
)


def mutants(form, numbers):
    """(order, text, form, numbers) of each change of one instruction: it does nothing, or has another register, number or operation."""
    yield 0, "left out", *(("addi",) if form.size == 4 else ("c.li",)), {"rd": 0, "rs1": 0, "imm": 0}
    for field in sorted({name for name, _, _, _ in form.fields}):
        old = numbers[field]
        if field == "imm":
            others = [(old + (1 << min(lo for name, _, lo, _ in form.fields if name == "imm"))) & (1 << form.width) - 1]
        elif field == "csr":
            others = [rv64.SEPC if old != rv64.SEPC else rv64.SCAUSE]
        else:
            others = [old ^ 1, T1 if old == T0 else T0]
        for new in others:
            yield 1, f"{field} {old:#x} => {new:#x}", form.name, {**numbers, field: new}
    if ALIKE.get(form.name) in rv64.FORMS:
        yield 1, f"=> {ALIKE[form.name]}", ALIKE[form.name], numbers


def breaks_proof(image, parts, solver):
    """SOLVER remembers what it was asked before: most questions are those about the image as it was."""
    for part in parts:
        rv64._unknowns = 0  # so that they have the same names again
        try:
            part(Path(image, solver))
        except Exception:  # whatever stops the proof
            return True
    return False


def changed(image, address, name, fields):
    """The image with another instruction there; None: there is no such instruction of its size, or it is the same."""
    new = copy.copy(image)
    new.bytes = bytearray(image.bytes)
    try:
        new.put(address, name, **fields)
        rv64.decode(new.word(address))
    except (Wrong, AssertionError, KeyError):
        return None
    return None if new.bytes == image.bytes else new


def show_mutants(folder):
    """Every instruction that the proof is about, changed in every way that mutants() knows: does the proof notice?"""
    parts, rows, solver = {}, [], Solver()
    original = Image(folder)
    for part in Path.PARTS:
        rv64._unknowns = 0
        path = Path(original, solver)
        part(path)
        for address in path.seen:
            parts.setdefault(address, []).append(part)
    labels = sorted((address, name) for name, address in original.symbols.items() if not name.startswith("."))
    for address in sorted(parts):
        label = [name for at, name in labels if at <= address][-1]
        form, numbers = rv64.decode(original.word(address))
        for order, what, name, fields in mutants(form, numbers):
            text = f"{label}: {form.name} {' '.join(f'{k}={v:#x}' for k, v in sorted(numbers.items()))}: {what}"
            rows.append((order, address, text, name, fields))
    count = equal = missed = 0
    for n, (_, address, text, name, fields) in enumerate(sorted(rows, key=lambda row: row[:3])):
        image = changed(original, address, name, fields)
        if image is None:
            continue
        count += 1
        if not breaks_proof(image, parts[address], solver):
            if any(re.fullmatch(pattern, text) for pattern, _ in EQUIVALENT):
                equal += 1
            else:
                missed += 1
                print(f"# NOT NOTICED: {text}", flush=True)
        if count % 50 == 0:
            print(f"# {n} of {len(rows)}", file=sys.stderr, flush=True)
    print(f"# {count} changes of {len(parts)} instructions: {count - equal - missed} noticed, {equal} equivalent")
    return missed == 0


if __name__ == "__main__":
    sys.exit(not (show_mutants if sys.argv[2:] == ["--mutants"] else show_breaks)(sys.argv[1]))

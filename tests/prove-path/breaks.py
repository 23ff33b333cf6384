#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""
breaks.py FOLDER - breaks the image in known ways: path.py must notice each. With --gaps: leaves out each instruction in turn, and shows
those that path.py does not miss.
"""
import copy
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


def show_gaps(folder):
    """Each instruction in turn is made one that does nothing. Which ones does the proof not miss?"""
    parts = {}
    original = Image(folder)
    for part in Path.PARTS:
        path = Path(original, Solver())
        part(path)
        for address in path.seen:
            parts.setdefault(address, []).append(part)
    missed = []
    for address in sorted(parts):
        image = copy.deepcopy(original)
        form, numbers = rv64.decode(image.word(address))
        nop = {"rd": 0, "rs1": 0, "imm": 0}
        image.put(address, *(("addi",) if form.size == 4 else ("c.li",)), **nop)
        try:
            for part in parts[address]:
                part(Path(image, Solver()))
            missed.append(f"{address:#x} {form.name} {numbers}")
        except Wrong:
            pass
    print(f"# {len(parts)} instructions, {len(missed)} of which the proof does not need:")
    for line in missed:
        print(f"#   {line}")


if __name__ == "__main__":
    if sys.argv[2:] == ["--gaps"]:
        show_gaps(sys.argv[1])
    else:
        sys.exit(not show_breaks(sys.argv[1]))

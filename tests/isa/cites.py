#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""
cites.py CHECKOUT - shows the line of sail-riscv that each form of rv64.py cites, from a git checkout that has its revision. Fails if a line
does not name the instruction.
"""
import subprocess
import sys

from rv64 import FILES, FORMS, REVISION

OTHERS = {"lw": "LOAD", "lwu": "LOAD", "lhu": "LOAD", "ld": "LOAD", "sd": "STORE", "sc.w": "STORECON", "divuw": "DIVW"}
good = True
lines = {}
for name, form in FORMS.items():
    file, _, line = form.cite.partition(":")
    if file not in lines:
        lines[file] = subprocess.run(["git", "-C", sys.argv[1], "show", f"{REVISION}:{FILES[file]}"], check=True, text=True,
                                     capture_output=True).stdout.splitlines()
    text = lines[file][int(line) - 1].strip()
    names_it = OTHERS.get(name, name.upper().replace(".", "_")) in text.replace("(", " ").split()
    good &= names_it
    print(f"{name:10} {FILES[file]}:{line:4} {text}{'' if names_it else '   <-- another'}")
sys.exit(not good)

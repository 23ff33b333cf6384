#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# oci_words.py PROFILE - what the words of a container's profile say of the calls on which a filter
# differs from it (standard input, as compare.c prints them): the action of a rule all of whose
# conditions hold, else the default; conditions on one argument are rules each, as crun has them.
# Status 0 if at every call the profile was read as a rule says, and the filter answers what none
# says.

import json
import os
import re
import sys

TOP = os.path.join(os.path.dirname(__file__), "../../..")
HOLDS = {"EQ": lambda a, v, w: a == v, "NE": lambda a, v, w: a != v, "LT": lambda a, v, w: a < v, "LE": lambda a, v, w: a <= v,
         "GT": lambda a, v, w: a > v, "GE": lambda a, v, w: a >= v, "MASKED_EQ": lambda a, v, w: a & v == w & v}

with open(sys.argv[1], encoding="ascii") as f:
    PROFILE = json.load(f)
with open(os.path.join(TOP, "include/abi/syscall.def"), encoding="ascii") as f:
    NAMES = {int(nr): name for nr, name in re.findall(r"^SYSCALL\((\d+), (\w+),", f.read(), re.M)}


def answer(action, errno):
    action = {"KILL": "KILL_THREAD"}.get(action[9:], action[9:])
    return "%s(%d)" % (action, 1 if errno is None else errno) if action in ("ERRNO", "TRACE") else action


def fits(rule, args):
    conditions = rule.get("args", [])
    indices = [c["index"] for c in conditions]
    held = [HOLDS[c["op"][9:]](args[c["index"]], c["value"], c["valueTwo"]) for c in conditions]
    return any(held) if len(set(indices)) < len(indices) else all(held)


def words(name, args):
    fitting = [answer(r["action"], r.get("errnoRet")) for r in PROFILE["syscalls"] if name in r["names"] and fits(r, args)]
    return fitting or [answer(PROFILE["defaultAction"], PROFILE.get("defaultErrnoRet"))]


calls = 0
for line in sys.stdin:
    call = re.match(r"nr=(\d+) arch=0xc00000f3 \((.*)\): the policy (.*), the program (.*)$", line)
    if call is None:
        continue
    calls += 1
    name, args = NAMES[int(call[1])], [int(a, 16) for a in call[2].split(", ")]
    said = words(name, args)
    if call[3] not in said or call[4] in said:
        sys.exit("%s: the words say %s" % (line.rstrip(), " or ".join(said)))
    print("%s(%s): the words say %s, the filter %s" % (name, call[2], " or ".join(said), call[4]))
sys.exit(calls == 0)

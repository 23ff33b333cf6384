#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""
family.py - writes scripts for play.c, with what must come of each line: `family.py DIR FIRST COUNT`.

A model of what Linux says of who has which filters, and of what may run: fork, threads, exec, no_new_privs, TSYNC,
listeners, tracers, strict mode. It knows nothing of seccomp/ or kernel/; the programs are run by model.py.
[kernel/seccomp.c: seccomp_set_mode_filter, seccomp_attach_filter, seccomp_can_sync_threads, seccomp_run_filters,
__seccomp_filter; kernel/fork.c: copy_seccomp; fs/exec.c: de_thread]
"""
import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "oracle"))
import model  # noqa: E402

MEMBERS = 16
EPERM, ESRCH, EBADF, EACCES, EBUSY, EINVAL, ENOSYS = 1, 3, 9, 13, 16, 22, 38
TSYNC, LOG, SPEC_ALLOW, NEW_LISTENER, TSYNC_ESRCH, WAIT_KILLABLE = 1, 2, 4, 8, 16, 32
SIGKILL, SIGSYS = 9, 31

# What the calls of play.c return to a first argument of -7; then numbers without a call. In the
# model the Ith call has the number 1000 + I.
CALLS = [-ESRCH, -ESRCH, -EBADF, -EBADF, -EINVAL, -EBADF]
NUMBERS = [1000 + i for i in range(len(CALLS))] + [600, 5000]


def spelt(number):
    return "@%d" % (number - 1000) if 1000 <= number < 1000 + len(CALLS) else str(number)


def runs(number):
    """What the call itself returns."""
    return CALLS[number - 1000] if number - 1000 < len(CALLS) and number >= 1000 else -ENOSYS


class Filter:
    def __init__(self, program):
        self.program = program
        self.listener = None  # a number, while somebody holds it


class Thread:
    def __init__(self, group, like=None):
        self.group = group
        self.stack = like.stack if like else ()
        self.nnp = like.nnp if like else False
        self.root = like.root if like else True
        self.strict = False
        self.traced = False
        self.ended = None  # how, once it has


class Group:
    """A process. The first of its threads is the leader."""

    def __init__(self):
        self.threads = []

    def living(self):
        return [t for t in self.threads if t.ended is None]


class Family:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.lines = []
        self.filters = {}
        self.listeners = 0
        self.open = []  # (number, Filter)
        first = Group()
        self.members = {0: Thread(first)}
        first.threads.append(self.members[0])

    def say(self, *words):
        self.lines.append(" ".join(str(w) for w in words))

    # --- filters

    def action(self):
        r = self.r
        if r.random() < 0.04:
            return r.choice([0x00000000, 0x80000000, 0x00060001])  # the last is no action that Linux knows
        return r.choice([0x7FFF0000, 0x7FFF0000, 0x7FFC0000, 0x7FC00000, 0x7FC00000,
                         0x00050000 | r.choice([0, 40, 41, 42, 99, 4095, 5000]), 0x00050000 | r.randrange(50, 90),
                         0x00030000 | r.randrange(65536), 0x7FF00000 | r.randrange(65536)])

    def make_filter(self, ident):
        """For some numbers an answer, for some two by an argument, ALLOW for the others."""
        r = self.r
        rules = []
        for number in r.sample(NUMBERS, r.randrange(1, 5)):
            kind = r.randrange(3)
            if kind == 0:
                rules.append((number, [(0x06, 0, 0, self.action())]))
            else:
                code = r.choice([0x15, 0x25, 0x35, 0x45])
                # Arguments from the second on, which no call looks at; low and high halves.
                load = (0x20, 0, 0, 16 + 8 * r.randrange(1, 6) + 4 * (r.randrange(4) == 0))
                rules.append((number, [load, (code, 0, 1, r.choice([0, 1, 2, 7, 0x80000000])),
                                       (0x06, 0, 0, self.action()), (0x06, 0, 0, self.action())]))
        program = [(0x20, 0, 0, 0)]
        for number, body in rules:
            program += [(0x15, 0, len(body), number)] + body
        program.append((0x06, 0, 0, 0x7FFF0000))
        self.filters[ident] = program
        self.say("filter", ident, *["%d:%d:%d:%s" % (code, t, f, spelt(k) if code == 0x15 else k)
                                    for code, t, f, k in program])

    # --- what Linux does

    def verdict(self, t, number, args):
        """The answer, and which filter gave it."""
        words = [number & 0xFFFFFFFF, 0, 0, 0]
        for a in args:
            words += [a & 0xFFFFFFFF, a >> 32 & 0xFFFFFFFF]
        best = (0x7FFF0000, None)
        for f in reversed(t.stack):  # from the newest
            ret = model.run(f.program, words)[0]
            if model.severity(ret) < model.severity(best[0]):
                best = (ret, f)
        return best

    def end(self, t, how):
        """One thread ends; the outcome. The last one's end is the process's. [synchronize_group_exit]"""
        t.ended = how
        return "gone" if t.group.living() else "dead " + how

    def end_all(self, t, how):
        for other in t.group.living():
            other.ended = how
        return "dead " + how

    def outcome(self, t, number, args, asked=False):
        """What comes of a call, in the script's words. ASKED: the tracer has been."""
        r = self.r
        if t.strict:
            return self.end(t, "s%d" % SIGKILL)
        ret, f = self.verdict(t, number, args)
        name, data = model.NAME.get(ret >> 16, "KILL_PROCESS"), ret & 0xFFFF
        if name in ("ALLOW", "LOG") or (name == "TRACE" and asked):
            return "result %d" % runs(number)
        if name == "ERRNO":
            return "result %d" % -min(data, 4095)
        if name == "TRAP":
            return "trap %d" % data
        if name == "KILL_THREAD" and len(t.group.living()) > 1:
            return self.end(t, "s%d" % SIGSYS)
        if name in ("KILL_THREAD", "KILL_PROCESS"):
            return self.end_all(t, "s%d" % SIGSYS)
        if name == "USER_NOTIF":
            if f.listener is None:
                return "result %d" % -ENOSYS
            what = r.choice(["value", "error", "continue"])
            value = r.choice([0, 5, 77, 123456789012]) if what == "value" else r.randrange(1, 100)
            after = {"value": value, "error": -value, "continue": runs(number)}[what]
            return "notify %d %s %d result %d" % (f.listener, what, value, after)
        if not t.traced:
            return "result %d" % -ENOSYS
        what = r.choice(["go", "skip", "call"])
        if what == "skip":
            value = r.choice([0, -1, -40, 7, 1 << 40])
            return "trace %d skip %d result %d" % (data, value, value)
        other = number if what == "go" else r.choice(NUMBERS)
        spelt_other = spelt(other) if what == "call" else "0"
        return "trace %d %s %s " % (data, what, spelt_other) + self.outcome(t, other, args, True)

    def install(self, m, ident, flags):
        t = self.members[m]
        new = Filter(self.filters[ident])
        if flags & ~63:
            return "result %d" % -EINVAL
        if flags & TSYNC and flags & NEW_LISTENER and not flags & TSYNC_ESRCH:
            return "result %d" % -EINVAL
        if flags & WAIT_KILLABLE and not flags & NEW_LISTENER:
            return "result %d" % -EINVAL
        if not t.nnp and not t.root:
            return "result %d" % -EACCES
        if flags & NEW_LISTENER and any(f.listener is not None for f in t.stack):
            return "result %d" % -EBUSY
        others = [o for o in t.group.living() if o is not t]
        if flags & TSYNC:
            for other in others:
                if other.strict or other.stack != t.stack[:len(other.stack)]:
                    if flags & TSYNC_ESRCH:
                        return "result %d" % -ESRCH
                    return "tid %d" % self.name(other)
            for other in others:
                other.stack = t.stack + (new,)
                other.nnp = other.nnp or t.nnp
        t.stack += (new,)
        if flags & NEW_LISTENER:
            new.listener = self.listeners
            self.open.append(new)
            self.listeners += 1
            return "listener %d" % new.listener
        return "result 0"

    def name(self, thread):
        return next(m for m, t in self.members.items() if t is thread)

    # --- lines

    def free(self):
        used = {m for m, t in self.members.items() if t.group.living()}
        return next((m for m in range(MEMBERS) if m not in used), None)

    def clear_ended(self):
        """A leader that has ended keeps its member's number until its process is gone."""
        for m, t in list(self.members.items()):
            if t.ended and (not t.group.living() or t.group.threads[0] is not t):
                del self.members[m]

    def add_line(self):
        r = self.r
        m = r.choice([m for m, t in self.members.items() if not t.ended])
        t = self.members[m]
        n = self.free()
        what = r.choices(["probe", "handler", "install", "fork", "thread", "nnp", "drop", "seize", "detach", "close",
                          "exec", "exit", "strict"], [60, 6, 14, 5, 7, 2, 1, 8, 1, 2, 2, 1, 0.3])[0]
        if t.strict and what not in ("probe", "exit"):
            return
        if what in ("probe", "handler"):
            number = r.choice(NUMBERS)
            args = [-7] + [r.choice([0, 1, 2, 3, 7, 8, 1 << 31, 1 << 32, -1]) for _ in range(5)]
            self.say(what, m, spelt(number), *args, "=", self.outcome(t, number, args))
        elif what == "install":
            flags = r.choice([0, 0, 0, LOG, TSYNC, TSYNC, NEW_LISTENER, NEW_LISTENER | WAIT_KILLABLE, SPEC_ALLOW,
                              TSYNC | TSYNC_ESRCH, TSYNC | TSYNC_ESRCH | NEW_LISTENER, TSYNC | NEW_LISTENER, 64,
                              WAIT_KILLABLE, TSYNC | LOG])
            if (flags & NEW_LISTENER and self.listeners >= 32) or len(t.stack) > 16:
                return
            ident = r.choice(list(self.filters))
            self.say(what, m, ident, flags, "=", self.install(m, ident, flags))
        elif what in ("fork", "thread"):
            if n is None:
                return
            new = Thread(Group() if what == "fork" else t.group, t)
            new.group.threads.append(new)
            self.members[n] = new
            self.say(what, m, n)
        elif what == "nnp":
            t.nnp = True
            self.say(what, m)
        elif what == "drop":
            t.root = False
            self.say(what, m)
        elif what == "strict":
            if not t.stack:
                t.strict = True
                self.say(what, m)
        elif what == "seize":
            if len(t.group.threads) == 1 and not t.traced:
                t.traced = True
                self.say(what, m)
        elif what == "detach":
            if t.traced:
                t.traced = False
                self.say(what, m)
        elif what == "close":
            if self.open:
                f = self.open.pop(r.randrange(len(self.open)))
                self.say(what, f.listener)
                f.listener = None
        elif what == "exec":
            if t.group.threads[0] is t and not t.traced:
                for other in t.group.living():
                    if other is not t:
                        other.ended = "e0"
                t.group.threads = [t]
                self.say(what, m)
        elif what == "exit" and (len(self.members) > 2):
            self.say(what, m, "=", self.end(t, "e0"))
        self.clear_ended()

    def script(self, length):
        for ident in range(10):
            self.make_filter(ident)
        while len(self.lines) < length and any(not t.ended for t in self.members.values()):
            self.add_line()
        return "\n".join(self.lines) + "\n"


def main():
    folder, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    for seed in range(first, first + count):
        with open(os.path.join(folder, str(seed)), "w") as f:
            f.write(Family(seed).script(300))


main()

# SPDX-License-Identifier: BSD-2-Clause
"""
rv64.py - what the instructions of RV64 do, over z3's bit-vectors: the model behind path.py and tests/prove-code.

One function a form of instruction. Each rests on the official model, sail-riscv, at the revision below: its citation is the line of the
clause in FILES whose meaning the function gives, for a hart with the extensions I, M, A, C and S, in U or S mode. A word that has no form
here is Wrong: there is no default. agree.py runs every form on QEMU beside this model.

What the model does not name, it leaves open: other bits of sstatus than SIE, SPIE, SPP and SUM, and stval of an illegal instruction, are
unknown values. Address translation, and with it faults of loads and stores, is not modelled: who uses memory says where it may be.
"""
import functools

import z3

REVISION = "a513afa4d2288b84254fc9417c4c2fd797c736b9"
FILES = {
    "base": "model/extensions/I/base_insts.sail",
    "jalr": "model/extensions/I/jalr_seq.sail",
    "m": "model/extensions/M/mext_insts.sail",
    "a": "model/extensions/A/zalrsc_insts.sail",
    "c": "model/extensions/C/zca_insts.sail",
    "csr": "model/extensions/Zicsr/zicsr_insts.sail",
    "regs": "model/core/sys_regs.sail",
    "control": "model/sys/sys_control.sail",
    "sys": "model/exceptions/sys_exceptions.sail",
}
U, S = 0, 1
SSTATUS, SEPC, SCAUSE, STVAL = 0x100, 0x141, 0x142, 0x143
SSTATUS_BITS = {"SIE": 1, "SPIE": 5, "SPP": 8, "SUM": 18}  # regs:697
ILLEGAL, ECALL_U, ECALL_S = 2, 8, 9


class Wrong(Exception):
    """The code does what it must not, or what the model does not know."""


def bits(value, width=64):
    return z3.BitVecVal(value, width) if isinstance(value, int) else value


def sext(v, width=64):
    return z3.SignExt(width - v.size(), v) if v.size() < width else v


def zext(v, width=64):
    return z3.ZeroExt(width - v.size(), v) if v.size() < width else v


def low(v, width=32):
    return z3.Extract(width - 1, 0, v)


_unknowns = 0


def unknown(name, width=64):
    global _unknowns
    _unknowns += 1
    return z3.BitVec(f"{name}!{_unknowns}", width)


class Hart:
    """The state of a hart. Registers and memory are reached by the methods alone, which users of the model replace at need."""

    def __init__(self, name="", priv=S):
        self.x = [bits(0)] + [z3.BitVec(f"x{i}{name}", 64) for i in range(1, 32)]
        self.pc = z3.BitVec(f"pc{name}", 64)
        self.priv = priv  # a number, or one unknown bit after sret
        self.sepc, self.scause, self.stval, self.stvec = (z3.BitVec(f"{r}{name}", 64) for r in ("sepc", "scause", "stval", "stvec"))
        self.sstatus = {b: z3.BitVec(f"{b}{name}", 1) for b in SSTATUS_BITS}
        self.rest = z3.BitVec(f"sstatus{name}", 64)  # of which the bits above do not count
        self.size = 4

    def get(self, r):
        return bits(0) if r == 0 else self.x[r]

    def set(self, r, value):
        if r != 0:
            self.x[r] = value

    def load(self, address, size):
        raise Wrong("reads memory")

    def store(self, address, size, value):
        raise Wrong("writes memory")

    def reserved(self, address):
        """Is there a reservation that covers ADDRESS? A condition."""
        raise Wrong("asks for a reservation")

    def store_if(self, condition, address, size, value):
        raise Wrong("writes memory")

    def next(self):
        return self.pc + self.size

    def step(self, form, fields):
        """One instruction."""
        self.size = form.size
        self.after = self.next()
        form.do(self, **fields)
        self.pc = self.after


# --- forms ---


class Form:
    def __init__(self, name, cite, pattern, when, do):
        self.name, self.cite, self.pattern, self.when, self.do = name, cite, pattern, when, do
        self.fields = []  # name, highest and lowest bit of the field, lowest bit in the word
        self.mask = self.match = 0
        at = 32 if pattern.replace(" ", "")[-2:] == "11" else 16
        self.size = at // 8
        for token in pattern.split():
            if token[0] in "01":
                at -= len(token)
                self.mask |= (1 << len(token)) - 1 << at
                self.match |= int(token, 2) << at
                continue
            field, _, parts = token.partition("[")
            if field in ("rd", "rs1", "rs2"):
                parts = "4:0"
            elif field == "csr":
                parts = "11:0"
            for part in parts.rstrip("]").split("|"):
                hi, _, lo = part.partition(":")
                hi, lo = int(hi), int(lo or hi)
                at -= hi - lo + 1
                self.fields.append((field, hi, lo, at))
        assert at == 0, name
        self.width = 1 + max([hi for field, hi, _, _ in self.fields if field == "imm"], default=-1)

    def numbers(self, word):
        """The fields of a word of this form, as numbers."""
        found = {}
        for field, hi, lo, at in self.fields:
            found[field] = found.get(field, 0) | (word >> at & (1 << hi - lo + 1) - 1) << lo
        return found

    def encode(self, **numbers):
        word = self.match
        for field, hi, lo, at in self.fields:
            word |= (numbers[field] >> lo & (1 << hi - lo + 1) - 1) << at
        return word

    def values(self, numbers):
        return {f: bits(v, self.width) if f == "imm" else v for f, v in numbers.items()}


FORMS = {}


def clause(name, cite, pattern, when=None):
    def remember(do):
        assert name not in FORMS and cite.split(":")[0] in FILES
        FORMS[name] = Form(name, cite, pattern, when, do)
        return do

    return remember


def size_of(low_half):
    return 4 if low_half & 3 == 3 else 2


@functools.lru_cache(maxsize=None)
def decode(word):
    """The form of a word, and its fields as numbers."""
    found = []
    for f in FORMS.values():
        if f.size == size_of(word) and word & f.mask == f.match:
            numbers = f.numbers(word)
            if f.when is None or f.when(numbers):
                found.append((f, numbers))
    if len(found) != 1:
        raise Wrong(f"instruction {word:08x} has {len(found)} forms")
    return found[0]  # the fields are shared: not to be changed


# --- RV64I: registers and immediates ---


@clause("lui", "base:30", "imm[31:12] rd 0110111")
def lui(s, rd, imm):
    s.set(rd, sext(imm))


@clause("auipc", "base:31", "imm[31:12] rd 0010111")
def auipc(s, rd, imm):
    s.set(rd, s.pc + sext(imm))


@clause("addi", "base:161", "imm[11:0] rs1 000 rd 0010011")
def addi(s, rd, rs1, imm):
    s.set(rd, s.get(rs1) + sext(imm))


@clause("xori", "base:166", "imm[11:0] rs1 100 rd 0010011")
def xori(s, rd, rs1, imm):
    s.set(rd, s.get(rs1) ^ sext(imm))


@clause("ori", "base:165", "imm[11:0] rs1 110 rd 0010011")
def ori(s, rd, rs1, imm):
    s.set(rd, s.get(rs1) | sext(imm))


@clause("andi", "base:164", "imm[11:0] rs1 111 rd 0010011")
def andi(s, rd, rs1, imm):
    s.set(rd, s.get(rs1) & sext(imm))


@clause("slli", "base:206", "000000 imm[5:0] rs1 001 rd 0010011")
def slli(s, rd, rs1, imm):
    s.set(rd, s.get(rs1) << zext(imm))


@clause("srai", "base:208", "010000 imm[5:0] rs1 101 rd 0010011")
def srai(s, rd, rs1, imm):
    s.set(rd, s.get(rs1) >> zext(imm))


@clause("addiw", "base:344", "imm[11:0] rs1 000 rd 0011011")
def addiw(s, rd, rs1, imm):
    s.set(rd, sext(low(s.get(rs1) + sext(imm))))


@clause("slliw", "base:417", "0000000 imm[4:0] rs1 001 rd 0011011")
def slliw(s, rd, rs1, imm):
    s.set(rd, sext(low(s.get(rs1)) << zext(imm, 32)))


@clause("srliw", "base:418", "0000000 imm[4:0] rs1 101 rd 0011011")
def srliw(s, rd, rs1, imm):
    s.set(rd, sext(z3.LShR(low(s.get(rs1)), zext(imm, 32))))


# --- RV64I and M: registers ---


@clause("add", "base:239", "0000000 rs2 rs1 000 rd 0110011")
def add(s, rd, rs1, rs2):
    s.set(rd, s.get(rs1) + s.get(rs2))


@clause("sub", "base:247", "0100000 rs2 rs1 000 rd 0110011")
def sub(s, rd, rs1, rs2):
    s.set(rd, s.get(rs1) - s.get(rs2))


@clause("xor", "base:244", "0000000 rs2 rs1 100 rd 0110011")
def xor(s, rd, rs1, rs2):
    s.set(rd, s.get(rs1) ^ s.get(rs2))


@clause("or", "base:243", "0000000 rs2 rs1 110 rd 0110011")
def or_(s, rd, rs1, rs2):
    s.set(rd, s.get(rs1) | s.get(rs2))


@clause("and", "base:242", "0000000 rs2 rs1 111 rd 0110011")
def and_(s, rd, rs1, rs2):
    s.set(rd, s.get(rs1) & s.get(rs2))


@clause("sltu", "base:241", "0000000 rs2 rs1 011 rd 0110011")
def sltu(s, rd, rs1, rs2):
    s.set(rd, z3.If(z3.ULT(s.get(rs1), s.get(rs2)), bits(1), bits(0)))


@clause("addw", "base:378", "0000000 rs2 rs1 000 rd 0111011")
def addw(s, rd, rs1, rs2):
    s.set(rd, sext(low(s.get(rs1)) + low(s.get(rs2))))


@clause("subw", "base:379", "0100000 rs2 rs1 000 rd 0111011")
def subw(s, rd, rs1, rs2):
    s.set(rd, sext(low(s.get(rs1)) - low(s.get(rs2))))


@clause("sllw", "base:380", "0000000 rs2 rs1 001 rd 0111011")
def sllw(s, rd, rs1, rs2):
    s.set(rd, sext(low(s.get(rs1)) << (low(s.get(rs2)) & 31)))


@clause("srlw", "base:381", "0000000 rs2 rs1 101 rd 0111011")
def srlw(s, rd, rs1, rs2):
    s.set(rd, sext(z3.LShR(low(s.get(rs1)), low(s.get(rs2)) & 31)))


@clause("mulw", "m:98", "0000001 rs2 rs1 000 rd 0111011")
def mulw(s, rd, rs1, rs2):
    s.set(rd, sext(low(s.get(rs1)) * low(s.get(rs2))))


@clause("divuw", "m:120", "0000001 rs2 rs1 101 rd 0111011")
def divuw(s, rd, rs1, rs2):
    n, d = low(s.get(rs1)), low(s.get(rs2))
    s.set(rd, sext(z3.If(d == 0, bits(0xFFFFFFFF, 32), z3.UDiv(n, d))))


# --- memory ---


@clause("lw", "base:285", "imm[11:0] rs1 010 rd 0000011")
def lw(s, rd, rs1, imm):
    s.set(rd, sext(s.load(s.get(rs1) + sext(imm), 4)))


@clause("lwu", "base:285", "imm[11:0] rs1 110 rd 0000011")
def lwu(s, rd, rs1, imm):
    s.set(rd, zext(s.load(s.get(rs1) + sext(imm), 4)))


@clause("lhu", "base:285", "imm[11:0] rs1 101 rd 0000011")
def lhu(s, rd, rs1, imm):
    s.set(rd, zext(s.load(s.get(rs1) + sext(imm), 2)))


@clause("ld", "base:285", "imm[11:0] rs1 011 rd 0000011")
def ld(s, rd, rs1, imm):
    s.set(rd, s.load(s.get(rs1) + sext(imm), 8))


@clause("sd", "base:316", "imm[11:5] rs2 rs1 011 imm[4:0] 0100011")
def sd(s, rs1, rs2, imm):
    s.store(s.get(rs1) + sext(imm), 8, s.get(rs2))


@clause("sc.w", "a:66", "00011 0 0 rs2 rs1 010 rd 0101111")
def sc_w(s, rd, rs1, rs2):
    done = z3.And(s.reserved(s.get(rs1)), unknown("sc", 1) == 1)  # it may fail with a reservation, too
    s.store_if(done, s.get(rs1), 4, low(s.get(rs2)))
    s.set(rd, z3.If(done, bits(0), bits(1)))


# --- jumps ---


@clause("jal", "base:75", "imm[20|10:1|11|19:12] rd 1101111")
def jal(s, rd, imm):
    s.after = s.pc + sext(imm)
    s.set(rd, s.next())


@clause("jalr", "jalr:11", "imm[11:0] rs1 000 rd 1100111")
def jalr(s, rd, rs1, imm):
    s.after = s.get(rs1) + sext(imm) & ~bits(1)
    s.set(rd, s.next())


def branch(s, taken, imm):
    s.after = z3.If(taken, s.pc + sext(imm), s.next())


@clause("beq", "base:118", "imm[12|10:5] rs2 rs1 000 imm[4:1|11] 1100011")
def beq(s, rs1, rs2, imm):
    branch(s, s.get(rs1) == s.get(rs2), imm)


@clause("bne", "base:119", "imm[12|10:5] rs2 rs1 001 imm[4:1|11] 1100011")
def bne(s, rs1, rs2, imm):
    branch(s, s.get(rs1) != s.get(rs2), imm)


@clause("bltu", "base:122", "imm[12|10:5] rs2 rs1 110 imm[4:1|11] 1100011")
def bltu(s, rs1, rs2, imm):
    branch(s, z3.ULT(s.get(rs1), s.get(rs2)), imm)


@clause("bgeu", "base:123", "imm[12|10:5] rs2 rs1 111 imm[4:1|11] 1100011")
def bgeu(s, rs1, rs2, imm):
    branch(s, z3.UGE(s.get(rs1), s.get(rs2)), imm)


# --- control registers and traps ---


def trap(s, cause):
    """control:227, regs:697: a trap that is delegated to S mode, without an interrupt's vector. CAUSE: all of scause."""
    s.scause = bits(cause)
    s.sstatus = {**s.sstatus, "SPIE": s.sstatus["SIE"], "SIE": bits(0, 1), "SPP": bits(s.priv, 1)}
    s.stval = unknown("stval")
    s.sepc = s.pc
    s.priv = S
    s.after = s.stvec & ~bits(3)


def named():
    return sum(1 << at for at in SSTATUS_BITS.values())


def read_csr(s, csr):
    """sys:119, regs:759, 778, 779."""
    if csr == SSTATUS:
        value = s.rest & ~bits(named())
        for name, at in SSTATUS_BITS.items():
            value = value | zext(s.sstatus[name]) << at
        return value
    if csr == SEPC:
        return s.sepc & ~bits(1)
    if csr == SCAUSE:
        return s.scause
    if csr == STVAL:
        return s.stval
    raise Wrong(f"control register {csr:#x}")


def write_csr(s, csr, value):
    """sys:124 with regs:561, regs:760, 782, 783. Of sstatus, the bits that are named take what is written; the rest is unknown."""
    if csr == SSTATUS:
        s.sstatus = {name: z3.Extract(at, at, value) for name, at in SSTATUS_BITS.items()}
        s.rest = unknown("sstatus")
    elif csr == SEPC:
        s.sepc = value & ~bits(1)
    elif csr == SCAUSE:
        s.scause = value
    elif csr == STVAL:
        s.stval = value
    else:
        raise Wrong(f"control register {csr:#x}")


def access(s, csr, rd, change):
    """csr:43. CHANGE: what is written for what was read, or None."""
    if s.priv != S:
        trap(s, ILLEGAL)
        return
    old = read_csr(s, csr)
    if change is not None:
        write_csr(s, csr, change(old))
    s.set(rd, old)


@clause("csrrw", "csr:81", "csr rs1 001 rd 1110011")
def csrrw(s, csr, rd, rs1):
    new = s.get(rs1)
    access(s, csr, rd, lambda old: new)


@clause("csrrs", "csr:82", "csr rs1 010 rd 1110011")
def csrrs(s, csr, rd, rs1):
    mask = s.get(rs1)
    access(s, csr, rd, None if rs1 == 0 else lambda old: old | mask)


@clause("csrrc", "csr:83", "csr rs1 011 rd 1110011")
def csrrc(s, csr, rd, rs1):
    mask = s.get(rs1)
    access(s, csr, rd, None if rs1 == 0 else lambda old: old & ~mask)


@clause("ecall", "base:541", "000000000000 00000 000 00000 1110011")
def ecall(s):
    trap(s, ECALL_U if s.priv == U else ECALL_S)


@clause("sret", "base:602", "0001000 00010 00000 000 00000 1110011")
def sret(s):
    if s.priv != S:
        trap(s, ILLEGAL)
        return
    s.priv = s.sstatus["SPP"]
    s.sstatus = {**s.sstatus, "SIE": s.sstatus["SPIE"], "SPIE": bits(1, 1), "SPP": bits(0, 1)}
    s.after = s.sepc & ~bits(1)


# --- C: short for others ---


@clause("c.addi", "c:129", "000 imm[5] rd imm[4:0] 01", lambda f: f["rd"] != 0)
def c_addi(s, rd, imm):
    addi(s, rd, rd, sext(imm, 12))


@clause("c.addi16sp", "c:189", "011 imm[9] 00010 imm[4|6|8:7|5] 01", lambda f: f["imm"] != 0)
def c_addi16sp(s, imm):
    addi(s, 2, 2, sext(imm, 12))


@clause("c.li", "c:174", "010 imm[5] rd imm[4:0] 01")
def c_li(s, rd, imm):
    addi(s, rd, 0, sext(imm, 12))


@clause("c.lui", "c:208", "011 imm[17] rd imm[16:12] 01", lambda f: f["rd"] != 2 and f["imm"] != 0)
def c_lui(s, rd, imm):
    lui(s, rd, sext(imm, 32))


@clause("c.ldsp", "c:440", "011 imm[5] rd imm[4:3|8:6] 10", lambda f: f["rd"] != 0)
def c_ldsp(s, rd, imm):
    ld(s, rd, 2, zext(imm, 12))


@clause("c.sdsp", "c:471", "111 imm[5:3|8:6] rs2 10")
def c_sdsp(s, rs2, imm):
    sd(s, 2, rs2, zext(imm, 12))


@clause("c.mv", "c:517", "1000 rd rs2 10", lambda f: f["rs2"] != 0)
def c_mv(s, rd, rs2):
    add(s, rd, 0, rs2)


@clause("c.add", "c:546", "1001 rd rs2 10", lambda f: f["rs2"] != 0)
def c_add(s, rd, rs2):
    add(s, rd, rd, rs2)


@clause("c.j", "c:370", "101 imm[11|4|9:8|10|6|7|3:1|5] 01")
def c_j(s, imm):
    jal(s, 0, sext(imm, 21))


@clause("c.jr", "c:487", "1000 rs1 00000 10", lambda f: f["rs1"] != 0)
def c_jr(s, rs1):
    jalr(s, 0, rs1, bits(0, 12))


@clause("c.jalr", "c:501", "1001 rs1 00000 10", lambda f: f["rs1"] != 0)
def c_jalr(s, rs1):
    jalr(s, 1, rs1, bits(0, 12))

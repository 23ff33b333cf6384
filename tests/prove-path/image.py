# SPDX-License-Identifier: BSD-2-Clause
"""
image.py - the built kernel, as the proof reads it: the bytes of portcullis.Image, the symbols of portcullis.elf, the offsets that C gave
the assembly. No address is written down anywhere.
"""
import re
import struct
import subprocess

from kernel import rv64


class Image:
    def __init__(self, folder):
        self.elf = f"{folder}/portcullis.elf"
        with open(f"{folder}/portcullis.Image", "rb") as f:
            self.bytes = bytearray(f.read())
        self.symbols = self.read_symbols()
        self.start = self.symbols["kernel_start"]
        with open(f"{folder}/asm-offsets.h", encoding="ascii") as f:
            self.offset = {name: int(value) for name, value in re.findall(r"#define (\w+) (-?\d+)", f.read())}

    def read_symbols(self):
        with open(self.elf, "rb") as f:
            data = f.read()
        assert data[:6] == b"\x7fELF\x02\x01"
        table, = struct.unpack_from("<Q", data, 0x28)
        size, count = struct.unpack_from("<HH", data, 0x3A)
        sections = [struct.unpack_from("<IIQQQQIIQQ", data, table + i * size) for i in range(count)]
        symbols = {}
        for _, kind, _, _, at, length, link, _, _, _ in sections:
            if kind != 2:
                continue
            for entry in range(at, at + length, 24):
                name, _, _, _, value, _ = struct.unpack_from("<IBBHQQ", data, entry)
                begin = sections[link][4] + name
                symbols[data[begin:data.index(0, begin)].decode()] = value
        return symbols

    def word(self, address):
        """The instruction at ADDRESS."""
        at = address - self.start
        half, = struct.unpack_from("<H", self.bytes, at)
        return half if rv64.size_of(half) == 2 else struct.unpack_from("<I", self.bytes, at)[0]

    def instructions(self, name, count=1 << 20):
        """Address, form and fields of what follows a symbol, one after the other."""
        at = self.symbols[name]
        for _ in range(count):
            form, numbers = rv64.decode(self.word(at))
            yield at, form, numbers
            at += form.size

    def put(self, address, form, **numbers):
        """Overwrites an instruction by one of the same size."""
        old, _ = rv64.decode(self.word(address))
        new = rv64.FORMS[form]
        assert old.size == new.size
        self.bytes[address - self.start:address - self.start + new.size] = new.encode(**numbers).to_bytes(new.size, "little")

    def disassembly(self):
        """(address, function, text) of all instructions, by objdump: for questions about all of the kernel."""
        text = subprocess.run(["riscv64-unknown-elf-objdump", "-d", "--no-show-raw-insn", self.elf], check=True, text=True,
                              capture_output=True).stdout
        function = None
        for line in text.splitlines():
            if line.endswith(">:"):
                function = line.split("<")[1][:-2]
            elif ":\t" in line:
                address, _, instruction = line.partition(":\t")
                yield int(address, 16), function, instruction

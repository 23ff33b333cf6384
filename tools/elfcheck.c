/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * elfcheck.c - can Portcullis run this file?
 *
 * `elfcheck FILE` is silent and returns 0 for a static riscv64 ELF program; else it says in one line
 * what is wrong and returns 2. Called by qemu.sh before it boots a program from the host. It looks at
 * what a person may mistake, no more: the kernel's loader trusts nothing and checks all of it again.
 */
#include <elf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Why the program headers of F cannot be run, or NULL. */
static const char *fault_in_segments(FILE *f, const Elf64_Ehdr *eh)
{
	bool load = false;

	if (eh->e_phentsize != sizeof(Elf64_Phdr) || eh->e_phnum == 0)
		return "has no program headers: it is not a linked program";
	if (fseek(f, (long)eh->e_phoff, SEEK_SET) != 0)
		return "is cut short";
	for (int i = 0; i < eh->e_phnum; i++) {
		Elf64_Phdr ph;

		if (fread(&ph, sizeof(ph), 1, f) != 1)
			return "is cut short";
		if (ph.p_type == PT_INTERP)
			return "is dynamically linked: link it with -static";
		load |= ph.p_type == PT_LOAD;
	}
	return load ? NULL : "has nothing to load";
}

static const char *fault_in_elf(FILE *f)
{
	Elf64_Ehdr eh;
	size_t got;

	memset(&eh, 0, sizeof(eh));
	got = fread(&eh, 1, sizeof(eh), f);
	if (got < EI_NIDENT || memcmp(eh.e_ident, ELFMAG, SELFMAG) != 0)
		return "is not an ELF file";
	if (eh.e_ident[EI_CLASS] == ELFCLASS32)
		return "is a 32-bit ELF file: Portcullis runs riscv64";
	if (got < sizeof(eh) || eh.e_ident[EI_CLASS] != ELFCLASS64 || eh.e_ident[EI_DATA] != ELFDATA2LSB)
		return "is not a little-endian 64-bit ELF file";
	if (eh.e_machine == EM_X86_64)
		return "is an x86-64 program: Portcullis runs riscv64";
	if (eh.e_machine == EM_AARCH64)
		return "is an aarch64 program: Portcullis runs riscv64";
	if (eh.e_machine != EM_RISCV)
		return "is for another machine: Portcullis runs riscv64";
	if (eh.e_type != ET_EXEC && eh.e_type != ET_DYN)
		return "is an ELF file but not a program";
	return fault_in_segments(f, &eh);
}

int main(int argc, char **argv)
{
	struct stat st;
	const char *fault;
	FILE *f;

	if (argc != 2) {
		fprintf(stderr, "usage: elfcheck FILE\n");
		return 2;
	}
	f = fopen(argv[1], "rb");
	if (!f || fstat(fileno(f), &st) != 0) {
		fprintf(stderr, "qemu.sh: %s: %s\n", argv[1], strerror(errno));
		return 2;
	}
	fault = S_ISREG(st.st_mode) ? fault_in_elf(f) : "is not a regular file";
	fclose(f);
	if (fault) {
		fprintf(stderr, "qemu.sh: %s %s\n", argv[1], fault);
		return 2;
	}
	return 0;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * elfcheck.c - can Portcullis run this file?
 *
 * `elfcheck FILE` is silent and returns 0 for a static riscv64 ELF program; `elfcheck ROOT PATH`
 * also for a dynamic one or a script, as long as loader and interpreter are in ROOT, where links
 * lead to what is in there. Else it says in one line what is wrong and returns 2. Called by qemu.sh
 * before it boots a program from the host. It looks at what a person may mistake, no more: the
 * kernel's loader trusts nothing and checks all of it again.
 */
#include <elf.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inroot.h"

#define SCRIPTS_MAX 5
#define RUNS ": Portcullis runs riscv64; build it with riscv64-linux-gnu-gcc -static (package gcc-riscv64-linux-gnu)"

/* A RISC-V Linux Image. [Documentation/arch/riscv/boot-image-header.rst, magic2] */
#define IMAGE_MAGIC_AT 56
#define IMAGE_MAGIC "RSC\5"
#define IS_IMAGE                                                                                                      \
	"is no program but a bootable file, as pack makes one: qemu-system-riscv64 -machine virt -nographic -kernel " \
	"starts it"

/*
 * What the program says must be in its root, besides itself: a loader or
 * an interpreter; empty: nothing.
 */
static char wanted[256];

static const char *fault_in_interp(FILE *f, const Elf64_Phdr *ph, bool in_root)
{
	if (!in_root)
		return "is dynamically linked: link it with -static, or give its libraries: "
		       "--sysroot=/usr/riscv64-linux-gnu of a cross-compiler, or --root of a folder";
	if (ph->p_filesz == 0 || ph->p_filesz > sizeof(wanted) || fseek(f, (long)ph->p_offset, SEEK_SET) != 0 ||
	    fread(wanted, ph->p_filesz, 1, f) != 1 || wanted[ph->p_filesz - 1] != '\0')
		return "does not name its loader";
	return NULL;
}

/* Why the program headers of F cannot be run, or NULL. */
static const char *fault_in_segments(FILE *f, const Elf64_Ehdr *eh, bool in_root)
{
	Elf64_Phdr interp = { .p_type = PT_NULL };
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
			interp = ph;
		load |= ph.p_type == PT_LOAD;
	}
	if (interp.p_type == PT_INTERP)
		return fault_in_interp(f, &interp, in_root);
	return load ? NULL : "has nothing to load";
}

static const char *fault_in_elf(FILE *f, bool in_root)
{
	Elf64_Ehdr eh;
	size_t got;

	memset(&eh, 0, sizeof(eh));
	got = fread(&eh, 1, sizeof(eh), f);
	if (got < EI_NIDENT || memcmp(eh.e_ident, ELFMAG, SELFMAG) != 0)
		return got == sizeof(eh) && memcmp((const char *)&eh + IMAGE_MAGIC_AT, IMAGE_MAGIC, 4) == 0
			       ? IS_IMAGE
			       : "is not an ELF file";
	if (eh.e_ident[EI_CLASS] == ELFCLASS32)
		return "is a 32-bit ELF file" RUNS;
	if (got < sizeof(eh) || eh.e_ident[EI_CLASS] != ELFCLASS64 || eh.e_ident[EI_DATA] != ELFDATA2LSB)
		return "is not a little-endian 64-bit ELF file";
	if (eh.e_machine == EM_X86_64)
		return "is an x86-64 program" RUNS;
	if (eh.e_machine == EM_AARCH64)
		return "is an aarch64 program" RUNS;
	if (eh.e_machine != EM_RISCV)
		return "is for another machine" RUNS;
	if (eh.e_type != ET_EXEC && eh.e_type != ET_DYN)
		return "is an ELF file but not a program";
	return fault_in_segments(f, &eh, in_root);
}

/* `#! INTERPRETER ...`: true, and it is wanted. */
static bool is_script(FILE *f)
{
	char line[sizeof(wanted)];
	const char *at;

	if (fgets(line, sizeof(line), f) == NULL || strncmp(line, "#!", 2) != 0) {
		rewind(f);
		return false;
	}
	at = line + 2 + strspn(line + 2, " \t");
	snprintf(wanted, sizeof(wanted), "%.*s", (int)strcspn(at, " \t\n"), at);
	return true;
}

static int fail_program(const char *path, const char *fault)
{
	fprintf(stderr, "qemu.sh: %s %s\n", path, fault);
	return 2;
}

static int check_program(const char *file, const char *path, bool in_root)
{
	FILE *f = fopen(file, "rb");
	const char *fault;
	struct stat st;

	wanted[0] = '\0';
	if (f == NULL || fstat(fileno(f), &st) != 0) {
		fprintf(stderr, "qemu.sh: %s: %s\n", path, strerror(errno));
		return 2;
	}
	if (!S_ISREG(st.st_mode))
		fault = "is not a regular file";
	else if (in_root && (st.st_mode & 0111) == 0)
		fault = "is not executable: chmod +x it";
	else if (in_root && is_script(f))
		fault = NULL;
	else
		fault = fault_in_elf(f, in_root);
	fclose(f);
	return fault != NULL ? fail_program(path, fault) : 0;
}

static int check_in_root(const char *root, const char *program)
{
	char path[sizeof(wanted)], file[PATH_MAX];
	const char *by = NULL;

	snprintf(path, sizeof(path), "%s", program);
	for (int n = 0; n < SCRIPTS_MAX; n++) {
		if (!find_in_root(root, path, file)) {
			if (by != NULL)
				fprintf(stderr, "qemu.sh: %s needs %s, which is not in %s\n", by, path, root);
			else
				fprintf(stderr, "qemu.sh: %s leads to nothing in %s\n", path, root);
			return 2;
		}
		if (check_program(file, path, true) != 0)
			return 2;
		if (wanted[0] == '\0')
			return 0;
		by = program;
		snprintf(path, sizeof(path), "%s", wanted);
	}
	return fail_program(program, "is a script of a script of a script ...");
}

int main(int argc, char **argv)
{
	if (argc == 2)
		return check_program(argv[1], argv[1], false);
	if (argc == 3)
		return check_in_root(argv[1], argv[2]);
	fprintf(stderr, "usage: elfcheck FILE | elfcheck ROOT PATH\n");
	return 2;
}

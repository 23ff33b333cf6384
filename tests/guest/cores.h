/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cores.h - reads a core file: its notes and its segments.
 */
#pragma once

#include "files.h"

#include <elf.h>
#include <sys/stat.h>

/* Of elf.h, which the C library of the other machine lacks. */
enum { PRSTATUS = 1, FPREGSET = 2, PRPSINFO = 3, AUXV = 6, SIGINFO = 0x53494749, MAPPED_FILES = 0x46494c45 };

struct note {
	uint32_t namesz, descsz, type;
};

/* How NT_PRSTATUS and NT_PRPSINFO begin, on both machines. */
struct prstatus {
	int32_t signo, code, error;
	int16_t cursig;
	uint64_t sigpend, sighold;
	int32_t pid, ppid, pgrp, sid;
};

struct prpsinfo {
	char state, sname, zomb, nice;
	uint64_t flag;
	uint32_t uid, gid;
	int32_t pid, ppid, pgrp, sid;
	char fname[16];
	char psargs[80];
};

static char *core;
static uint64_t core_size;
static Elf64_Ehdr *head;

/* Maps the core, and removes its name. */
static inline void open_core(void)
{
	const int fd = open("core", O_RDONLY);
	struct stat st;

	CHECK(fd >= 0 && fstat(fd, &st) == 0 && unlink("core") == 0);
	core_size = (uint64_t)st.st_size;
	core = mmap(NULL, core_size, PROT_READ, MAP_PRIVATE, fd, 0);
	head = (Elf64_Ehdr *)core;
	CHECK(memcmp(head->e_ident, ELFMAG, SELFMAG) == 0 && head->e_type == ET_CORE);
	CHECK(close(fd) == 0);
}

/* The next note of TYPE from *AT on, which steps over it, and its size; NULL: none. */
static inline const void *next_note(uint64_t *at, uint32_t type, uint32_t *size)
{
	const Elf64_Phdr *p = (Elf64_Phdr *)(core + head->e_phoff);

	CHECK(p->p_type == PT_NOTE);
	for (*at = *at ? *at : p->p_offset; *at < p->p_offset + p->p_filesz;) {
		const struct note *n = (struct note *)(core + *at);
		const char *name = (const char *)(n + 1);
		const char *what = name + ((n->namesz + 3) & ~3U);

		*at = (uint64_t)(what - core) + ((n->descsz + 3) & ~3U);
		*size = n->descsz;
		if (n->type == type && strcmp(name, "CORE") == 0)
			return what;
	}
	return NULL;
}

static inline const void *first_note(uint32_t type, uint32_t *size)
{
	uint64_t at = 0;

	return next_note(&at, type, size);
}

static inline unsigned count_notes(uint32_t type)
{
	unsigned n = 0;
	uint32_t size;

	for (uint64_t at = 0; next_note(&at, type, &size) != NULL;)
		n++;
	return n;
}

/* The header of the segment that has ADDRESS. */
static inline Elf64_Phdr *segment_of(const void *address)
{
	for (unsigned i = 0; i < head->e_phnum; i++) {
		Elf64_Phdr *p = (Elf64_Phdr *)(core + head->e_phoff) + i;

		if (p->p_type == PT_LOAD && (uint64_t)(uintptr_t)address - p->p_vaddr < p->p_memsz)
			return p;
	}
	CHECK(!"no segment has it");
	return NULL;
}

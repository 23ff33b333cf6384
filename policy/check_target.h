/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_target.h - for which kernels and libraries policies are checked, and what a program needs.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "source.h"

enum library {
	LIBRARY_GLIBC,
	LIBRARY_MUSL,
	LIBRARY_GO,
	LIBRARIES,
};

/* 2.41 is 2041000, so that versions compare as numbers. */
typedef uint32_t version_t;

struct versions {
	bool named; /* in --target */
	version_t from, to;
};

struct target {
	struct versions kernel, library[LIBRARIES];
};

/* What the ELF file of a program tells of it. */
struct checked_program {
	const char *name;
	enum library library;
	bool dynamic;
	bool known;    /* whether it uses a C library; not known of a static program of musl without symbols */
	bool installs; /* it calls libseccomp's seccomp_load() */
	const char *interpreter; /* NULL: none */
};

/*
 * "6.12.3" as a version; 0: it is none. The rest of the text, from the first character that is no
 * part of it, in *END (unless NULL).
 */
version_t version_parse(const char *text, const char **end);

/* Reads "linux-6.1..7.0,glibc-2.41". False after an error note. */
bool target_parse(struct notes *notes, const char *text, struct target *target);

/* check_elf.c: is the file an ELF file? */
bool program_likely(const char *file);

/*
 * check_elf.c: what the ELF file is. False after an error note: it is none of riscv64's programs.
 */
bool program_read(struct arena *arena, struct notes *notes, const char *file, struct checked_program *program);

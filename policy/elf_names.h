/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * elf_names.h - the function and the line of an address in an ELF file that
 * elfutils has opened. For where.c.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <elfutils/libdwfl.h>

/*
 * SIZE bytes from OFFSET of the file FD are mapped at START, and code begins there: what is to be
 * added to the addresses in it, in *BIAS. False: there is no such segment.
 */
bool elf_bias(int fd, uint64_t start, uint64_t size, uint64_t offset, uint64_t *bias);

/*
 * The name of the function around ADDRESS, and how far into it that is,
 * in *OFFSET. NULL: none is known.
 */
const char *elf_function(Dwfl_Module *module, uint64_t address, uint64_t *offset);

/* Do the unwind tables call ADDRESS what a signal's handler returns to? */
bool elf_is_signal_return(Dwfl_Module *module, uint64_t address);

struct elf_line {
	const char *file;
	int line;
	const char *inlined; /* the function that this line is of, or NULL: the one that has a symbol */
};

/*
 * The lines that the code at ADDRESS was made of: of a function that was inlined, and where its
 * caller calls it, innermost first; at most N. Returns how many; 0: the file does not tell.
 */
unsigned int elf_lines(Dwfl_Module *module, uint64_t address, struct elf_line *lines, unsigned int n);

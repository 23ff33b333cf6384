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
 * The name of the function around ADDRESS, and how far into it that is,
 * in *OFFSET. NULL: none is known.
 */
const char *elf_function(Dwfl_Module *module, uint64_t address, uint64_t *offset);

/*
 * The file, and in *LINE the line, that the code at ADDRESS was made of.
 * NULL: the file does not tell.
 */
const char *elf_line(Dwfl_Module *module, uint64_t address, int *line);

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rows.h - one boot, many programs: how an initrd begins that has several command lines, each with
 * files of its own. tools/rowpack.c writes it for `qemu.sh run --each`; the kernel
 * (kernel/core/machine/rows.c) runs row after row when the boot loader's command line is ROWS_WORD
 * and the place of the first; tools/rowrun.c reads what it answers.
 *
 * Each row begins with an STX on the console, as every boot does. After each but one that panics
 * the kernel writes STX, the token, ':', the exit status in decimal, and '\n'. No program knows the
 * token. Offsets count from the header; everything is little endian.
 */
#pragma once

#include <stdint.h>

#define ROWS_MAGIC 0x3173776f72506350UL /* "PcProws1" */
#define ROWS_WORD "rows="
#define ROWS_TOKEN 32
#define ROW_ARCHIVES 3

struct row {
	uint64_t words; /* where the kernel's command line stands, with a NUL at its end */
	struct row_archive {
		uint64_t offset, size; /* a newc archive; size 0: none */
	} archive[ROW_ARCHIVES];       /* read in this order */
	uint32_t number;	       /* the host's; random numbers depend on it, too */
	uint32_t seconds;	       /* for the host: how long it may take; 0: for ever */
};

struct rows_header {
	uint64_t magic;
	uint64_t count;
	char token[ROWS_TOKEN];
	struct row row[];
};

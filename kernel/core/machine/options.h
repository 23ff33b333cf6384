/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * options.h - what the kernel command line switched on. Filled in once, at boot.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct options {
	const char *init;	  /* path of the first program */
	bool filters_known;	  /* the command line says which filters there are */
	uint32_t filters;	  /* how many */
	const char *filters_hash; /* SHA-256 of the lines of theirs, in hexadecimal; not when there are none */
	enum filters_at { AT_EXEC, AT_START, AT_MAIN } filters_at; /* when they are installed: see bootfilter.c */
	int64_t main_from_entry; /* AT_MAIN: the bytes from the program's entry point to main */
	bool root_writable;	 /* "rw": programs may write to the root, which is in memory */
	bool explain;		 /* a verdict line after every answer but ALLOW */
	bool private;		 /* the private extensions exist */
	bool bare_newline;	 /* whoever reads the serial line adds the "\r" that a terminal needs */
	bool piped;		 /* what comes in is not typed: see linux/tty/tty.c */
	bool no_input;		 /* nothing comes in: the terminal is at its end */
	uint16_t rows, columns;	 /* the terminal's size; 0: not known */
	bool fail_nth;		 /* for tests: /proc/sys/vm/fail_nth can be written */
	uint32_t events;	 /* EVENTS_*: what is reported to the host; 0: nothing */
	uint16_t budget;	 /* for tests: us that interrupts may be off without a panic; 0: for ever */
	bool leakcheck;		 /* compare pages, tasks, filters, files after the run with before */
	uint16_t faults_rate;	 /* for tests: one of so many allocations fails; 0: none */
	uint16_t faults_seed;
};

extern struct options options;

/*
 * Takes the words of TEXT, which it cuts up and points into. A word that is not known is told of.
 */
void options_read(char *text);

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * options.h - what the kernel command line says. Filled in once, at boot. The texts lie in memory
 * that is never freed.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define OPTIONS_RLIMITS 16
#define OPTIONS_ENV 32 /* [MAX_INIT_ENVS] */

struct options {
	const char *init;	  /* path of the first program */
	bool filters_known;	  /* the command line says which filters there are */
	uint32_t filters;	  /* how many there are */
	const char *filters_hash; /* SHA-256 of their hashes' lines, in hexadecimal; NULL when there are none */
	enum filters_at { AT_EXEC, AT_START, AT_MAIN } filters_at; /* when they are installed: see bootfilter.c */
	int64_t main_from_entry; /* AT_MAIN: the bytes from the program's entry point to main */
	bool root_writable;	 /* "rw": programs may write to the root, which is in memory */
	bool explain;		 /* a verdict line after every answer but ALLOW */
	bool private;		 /* the private extensions exist */
	bool bare_newline;	 /* the reader of the serial line adds the "\r" that a terminal needs */
	bool no_input;		 /* no input comes: the terminal is at its end */
	bool streams;		 /* the console's bytes are marked: see console.h */
	/* What the first program's descriptors 0, 1 and 2 are: see core/files/stdstreams.c. */
	enum stdio { STDIO_CONSOLE, STDIO_PIPE, STDIO_FILE, STDIO_NULL } stdio[3];
	/* What kernel/linux/ids sets for the first program; NULL: left as it is. */
	bool surroundings; /* one of these is asked for */
	const char *uid, *gid, *groups, *caps, *cwd, *hostname, *rlimits[OPTIONS_RLIMITS];
	const char *initrdmem; /* not used: options_initrdmem() reads the word, before the others are read */
	/* NAME=VALUE words that are no option: the first program's environment. [envp_init] */
	const char *env[OPTIONS_ENV];
	uint16_t rows, columns; /* the terminal's size; 0: not known */
	bool fail_nth;		/* for tests: /proc/sys/vm/fail_nth can be written */
	uint32_t events;	/* EVENTS_*: what is reported to the host; 0: nothing */
	uint16_t budget;	/* for tests: us that interrupts may be off without a panic; 0: for ever */
	bool leakcheck;	      /* for tests: counts things before and after the run (leak.h), and poisons free memory */
	uint16_t deadline;    /* for tests: seconds after which every program is killed; 0: never */
	uint16_t fault_at;    /* for tests: which allocation of the first program's run fails; 0: none */
	uint16_t faults_rate; /* for tests: one of so many allocations fails; 0: none */
	uint16_t faults_seed;
};

extern struct options options;

/*
 * Reads the options in TEXT, which is changed, and into which `options` points from then on. Words
 * are separated by spaces; in double quotes a word may have spaces [next_arg]. An unknown word with
 * a = goes to the first program's environment; the console has a line about any other unknown word.
 */
void options_read(char *text);
/*
 * For tests, before options are read: the N of the word "faults=boot:N" in TEXT; 0: the word is not
 * there. The Nth allocation between boot and the first program's first instruction is to fail.
 */
uint32_t options_fault_of_boot(const char *text);
/*
 * Reads the word "initrdmem=0xSTART,0xSIZE" in TEXT, which is not the first: where the initrd lies.
 * Called before options are read, because memory is given out before that. False: the word is not
 * there.
 */
bool options_initrdmem(const char *text, uint64_t *start, uint64_t *size);

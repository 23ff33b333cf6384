/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * words.h - names for numbers and addresses, and the verdict line: what the module words
 * (kernel/linux/words) knows. In an image without it the console shows numbers, and --explain is
 * refused at boot.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct seccomp_data;

/* The functions below, as the module has them; and the verdict line. */
struct words {
	const char *(*call)(int nr, uint32_t *nargs);
	const char *(*since)(uint64_t nr);
	const char *(*option)(const char *call, const char *what, uint64_t number);
	const char *(*function)(uint64_t addr, uint64_t *offset);
	/* Writes the verdict line of the current task's call in DATA. */
	void (*explain)(const struct seccomp_data *data);
	/* Writes that seccomp(2) refused the current task a filter: as report_refused(). */
	void (*not_installed)(int err, const char *why, uint32_t pc);
};

/*
 * Set in kernel/modules.c when the image is built, because a panic may come early. NULL: the image
 * lacks the module.
 */
extern const struct words *const words;

/*
 * The name of system call NR, or NULL. *NARGS, unless NARGS is NULL, becomes the number of its
 * arguments (6 if unknown).
 */
const char *words_call(int nr, uint32_t *nargs);
/*
 * If call NR came after Linux 6.1: a text with the version that brought it, to put behind its
 * number; else "".
 */
const char *words_since(uint64_t nr);
/*
 * Linux's name for the WHAT (an option, a family ...) with this NUMBER that CALL was asked for, if
 * it is one that this kernel lacks; else NULL.
 */
const char *words_option(const char *call, const char *what, uint64_t number);
/*
 * The name of the kernel's function that contains ADDR, with ADDR's offset in *OFFSET; "?" if none
 * does. The name is valid until the next call.
 */
const char *words_function(uint64_t addr, uint64_t *offset);

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * words.h - names for numbers and addresses, and the verdict line, which kernel/linux/words knows;
 * without it the console says numbers, and --explain is refused at boot.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct seccomp_data;

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
 * In kernel/modules.c, so that they are known from the first instruction on: a panic may come
 * early. NULL: this image has none.
 */
extern const struct words *const words;

/*
 * The name of call NR, or NULL; *NARGS, unless NARGS is NULL: how many arguments it has (6 if
 * unknown).
 */
const char *words_call(int nr, uint32_t *nargs);
/*
 * The version that brought call NR, if it came after Linux 6.1, as text to put behind its number;
 * or "".
 */
const char *words_since(uint64_t nr);
/*
 * What Linux calls the WHAT of this NUMBER that CALL was asked for, if this kernel lacks it; or
 * NULL.
 */
const char *words_option(const char *call, const char *what, uint64_t number);
/*
 * The name of the kernel's function that holds ADDR, and ADDR's offset in it; "?" when there is
 * none. The name is valid until the next call.
 */
const char *words_function(uint64_t addr, uint64_t *offset);

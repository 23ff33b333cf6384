/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * absent.h - tells that a program asked for something that Linux has and this kernel lacks, so that
 * nobody takes the error for a filter's.
 */
#pragma once

#include <stdint.h>

/* Prints a line, and reports an event: WHAT does not exist here; the current task gets ERROR. */
void absent_tell(const char *what, const char *error);

/*
 * The same, once for each pair of CALL and NUMBER: CALL was asked for the WHAT (an option, a family
 * ...) with this NUMBER, and returns ERROR. kernel/linux/words/absent.def has its name.
 */
void absent_say(const char *call, const char *what, uint64_t number, const char *error);

/*
 * absent_say(), unless the image has the module words, and that has no name for NUMBER: then Linux
 * does not know NUMBER, either.
 */
void absent_say_known(const char *call, const char *what, uint64_t number, const char *error);

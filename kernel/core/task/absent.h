/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * absent.h - tells of what a program asked for that Linux has and this kernel lacks, so that nobody
 * takes it for a filter's doing.
 */
#pragma once

#include <stdint.h>

/* Prints one line, and reports one event: WHAT does not exist here; the current task gets ERROR. */
void absent_tell(const char *what, const char *error);

/*
 * The same, once for each NUMBER: CALL was asked for a WHAT (an option, a family ...) with this
 * NUMBER, and gave ERROR. Its name is in kernel/linux/words/absent.def.
 */
void absent_say(const char *call, const char *what, uint64_t number, const char *error);

/*
 * absent_say(), unless it is known that NUMBER has no name: then it is unknown to Linux, too.
 */
void absent_say_known(const char *call, const char *what, uint64_t number, const char *error);

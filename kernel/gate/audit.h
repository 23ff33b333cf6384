/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * audit.h - what the console says about verdicts: Linux's audit records, and which actions get one.
 * Called by the judge and by /proc. The verdict line, which --explain asks for, is
 * kernel/linux/words/verdict_line.c's.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "seccomp.h"

/*
 * Does kernel.seccomp.actions_logged contain ACTION (no data bits)? An unknown action counts as
 * KILL_PROCESS. [seccomp_log]
 */
bool audit_wants(uint32_t action);

/*
 * Prints a record type=1326 about the current task's call in DATA. SIG: the signal that the task
 * gets (SIGSYS, SIGKILL), or 0. ACTION: the verdict without its data. [audit_seccomp]
 */
void audit_seccomp(const struct seccomp_data *data, int sig, uint32_t action);

#define AUDIT_NAMES 80 /* bytes: the names of all actions fit, with separators and a NUL */

/*
 * Writes kernel.seccomp.actions_avail, and actions_logged, to BUF: names with spaces between them,
 * and a NUL. Returns the length without the NUL.
 */
size_t audit_actions_avail(char buf[AUDIT_NAMES]);
size_t audit_actions_logged(char buf[AUDIT_NAMES]);

/*
 * Sets actions_logged to the actions that TEXT names, with single spaces between them; an empty
 * TEXT names none. Returns 0, -EPERM (no CAP_SYS_ADMIN) or -EINVAL (an unknown name, or allow). A
 * change is logged by a record type=1305, and so is an attempt that was refused.
 * [seccomp_actions_logged_handler]
 */
[[nodiscard]] int audit_set_actions_logged(const char *text);

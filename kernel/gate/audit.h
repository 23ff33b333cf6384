/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * audit.h - what the console says about verdicts: Linux's audit records. The verdict line, which
 * --explain asks for, is kernel/linux/words/verdict_line.c's.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "seccomp.h"

/*
 * Does kernel.seccomp.actions_logged hold ACTION? One that Linux does not know counts
 * as KILL_PROCESS. [seccomp_log]
 */
bool audit_wants(uint32_t action);

/*
 * The record type=1326 about the current task's call. SIG: the signal that it gets, 31, 9 or 0;
 * ACTION: the verdict without its data. [audit_seccomp]
 */
void audit_seccomp(const struct seccomp_data *data, int sig, uint32_t action);

#define AUDIT_NAMES 80 /* bytes that hold the names of all actions, parted, and a zero */

/*
 * kernel.seccomp.actions_avail and actions_logged as text, names parted by spaces, into BUF; the
 * length.
 */
size_t audit_actions_avail(char buf[AUDIT_NAMES]);
size_t audit_actions_logged(char buf[AUDIT_NAMES]);

/*
 * Sets actions_logged to the actions that TEXT names, parted by single spaces; an empty TEXT names
 * none. Returns 0, -EPERM (no CAP_SYS_ADMIN) or -EINVAL (an unknown name, or allow). A change, and
 * an attempt that was refused, is a record type=1305. [seccomp_actions_logged_handler]
 */
[[nodiscard]] int audit_set_actions_logged(const char *text);

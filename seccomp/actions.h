/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * actions.h - the one table of the actions that a filter may answer, and their names.
 */
#pragma once

#include <stddef.h>

#include "seccomp.h"

#define SECCOMP_ACTIONS 8U
#define SECCOMP_TEXT_MAX 64U /* bytes: any answer or any disassembled instruction fits, with its NUL */

/* Strictest first. */
extern const struct seccomp_action {
	uint32_t ret;	  /* without data */
	const char *name; /* as in SECCOMP_RET_NAME */
	const char *word; /* as kernel.seccomp.actions_avail has it */
} seccomp_actions[SECCOMP_ACTIONS];

/* The name of an action (no data bits), or NULL if it is not one of the eight. */
const char *seccomp_action_name(uint32_t action);

/*
 * Writes the answer RET (action and data) into TEXT as the verdict line shows it, with a NUL:
 * `KILL_PROCESS`, `ERRNO(13)`; other actions with their data only if it is not 0 (`TRAP(7)`); an
 * unknown action as `0x7ffe0000`. Returns the length without the NUL.
 */
size_t seccomp_answer_text(char text[SECCOMP_TEXT_MAX], uint32_t ret);

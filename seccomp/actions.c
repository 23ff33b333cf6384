/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * actions.c - the table of actions, and answers as text: see actions.h. Called by the kernel (what
 * it logs), and by disasm.c, explain.c and the host tools.
 */
#include "actions.h"

#include "put.h"

const struct seccomp_action seccomp_actions[SECCOMP_ACTIONS] = {
	{ SECCOMP_RET_KILL_PROCESS, "KILL_PROCESS", "kill_process" },
	{ SECCOMP_RET_KILL_THREAD, "KILL_THREAD", "kill_thread" },
	{ SECCOMP_RET_TRAP, "TRAP", "trap" },
	{ SECCOMP_RET_ERRNO, "ERRNO", "errno" },
	{ SECCOMP_RET_USER_NOTIF, "USER_NOTIF", "user_notif" },
	{ SECCOMP_RET_TRACE, "TRACE", "trace" },
	{ SECCOMP_RET_LOG, "LOG", "log" },
	{ SECCOMP_RET_ALLOW, "ALLOW", "allow" },
};

const char *seccomp_action_name(uint32_t action)
{
	for (size_t i = 0; i < SECCOMP_ACTIONS; i++) {
		if (seccomp_actions[i].ret == action)
			return seccomp_actions[i].name;
	}
	return NULL;
}

size_t seccomp_answer_text(char text[SECCOMP_TEXT_MAX], uint32_t ret)
{
	const uint32_t data = ret & SECCOMP_RET_DATA;
	const char *name = seccomp_action_name(ret & SECCOMP_RET_ACTION_FULL);
	char *to;

	if (name == NULL)
		return (size_t)(put_hex(text, ret) - text);
	to = put_text(text, name);
	if (data != 0 || ret == SECCOMP_RET_ERRNO)
		to = put_text(put_decimal(put_text(to, "("), data), ")");
	return (size_t)(to - text);
}

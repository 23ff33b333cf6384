/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * log_words.c - what programs themselves say of a call that ended them, which they learned in a
 * handler of SIGSYS: Android, Chromium, minijail. See logline.h.
 */
#include "logline.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <abi/audit.h>

#include "foreign.h"

/* What stands behind WORDS in LINE; NULL: they are not there. */
static const char *text_behind(const char *line, const char *words)
{
	const char *at = strstr(line, words);

	return at != NULL ? at + strlen(words) : NULL;
}

/* The architectures by Android's names. */
static uint32_t android_arch(const char *name, size_t n)
{
	return n == 5 && memcmp(name, "arm64", 5) == 0 ? AUDIT_ARCH_AARCH64
	       : n == 3 && memcmp(name, "arm", 3) == 0 ? AUDIT_ARCH_ARM
	       : n == 3 && memcmp(name, "x86", 3) == 0 ? AUDIT_ARCH_I386
						       : arch_by_name(name, n);
}

/* "Cause: seccomp prevented call to disallowed arm64 system call 439" */
static bool take_android(const char *line, struct seccomp_data *data)
{
	static const char then[] = " system call ";
	const char *arch = text_behind(line, "seccomp prevented call to disallowed ");
	const char *nr = arch != NULL ? text_behind(arch, then) : NULL;

	if (nr == NULL)
		return false;
	data->arch = android_arch(arch, (size_t)(nr - arch) - strlen(then));
	data->nr = (int)strtol(nr, NULL, 10);
	return data->arch != 0;
}

/* "seccomp-bpf failure in syscall 0403": a decimal number, of the machine that Chromium ran on. */
static bool take_chromium(const char *line, struct seccomp_data *data)
{
	const char *nr = text_behind(line, "seccomp-bpf failure in syscall ");

	if (nr == NULL)
		return false;
	data->nr = (int)strtol(nr, NULL, 10);
	return true;
}

/* "libminijail[12]: blocked syscall: getrandom" */
static bool take_minijail(const char *line, struct seccomp_data *data)
{
	const char *name = text_behind(line, "blocked syscall: ");
	const struct call *call;
	size_t n = 0;

	if (name == NULL)
		return false;
	while (isalnum((unsigned char)name[n]) || name[n] == '_')
		n++;
	call = call_by_name(name, n);
	data->nr = call != NULL ? (int)call->nr : -1;
	return call != NULL;
}

bool log_words_parse(const char *line, struct log_line *e)
{
	if (!take_android(line, &e->query.data) && !take_chromium(line, &e->query.data) &&
	    !take_minijail(line, &e->query.data))
		return false;
	e->kind = LOG_STRACE;
	e->answered = true;
	e->answer = SECCOMP_RET_TRAP;
	return true;
}

bool log_tells_end(const char *line)
{
	static const char *const words[] = { "SIGSYS",	   "Bad system call",	  "bad system call",
					     "status=31",  "exit code 159",	  "exit status 159",
					     "status 159", "exited with code 159" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(line, words[i]) != NULL)
			return true;
	return false;
}

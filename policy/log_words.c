/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * log_words.c - what programs themselves say of a call that ended them, which they learned in a
 * handler of SIGSYS, and what a debugger shows of the signal. See logline.h.
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

/* A number: also 0x25, but 0403 is decimal. */
static uint64_t take_number(const char *text, char **end)
{
	return strtoull(text, end, strncmp(text, "0x", 2) == 0 ? 16 : 10);
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
static bool take_android(const char *line, struct log_line *e)
{
	static const char then[] = " system call ";
	const char *arch = text_behind(line, "seccomp prevented call to disallowed ");
	const char *nr = arch != NULL ? text_behind(arch, then) : NULL;

	if (nr == NULL)
		return false;
	e->query.data.arch = android_arch(arch, (size_t)(nr - arch) - strlen(then));
	e->query.data.nr = (int)take_number(nr, NULL);
	return e->query.data.arch != 0;
}

/*
 * The architecture, the number and the address behind such words: OpenSSH's "unexpected system call
 * (arch:0xc00000f3,syscall:56 @ 0x3fb0)", gdb's "{_call_addr = 0x3fb0, _syscall = 56, _arch =
 * 3221225715}".
 */
static bool take_siginfo(const char *line, struct log_line *e)
{
	static const char *const words[][3] = { { "(arch:", ",syscall:", " @ " },
						{ "_arch = ", "_syscall = ", "_call_addr = " } };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *arch = text_behind(line, words[i][0]), *nr = text_behind(line, words[i][1]),
			   *ip = text_behind(line, words[i][2]);

		if (arch == NULL || nr == NULL)
			continue;
		e->query.data.arch = (uint32_t)take_number(arch, NULL);
		e->query.data.nr = (int)take_number(nr, NULL);
		e->ip = ip != NULL ? take_number(ip, NULL) : 0;
		return true;
	}
	return false;
}

/* Firefox: "args 48 2147767296 0 0 0 0." Chromium: "arg1=0x5 arg2=0x7ffc arg3=0x0 arg4=0x8" */
static void take_args(const char *text, struct query *q)
{
	for (size_t i = 0; i < 6; i++) {
		char *end;

		text += strspn(text, " ");
		if (strncmp(text, "arg", 3) == 0)
			text += strcspn(text, "=") + 1;
		q->data.args[i] = text[0] == '-' ? (uint64_t)strtoll(text, &end, 10) : take_number(text, &end);
		if (end == text)
			return;
		q->known[i] = true;
		text = end;
	}
}

/*
 * A name or a number behind such words: of the machine that they were written on, which is not
 * told.
 */
static bool take_number_or_name(const char *line, struct log_line *e)
{
	static const struct {
		const char *words, *then, *args;
	} said[] = {
		{ "seccomp-bpf failure in syscall nr=", "", " arg1=" },		/* Chromium */
		{ "seccomp-bpf failure in syscall ", "", NULL },		/* older ones */
		{ "seccomp sandbox violation: pid ", ", syscall ", ", args " }, /* Firefox */
		{ "intercepting a bad syscall (", "", NULL },			/* Firecracker */
		{ "Caught a bad syscall attempt (syscall ", "", NULL },		/* Tor */
		{ "blocked syscall: ", "", NULL },				/* minijail */
	};

	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		const char *words = text_behind(line, said[i].words),
			   *nr = words != NULL ? text_behind(words, said[i].then) : NULL,
			   *args = nr != NULL && said[i].args != NULL ? text_behind(nr, said[i].args) : NULL;
		const struct call *call;
		size_t n = 0;

		if (nr == NULL)
			continue;
		if (isdigit((unsigned char)*nr)) {
			e->query.data.nr = (int)take_number(nr, NULL);
			e->of_any_machine = true;
			if (args != NULL)
				take_args(args, &e->query);
			return true;
		}
		while (isalnum((unsigned char)nr[n]) || nr[n] == '_')
			n++;
		call = call_by_name(nr, n);
		e->query.data.nr = call != NULL ? (int)call->nr : -1;
		return call != NULL;
	}
	return false;
}

/* /proc/PID/syscall: number, six arguments, stack pointer, address. */
static bool take_proc(const char *line, struct log_line *e)
{
	struct seccomp_data data = e->query.data;
	char *at;

	if (!isdigit((unsigned char)*line))
		return false;
	data.nr = (int)take_number(line, &at);
	for (size_t i = 0; i < 8; i++) {
		if (strncmp(at, " 0x", 3) != 0)
			return false;
		if (i < 6)
			data.args[i] = take_number(at + 1, &at);
		else
			data.instruction_pointer = take_number(at + 1, &at);
	}
	if (at[strspn(at, " \r\n")] != '\0')
		return false;
	e->ip = data.instruction_pointer;
	e->query.data = data;
	memset(e->query.known, true, sizeof(e->query.known));
	e->of_any_machine = true;
	e->kind = LOG_STRACE;
	return true;
}

bool log_words_parse(const char *line, struct log_line *e)
{
	if (take_proc(line, e))
		return true;
	if (!take_android(line, e) && !take_siginfo(line, e) && !take_number_or_name(line, e))
		return false;
	e->kind = LOG_STRACE;
	e->answered = true;
	e->answer = SECCOMP_RET_TRAP;
	return true;
}

bool log_tells_end(const char *line)
{
	static const char *const words[] = { "SIGSYS",		 "Bad system call", "bad system call",
					     "signal 31",	 "status=31",	    "exit code 159",
					     "exit status 159",	 "status 159",	    "exited with code 159",
					     "seccomp violation" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(line, words[i]) != NULL)
			return true;
	return false;
}

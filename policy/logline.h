/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * logline.h - what a line of a log tells about a call: Linux's audit record (type=1326), strace's
 * lines of calls and of SIGSYS, the kernel's verdict line, what a handler of SIGSYS wrote.
 */
#pragma once

#include "query.h"

enum log_kind {
	LOG_NONE, /* the line tells of no call */
	LOG_AUDIT,
	LOG_STRACE,
	LOG_VERDICT,
};

struct log_line {
	enum log_kind kind;
	struct query query; /* the number, the architecture, and the arguments that are known */
	const char *pid;    /* as written, or NULL */
	const char *comm;   /* decoded, or NULL */
	const char *exe;
	const char *when;    /* "1722000000.123", or NULL */
	bool answered;	     /* ANSWER is known */
	uint32_t answer;     /* action and data; of an audit record the action alone */
	const char *failed;  /* strace: the errno that the call ended with, "EPERM" */
	const char *wrong;   /* what is not understood of a line that tells of a call, or NULL */
	bool of_any_machine; /* the line does not tell whose number it is: riscv64's is meant */
	unsigned int signal; /* audit: the signal that was sent */
	uint64_t ip;
	uint32_t filter, pc; /* verdict line; 0 if no filter is named */
};

/* Reads one line. */
struct log_line log_line_parse(struct arena *arena, const char *line);

/*
 * What stands behind KEY= as a word of its own in LINE, up to a blank or the closing quote; NULL if
 * it is not there.
 */
const char *log_field(struct arena *arena, const char *line, const char *key);

/* The same as a number; 0 if it is not there. */
uint64_t log_number_field(struct arena *arena, const char *line, const char *key, int base);

/* log_audit.c: the line is an audit record. */
bool log_audit_parse(struct arena *arena, const char *line, struct log_line *e);

/* log_words.c: the line is what a program says in its handler of SIGSYS. */
bool log_words_parse(const char *line, struct log_line *e);

/* log_words.c: does the line tell that SIGSYS ended a program? At which call, it does not. */
bool log_tells_end(const char *line);

/*
 * An answer in words at the beginning of TEXT, as seccomp_answer_text() writes it. False: there is
 * none.
 */
bool log_answer_parse(const char *text, uint32_t *answer);

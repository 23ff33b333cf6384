/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * systemd.h - reading unit files, between its parts: read_systemd.c (lines), systemd_settings.c
 * (what settings say), systemd_calls.c (lists of calls and groups), systemd_filters.c (the filters
 * that systemd makes of them). All as systemd 252 or 257 does it: the newer has more calls in
 * its groups, and answers ENOSYS to calls that it does not know.
 */
#pragma once

#include "scan.h"

/* Calls by number: SystemCallFilter= or SystemCallLog=. */
struct systemd_calls {
	bool given, allow_list;
	struct place at; /* the line that decided which of both it is */
	struct systemd_call {
		bool in;
		int err; /* -1: what SystemCallErrorNumber= says */
		struct place at;
		struct place off_at; /* what took it off the list; else no place */
	} calls[512];
};

#define SYSTEMD_FIRST 252 /* the oldest version whose groups are known */
#define SYSTEMD_KILL (-1)
#define SYSTEMD_FAMILIES 46 /* AF_MAX of Linux 6.1 */
#define SYSTEMD_NAMESPACES_INITIAL UINT64_MAX

/* A setting that is on or off. */
struct systemd_switch {
	bool on;
	struct place at;
};

enum systemd_switches {
	MEMORY_DENY_WRITE_EXECUTE,
	RESTRICT_REALTIME,
	RESTRICT_SUID_SGID,
	PROTECT_HOSTNAME,
	PROTECT_KERNEL_TUNABLES,
	PROTECT_KERNEL_MODULES,
	PROTECT_KERNEL_LOGS,
	PROTECT_CLOCK,
	PRIVATE_DEVICES,
	LOCK_PERSONALITY,
	DYNAMIC_USER,
	SYSTEMD_SWITCHES,
};

struct systemd_unit {
	struct stack *stack;
	const struct source *source;
	struct policy *names; /* a policy that is on no stack, for the names that riscv64 has not */
	unsigned int version; /* systemd's: 252 or 257 */
	bool bad;
	struct place section; /* whose settings systemd does not look for filters in; length 0: in none such */
	struct systemd_calls filter, log;
	int err; /* SYSTEMD_KILL or an errno */
	struct place err_at;
	struct systemd_switch switches[SYSTEMD_SWITCHES];
	bool families_given, families_allow_list;
	bool families[SYSTEMD_FAMILIES];
	struct place families_at, family_at[SYSTEMD_FAMILIES];
	uint64_t namespaces; /* those that may be made */
	struct place namespaces_at;
	bool archs_given;
	struct place archs_at;
};

/* systemd_settings.c: the names of the settings that are on or off. */
extern const char *const systemd_switch_names[SYSTEMD_SWITCHES];

/* systemd_settings.c: takes one line KEY=VALUE; another setting is none of ours. */
void systemd_take_setting(struct systemd_unit *u, struct place key, struct place value);

/*
 * systemd_settings.c: an error note about the words at a place: WHAT they are, the HINT what to
 * write.
 */
void systemd_note_wrong(struct systemd_unit *u, struct place at, const char *hint, const char *what);

/* systemd_settings.c: the next word of a value, from *AT on; false if there is none. */
bool systemd_next_word(struct place value, size_t *at, struct place *word);

/* systemd_calls.c: takes a value of SystemCallFilter= or (IS_LOG) SystemCallLog=. */
void systemd_take_calls(struct systemd_unit *u, struct systemd_calls *list, struct place value, bool is_log);

/* systemd_calls.c: is the N bytes of that name a group, as "@clock"? */
bool systemd_is_group(const char *name, size_t n);

/*
 * systemd_calls.c: tells TAKE of each call of riscv64 in a group, as that version of systemd has
 * it.
 */
void systemd_each_call(unsigned int version, const char *name, size_t n,
		       void (*take)(void *arg, const struct call *call), void *arg);

/*
 * systemd_filters.c: pushes the filters, in the order in which systemd
 * installs them. How many there are.
 */
unsigned int systemd_push(struct systemd_unit *u);

/*
 * Of the filters behind BEFORE (NULL: of all), leaves the one of the setting that is asked for.
 * False after an error: there is none.
 */
bool systemd_keep(struct stack *stack, struct policy *before, const struct source *source, const char *setting);

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * systemd_calls.c - SystemCallFilter= and SystemCallLog=: the first line says whether the list is
 * of what is allowed or of what is denied; later ones add to it or (the other way round) take away.
 * [systemd.exec(5); systemd 252: config_parse_syscall_filter, seccomp_parse_syscall_filter]
 */
#include "systemd.h"

#include <ctype.h>
#include <string.h>

/* What a group holds since that version of systemd. */
static const struct {
	unsigned int since;
	const char *name, *members;
} groups[] = {
#define GROUP(since, name, members) { since, name, members },
#include "systemd_groups.def"
#undef GROUP
};

#define GROUPS (sizeof(groups) / sizeof(groups[0]))

static bool is_named(size_t i, const char *name, size_t n)
{
	return strlen(groups[i].name) == n && memcmp(groups[i].name, name, n) == 0;
}

bool systemd_is_group(const char *name, size_t n)
{
	for (size_t i = 0; i < GROUPS; i++)
		if (is_named(i, name, n))
			return true;
	return false;
}

/*
 * Groups nest two deep at most. The unit's author did not write the members: those that riscv64 has
 * no call for need no note.
 */
void systemd_each_call(unsigned int version, const char *name, size_t n,
		       void (*take)(void *arg, const struct call *call), void *arg)
{
	for (size_t i = 0; i < GROUPS; i++) {
		const char *word = groups[i].members;

		if (groups[i].since > version || !is_named(i, name, n))
			continue;
		for (size_t length; *word != '\0'; word += length + (word[length] == ' ')) {
			const struct call *call;

			length = strcspn(word, " ");
			call = call_by_name(word, length);
			if (*word == '@')
				systemd_each_call(version, word, length, take, arg);
			else if (call != NULL)
				take(arg, call);
		}
	}
}

struct change {
	struct systemd_calls *list;
	bool puts; /* adds to the list, else takes away from it */
	int err;
	struct place at;
};

static void change_call(void *arg, const struct call *call)
{
	const struct change *c = arg;
	struct systemd_call *of = &c->list->calls[call->nr];

	if (call->nr >= sizeof(c->list->calls) / sizeof(c->list->calls[0]))
		return;
	if (c->puts)
		*of = (struct systemd_call){ .in = true, .err = c->err, .at = c->at };
	else if (of->in)
		*of = (struct systemd_call){ .at = of->at, .off_at = c->at };
}

static void unknown_group(struct systemd_unit *u, struct place name)
{
	const char *all = "";

	for (size_t i = 0; i < GROUPS; i++)
		if (groups[i].since == SYSTEMD_FIRST)
			all = arena_print(u->stack->arena, "%s%s%s", all, i > 0 ? " " : "", groups[i].name);
	note_error(u->stack->notes, name, all, "systemd %u has no group %.*s", u->version, (int)name.length,
		   name.source->text + name.offset);
	u->bad = true;
}

/* One word: a call or a group, perhaps with :ERRNO. */
static void take_word(struct systemd_unit *u, struct systemd_calls *list, struct place word, bool invert)
{
	const char *text = word.source->text + word.offset;
	const char *colon = memchr(text, ':', word.length);
	struct change c = { list, invert != list->allow_list, -1, word };
	struct place name = word;
	uint32_t number = 0;

	if (colon != NULL) {
		const struct place err = source_place(word.source, (size_t)(colon + 1 - word.source->text),
						      word.length - (size_t)(colon - text) - 1);

		name.length = (uint32_t)(colon - text);
		if (err.length == 4 && memcmp(colon + 1, "kill", 4) == 0) {
			c.err = SYSTEMD_KILL;
		} else if ((size_t)(colon - text) + 1 >= word.length) {
			note_error(u->stack->notes, word, "as SystemCallFilter=~name:EPERM",
				   "an errno is missing behind the colon");
			u->bad = true;
			return;
		} else if (!scan_errno(u->stack, err, 4095, &number)) {
			u->bad = true;
			return;
		} else {
			c.err = (int)number;
		}
		if (!invert) {
			note_error(u->stack->notes, err,
				   "only what `~` denies can have an errno: SystemCallFilter=~name:EPERM",
				   "an allowed call has no errno; systemd leaves the name out");
			u->bad = true;
			return;
		}
		if (list->allow_list)
			note_warning(
				u->stack->notes, err,
				"in a list that begins with what is allowed: SystemCallErrorNumber=",
				"what is taken off a list of what is allowed is answered as all else; systemd leaves the errno out");
	}
	if (memchr(text, ',', name.length) != NULL) {
		note_warning(u->stack->notes, name, "blanks stand between the names: SystemCallFilter=read write",
			     "no call has a comma in its name; systemd leaves the word out");
		return;
	}
	if (name.length > 0 && text[0] == '@') {
		if (systemd_is_group(text, name.length))
			systemd_each_call(u->version, text, name.length, change_call, &c);
		else
			unknown_group(u, name);
		return;
	}
	if (name.length > 0) {
		const struct call *call = scan_call(u->stack, u->names, name, false, &u->bad);

		if (call != NULL)
			change_call(&c, call);
	}
}

void systemd_take_calls(struct systemd_unit *u, struct systemd_calls *list, struct place value, bool is_log)
{
	const char *text = value.source->text;
	size_t at = value.offset;
	const size_t end = at + value.length;
	struct place word;
	bool invert;

	while (at < end && isspace((unsigned char)text[at]))
		at++;
	if (at == end) {
		memset(list, 0, sizeof(*list));
		return;
	}
	invert = text[at] == '~';
	at += invert;
	if (!list->given) {
		list->given = true;
		list->allow_list = !invert;
		list->at = value;
		if (!invert && !is_log) {
			struct change c = { list, true, -1, value };

			systemd_each_call(u->version, "@default", 8, change_call, &c);
		}
	}
	while (systemd_next_word(value, &at, &word))
		take_word(u, list, word, invert);
}

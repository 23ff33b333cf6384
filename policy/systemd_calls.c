/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * systemd_calls.c - SystemCallFilter= and SystemCallLog=: the first line says whether the list is
 * of what is allowed or of what is denied; later ones add to it or (the other way round) take away.
 * [systemd.exec(5); systemd 252: config_parse_syscall_filter, seccomp_parse_syscall_filter]
 */
#include "systemd.h"

#include <ctype.h>
#include <string.h>

static const struct {
	const char *name, *members;
} groups[] = {
#define GROUP(name, members) { name, members },
#include "systemd_groups.def"
#undef GROUP
};

const char *systemd_group(const char *name, size_t n)
{
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		if (strlen(groups[i].name) == n && memcmp(groups[i].name, name, n) == 0)
			return groups[i].members;
	return NULL;
}

struct change {
	struct systemd_unit *unit;
	struct systemd_calls *list;
	bool puts; /* adds to the list, else takes away from it */
	int err;
	struct place at;
};

static void change_call(const struct change *c, const struct call *call)
{
	if (call->nr < sizeof(c->list->calls) / sizeof(c->list->calls[0]))
		c->list->calls[call->nr] = (struct systemd_call){ c->puts, c->err, c->at };
}

/*
 * Groups nest two deep at most. The unit's author did not write the members: those that riscv64 has
 * no call for need no note.
 */
static void change_group(const struct change *c, const char *members)
{
	while (*members != '\0') {
		const size_t n = strcspn(members, " ");
		const char *inner = systemd_group(members, n);
		const struct call *call = call_by_name(members, n);

		if (inner != NULL)
			change_group(c, inner);
		else if (call != NULL)
			change_call(c, call);
		members += n + (members[n] == ' ');
	}
}

static void unknown_group(struct systemd_unit *u, struct place name)
{
	const char *all = "";

	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		all = arena_print(u->stack->arena, "%s%s%s", all, i > 0 ? " " : "", groups[i].name);
	note_error(u->stack->notes, name, all, "systemd 252 has no group %.*s", (int)name.length,
		   name.source->text + name.offset);
	u->bad = true;
}

/* One word: a call or a group, perhaps with :ERRNO. */
static void take_word(struct systemd_unit *u, struct systemd_calls *list, struct place word, bool invert)
{
	const char *text = word.source->text + word.offset;
	const char *colon = memchr(text, ':', word.length);
	struct change c = { u, list, invert != list->allow_list, -1, word };
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
	if (name.length > 0 && text[0] == '@') {
		const char *members = systemd_group(text, name.length);

		if (members != NULL)
			change_group(&c, members);
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
			const struct change c = { u, list, true, -1, value };

			change_group(&c, systemd_group("@default", 8));
		}
	}
	while (systemd_next_word(value, &at, &word))
		take_word(u, list, word, invert);
}

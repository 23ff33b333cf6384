/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_systemd.c - a systemd unit file, a drop-in, or just lines of the settings that become
 * filters. Other settings of a unit are not looked at.
 *
 * Read as systemd 252 and 257 do, but that a word it would warn of and leave out is an error here.
 */
#include <ctype.h>
#include <string.h>

#include "read.h"
#include "systemd.h"

/* A line with its continuations: a backslash at its end, comments between counting for nothing. */
static size_t end_of_setting(const struct scan *s)
{
	const char *text = s->source->text;
	size_t at = s->at;

	for (;;) {
		size_t from = at;

		while (from < s->end && isblank((unsigned char)text[from]))
			from++;
		while (at < s->end && text[at] != '\n')
			at++;
		if (at >= s->end || at == s->at ||
		    (text[at - 1] != '\\' && (from == s->at || (text[from] != '#' && text[from] != ';'))))
			return at;
		at++;
	}
}

static void take_line(struct systemd_unit *u, struct scan *s)
{
	const size_t from = s->at;
	struct place key, value;
	size_t end = end_of_setting(s);

	scan_take_name(s, "-");
	key = source_place(s->source, from, s->at - from);
	scan_skip_blanks(s);
	if (!scan_take(s, "=")) {
		s->at = from;
		key = source_place(s->source, from, end - from > 40 ? 40 : end - from);
		systemd_note_wrong(u, key, "Setting=value, [Section], or # and a comment", "not a line of a unit file");
	} else {
		scan_skip_blanks(s);
		value = source_place(s->source, s->at, end - s->at);
		value.length = (uint32_t)(end - s->at);
		while (value.length > 0 && isspace((unsigned char)s->source->text[value.offset + value.length - 1]))
			value.length--;
		systemd_take_setting(u, key, value);
	}
	s->at = end;
	scan_skip_line(s);
}

/*
 * [Service] and its kin have the settings; in another section systemd ignores them. Lines without
 * any section are taken, too.
 */
static void take_section(struct systemd_unit *u, struct scan *s)
{
	static const char *const executing[] = { "[Service]", "[Socket]", "[Mount]", "[Swap]" };
	const size_t from = s->at;

	scan_skip_line(s);
	u->section = place_trimmed(scan_place(s, from));
	for (size_t i = 0; i < sizeof(executing) / sizeof(executing[0]); i++)
		if (place_is(u->section, executing[i]))
			u->section.length = 0;
}

static bool begins_line(const struct source *source, const char *word, const char *then)
{
	const size_t n = strlen(word), m = strlen(then);
	const char *at = source->text, *end = at + source->size;

	while ((at = memmem(at, (size_t)(end - at), word, n)) != NULL) {
		if ((at == source->text || at[-1] == '\n') && (size_t)(end - at) >= n + m &&
		    memcmp(at + n, then, m) == 0)
			return true;
		at += n;
	}
	return false;
}

static unsigned int recognise_systemd(const struct source *source)
{
	static const char *const others[] = { "SystemCallFilter", "SystemCallArchitectures", "SystemCallLog",
					      "RestrictNamespaces", "RestrictAddressFamilies" };

	if (memchr(source->text, '\0', source->size) != NULL)
		return 0;
	if (begins_line(source, "[Service]", "\n") || begins_line(source, "[Unit]", "\n"))
		return 80;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (begins_line(source, others[i], "="))
			return 80;
	for (size_t i = 0; i < SYSTEMD_SWITCHES; i++)
		if (begins_line(source, systemd_switch_names[i], "="))
			return 80;
	return 0;
}

static bool read_systemd_file(struct stack *stack, const struct source *source, const struct read_options *options)
{
	struct policy names = { .name = source->name };
	struct systemd_unit *u = arena_zalloc(stack->arena, sizeof(*u));
	struct scan s = scan_source(stack, source);
	struct policy *before = stack->newest;
	const unsigned int depth = stack->depth;

	u->stack = stack;
	u->source = source;
	u->names = &names;
	u->err = SYSTEMD_KILL;
	u->version = SYSTEMD_FIRST;
	if (options->systemd != NULL && strcmp(options->systemd, "257") == 0)
		u->version = 257;
	else if (options->systemd != NULL && strcmp(options->systemd, "252") != 0)
		return note_error(stack->notes, source_whole(source), "252 or 257",
				  "--systemd: the groups of version %s are not known here", options->systemd);
	u->namespaces = SYSTEMD_NAMESPACES_INITIAL;
	while (s.at < s.end) {
		scan_skip_space(&s);
		if (scan_peek(&s, 0) == '#' || scan_peek(&s, 0) == ';')
			scan_skip_line(&s);
		else if (scan_peek(&s, 0) == '[')
			take_section(u, &s);
		else if (s.at < s.end)
			take_line(u, &s);
	}
	if (u->switches[DYNAMIC_USER].on)
		u->switches[RESTRICT_SUID_SGID] = u->switches[DYNAMIC_USER];
	if (u->bad)
		return false;
	if (systemd_push(u) == 0)
		return note_error(stack->notes, source_whole(source), "as SystemCallFilter=@system-service",
				  "no setting of it becomes a filter");
	if (options->select == NULL)
		return true;
	stack->depth = depth + 1;
	return systemd_keep(stack, before, source, options->select);
}

const struct reader read_systemd = {
	.name = "systemd",
	.what = "systemd unit, or lines of SystemCallFilter= and its kin",
	.recognise = recognise_systemd,
	.read = read_systemd_file,
};

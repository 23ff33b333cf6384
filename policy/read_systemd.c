/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_systemd.c - a systemd unit file, a drop-in, or just lines of the settings that become
 * filters. Other settings of a unit are not looked at.
 *
 * Read as systemd 252 does, but that a word it would warn of and leave out is an error here.
 */
#include <ctype.h>
#include <string.h>

#include "read.h"
#include "systemd.h"

static const char *const switch_names[SYSTEMD_SWITCHES] = {
	[MEMORY_DENY_WRITE_EXECUTE] = "MemoryDenyWriteExecute",
	[RESTRICT_REALTIME] = "RestrictRealtime",
	[RESTRICT_SUID_SGID] = "RestrictSUIDSGID",
	[PROTECT_HOSTNAME] = "ProtectHostname",
	[PROTECT_KERNEL_TUNABLES] = "ProtectKernelTunables",
	[PROTECT_KERNEL_MODULES] = "ProtectKernelModules",
	[PROTECT_KERNEL_LOGS] = "ProtectKernelLogs",
	[PROTECT_CLOCK] = "ProtectClock",
	[PRIVATE_DEVICES] = "PrivateDevices",
	[LOCK_PERSONALITY] = "LockPersonality",
	[DYNAMIC_USER] = "DynamicUser",
};

static bool is_value(struct place at, const char *word)
{
	return at.length == strlen(word) && strncasecmp(at.source->text + at.offset, word, at.length) == 0;
}

static bool is_one_of(struct place at, const char *const words[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_value(at, words[i]))
			return true;
	return false;
}

/* 1 for yes, 0 for no, -1 for neither. */
static int take_truth(struct place at)
{
	static const char *const yes[] = { "1", "yes", "y", "true", "t", "on" };
	static const char *const no[] = { "0", "no", "n", "false", "f", "off" };

	return is_one_of(at, yes, 6) ? 1 : is_one_of(at, no, 6) ? 0 : -1;
}

static void note_wrong(struct systemd_unit *u, struct place at, const char *hint, const char *what)
{
	note_error(u->stack->notes, at, hint, "%s: %.*s", what, (int)at.length, at.source->text + at.offset);
	u->bad = true;
}

/* The next word of a value, from *AT on; false if there is none. */
static bool next_word(struct place value, size_t *at, struct place *word)
{
	const char *text = value.source->text;
	const size_t end = value.offset + value.length;
	size_t from;

	while (*at < end && (isspace((unsigned char)text[*at]) || text[*at] == '\\'))
		++*at;
	from = *at;
	while (*at < end && !isspace((unsigned char)text[*at]) && text[*at] != '\\')
		++*at;
	*word = source_place(value.source, from, *at - from);
	return *at > from;
}

static void take_error_number(struct systemd_unit *u, struct place value)
{
	uint32_t number = 0;

	u->err = SYSTEMD_KILL;
	u->err_at = value;
	if (is_value(value, "kill") || value.length == 0)
		return;
	if (scan_errno(u->stack, value, 4095, &number))
		u->err = (int)number;
	else
		u->bad = true;
}

static void take_families(struct systemd_unit *u, struct place value)
{
	size_t at = value.offset;
	struct place word;
	bool invert;

	if (value.length == 0 || is_value(value, "none")) {
		memset(u->families, 0, sizeof(u->families));
		u->families_given = u->families_allow_list = value.length > 0;
		u->families_at = value;
		return;
	}
	invert = value.source->text[at] == '~';
	at += invert;
	if (!u->families_given) {
		u->families_given = true;
		u->families_allow_list = !invert;
		u->families_at = value;
	}
	while (next_word(value, &at, &word)) {
		const struct constant *c = constant_find(word.source->text + word.offset, word.length);

		if (c == NULL || strncmp(c->name, "AF_", 3) != 0 || c->value >= SYSTEMD_FAMILIES) {
			note_wrong(u, word, "AF_UNIX, AF_INET, AF_INET6, AF_NETLINK ...", "no address family");
			continue;
		}
		u->families[c->value] = invert != u->families_allow_list;
		u->family_at[c->value] = word;
	}
}

static void take_namespaces(struct systemd_unit *u, struct place value)
{
	static const struct {
		const char *name;
		uint64_t flag;
	} all[] = { { "cgroup", 0x02000000 }, { "ipc", 0x08000000 },  { "net", 0x40000000 }, { "mnt", 0x00020000 },
		    { "pid", 0x20000000 },    { "user", 0x10000000 }, { "uts", 0x04000000 }, { "time", 0x80 } };
	size_t at = value.offset;
	uint64_t named = 0, every = 0;
	struct place word;
	bool invert;

	u->namespaces_at = value;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		every |= all[i].flag;
	if (value.length == 0 || take_truth(value) >= 0) {
		u->namespaces = value.length == 0 ? SYSTEMD_NAMESPACES_INITIAL : take_truth(value) == 1 ? 0 : every;
		return;
	}
	invert = value.source->text[at] == '~';
	at += invert;
	while (next_word(value, &at, &word)) {
		const uint64_t before = named;

		for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
			if (is_value(word, all[i].name))
				named |= all[i].flag;
		if (named == before)
			note_wrong(u, word, "yes, no, or some of: cgroup ipc net mnt pid user uts time",
				   "no kind of namespace");
	}
	if (u->namespaces == SYSTEMD_NAMESPACES_INITIAL)
		u->namespaces = invert ? every & ~named : named;
	else
		u->namespaces = invert ? u->namespaces & ~named : u->namespaces | named;
}

static bool knows_arch(struct place word)
{
	static const char *const names[] = {
		"alpha",      "arc",	   "arc-be",	    "arm",     "arm64",	 "arm64-be", "arm-be",
		"cris",	      "ia64",	   "loongarch64",   "m68k",    "mips",	 "mips-le",  "mips64",
		"mips64-n32", "mips64-le", "mips64-le-n32", "nios2",   "parisc", "parisc64", "ppc",
		"ppc-le",     "ppc64",	   "ppc64-le",	    "riscv32", "s390",	 "s390x",    "sh",
		"sh64",	      "sparc",	   "sparc64",	    "tilegx",  "x32",	 "x86",	     "x86-64",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is_value(word, names[i]))
			return true;
	return false;
}

static void take_archs(struct systemd_unit *u, struct place value)
{
	size_t at = value.offset;
	struct place word;

	u->archs_given = value.length > 0;
	u->archs_at = value;
	while (next_word(value, &at, &word))
		if (is_value(word, "native") || is_value(word, "riscv64"))
			continue;
		else if (!knows_arch(word))
			note_warning(u->stack->notes, word, "native, riscv64, x86-64, arm64 ...",
				     "systemd knows no architecture %.*s, and ignores it", (int)word.length,
				     word.source->text + word.offset);
		else
			note_note(
				u->stack->notes, word, "",
				"%.*s is allowed by the unit, but no machine with riscv64 has it; native is allowed anyhow",
				(int)word.length, word.source->text + word.offset);
}

/* One line KEY=VALUE. */
static void take_setting(struct systemd_unit *u, struct place key, struct place value)
{
	for (unsigned int i = 0; i < SYSTEMD_SWITCHES; i++) {
		if (!is_value(key, switch_names[i]))
			continue;
		u->switches[i] = (struct systemd_switch){ take_truth(value) == 1, value };
		/* Newer systemd has more words: private, tmp ... for some of them. */
		if (take_truth(value) < 0 && value.length > 0)
			note_wrong(u, value, "yes or no", "neither on nor off");
		return;
	}
	if (is_value(key, "SystemCallFilter"))
		systemd_take_calls(u, &u->filter, value, false);
	else if (is_value(key, "SystemCallLog"))
		systemd_take_calls(u, &u->log, value, true);
	else if (is_value(key, "SystemCallErrorNumber"))
		take_error_number(u, value);
	else if (is_value(key, "SystemCallArchitectures"))
		take_archs(u, value);
	else if (is_value(key, "RestrictAddressFamilies"))
		take_families(u, value);
	else if (is_value(key, "RestrictNamespaces"))
		take_namespaces(u, value);
	else if (key.length >= 10 && strncasecmp(key.source->text + key.offset, "SystemCall", 10) == 0)
		note_wrong(u, key, "SystemCallFilter, SystemCallErrorNumber, SystemCallArchitectures or SystemCallLog",
			   "no such setting");
}

/* A line with its continuations: a backslash at its end, comments between counting for nothing. */
static size_t end_of_setting(const struct scan *s)
{
	const char *text = s->source->text;
	size_t at = s->at;

	for (;;) {
		while (at < s->end && text[at] != '\n')
			at++;
		if (at >= s->end || at == s->at || text[at - 1] != '\\')
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
		note_wrong(u, key, "Setting=value, [Section], or # and a comment", "not a line of a unit file");
	} else {
		scan_skip_blanks(s);
		value = source_place(s->source, s->at, end - s->at);
		value.length = (uint32_t)(end - s->at);
		while (value.length > 0 && isspace((unsigned char)s->source->text[value.offset + value.length - 1]))
			value.length--;
		take_setting(u, key, value);
	}
	s->at = end;
	scan_skip_line(s);
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
		if (begins_line(source, switch_names[i], "="))
			return 80;
	return 0;
}

/* Of the filters behind BEFORE (NULL: of all), leaves the one of the setting that is asked for. */
static bool keep_setting(struct stack *stack, struct policy *before, const struct source *source, const char *setting)
{
	const char *ending = arena_print(stack->arena, " (%s)", setting), *names = "";

	for (struct policy *p = before != NULL ? before->newer : stack->oldest; p != NULL; p = p->newer) {
		const char *bracket = strrchr(p->name, ' ');

		if (strcmp(bracket, ending) == 0) {
			*(before != NULL ? &before->newer : &stack->oldest) = p;
			p->newer = NULL;
			stack->newest = p;
			return true;
		}
		names = arena_print(stack->arena, "%s%s%.*s", names, *names != '\0' ? ", " : "",
				    (int)strlen(bracket) - 3, bracket + 2);
	}
	return note_error(stack->notes, source_whole(source), names, "makes no filter of %s, but of:", setting);
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
	u->namespaces = SYSTEMD_NAMESPACES_INITIAL;
	while (s.at < s.end) {
		scan_skip_space(&s);
		if (scan_peek(&s, 0) == '#' || scan_peek(&s, 0) == ';' || scan_peek(&s, 0) == '[')
			scan_skip_line(&s);
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
	return keep_setting(stack, before, source, options->select);
}

const struct reader read_systemd = {
	.name = "systemd",
	.what = "systemd unit, or lines of SystemCallFilter= and its kin",
	.recognise = recognise_systemd,
	.read = read_systemd_file,
};

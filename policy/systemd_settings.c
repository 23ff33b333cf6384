/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * systemd_settings.c - the settings of a unit that become filters, but for the lists of calls: see
 * systemd.h. [systemd.exec(5)]
 */
#include "systemd.h"

#include <ctype.h>
#include <string.h>

const char *const systemd_switch_names[SYSTEMD_SWITCHES] = {
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

static bool is_one_of(struct place at, const char *const words[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (place_is_caseless(at, words[i]))
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

void systemd_note_wrong(struct systemd_unit *u, struct place at, const char *hint, const char *what)
{
	note_error(u->stack->notes, at, hint, "%s: %.*s", what, (int)at.length, at.source->text + at.offset);
	u->bad = true;
}

/* Over blanks, ends of lines, and the comments that a continuation may have between its lines. */
static size_t skip_between(const char *text, size_t at, size_t end)
{
	bool new_line = false;

	while (at < end) {
		if (new_line && (text[at] == '#' || text[at] == ';')) {
			while (at < end && text[at] != '\n')
				at++;
		} else if (isspace((unsigned char)text[at]) || text[at] == '\\') {
			new_line = text[at] == '\n' || (new_line && text[at] != '\\');
			at++;
		} else {
			break;
		}
	}
	return at;
}

bool systemd_next_word(struct place value, size_t *at, struct place *word)
{
	const char *text = value.source->text;
	const size_t end = value.offset + value.length;
	const size_t from = skip_between(text, *at, end);

	*at = from;
	while (*at < end && !isspace((unsigned char)text[*at]) && text[*at] != '\\')
		++*at;
	*word = source_place(value.source, from, *at - from);
	return *at > from;
}

/* `systemctl show` has a number in the place of kill: systemd's SECCOMP_ERROR_NUMBER_KILL. */
static void take_error_number(struct systemd_unit *u, struct place value)
{
	uint32_t number = 0;

	u->err = SYSTEMD_KILL;
	u->err_at = value;
	if (place_is_caseless(value, "kill") || place_is_caseless(value, "2147483646") || value.length == 0)
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

	if (value.length == 0 || place_is_caseless(value, "none")) {
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
	while (systemd_next_word(value, &at, &word)) {
		const struct constant *c = constant_find(word.source->text + word.offset, word.length);

		if (c == NULL || strncmp(c->name, "AF_", 3) != 0 || c->value >= SYSTEMD_FAMILIES) {
			systemd_note_wrong(u, word, "AF_UNIX, AF_INET, AF_INET6, AF_NETLINK ...", "no address family");
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
	while (systemd_next_word(value, &at, &word)) {
		const uint64_t before = named;

		for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
			if (place_is_caseless(word, all[i].name))
				named |= all[i].flag;
		if (named == before)
			systemd_note_wrong(u, word, "yes, no, or some of: cgroup ipc net mnt pid user uts time",
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
		if (place_is_caseless(word, names[i]))
			return true;
	return false;
}

static void take_archs(struct systemd_unit *u, struct place value)
{
	size_t at = value.offset;
	struct place word;

	u->archs_given = value.length > 0;
	u->archs_at = value;
	while (systemd_next_word(value, &at, &word))
		if (place_is_caseless(word, "native") || place_is_caseless(word, "riscv64"))
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

static void take_list(struct systemd_unit *u, struct place value)
{
	systemd_take_calls(u, &u->filter, value, false);
}

static void take_logged(struct systemd_unit *u, struct place value)
{
	systemd_take_calls(u, &u->log, value, true);
}

/* Settings that have a value of their own form. */
static const struct {
	const char *name;
	void (*take)(struct systemd_unit *u, struct place value);
} settings[] = {
	{ "SystemCallFilter", take_list },
	{ "SystemCallLog", take_logged },
	{ "SystemCallErrorNumber", take_error_number },
	{ "SystemCallArchitectures", take_archs },
	{ "RestrictAddressFamilies", take_families },
	{ "RestrictNamespaces", take_namespaces },
};

#define SETTINGS (sizeof(settings) / sizeof(settings[0]))

/* The setting of that name, as systemd counts it: a switch, or SYSTEMD_SWITCHES and more; -1. */
static int find_setting(struct place key, const char **name)
{
	for (unsigned int i = 0; i < SYSTEMD_SWITCHES + SETTINGS; i++) {
		*name = i < SYSTEMD_SWITCHES ? systemd_switch_names[i] : settings[i - SYSTEMD_SWITCHES].name;
		if (place_is_caseless(key, *name))
			return (int)i;
	}
	return -1;
}

static void take_switch(struct systemd_unit *u, unsigned int which, struct place value)
{
	u->switches[which] = (struct systemd_switch){ take_truth(value) == 1, value };
	/* Newer systemd has more words: private, tmp ... for some of them. */
	if (take_truth(value) < 0 && value.length > 0)
		systemd_note_wrong(u, value, "yes or no", "neither on nor off");
}

void systemd_take_setting(struct systemd_unit *u, struct place key, struct place value)
{
	const char *name;
	const int which = find_setting(key, &name);

	if (which < 0 && key.length >= 10 && strncasecmp(key.source->text + key.offset, "SystemCall", 10) == 0)
		systemd_note_wrong(u, key,
				   "SystemCallFilter, SystemCallErrorNumber, SystemCallArchitectures or SystemCallLog",
				   "no such setting");
	else if (which < 0)
		return;
	else if (!place_is(key, name))
		note_warning(u->stack->notes, key, arena_print(u->stack->arena, "write %s", name),
			     "systemd ignores %.*s", (int)key.length, key.source->text + key.offset);
	else if (u->section.length > 0)
		note_warning(u->stack->notes, key,
			     place_is(u->section, "[Exec]")
				     ? "in a .nspawn file it changes the list of systemd-nspawn, which is not made here"
				     : "it belongs under [Service]",
			     "systemd ignores %s under %.*s", name, (int)u->section.length,
			     u->section.source->text + u->section.offset);
	else if (which < SYSTEMD_SWITCHES)
		take_switch(u, (unsigned int)which, value);
	else
		settings[which - SYSTEMD_SWITCHES].take(u, value);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * main.c - TAP: every constant of include/abi has the value that Linux gives it.
 *
 * One line per header for "has a line in names.def" (read off the header's
 * text, so a new #define cannot be forgotten), then one per name that differs,
 * and one that says how many agree. Runs from the repository's root, or with
 * the path of include/abi as its argument.
 */
#include "constants.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>

static int tests;
static int failures;

static void report(int good, const char *what, const char *why)
{
	tests++;
	failures += !good;
	printf("%s %d - %s%s%s\n", good ? "ok" : "not ok", tests, what, *why ? ": " : "", why);
}

static const struct constant *named(const struct constant *table, const char *name)
{
	while (table->name && strcmp(table->name, name) != 0)
		table++;
	return table->name ? table : NULL;
}

static int is_listed(const char *name)
{
	size_t length = strlen(name);

	for (int i = 0; ours[i].name; i++) {
		/* ELFMAG is a string: it is listed by its bytes. */
		if (strncmp(ours[i].name, name, length) == 0 &&
		    (ours[i].name[length] == '\0' || ours[i].name[length] == '['))
			return 1;
		/* A macro with arguments is listed by a use of it. */
		if (strncmp(ours[i].name, name, length) == 0 && ours[i].name[length] == '(')
			return 1;
	}
	return 0;
}

/* The name that this line defines: a macro that has a body, or an enum constant with a value. */
static int defined_name(const char *line, char *name)
{
	while (isspace((unsigned char)*line))
		line++;
	if (sscanf(line, "#define %127[A-Za-z0-9_]", name) == 1)
		return strcmp(name, "SYSCALL") != 0 && strcmp(name, "NEWER") != 0;
	return isupper((unsigned char)*line) && strchr(line, '=') && sscanf(line, "%127[A-Z0-9_] =", name) == 1;
}

/*
 * The structure that this line begins to define, if some of its offsets
 * ought to be listed and none is.
 */
static int is_unlisted_structure(const char *line, char *name)
{
	char after[2];

	if (sscanf(line, "struct %127[A-Za-z0-9_] %1[{]", name, after) != 2)
		return 0;
	for (int i = 0; ours[i].name; i++) {
		const char *use = strstr(ours[i].name, "struct ");
		const size_t length = strlen(name);

		if (use && strncmp(use + 7, name, length) == 0 && (use[7 + length] == ',' || use[7 + length] == ')'))
			return 0;
	}
	return 1;
}

/* Building blocks of listed macros, which programs do not use by themselves. */
static int is_helper(const char *name)
{
	return strcmp(name, "_IOC") == 0 || strcmp(name, "_IOR") == 0 || strcmp(name, "BPF_STMT") == 0 ||
	       strcmp(name, "BPF_JUMP") == 0;
}

static void check_header(const char *folder, const char *file)
{
	char path[512], line[1024], name[128], missing[512] = "";

	snprintf(path, sizeof(path), "%s/%s", folder, file);
	FILE *f = fopen(path, "r");
	if (!f) {
		report(0, file, "cannot be read");
		return;
	}
	while (fgets(line, sizeof(line), f)) {
		const int constant = defined_name(line, name) && !is_helper(name) && !is_listed(name);
		if (!constant && !is_unlisted_structure(line, name))
			continue;
		if (strlen(missing) + strlen(name) + 2 < sizeof(missing))
			strcat(strcat(missing, " "), name);
	}
	fclose(f);
	snprintf(path, sizeof(path), "every constant and structure of abi/%s is in names.def", file);
	report(!*missing, path, missing);
}

static int is_header(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && strcmp(dot, ".h") == 0;
}

int main(int argc, char **argv)
{
	const char *folder = argc > 1 ? argv[1] : "include/abi";
	struct dirent **files;
	const int headers = scandir(folder, &files, is_header, alphasort);
	int same = 0, differ = 0;
	char text[256];

	if (headers < 0) {
		printf("Bail out! %s cannot be read\n", folder);
		return 1;
	}
	for (int i = 0; i < headers; i++)
		check_header(folder, files[i]->d_name);
	report(headers > 0, "include/abi has headers", "");

	for (int i = 0; ours[i].name; i++) {
		const struct constant *theirs = named(linux_has, ours[i].name);

		if (!theirs)
			theirs = named(libc_has, ours[i].name);
		if (theirs && theirs->value == ours[i].value) {
			same++;
			continue;
		}
		differ++;
		snprintf(text, sizeof(text), "ours %#llx, Linux's %#llx", ours[i].value, theirs ? theirs->value : 0);
		report(0, ours[i].name, text);
	}
	snprintf(text, sizeof(text), "%d constants, sizes and offsets equal Linux's, %d differ", same, differ);
	report(differ == 0, text, "");
	printf("1..%d\n", tests);
	return failures != 0;
}

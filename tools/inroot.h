/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inroot.h - where a path of a root lies on this machine: links lead to what is in the root.
 */
#pragma once

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINKS_MAX 40

/* AT without its last name, but not less than its first N bytes. */
static inline void cut_name(char *at, size_t n)
{
	char *slash = strrchr(at, '/');

	if (slash != NULL && slash >= at + n)
		*slash = '\0';
}

/* Where PATH of ROOT lies on this machine: true, and it is in AT. */
static inline bool find_in_root(const char *root, const char *path, char at[PATH_MAX])
{
	char rest[2 * PATH_MAX], name[PATH_MAX], target[PATH_MAX];
	const size_t base = strlen(root);
	int links = 0;
	struct stat st;

	snprintf(at, PATH_MAX, "%s", root);
	snprintf(rest, sizeof(rest), "%s", path);
	for (;;) {
		const char *begin = rest + strspn(rest, "/");
		const size_t len = strcspn(begin, "/");
		ssize_t n;

		if (len == 0)
			return true;
		snprintf(name, sizeof(name), "/%.*s", (int)len, begin);
		memmove(rest, begin + len, strlen(begin + len) + 1);
		if (strcmp(name, "/..") == 0) {
			cut_name(at, base);
			continue;
		}
		if (strlen(at) + strlen(name) >= PATH_MAX)
			return false;
		strcat(at, name);
		if (lstat(at, &st) != 0)
			return false;
		if (!S_ISLNK(st.st_mode))
			continue;
		n = readlink(at, target, sizeof(target) - 1);
		if (n <= 0 || ++links > LINKS_MAX || (size_t)n + strlen(rest) >= sizeof(rest))
			return false;
		target[n] = '\0';
		memmove(rest + n, rest, strlen(rest) + 1);
		memcpy(rest, target, (size_t)n);
		if (target[0] == '/')
			at[base] = '\0';
		else
			cut_name(at, base);
	}
}

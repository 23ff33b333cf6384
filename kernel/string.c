/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * string.c - the functions of <string.h> that the kernel uses, but for memset and memcpy (boot/memory.S) and memcmp and strlen, which
 * the C library has in few bytes: its others look at words, and are many times as large as names and paths are worth.
 */
#include <stdint.h>
#include <string.h>

void *memmove(void *to, const void *from, size_t n)
{
	char *t = to;
	const char *f = from;

	if ((uintptr_t)to - (uintptr_t)from >= n)
		return memcpy(to, from, n); /* goes up, and reads a word before it writes over it */
	while (n-- > 0)
		t[n] = f[n];
	return to;
}

void *memchr(const void *s, int c, size_t n)
{
	for (const unsigned char *p = s; n-- > 0; p++)
		if (*p == (unsigned char)c)
			return (void *)p;
	return NULL;
}

char *strchr(const char *s, int c)
{
	for (; *s != (char)c; s++)
		if (*s == '\0')
			return NULL;
	return (char *)s;
}

char *strrchr(const char *s, int c)
{
	const char *last = NULL;

	do
		if (*s == (char)c)
			last = s;
	while (*s++ != '\0');
	return (char *)last;
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n > 0; n--, a++, b++)
		if (*a != *b || *a == '\0')
			return (unsigned char)*a - (unsigned char)*b;
	return 0;
}

int strcmp(const char *a, const char *b)
{
	return strncmp(a, b, SIZE_MAX);
}

char *strncpy(char *to, const char *from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] = *from != '\0' ? *from++ : '\0';
	return to;
}

char *strcpy(char *to, const char *from)
{
	return memcpy(to, from, strlen(from) + 1);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * html.c - see html.h.
 */
#include "html.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

#define SPEC_MAX 16U

#define STYLE(symbol, file) \
	__asm__(".section .rodata\n.globl " #symbol "\n" #symbol ":\n.incbin \"policy/" file "\"\n.byte 0\n.previous\n")

STYLE(html_page_style, "page.css");
STYLE(html_picture_style, "picture.css");

/* ---- text ---- */

/* Is the character at S, or a byte of none, one that nobody sees or that turns text round? */
static bool is_control(const uint8_t *s, size_t length)
{
	if (length <= 1)
		return (*s < 0x20 && *s != '\t' && *s != '\n') || (*s >= 0x7f && *s < 0xa0);
	if (length == 2)
		return s[0] == 0xc2 && s[1] < 0xa0;
	/* U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069 */
	return length == 3 && s[0] == 0xe2 &&
	       ((s[1] == 0x80 && (s[2] == 0x8e || s[2] == 0x8f || (s[2] >= 0xaa && s[2] <= 0xae))) ||
		(s[1] == 0x81 && s[2] >= 0xa6 && s[2] <= 0xa9));
}

void html_text(FILE *to, const char *text, size_t n)
{
	for (size_t i = 0; i < n;) {
		const uint8_t *s = (const uint8_t *)text + i;
		const size_t length = utf8_length(s, n - i);

		if (*s == '&' || *s == '<' || *s == '>' || *s == '"' || *s == '\'')
			fprintf(to, "&#%u;", *s);
		else if (is_control(s, length))
			fputs("\xef\xbf\xbd", to);
		else if (length == 0)
			fprintf(to, "%c%c", 0xc0 | *s >> 6, 0x80 | (*s & 0x3f));
		else
			fwrite(s, 1, length, to);
		i += length == 0 ? 1 : length;
	}
}

/* An integer of the length that the conversion SPEC says. */
static void print_integer(FILE *to, const char *spec, va_list *args)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (strstr(spec, "ll") != NULL)
		fprintf(to, spec, va_arg(*args, unsigned long long));
	else if (strpbrk(spec, "lz") != NULL)
		fprintf(to, spec, va_arg(*args, unsigned long));
	else
		fprintf(to, spec, va_arg(*args, unsigned int));
#pragma GCC diagnostic pop
}

static void print_double(FILE *to, const char *spec, double value)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	fprintf(to, spec, value);
#pragma GCC diagnostic pop
}

/* One string, of at most the precision that the conversion SPEC of N characters has. */
static void print_string(FILE *to, const char *spec, size_t n, va_list *args)
{
	size_t most = SIZE_MAX;
	const char *text;

	if (n >= 3 && spec[n - 3] == '.' && spec[n - 2] == '*')
		most = (size_t)va_arg(*args, int);
	text = va_arg(*args, const char *);
	html_text(to, text, strnlen(text, most));
}

void html_print(FILE *to, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	while (*format != '\0') {
		const size_t plain = strcspn(format, "%");
		char spec[SPEC_MAX] = "";
		size_t n;

		fwrite(format, 1, plain, to);
		format += plain;
		if (*format == '\0')
			break;
		n = 1 + strspn(format + 1, "0123456789.*+-lz") + 1;
		if (n >= SPEC_MAX)
			abort();
		memcpy(spec, format, n);
		format += n;
		switch (spec[n - 1]) {
		case '%':
			putc('%', to);
			break;
		case 's':
			print_string(to, spec, n, &args);
			break;
		case 'c':
			html_text(to, &(char){ (char)va_arg(args, int) }, 1);
			break;
		case 'd':
		case 'u':
		case 'x':
			print_integer(to, spec, &args);
			break;
		case 'f':
			print_double(to, spec, va_arg(args, double));
			break;
		default:
			abort();
		}
	}
	va_end(args);
}

/* ---- a page ---- */

void html_begin(FILE *to, const char *title)
{
	html_print(to,
		   "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		   "<meta name=\"color-scheme\" content=\"light dark\">\n<title>%s</title>\n<style>\n",
		   title);
	fputs(html_page_style, to);
	fputs(html_picture_style, to);
	fputs("</style>\n</head>\n<body>\n<main>\n", to);
}

void html_end(FILE *to)
{
	fputs("</main>\n</body>\n</html>\n", to);
}

void html_style(FILE *to)
{
	fprintf(to, "<style>\n%s</style>\n", html_picture_style);
}

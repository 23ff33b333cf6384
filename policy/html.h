/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * html.h - writing HTML and SVG: markup stands in format strings, and whatever is put into it is
 * escaped.
 *
 * A page needs no script and no network: its style stands in it (page.css, and picture.css, which
 * pictures of their own have, too).
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The files of that name, with a NUL behind them. */
extern const char html_page_style[], html_picture_style[];

/*
 * As printf, but what %s puts in is text: characters that are markup stand as &lt; and so on,
 * control characters as U+FFFD, a byte that is no UTF-8 as the character of its value. Takes %s %c
 * %d %u %x %f %%, with width, precision and the lengths l, ll and z.
 */
void html_print(FILE *to, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* N bytes of text, escaped in the same way. */
void html_text(FILE *to, const char *text, size_t n);

/* A page from <!doctype> to <main>, and its end. */
void html_begin(FILE *to, const char *title);
void html_end(FILE *to);

/* The style that a picture of its own needs, as an element. */
void html_style(FILE *to);

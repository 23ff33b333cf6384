/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * format.h - printf's language, as much of it as the kernel speaks.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

/*
 * As C's vsnprintf(), for %d %u %o %x, with and without l, %c, %s, %p and %%, each with a width, which may begin with a minus or, for
 * numbers without a sign, with a zero. Returns how long the whole text is, though less may fit.
 */
size_t format_text(char *buf, size_t size, const char *format, va_list args);

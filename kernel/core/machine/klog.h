/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * klog.h - the last lines that the kernel has said, for syslog(2).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KLOG_SIZE 16384UL

/* From printk: N bytes of a line; END: it is a whole one now. */
void klog_add(const char *text, size_t n, bool end);

/*
 * Positions count bytes for ever. The first that is still there, and the one behind the
 * last. Both are where lines begin.
 */
uint64_t klog_first(void);
uint64_t klog_end(void);
/* Where the line behind the one at AT begins, or klog_end(). */
uint64_t klog_next(uint64_t at);
/* The byte at AT. */
char klog_byte(uint64_t at);
/* TELL is called when there is a line more; it must not sleep. */
void klog_on_line(void (*tell)(void));

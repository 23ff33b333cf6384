/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * klog.h - the last lines that the kernel has said, for syslog(2).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KLOG_SIZE 16384UL

/*
 * A position counts all bytes that were ever added. klog_first() is the first that is still kept,
 * klog_end() the one behind the last. Lines begin at both.
 */
uint64_t klog_first(void);
uint64_t klog_end(void);
/* The position where the line after the one at AT begins, or klog_end(). */
uint64_t klog_next(uint64_t at);
/* The byte at AT. */
char klog_byte(uint64_t at);
/* From now on TELL is called for each new line; it must not sleep. */
void klog_on_line(void (*tell)(void));

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * klog.h - the kernel log: the last lines that the kernel has printed, for syslog(2).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KLOG_SIZE 16384UL /* bytes that are kept */

/*
 * A position is the number of bytes that were added before it since the boot. klog_first() is where
 * the oldest whole line that is still kept begins; klog_end() is behind the newest whole line.
 */
uint64_t klog_first(void);
uint64_t klog_end(void);
/* The position where the line after the one at AT begins, or klog_end(). */
uint64_t klog_next(uint64_t at);
/* The byte at position AT, which is from klog_first() on and before klog_end(). */
char klog_byte(uint64_t at);
/* Sets the one function that is called after each new line. TELL must not sleep. */
void klog_on_line(void (*tell)(void));

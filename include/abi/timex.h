/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * timex.h - how adjtimex(2) tells of the clock and changes it. [linux/timex.h]
 */
#pragma once

#include <stdint.h>

#define ADJ_OFFSET	   0x0001
#define ADJ_FREQUENCY	   0x0002
#define ADJ_MAXERROR	   0x0004
#define ADJ_ESTERROR	   0x0008
#define ADJ_STATUS	   0x0010
#define ADJ_TIMECONST	   0x0020
#define ADJ_TAI		   0x0080
#define ADJ_SETOFFSET	   0x0100
#define ADJ_MICRO	   0x1000
#define ADJ_NANO	   0x2000
#define ADJ_TICK	   0x4000
#define ADJ_OFFSET_SS_READ 0xa001
/* Linux's own names for the bits of that. */
#define ADJ_ADJTIME	    0x8000
#define ADJ_OFFSET_READONLY 0x2000

#define STA_UNSYNC   0x0040
#define STA_CLOCKERR 0x1000
#define STA_NANO     0x2000
#define STA_RONLY    0xff00

#define TIME_OK	   0
#define TIME_ERROR 5

struct __kernel_timex {
	uint32_t modes;
	int64_t offset;
	int64_t freq;
	int64_t maxerror;
	int64_t esterror;
	int32_t status;
	int64_t constant;
	int64_t precision;
	int64_t tolerance;
	struct {
		int64_t tv_sec, tv_usec;
	} time;
	int64_t tick;
	int64_t ppsfreq;
	int64_t jitter;
	int32_t shift;
	int64_t stabil;
	int64_t jitcnt;
	int64_t calcnt;
	int64_t errcnt;
	int64_t stbcnt;
	int32_t tai;
	int32_t reserved[11];
};

_Static_assert(sizeof(struct __kernel_timex) == 208, "uapi layout");

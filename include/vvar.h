/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vvar.h - the page that the kernel keeps and every program may read: what the vDSO (boot/vdso)
 * answers from. Its layout is nobody else's to know.
 *
 * Each word is read and written by one instruction, and no answer takes two that change: a reader
 * needs no lock, and there is no sequence count.
 */
#pragma once

#include <stdint.h>

#define VVAR_NSEC_PER_SEC 1000000000UL

struct vvar {
	uint64_t timebase;	   /* ticks of the time CSR in a second; below 2^32 */
	uint64_t realtime_offset;  /* ns: CLOCK_REALTIME minus the time CSR; changes when the clock is set */
	uint64_t monotonic_offset; /* ns: CLOCK_MONOTONIC minus the time CSR; 0 unless a boot has many programs */
	uint64_t zone; /* settimeofday's: minutes west of Greenwich, and 32 bits higher the kind of summer time */
	uint64_t hwprobe[10]; /* riscv_hwprobe's values by key, for all harts */
	uint64_t alike;	      /* 1: the harts are known to be of one kind, so that these are each one's, too */
};

/*
 * VALUE * TO / FROM, rounded down; TO and FROM below 2^32, so that no step needs more than 64 bits.
 */
static inline uint64_t vvar_convert(uint64_t value, uint64_t from, uint64_t to)
{
	return value / from * to + value % from * to / from;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * machine.h - what the device tree says of this machine. Read once, at boot.
 */
#pragma once

#include "phys.h"

struct extent {
	paddr_t start, size;
};

#define MACHINE_EXTENTS 8

struct machine {
	struct extent ram[MACHINE_EXTENTS];
	unsigned ram_count;
	struct extent reserved[MACHINE_EXTENTS]; /* by the firmware */
	unsigned reserved_count;
	struct extent initrd;
	struct extent uart, plic, finisher, rtc;
	struct extent virtio[MACHINE_EXTENTS]; /* slots that may hold a device */
	unsigned virtio_count;
	uint32_t uart_shift; /* the registers lie 1 << shift bytes apart */
	uint32_t uart_irq;
	uint32_t plic_context; /* of this hart's S mode */
	uint64_t timebase;     /* ticks of the time CSR in a second */
	const char *isa;       /* of this hart: "rv64imafdc_zba..."; "" if the tree does not say */
	const char *bootargs;  /* "" when there are none */
	const uint8_t *seed;   /* random bytes from the firmware, or NULL */
	uint32_t seed_size;
};

extern struct machine machine;

/*
 * Fills in machine from the tree at BLOB (SIZE bytes, which stay where they are) for hart HART.
 * Returns NULL, or what is missing.
 */
const char *machine_read(const void *blob, uint64_t size, uint64_t hart);

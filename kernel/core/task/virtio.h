/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio.h - one way out of the machine: the transmit queue of a virtio console, without
 * interrupts. [virtio 1.2: 4.2, 5.3]
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * Boot: looks for a console among the device tree's virtio-mmio slots and starts it. False: there
 * is none that speaks version 2.
 */
bool virtio_console_init(void);

/*
 * N bytes at DATA, which are contiguous in physical memory, go out; waits
 * until the host has taken them.
 */
void virtio_console_write(const void *data, size_t n);

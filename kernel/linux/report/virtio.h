/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio.h - a channel to the host: the transmit queue of a virtio console, without interrupts.
 * [virtio 1.2: 4.2, 5.3]
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * At boot: looks for a console among the device tree's virtio-mmio slots, and starts it. False:
 * there is none that speaks version 2.
 */
bool virtio_console_init(void);

/*
 * Sends N bytes at DATA, which are contiguous in physical memory; waits until the host has taken
 * them.
 */
void virtio_console_write(const void *data, size_t n);

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio.c - drives a virtio console: see virtio.h. Called from channel.c, which waits until its
 * one buffer is sent, so only one descriptor of the queue is in use.
 *
 * Of the device's features only VIRTIO_F_VERSION_1 is accepted, so there is only port 0, with
 * queues 0 (receive, not used) and 1 (transmit). [virtio 1.2: 5.3.2]
 */
#include "virtio.h"

#include <string.h>

#include "kmap.h"
#include "machine.h"
#include "time.h"
#include "vm.h"

/* Registers, as indices of 32-bit words. [virtio 1.2: 4.2.2] */
enum {
	REG_MAGIC = 0x00 / 4,
	REG_VERSION = 0x04 / 4,
	REG_DEVICE = 0x08 / 4,
	REG_FEATURES_SELECT = 0x24 / 4,
	REG_FEATURES = 0x20 / 4,
	REG_QUEUE_SELECT = 0x30 / 4,
	REG_QUEUE_SIZE = 0x38 / 4,
	REG_QUEUE_READY = 0x44 / 4,
	REG_QUEUE_NOTIFY = 0x50 / 4,
	REG_STATUS = 0x70 / 4,
	REG_QUEUE_DESC = 0x80 / 4,
	REG_QUEUE_AVAIL = 0x90 / 4,
	REG_QUEUE_USED = 0xa0 / 4,
};

#define MAGIC 0x74726976U /* "virt" */
#define DEVICE_CONSOLE 3U
#define FEATURE_VERSION_1 1U /* feature bit 32, which is bit 0 of the second word */
#define STATUS_ACKNOWLEDGE 1U
#define STATUS_DRIVER 2U
#define STATUS_DRIVER_OK 4U
#define STATUS_FEATURES_OK 8U
#define QUEUE_OUT 1U
#define QUEUE_SIZE 2U

/* The split virtqueue, which the device reads and writes. [virtio 1.2: 2.7] */
static struct {
	struct {
		uint64_t addr;
		uint32_t len;
		uint16_t flags, next;
	} desc[QUEUE_SIZE];
	struct {
		uint16_t flags, idx, ring[QUEUE_SIZE];
	} avail;
	struct {
		uint16_t flags, idx;
		struct {
			uint32_t id, len;
		} ring[QUEUE_SIZE];
	} used __attribute__((aligned(4)));
} queue __attribute__((aligned(16)));

static volatile uint32_t *device;

static void set_address(unsigned reg, const void *p)
{
	const paddr_t pa = kmap_kernel_phys(p);

	device[reg] = (uint32_t)pa;
	device[reg + 1] = (uint32_t)(pa >> 32);
}

static bool start_device(void)
{
	device[REG_STATUS] = 0;
	device[REG_STATUS] = STATUS_ACKNOWLEDGE | STATUS_DRIVER;
	device[REG_FEATURES_SELECT] = 0;
	device[REG_FEATURES] = 0;
	device[REG_FEATURES_SELECT] = 1;
	device[REG_FEATURES] = FEATURE_VERSION_1;
	device[REG_STATUS] |= STATUS_FEATURES_OK;
	if (!(device[REG_STATUS] & STATUS_FEATURES_OK))
		return false;
	device[REG_QUEUE_SELECT] = QUEUE_OUT;
	device[REG_QUEUE_SIZE] = QUEUE_SIZE;
	set_address(REG_QUEUE_DESC, &queue.desc);
	set_address(REG_QUEUE_AVAIL, &queue.avail);
	set_address(REG_QUEUE_USED, &queue.used);
	device[REG_QUEUE_READY] = 1;
	device[REG_STATUS] |= STATUS_DRIVER_OK;
	return true;
}

bool virtio_console_init(void)
{
	for (unsigned i = 0; i < machine.virtio_count; i++) {
		device = kmap_device(machine.virtio[i].start, machine.virtio[i].size);
		if (device[REG_MAGIC] == MAGIC && device[REG_VERSION] == 2 && device[REG_DEVICE] == DEVICE_CONSOLE &&
		    start_device())
			return true;
	}
	device = NULL;
	return false;
}

void virtio_console_write(const void *data, size_t n)
{
	const volatile uint16_t *done = &queue.used.idx;
	uint64_t began;

	queue.desc[0].addr = page_phys(data);
	queue.desc[0].len = (uint32_t)n;
	queue.avail.ring[queue.avail.idx % QUEUE_SIZE] = 0;
	__asm__ volatile("fence w, w" : : : "memory");
	queue.avail.idx++;
	__asm__ volatile("fence w, o" : : : "memory");
	device[REG_QUEUE_NOTIFY] = QUEUE_OUT;
	began = time_now();
	while (*done != queue.avail.idx)
		;
	time_spare(time_now() - began);
}

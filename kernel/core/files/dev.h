/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dev.h - character devices by their numbers, and their nodes in /dev.
 */
#pragma once

#include <stdint.h>

struct file;
struct inode;

/* A device number in the form of stat's st_rdev. [new_encode_dev] */
#define DEVICE_ZERO DEVICE(1, 5)
#define DEVICE(major, minor) ((uint64_t)(((minor)&0xff) | ((major) << 8) | (((minor) & ~0xffU) << 12)))

struct file_ops;

/* Those of /dev/random and /dev/urandom, to which a module may add at boot. */
extern struct file_ops device_random_ops;

struct device {
	struct device *next;
	const char *name; /* its name in /dev; NULL: it has no node there */
	uint64_t rdev;	  /* its number; 0: no device, but a directory in /dev for nodes */
	uint64_t count;	  /* how many numbers it has, from rdev on; 0: one */
	uint32_t mode;	  /* permissions of its node; of a directory, with S_IFDIR */
	const struct file_ops *ops;
	int (*open)(struct inode *i, struct file *f); /* 0, or -errno; may be missing */
};

/*
 * At boot, before fs_init(). device_init() registers the core's devices. device_register()
 * registers D, which takes the place of a device with the same number that was registered before.
 */
void device_init(void);
void device_register(struct device *d);

/*
 * F is an opening of I: gives it the operations of I's device, and calls the device's open. 0,
 * -ENXIO (there is no such device) or an error of open.
 */
[[nodiscard]] int device_open(struct inode *i, struct file *f);

/* At boot: makes the nodes of all devices in the directory DEV, which is /dev. */
void device_make_nodes(struct inode *dev);

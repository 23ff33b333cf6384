/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dev.h - character devices: which number is which, and their nodes in /dev.
 */
#pragma once

#include <stdint.h>

struct file;
struct inode;

/* A device number as stat's st_rdev carries it. [new_encode_dev] */
#define DEVICE_ZERO DEVICE(1, 5)
#define DEVICE(major, minor) ((uint64_t)(((minor)&0xff) | ((major) << 8) | (((minor) & ~0xffU) << 12)))

struct file_ops;

struct device {
	struct device *next;
	const char *name; /* in /dev; NULL: it has no node there */
	uint64_t rdev;	  /* 0: it is a folder for nodes */
	uint64_t count;	  /* of minor numbers from rdev's on; 0: that one */
	uint32_t mode;	  /* permissions; of a folder with S_IFDIR */
	const struct file_ops *ops;
	int (*open)(struct inode *i, struct file *f); /* 0, or a refusal; may be missing */
};

/*
 * Boot: the devices that the core has; then D, in the place of one with the
 * same number. Before fs_init().
 */
void device_init(void);
void device_register(struct device *d);

/* Gives F, an opening of I, the operations of I's device: 0, or -ENXIO: there is none. */
[[nodiscard]] int device_open(struct inode *i, struct file *f);

/* Makes the nodes of the device directory DEV (boot). */
void device_make_nodes(struct inode *dev);

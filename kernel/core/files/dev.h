/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dev.h - character devices, by number, and their nodes in /dev.
 */
#pragma once

#include <stdint.h>

struct file;
struct inode;

/* A device number in the form of stat's st_rdev. [new_encode_dev] */
#define DEVICE_ZERO DEVICE(1, 5)
#define DEVICE(major, minor) ((uint64_t)(((minor)&0xff) | ((major) << 8) | (((minor) & ~0xffU) << 12)))

struct file_ops;

struct device {
	struct device *next;
	const char *name; /* its name in /dev; NULL: it has no node there */
	uint64_t rdev;	  /* its number; 0: it is a directory for nodes */
	uint64_t count;	  /* how many minor numbers it has, from rdev's on; 0: one */
	uint32_t mode;	  /* permissions; for a directory with S_IFDIR */
	const struct file_ops *ops;
	int (*open)(struct inode *i, struct file *f); /* 0, or -errno; may be missing */
};

/*
 * At boot, before fs_init(): registers the core's devices; registers D, instead of one with the
 * same number.
 */
void device_init(void);
void device_register(struct device *d);

/* Gives F, which opens I, the operations of I's device: 0, or -ENXIO (there is no such device). */
[[nodiscard]] int device_open(struct inode *i, struct file *f);

/* At boot: makes the nodes in the directory DEV. */
void device_make_nodes(struct inode *dev);

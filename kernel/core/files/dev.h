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

/* Gives F, an opening of I, the operations of I's device: 0, or -ENXIO: there is none. */
int device_open(struct inode *i, struct file *f);

/* Makes the nodes of the device directory DEV (boot). */
void device_make_nodes(struct inode *dev);

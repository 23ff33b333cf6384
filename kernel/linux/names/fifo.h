/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fifo.h - opening FIFOs.
 */
#pragma once

struct file;
struct inode;

/* Opens FIFO I; waits for the other end, as open(2) does: 0, -ENXIO, -ENOMEM, -ERESTARTSYS. */
[[nodiscard]] int fifo_open(struct inode *i, struct file *f);

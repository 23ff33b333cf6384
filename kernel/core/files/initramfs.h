/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * initramfs.h - the root file system's contents, from the initrd. Called by main.c at boot, after fs_init().
 */
#pragma once

#include <stdint.h>

/*
 * Unpacks the newc archive(s) at DATA, which stays where it is: files point into it. On a bad one prints where and what
 * ("initramfs: ...", one line) and stops there.
 */
void initramfs_load(const uint8_t *data, uint64_t size);

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * initramfs.h - the root file system's contents, from the initrd. Called by
 * main.c at boot, after fs_init().
 */
#pragma once

#include <stdint.h>

/*
 * Unpacks the newc archive(s) at DATA, which stays where it is: files point into it. Returns only
 * if all of it could be unpacked; of a bad one it says where and what, and nothing runs: refuse().
 */
void initramfs_load(const uint8_t *data, uint64_t size);

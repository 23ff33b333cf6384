/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * initramfs.h - fills the root file system from the initrd. Called by main.c at boot, after
 * fs_init().
 */
#pragma once

#include <stdint.h>

/*
 * Unpacks the newc archives at DATA, which stay where they are: files point into them. Returns only
 * if all could be unpacked. Otherwise says what is wrong, and where, and nothing runs: refuse().
 */
void initramfs_load(const uint8_t *data, uint64_t size);

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * initramfs.h - fills the root file system from the initrd. Called by main.c at boot, after
 * fs_init().
 */
#pragma once

#include <stdint.h>

/*
 * Unpacks the newc archives in the SIZE bytes at DATA, which must stay there: files' bytes are not
 * copied. Returns only if everything could be unpacked; else ends the boot with a line that says
 * what is wrong, and where: refuse().
 */
void initramfs_load(const uint8_t *data, uint64_t size);

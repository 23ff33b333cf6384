/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seek_hole.h - where the holes of a file are.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct file;

/* What file_seek_hole promises. */
[[nodiscard]] int64_t seek_hole_or_data(struct file *f, uint64_t at, bool hole);

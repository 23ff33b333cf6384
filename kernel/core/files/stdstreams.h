/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stdstreams.h - the first program's standard input, output and error where they are no terminal:
 * pipes whose other end is the host.
 */
#pragma once

struct files;

/*
 * Fills descriptors 0, 1 and 2 of FILES, which is empty, as the options say: each is the console
 * unless they say otherwise. 0, -ENOMEM, or what opening gives.
 */
[[nodiscard]] int stdstreams_open(struct files *files);

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stdstreams.h - the first program's standard input, output and error: the console, or pipes to and
 * from the host, or files, as the command line says.
 */
#pragma once

#include <stdbool.h>

struct files;
struct uio;

/*
 * Opens descriptors 0, 1 and 2 of FILES, which is empty, as options.stdio says. 0, -ENOMEM, or an
 * error of opening.
 */
[[nodiscard]] int stdstreams_open(struct files *files);

/*
 * Writes the bytes of FROM to STREAM of the console (console.h), FOR_TERMINAL with a "\r" before
 * each "\n", and lets other tasks run meanwhile. Returns how many bytes were written, which are
 * fewer after a fatal signal; or -EFAULT.
 */
[[nodiscard]] long stdstreams_write(unsigned stream, struct uio *from, bool for_terminal);

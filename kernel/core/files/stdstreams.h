/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stdstreams.h - the first program's standard input, output and error, where they are not the
 * console but pipes to and from the host.
 */
#pragma once

struct files;

/*
 * Opens descriptors 0, 1 and 2 of FILES, which is empty, as the options say; each is the console by
 * default. 0, -ENOMEM, or an error of opening.
 */
[[nodiscard]] int stdstreams_open(struct files *files);

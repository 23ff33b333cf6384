/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for moving bytes from file to file. It has only system calls.
 */
#include "module.h"

const struct module splice_module = { .name = "splice" };

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - moving bytes from file to file: calls alone.
 */
#include "module.h"

const struct module splice_module = { .name = "splice" };

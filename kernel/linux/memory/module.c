/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - mremap, mlock and their kin: calls alone.
 */
#include "module.h"

const struct module memory_module = { .name = "memory" };

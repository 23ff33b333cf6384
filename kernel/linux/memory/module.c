/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for mremap, mlock and the like. It has only system calls.
 */
#include "module.h"

const struct module memory_module = { .name = "memory" };

/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/auxv.h - the auxiliary vector. */
#pragma once

#include <elf.h>

unsigned long getauxval(unsigned long type);

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_number.c - reads the decimal numbers in names and settings of /proc.
 */
#include "proc.h"

bool proc_number(const char *name, size_t len, uint32_t *n)
{
	uint64_t value = 0;

	if (len == 0 || len > 10 || (name[0] == '0' && len > 1))
		return false;
	for (size_t k = 0; k < len; k++) {
		if (name[k] < '0' || name[k] > '9')
			return false;
		value = value * 10 + (uint64_t)(name[k] - '0');
	}
	*n = (uint32_t)value;
	return value <= INT32_MAX;
}

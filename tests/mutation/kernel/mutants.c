/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mutants.c - see mutants.h. It is copied into the kernel that holds its
 * mutants, and is in no other.
 */
#include "mutants.h"

#include <string.h>

#include "console.h"

volatile struct mutation mutation = { .mark = "MUTANT-CHOSEN-:", .n = 0 };
uint8_t mutants_met[MUTANTS_MAX];
volatile bool mutants_chosen[MUTANTS_MAX];

void mutants_choose(const char *words)
{
	static const char word[] = "kernel.mutant=";
	const char *at = strstr(words, word);

	if (at == NULL)
		return;
	at += strlen(word) - 1;
	do {
		uint32_t n = 0;

		for (at++; *at >= '0' && *at <= '9'; at++)
			n = n * 10 + (uint32_t)(*at - '0');
		if (n < MUTANTS_MAX)
			mutants_chosen[n] = true;
		else
			mutation.n = n;
	} while (*at == ',');
}

void mutants_tell(void)
{
	if (mutation.n != MUTANTS_TELL)
		return;
	printk("\nmutants met: ");
	for (unsigned i = 0; i < MUTANTS_MAX; i += 4)
		printk("%x",
		       mutants_met[i] | mutants_met[i + 1] << 1 | mutants_met[i + 2] << 2 | mutants_met[i + 3] << 3);
	printk("\n");
}

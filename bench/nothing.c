/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nothing.c - a program that ends at once: what bench/run.sh starts to see what starting costs.
 */
int main(void)
{
	return 0;
}

#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# symbols.sh - the kernel's table of functions, for the backtrace of a panic: `nm -n` on stdin, assembly on
# stdout. Called by the Makefile between the two links of the kernel; empty input gives an empty table.
# What it defines, in section .symbols, for C:
#
#   extern const uint32_t symbol_count;
#   extern const struct { uint32_t offset, name; } symbol_table[];	sorted by offset from kernel_start
#   extern const char symbol_names[];				NUL-terminated, at the offset `name`

start='' last='' count=0 room=0 table='' names=''
while read -r address kind name; do
	# A kernel is far smaller than 4 GiB, so the low 32 bits of an address will do.
	address=$((16#${address: -8}))
	[[ $name != kernel_start ]] || start=$address
	[[ $kind == [tT] && $name != [.$]* && -n $start && $address != "$last" ]] || continue
	printf -v entry '\t.word %d, %d\n' $((address - start)) "$room"
	table+=$entry
	names+=$'\t.asciz "'$name$'"\n'
	room=$((room + ${#name} + 1)) last=$address
	count=$((count + 1))
done

cat <<TABLE
	.section .symbols, "a", @progbits
	.globl symbol_table, symbol_count, symbol_names
	.balign 8
symbol_table:
$table
symbol_count:
	.word $count
symbol_names:
$names
	.byte 0
TABLE

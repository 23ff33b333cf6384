#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# layers.sh <TABLE - does each folder of the kernel call only what it may see? The table has a line
# "FOLDER:FOLDER ...:OBJECT ..." for each one: whom it sees, and what it consists of. Called by
# mk/kernel.mk when objects have changed. Prints the calls that are not allowed, and the files of a
# folder that call each other in a circle when they are more than 7, and fails.
#
# kernel/modules.c may be named by all: it is the list that an image is put together by.

set -u
cross=${CROSS:-riscv64-unknown-elf-}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT

objects=()
while IFS=: read -r folder seen list; do
	echo "$folder $seen" >>"$tmp/sees"
	for o in $list; do
		[[ $o == */kernel/modules.o ]] || { objects+=("$o") && echo "$o $folder" >>"$tmp/folders"; }
	done
done
"${cross}nm" -A "${objects[@]}" >"$tmp/all" || exit 2

# Of each file that calls another one in its folder, those that it reaches and that reach it.
awk 'FILENAME == ARGV[1] { for (i = 2; i <= NF; i++) sees[$1, $i] = 1; next }
	FILENAME == ARGV[2] { of[$1] = $2; next }
	{ split($1, at, ":"); file = at[1]; symbol = $NF }
	$(NF - 1) == "U" { uses[file, symbol] = 1; next }
	$(NF - 1) ~ /^[A-Z]$/ { home[symbol] = file }
	END {
		for (u in uses) {
			split(u, p, SUBSEP)
			to = home[p[2]]
			if (to == "" || to == p[1]) continue
			user = of[p[1]]; owner = of[to]
			if (user == owner) { reach[p[1], to] = 1; node[p[1]] = node[to] = 1 }
			else if (!((user, owner) in sees)) bad[user " uses " p[2] " of " owner ", which it may not see"] = 1
		}
		for (b in bad) { print b; status = 1 }
		for (k in node) for (i in node) if ((i, k) in reach)
			for (j in node) if ((k, j) in reach) reach[i, j] = 1
		for (i in node) {
			n = 1; names = i
			for (j in node) if (j != i && (i, j) in reach && (j, i) in reach) { n++; names = names " " j }
			if (n > 7) { print n " files in a circle: " names; exit 1 }
		}
		exit status
	}' "$tmp/sees" "$tmp/folders" "$tmp/all" >&2

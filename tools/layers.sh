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

declare -A sees
while IFS=: read -r folder seen list; do
	sees[$folder]=" $seen "
	mkdir -p "$tmp/$folder"
	objects=()
	for o in $list; do
		[[ $o == */kernel/modules.o ]] || objects+=("$o")
	done
	((${#objects[@]} == 0)) || "${cross}nm" -A "${objects[@]}" >>"$tmp/all"
	((${#objects[@]} == 0)) || "${cross}ld" -r -o "$tmp/$folder.o" "${objects[@]}" || exit 2
done

# A line "SYMBOL FOLDER" for each thing that a folder defines, and for each that it lacks.
for folder in "${!sees[@]}"; do
	[[ -e $tmp/$folder.o ]] || continue
	"${cross}nm" -g --defined-only "$tmp/$folder.o" | awk -v f="$folder" '{ print $3, f }' >>"$tmp/defined"
	"${cross}nm" -u "$tmp/$folder.o" | awk -v f="$folder" '{ print $2, f }' >>"$tmp/missing"
done
status=0
while read -r symbol user owner; do
	[[ ${sees[$user]} != *" $owner "* ]] || continue
	echo "$user uses $symbol of $owner, which it may not see" >&2
	status=1
done < <(join <(LC_ALL=C sort "$tmp/missing") <(LC_ALL=C sort "$tmp/defined"))

# Lines "FILE FILE" of a folder, the first uses the second; of each file those
# that it reaches and that reach it.
circles=$(awk '{ split($1, at, ":"); file = at[1]; symbol = $NF }
	$(NF - 1) == "U" { uses[file, symbol] = 1; next }
	$(NF - 1) ~ /[TDRBV]/ { home[symbol] = file }
	END {
		for (u in uses) {
			split(u, p, SUBSEP)
			to = home[p[2]]
			if (to == "" || to == p[1]) continue
			a = p[1]; b = to; sub(/[^\/]*$/, "", a); sub(/[^\/]*$/, "", b)
			if (a == b) { reach[p[1], to] = 1; node[p[1]] = node[to] = 1 }
		}
		for (k in node) for (i in node) if ((i, k) in reach)
			for (j in node) if ((k, j) in reach) reach[i, j] = 1
		for (i in node) {
			n = 1; names = i
			for (j in node) if (j != i && (i, j) in reach && (j, i) in reach) { n++; names = names " " j }
			if (n > 7) { print n " files in a circle: " names; exit }
		}
	}' "$tmp/all")
[[ -z $circles ]] || {
	echo "$circles" >&2
	status=1
}
exit $status

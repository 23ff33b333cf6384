#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# mentions.sh FILE... - does all that the comments of FILE..., C or scripts, mention exist? A word
# with () is a function of this tree, or a system call; one with an underscore is some name of this
# tree; one that ends like a source file is one. What stands in [brackets] is Linux's or a
# specification's. Called by lint.sh; prints what does not exist, with where it is mentioned.

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
mapfile -t files < <(git ls-files -co --exclude-standard 2>/dev/null || find . -type f | sed 's|^\./||')

# All names in code, and the numbers of calls.
{
	printf '%s\n' "${files[@]}" | grep -E '\.([chS]|def|lds|py|pl|sh|t|mk)$|gdbinit$' | xargs cat |
		sed -E 's|/\*[^@]([^*]\|\*[^/])*\*/||g; /^[[:space:]]*(\/\*[^@]\|\*[ \/]\|#[^di])/d' |
		grep -oE '\b[A-Za-z_][A-Za-z_0-9]*'
	sed -n 's/^#define __NR_\([a-z0-9_]*\) .*/\1/p' include/abi/*.h
	echo clock_t # POSIX's
} | sort -u >"$tmp/names"
# Also what the build makes.
{
	printf '%s\n' "${files[@]}" | sed 's|.*/||'
	cat Makefile mk/*.mk | grep -oE '\$O/[^ ]*\.h\b' | sed 's|.*/||'
} | sort -u >"$tmp/files"
printf '%s\n' "${files[@]}" | sort -u >"$tmp/paths"

# Lines "FILE:LINE: WORD" of comments, without what is in brackets.
awk '
	FNR == 1 { inside = 0; script = FILENAME !~ /\.([chS]|def|lds)$/ }
	{
		text = ""
		rest = $0
		if (script) {
			inside = sub(/^[ \t]*#+ /, "", rest)
			if (inside) text = rest
			rest = ""
		}
		while (rest != "") {
			if (inside) {
				end = index(rest, "*/")
				text = text " " (end ? substr(rest, 1, end - 1) : rest)
				if (!end) break
				rest = substr(rest, end + 2)
				inside = 0
			} else {
				start = index(rest, "/*")
				if (!start) break
				inside = substr(rest, start + 2, 1) == "@" ? 0 : 1
				rest = substr(rest, start + 2)
				if (!inside) break
			}
		}
		# Brackets may go on in the next line.
		if (open && match(text, /\]/)) { text = substr(text, RSTART + 1); open = 0 }
		else if (open && inside) text = ""
		gsub(/\[[^]]*\]/, "", text)
		if (match(text, /\[[^]]*$/)) { text = substr(text, 1, RSTART - 1); open = 1 }
		if (!inside) open = 0
		n = split(text, word, /[^A-Za-z0-9_.\/()-]+/)
		for (i = 1; i <= n; i++) {
			w = word[i]
			if (w ~ /^[a-z][a-z0-9]*(_[a-z0-9]+)+[.]?$/) { sub(/[.]$/, "", w); print FILENAME ":" FNR ": name " w }
			else if (w ~ /^[a-z_][A-Za-z0-9_]*\(\)/) { sub(/\(.*/, "", w); print FILENAME ":" FNR ": function " w }
			else if (w ~ /[a-z0-9_]\.([chSt]|def|lds|sh|mk|py)[.)(]*$/) { sub(/[.)(]*$/, "", w); sub(/^[(.]*\/*/, "", w); print FILENAME ":" FNR ": file " w }
		}
	}' "$@" >"$tmp/mentioned"

# Of a path, its end will do.
awk -v names="$tmp/names" -v files="$tmp/files" -v paths="$tmp/paths" '
	FILENAME == names { name[$0]; next }
	FILENAME == files { file[$0]; next }
	FILENAME == paths { for (p = $0; ; sub(/^[^\/]*\//, "", p)) { path[p]; if (p !~ /\//) next } }
	{
		if ($2 == "file") there = $3 ~ /\// ? $3 in path : $3 in file
		else there = $3 in name
		if (!there) print $1 " there is no " $3
	}' "$tmp/names" "$tmp/files" "$tmp/paths" "$tmp/mentioned"

#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# docs.t - do the pages name what exists? Each function and each file that stands in backquotes in a
# page exists, a name is in the file that stands behind it, and so do targets of make and tests; the
# table of docs/architecture.md has, for each place where a call is refused or let through, all
# files of the kernel that mention it; docs/how-to.md, every file that knows an action.

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
evidence=("$tmp/said")
nothing() { [[ ! -s $tmp/said ]]; }
mapfile -t files < <(git ls-files -co --exclude-standard 2>/dev/null || find . -type f | sed 's|^\./||')
# What the last argument selects, of all files.
of() { printf '%s\n' "${files[@]}" | grep -E "$1"; }
quoted() { grep -o '`[^`]*`' "$1" | tr -d '`'; }
pages=({,kernel/,tests/,policy/}README.md CONTRIBUTING.md)
mapfile -t -O 5 pages < <(of '^docs/[a-z-]*\.md$')

of '\.(c|h|S|def|py|sh|mk)$' | xargs cat | grep -oE '\b[A-Za-z_][A-Za-z_0-9]*' | sort -u >"$tmp/names"
for page in "${pages[@]}"; do
	quoted "$page" | grep -xE '[a-z_0-9]+\(\)' | tr -d '()' | sort -u | LC_ALL=C comm -23 - <(LC_ALL=C sort "$tmp/names") | sed "s|^|$page: no function |"
done >"$tmp/said"
nothing
ok "every function that a page names exists"

printf '%s\n' "${files[@]}" | awk -F/ '{ p = ""; for (i = 1; i <= NF; i++) { p = p (i > 1 ? "/" : "") $i; print p } }' | sort -u >"$tmp/paths"
for page in "${pages[@]}"; do
	quoted "$page" | grep -xE '(boot|kernel|seccomp|include|policy|tests|tools|user|bench|docs|mk|unit|guest|core|calls|linux|gate)/[A-Za-z0-9_./-]*' |
		sed 's|/$||' | grep -v 'NAME\|^tools/testing/' | sort -u | while read -r path; do
		grep -qxE -- "(tests/|kernel/)?${path//./\\.}(\.c)?" "$tmp/paths" || echo "$page: no $path"
	done
done >"$tmp/said"
nothing
ok "every file that a page names exists"

# "`name()` (`file`)": the name stands in that file.
n=0
for page in "${pages[@]}"; do
	while read -r line; do
		path=$(grep -oE '`[^`]+`\)$' <<<"$line" | tr -d '`)')
		mapfile -t homes < <(of "(^|/)${path//./\\.}$")
		for name in $(sed 's/ (`[^`]*`)$//' <<<"$line" | tr -d '`(),'); do
			n=$((n + 1))
			((${#homes[@]} > 0)) && grep -qw -- "$name" "${homes[@]}" || echo "$page: $name is not in $path"
		done
	done < <(grep -oE '`[a-z_0-9]+(\(\))?`(, `[a-z_0-9]+(\(\))?`)* \(`[A-Za-z0-9_./]+\.[a-zS]+`\)' "$page")
done >"$tmp/said"
nothing && ((n >= 20))
ok "a name with a file behind it stands in that file ($n names)"

# What make is asked for: targets, and tests by name.
for page in "${pages[@]}"; do
	grep -oE '(`|^    (\$ )?)make [a-z-]+' "$page" | sed 's/.*make //' | sort -u | while read -r target; do
		grep -qE "^([a-z-]+ )*$target( [a-z-]+)*:" Makefile mk/*.mk || echo "$page: make has no $target"
	done
	grep -oE "make test T=('[a-z ]+'|[a-z-]+)|qemu\.sh test [a-z-]+" "$page" | sed "s/.*[T=]=//; s/.*test //; s/'//g" | tr ' ' '\n' |
		sort -u | while read -r name; do
		[[ -e tests/$name.t || -e tests/unit/$name.c || -e tests/guest/$name.c ]] || echo "$page: no test $name"
	done
done >"$tmp/said"
nothing
ok "every target and test that a page names exists"

# Something leads to each page of docs/; a row of a table tells of each entry of tests/, and of each
# file of policy/.
{
	for page in docs/*.md; do
		printf '%s\n' "${pages[@]}" | grep -vxF "$page" | xargs grep -qF "$(basename "$page")" || echo "nothing leads to $page"
	done
	for entry in tests/*; do
		[[ $entry != tests/README.md ]] || continue
		quoted tests/README.md | tr -d ' ' | while read -r row; do
			# shellcheck disable=SC2053 # it is a pattern
			[[ ${entry#tests/} != ${row%%/*} && ${entry#tests/} != ${row%%/*}.t ]] || echo "$entry"
		done | grep -q . || echo "tests/README.md has no $entry"
	done
	awk -F'|' '/^\|/ { print $2 }' policy/README.md | tr -d ' ' | tr ',' '\n' >"$tmp/rows"
	for file in policy/*.{c,def}; do
		name=${file#policy/}
		while read -r row; do
			# shellcheck disable=SC2053 # it is a pattern
			[[ $name != $row && ${name%.c} != $row ]] || continue 2
		done <"$tmp/rows"
		echo "policy/README.md has no $file"
	done
} >"$tmp/said"
nothing
ok "every page is linked, and the tables of tests/README.md and policy/README.md have all that is there"

# table PAGE HEADING: the rows of the first table behind it, less the two lines of its head.
table() { sed -n "/^## $2/,/^## /p" "$1" | grep '^|' | tail -n +3; }
n=0
mapfile -t kernel < <(of '^(kernel/.*\.c|boot/.*\.S)$')
while IFS='|' read -r _ place where _; do
	n=$((n + 1))
	diff <(quoted - <<<"$where" | LC_ALL=C sort) <(grep -lw -- "$(quoted - <<<"$place")" "${kernel[@]}" | LC_ALL=C sort) |
		sed -n "s/^</$place is not mentioned in/p; s/^>/$place is mentioned in/p"
done < <(table docs/architecture.md 'Every place') >"$tmp/said"
nothing && ((n >= 12))
ok "docs/architecture.md has every file of the kernel that may refuse a call or let it through"

# What knows an action has its number, the row of it, or its name in a string.
diff <(sed -n '/^## An action/,/^## /p' docs/how-to.md | quoted - | grep -xE '(kernel|seccomp|include|policy)/[a-z_/]+\.(c|h|def)' | LC_ALL=C sort -u) \
	<(of '^(kernel|seccomp|include|policy)/.*\.(c|h|def)$' |
		xargs grep -lE 'SECCOMP_(RET_(TRACE|USER_NOTIF|TRAP)|DO_(TRACE|NOTIFY|SIGNAL))\b|\bACTION\(TRAP\b|"[^"]*\b(TRAP|USER_NOTIF)\b' | LC_ALL=C sort) |
	sed -n 's/^</does not know an action:/p; s/^>/knows an action and is not named:/p' >"$tmp/said"
nothing
ok "docs/how-to.md has every file that knows an action"
tap_end

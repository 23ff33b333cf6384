#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# lint.sh - what the compiler does not check, as TAP. Called by `make lint` and, as
# one of the tests, by `make test`. Looks at the files that git tracks or would track,
# so a new file is looked at, too. What takes long is not looked at again where nothing has changed
# since it passed: $O/lint keeps that.

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
unset MAKEFLAGS MAKELEVEL

# Files have at most 300 lines (.c) or 200 lines (.S) that are not blank. These may be
# longer: tables of rows, one line a rule; a model that is of use only as a whole; and code
# whose contracts stand beside it.
long_files=(
	seccomp/check.c
	seccomp/gate.c
	tests/unit/build.c
	tests/unit/stack.c
)

# Functions have at most 55 lines that are neither blank nor comment. These may be longer: a row for
# each instruction, and for each option.
long_functions=(
	seccomp/run.c:seccomp_run
	seccomp/check.c:classic_fault
	tools/boot.c:main
)

n=0
failed=0

# ok NAME: judges the status of the command before it; what that printed is in $report.
ok() {
	local status=$?
	n=$((n + 1))
	if ((status == 0)); then
		echo "ok $n - $1"
		return
	fi
	failed=1
	echo "not ok $n - $1"
	printf '%s\n' "$report" | head -n 60 | sed 's/^/# /'
}

# only COMMAND VERSION NAME: skips the check NAME unless COMMAND is the version that decides: others
# see other things, and the tree follows Debian 12's.
only() {
	[[ $("$1" "${4:---version}" 2>&1) != *"$2"* ]] || return 0
	n=$((n + 1))
	echo "ok $n - $3 # SKIP needs $1 $2"
	return 1
}

# Outside a clone, every file.
mapfile -t files <<<"$(git ls-files -co --exclude-standard 2>/dev/null ||
	find . -type f -not -path './.git/*' -not -path "./${O:-build}/*" | sed 's|^\./||')"

# tracked [PATTERN...]: the files that match one of the patterns, one a line.
tracked() {
	local f pattern
	for f in "${files[@]}"; do
		[[ -f $f ]] || continue
		for pattern in "${@:-*}"; do
			# shellcheck disable=SC2053 # it is a pattern
			[[ $f != $pattern ]] || { echo "$f" && break; }
		done
	done
}

# The flags that the Makefile uses, so that they are written in one place.
flags() {
	make -s --no-print-directory --eval "lint-flags: ; @echo $1" lint-flags
}

# Succeeds when the report is empty.
nothing() { [[ -z $report ]]; }

kept=${O:-build}/lint
mkdir -p "$kept" && sum=$kept/$$.sum || exit 1
trap 'rm -f "$sum"' EXIT

# unless_kept CHECK PATTERN...: sets `report` to what the function CHECK prints; not when it printed
# nothing the last time and the tools, the Makefiles and the files that match have not changed.
unless_kept() {
	local file=$kept/$1
	report=''
	{
		gcc --version
		clang-query-14 --version
		shellcheck --version
		tracked "${@:2}" Makefile 'mk/*' tools/lint.sh tools/dialect.query kernel/modules.def | sort -u | xargs sha256sum
	} >"$sum" 2>/dev/null
	! cmp -s "$sum" "$file" || return 0
	report=$("$1" 2>&1)
	if nothing; then mv "$sum" "$file"; else rm -f "$file"; fi
}

no_spdx() {
	tracked '*.[chS]' '*.sh' '*.t' '*.lds' '*.def' '*.py' '*.mk' Makefile .ci/run tools/gdbinit | xargs awk '
		FNR == 1 { file[++n] = FILENAME }
		FNR <= 3 && /SPDX-License-Identifier: BSD-2-Clause/ { named[FILENAME] = 1 }
		FNR == 3 { nextfile }
		END { for (i = 1; i <= n; i++) if (!(file[i] in named)) print file[i] }'
}

too_long() {
	local f lines limit
	tracked '*.c' '*.S' | xargs grep -Hc . | while IFS=: read -r f lines; do
		limit=300
		[[ $f != *.S ]] || limit=200
		if ((lines > limit)) && [[ " ${long_files[*]} " != *" $f "* ]]; then
			echo "$f has $lines lines, more than $limit"
		fi
	done
}

# A function begins and ends with a brace in the first column; its name is the last before a bracket
# on a line that begins in the first column.
too_long_functions() {
	local where lines
	tracked 'kernel/*.c' 'seccomp/*.c' 'policy/*.c' 'tools/*.c' | xargs awk '
		/^[a-z][^;=]*\(/ { name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name) }
		/^\{/ { inside = 1; lines = 0; next }
		/^\}/ { if (inside && lines > 55) print FILENAME ":" name, lines; inside = 0 }
		inside {
			comment = comment || /^[ \t]*\/\*/
			if (!comment && NF > 0) lines++
			if (/\*\//) comment = 0
		}' | while read -r where lines; do
		[[ " ${long_functions[*]} " == *" $where "* ]] || echo "${where%:*}: ${where#*:}() has $lines lines"
	done
}

# Comments have at most 100 columns, code has 120. Contracts for Frama-C are formulas, laid out
# by hand. Code of tests, tables of rows and lines with a string are not looked at: a policy or
# a pattern stands in one piece.
too_wide() {
	tracked '*.[chS]' '*.def' '*.sh' '*.t' '*.lds' '*.py' '*.pl' '*.mk' Makefile .ci/run qemu.sh | xargs awk '
		function width(line,	at) {
			while ((at = index(line, "\t")))
				line = substr(line, 1, at - 1) sprintf("%*s", 8 - (at - 1) % 8, "") substr(line, at + 1)
			return length(line)
		}
		FNR == 1 { c = FILENAME ~ /\.([chS]|lds|def)$/; contract = 0 }
		/\/\*@/ { contract = 1 }
		length > 30 && (c ? /^[ \t]*(\/\*[^@]|\*[ \/])/ : /^[ \t]*# / && !/# (shellcheck|needs:)/) {
			comment = 1
			columns = width($0)
			if (columns > 100) print FILENAME ":" FNR ": a comment of " columns " columns"
		}
		length > 30 && !comment && !contract && FILENAME !~ /^tests\/|\.(py|def)$/ && !/["\047]|\/\/@|^[ \t]*\/\/ / {
			columns = width($0)
			if (columns > 120) print FILENAME ":" FNR ": code of " columns " columns"
		}
		{ comment = 0 }
		/\*\// { contract = 0 }'
}

# A static function has two words or more in its name: what it does, and to what. In the kernel and
# in what is linked into it, no other file gives that name to another function: its backtraces and
# gdb know functions by their names alone.
static_names() {
	tracked 'kernel/*.[ch]' 'seccomp/*.[ch]' 'policy/*.[ch]' 'tools/*.[ch]' |
		xargs grep -HoE '^static [^](=;[]*[ *][a-z0-9_]+\(' |
		sed -E 's/^([^:]*):.*[ *]([a-z0-9_]+)\($/\2 \1/' | sort -u | awk '
			$1 !~ /_/ { print $2 ": " $1 "() is a name of one word" }
			$2 !~ /^(kernel|seccomp)/ { next }
			$1 == before { print $2 ": " $1 "() is defined in " where ", too" }
			{ before = $1; where = $2 }'
}

# Pointers that are compared with NULL by ! or by standing as a condition.
# shellcheck disable=SC2016,SC2046
bare_pointers() {
	local kernel host
	mapfile -t kernel < <(tracked 'kernel/*.c' 'seccomp/*.c')
	mapfile -t host < <(tracked 'policy/*.c' 'tools/*.c')
	{
		clang-query-14 -f tools/dialect.query "${kernel[@]}" -- \
			$(flags '$(wordlist 2,9,$(KCC_clang)) $(PURE) $(INC_kernel) $(ALL_MODULES:%=-DWITH_%=1) -DKASSERTS=1 -isystem $(PICO)/include')
		clang-query-14 -f tools/dialect.query "${host[@]}" -- $(flags '$(filter -std% -D% -I%,$(PFLAGS))')
	} 2>&1 | grep -E '"pointer" binds here| error: ' | sed "s|^$PWD/||" | sort -u
}

no_pragma_once() {
	tracked '*.h' | xargs grep -L '^#pragma once'
}

# Prints the compiler's words about each header that needs another one before it.
# shellcheck disable=SC2016
headers_alone() {
	local k p u
	k=$(flags '$(filter-out -M%,$(KC)) $(INC_kernel)')
	p=$(flags '$(CC) $(filter-out -M%,$(PFLAGS))')
	u=$(flags '$(filter-out -M%,$(UC))')
	{
		tracked 'include/*.h' 'seccomp/*.h' 'kernel/*.h' | sed "s|^|$k |"
		tracked 'policy/*.h' | sed "s|^|$p |"
		tracked 'user/lib/*.h' | sed "s|^user/lib/include/||; s|^|$u |"
	} | sed 's/\([^ ]*\)$/-fsyntax-only -Wno-unused-macros -x c -include \1 \/dev\/null/' |
		xargs -P 2 -d '\n' -I CMD sh -c 'CMD 2>&1 | head -n 5'
}

# What returns 0 or -errno may fail, and so may what makes something.
may_be_ignored() {
	tracked 'kernel/*.h' | xargs grep -nE \
		'^(static inline )?((int|long|int64_t) \w+|(struct \w+|void) \*(\w+_(create|alloc|alloc_zero|copy|fork|charge|make)|kmalloc\w*))\('
}

outside_paths() {
	tracked | grep -v '^tools/lint\.sh$' | xargs grep -nIE '\.\./shared|/work/|/tmp/team|\b[Ii]ssues? #?[0-9]'
}

# analyse NAME FLAGS PATTERN...: the files that match, with the folders of headers that FLAGS name.
# What cppcheck found in a file that has not changed is in a folder of that NAME. One process for
# all takes half of the time of one for each file (-j), and looks through calls into other files,
# too: not for ctuuninitvar, which takes an array that a function fills for one that it reads.
analyse() {
	local folder=$kept/$1 words=$2
	shift 2
	[[ $folder/key -nt tools/lint.sh && $folder/key -nt tools/cppcheck.cfg ]] || rm -rf "$folder"
	mkdir -p "$folder" && touch -a "$folder/key"
	# shellcheck disable=SC2086
	tracked "$@" |
		cppcheck -q --cppcheck-build-dir="$folder" --std=c11 --platform=unix64 --inline-suppr \
			--enable=warning,performance,portability --library=tools/cppcheck.cfg \
			--suppress=missingInclude --suppress=ctuuninitvar --suppress=unmatchedSuppression \
			--suppress=comparePointers:kernel/main.c \
			--suppress=arrayIndexThenCheck --suppress=arrayIndexOutOfBoundsCond:user/lib/messages.c \
			-D__riscv=1 -D__riscv_xlen=64 -D__GNUC__=12 $words --file-list=- 2>&1
}

# The kernel's headers are for the kernel alone: <signal.h> of a program is not its signal.h.
static_analysis() {
	local words
	# shellcheck disable=SC2016
	analyse kernel "$(flags '$(INC_kernel) $(ALL_MODULES:%=-DWITH_%=1)') -Itests/unit" 'seccomp/*.c' 'kernel/*.c' tests/unit/rights.c
	# shellcheck disable=SC2016
	words="$(flags '$(INC_policy)') -Itests/unit --suppress=unknownMacro:tests/unit/rights.c"
	analyse host "$words" 'policy/*.c' 'tools/*.c' 'user/*.c' 'tests/*.c'
}

shell_scripts() {
	tracked '*.sh' '*.t' .ci/run | xargs shellcheck -x -S warning
}

echo 1..15
if only clang-format 'version 14.' "C files are laid out as .clang-format says"; then
	report=$(tracked '*.[ch]' | xargs clang-format --dry-run -Werror 2>&1)
	ok "C files are laid out as .clang-format says (make format does it)"
fi
if only cppcheck 'Cppcheck 2.10' "cppcheck finds nothing"; then
	report=$(static_analysis)
	nothing
	ok "cppcheck finds nothing"
fi
unless_kept headers_alone '*.h'
nothing
ok "every header compiles alone"
report=$(no_pragma_once)
nothing
ok "every header says #pragma once"
report=$(no_spdx)
nothing
ok "every source file names its licence"
report=$(may_be_ignored)
nothing
ok "what may fail in the kernel is [[nodiscard]]"
report=$(too_long)
nothing
ok "no file is too long"
report=$(too_long_functions)
nothing
ok "no function is longer than a screen"
if only dot 'version 2.43' "docs/architecture.svg shows the folders as they are built" -V; then
	report=$(tools/architecture.sh 2>&1 | dot -Tsvg | diff -q docs/architecture.svg - 2>&1)
	ok "docs/architecture.svg shows the folders as they are built (make picture draws it)"
fi
report=$({
	tracked '*.[chS]' '*.def' '*.lds' | grep -v '^tests/'
	tracked '*.sh' '*.t' '*.mk' Makefile qemu.sh tools/gdbinit
} | xargs tools/mentions.sh 2>&1)
nothing
ok "comments mention only what exists"
report=$(too_wide)
nothing
ok "no line is too wide"
report=$(static_names)
nothing
ok "a static function has a name of two words or more, in the kernel its own"
if only clang-query-14 'version 14.' "pointers are compared with NULL"; then
	unless_kept bare_pointers '*.h' 'kernel/*' 'seccomp/*' 'policy/*' 'tools/*.c'
	nothing
	ok "pointers are compared with NULL"
fi
report=$(outside_paths)
nothing
ok "nothing refers to what is outside this repository"
unless_kept shell_scripts '*.sh' '*.t' .ci/run
nothing
ok "shellcheck finds nothing"
exit $failed

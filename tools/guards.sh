#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# guards.sh - does each guard of this tree notice what it is there for? Plants a fault for each one,
# as TAP: an #include and a call that a folder of the kernel may not have, for every folder; what
# each warning of the compilers warns of, with every set of flags that the build uses; a fault for
# each rule of lint.sh. Part of `make lint`. Has clang look at everything, too.
#
# needs: layers.ok

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
unset MAKEFLAGS MAKELEVEL
O=${O:-build}
# shellcheck source=tests/tap.sh
. tests/tap.sh
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
evidence=("$tmp/said")

make -s O="$O" "$O/layers.ok" >/dev/null || exit 1

# asks WORDS: what the Makefile expands WORDS to; ^ stands for a space inside a word,
# which ends up on its own line.
asks() {
	make -s --no-print-directory O="$O" --eval "guards: ; @echo $1" guards | tr ' ' '\n' | tr '^' ' '
}
nothing() { [[ ! -s $tmp/said ]]; }

# ---- who sees whom ----

tree=$tmp/tree
mkdir "$tree"
cp -r Makefile mk include seccomp kernel boot "$tree"
# Lines "FOLDER:FOLDER THAT IT SEES ...:OBJECTS", which tools/layers.sh reads.
# shellcheck disable=SC2016
asks '$(foreach d,$(KDIRS),$d:$(subst $() ,^,$(call sees,$d)):$(subst $() ,^,$(call objects,$d/*.c)))' >"$tmp/table"
mapfile -t folders < <(cut -d: -f1 "$tmp/table")

# Each folder gets, of each one that it may not see, a header to include, in a file of its own,
# and a function to call. A folder that has no header (no function) is not in question.
declare -A header
for folder in "${folders[@]}"; do
	header[$folder]=$(find "$folder" -maxdepth 1 -name '*.h' -printf '%f\n' | sort | head -n 1)
done
: >"$tmp/pairs"
while IFS=: read -r folder sees _; do
	for other in "${folders[@]}" seccomp; do
		[[ $other != kernel && $other != "$folder" && " $sees " != *" $other "* ]] || continue
		[[ $other == seccomp || ${header[$other]} == '' ]] || echo "$folder $other ${header[$other]}" >>"$tmp/pairs"
	done
done < <(grep -v '^kernel:' "$tmp/table")

# A file in each folder asks the compiler which of these headers it would find: each that it would
# not has a warning, and one that it would has none.
while read -r folder other name; do
	printf '#if !__has_include("%s")\n#warning "%s of %s"\n#endif\n' "$name" "$name" "$other" >>"$tree/$folder/planted.c"
done <"$tmp/pairs"
cut -d' ' -f1 "$tmp/pairs" | sort -u | sed 's|.*|build/&/planted.o|' | xargs make -s -k -j 2 -C "$tree" O=build >"$tmp/make" 2>&1
sed -n 's|^\(.*\)/planted\.c:.* "\(.*\) of \(.*\)" \[-W.*|\1 \3 \2|p' "$tmp/make" | sort -u >"$tmp/hidden"
sort -u "$tmp/pairs" | comm -23 - "$tmp/hidden" | sed 's/\(.*\) \(.*\) \(.*\)/\1 may include \3 of \2/' >"$tmp/said"
n=$(sort -u "$tmp/pairs" | wc -l)
nothing && ((n > 150))
ok "no folder of the kernel can include a header of one that it may not see ($n pairs of folders)"
find "$tree" -name 'planted.*' -delete

# objects FOLDER: those whose source is there: a build may hold older ones, too.
objects() {
	local source
	for source in "$1"/*.[cS]; do
		echo "$O/${source%.?}.o"
	done
}

# The calls are in one object for each folder, which is looked at as if it were one of its own.
declare -A called
while read -r other; do
	# shellcheck disable=SC2046
	called[$other]=$("${CROSS:-riscv64-unknown-elf-}nm" -g --defined-only $(objects "$other") | awk '$2 == "T" { print $3; exit }')
done < <(cut -d' ' -f2 "$tmp/pairs" | sort -u)
while read -r folder other _; do
	[[ ${called[$other]} == '' ]] || echo "$folder $other ${called[$other]}"
done <"$tmp/pairs" >"$tmp/calls"
cp "$tmp/table" "$tmp/planted"
while read -r folder; do
	object=$tmp/$(tr / _ <<<"$folder").o
	awk -v f="$folder" '$1 == f { print "void " $3 "(void);"; calls = calls $3 "();" }
		END { print "void planted_" NR "(void);void planted_" NR "(void) {" calls "}" }' "$tmp/calls" >"$tmp/planted.c"
	riscv64-unknown-elf-gcc -march=rv64imac -mabi=lp64 -mcmodel=medany -fno-builtin -c -o "$object" "$tmp/planted.c"
	sed -i "s|^$folder:.*|& $object|" "$tmp/planted"
done < <(cut -d' ' -f1 "$tmp/calls" | sort -u)
tools/layers.sh <"$tmp/planted" >"$tmp/layers" 2>&1
while read -r folder other symbol; do
	grep -qx "$folder uses $symbol of $other, which it may not see" "$tmp/layers" || echo "$folder may call $symbol of $other"
done <"$tmp/calls" >"$tmp/said"
n=$(wc -l <"$tmp/calls")
nothing && ((n > 150))
ok "no folder of the kernel can call a function of one that it may not see ($n pairs)"

# A ring of eight files, each of which calls the next.
ring=''
for i in 0 1 2 3 4 5 6 7; do
	echo "void ring_$(((i + 1) % 8))(void); void ring_$i(void); void ring_$i(void) { ring_$(((i + 1) % 8))(); }" >"$tmp/ring_$i.c"
	riscv64-unknown-elf-gcc -march=rv64imac -mabi=lp64 -c -o "$tmp/ring_$i.o" "$tmp/ring_$i.c" && ring+=" $tmp/ring_$i.o"
done
echo "ring:ring:$ring" | tools/layers.sh >"$tmp/said" 2>&1
[[ $? != 0 && $(<"$tmp/said") == '8 files in a circle: '* ]] &&
	echo "ring:ring:${ring% *}" | tools/layers.sh >"$tmp/said" 2>&1
ok "a circle of eight files is found, one of seven is let through"

# refuses TARGET WORDS WHAT: prints a complaint unless make fails in $tree with WORDS.
refuses() {
	local said
	if said=$(make -s -C "$tree" O=build "$1" 2>&1); then
		echo "the build accepts $3"
	elif [[ $said != *"$2"* ]]; then
		echo "the build refuses $3 for another reason: $said"
	fi
}
{
	printf '#include "task.h"\n' >"$tree/seccomp/planted.c"
	refuses build/seccomp/planted.o 'task.h: No such file' "an #include of a kernel header"
	printf 'int puts(const char *); int planted(void); int planted(void) { return puts(""); }\n' >"$tree/seccomp/planted.c"
	refuses build/verdict.a 'U puts' "a call out of the library"
	refuses build/verdict.a 'U puts' "the same library at a second make"
} >"$tmp/said"
nothing
ok "seccomp/ cannot see the kernel or call out of itself"

# ---- warnings ----

# FLAG|WHAT THE COMPILER NAMES|CODE. A flag of the build that is not here
# fails, and a row that no flag needs.
rows='
-Wall|unused-variable|int f(void); int f(void) { int unused; return 0; }
-Wall|maybe-uninitialized|int f(int a); int f(int a) { int x; if (a > 3) x = a; return x; }
-Wextra|unused-parameter|int f(int a); int f(int a) { return 0; }
-Wshadow|shadow|int f(int a); int f(int a) { { int a = 1; return a; } }
-Wundef|undef|#if NOWHERE_DEFINED
-Wstrict-prototypes|strict-prototypes|int f();
-Wmissing-prototypes|missing-prototypes|int f(void) { return 0; }
-Wvla|vla|void use(char *); void f(int n); void f(int n) { char a[n]; use(a); }
-Wconversion|conversion|char f(int a); char f(int a) { return a; }
-Wframe-larger-than=2048|frame-larger-than=|void use(char *); void f(void); void f(void) { char a[2048 + 16]; use(a); }
'
# Every way in which `make all` compiles C: the compiler, and what of its flags
# makes a difference to warnings.
make -n V=1 O="$tmp/none" all 2>/dev/null | awk '$1 ~ /(^cc|gcc|clang[-0-9]*)$/ && / [^ ]*\.c / {
	s = $1
	for (i = 2; i <= NF; i++) if ($i ~ /^(-W|-O|-std|-f[a-z]|-m[a-z]|-D_)/ && $i !~ /^-W[la],|prefix-map/) s = s " " $i
	if (s ~ / -W/) print (($0 ~ / (kernel|seccomp)\/[^ ]*\.c / && $1 ~ /riscv/) ? "kernel " : "host ") s
}' | sort -u >"$tmp/ways"

# planted WAY FLAG NAME CODE: complains unless CODE, compiled that WAY, is an error of that NAME.
planted() {
	local line=$4
	[[ $line != '#if'* ]] || line+=$'\n#endif\nint f(void);'
	# shellcheck disable=SC2086
	$1 -x c -c -o "$tmp/planted.o" - <<<"$line" >"$tmp/errors" 2>&1 && echo "$2 ($3) is not noticed by: $1"
	grep -q -- "\[-Werror=$3" "$tmp/errors" || echo "$2 does not say $3: $1: $(head -n 2 "$tmp/errors")"
}
needed=' '
while read -r kind way; do
	for flag in $(grep -oE ' -W[^ ]+' <<<"$way") $([[ $kind == host ]] || echo -Wframe-larger-than=2048); do
		[[ $flag != -Werror && $flag != -Wno-* ]] || continue
		needed+="$flag "
		grep -q "^$flag|" <<<"$rows" || echo "no fault is known for $flag"
		while IFS='|' read -r _ name code; do
			# Sanitizers' code hides some uses from this analysis.
			[[ $name != maybe-uninitialized || $way != *-fsanitize=* ]] || continue
			planted "$way" "$flag" "$name" "$code"
		done < <(grep "^$flag|" <<<"$rows")
	done
done <"$tmp/ways" >"$tmp/said"
while IFS='|' read -r flag _; do
	[[ $flag == '' || $needed == *" $flag "* ]] || echo "the build does not use $flag"
done <<<"$rows" >>"$tmp/said"
n=$(wc -l <"$tmp/ways") of_kernel=$(grep -c ^kernel "$tmp/ways")
nothing && ((of_kernel >= 5))
ok "what each warning warns of is an error, with every set of flags that the build uses ($n sets)"

# shellcheck disable=SC2016
link=$(asks '$(subst $() ,^,$(filter-out %vfprintf,$(KLINK)))')
# shellcheck disable=SC2086
echo 'int start(void); int start(void) { return 0; }' >"$tmp/planted.c" &&
	riscv64-unknown-elf-gcc -march=rv64imac -mabi=lp64 -c -o "$tmp/planted.o" "$tmp/planted.c" &&
	! ${link% -T*} -Wl,-e,nowhere "$tmp/planted.o" -o "$tmp/planted.elf" >"$tmp/said" 2>&1 &&
	grep -q 'cannot find entry symbol nowhere' "$tmp/said"
ok "a warning of the linker is an error"

# ---- the rules of lint ----

# A tree with one fault for each rule, and what the rule needs to look at it.
bad=$tmp/bad
mkdir -p "$bad"/{tools,kernel,seccomp,policy,tests,docs}
echo '<svg/>' >"$bad/docs/architecture.svg"
cp -r Makefile mk .clang-format "$bad"
cp tools/lint.sh tools/architecture.sh tools/mentions.sh tools/cppcheck.cfg tools/dialect.query "$bad/tools"
cp -r kernel/modules.def "$bad/kernel"
# What was kept of a tree without faults says nothing of this one.
mkdir -p "$bad/build" "$O/lint" && cp -r "$O/lint" "$bad/build"
spdx='/* SPDX-License-Identifier: BSD-2-Clause */'
printf '%s\nint  f(void);\n' "$spdx" >"$bad/kernel/layout.c"
printf '%s\nint f(void);\nint f(void)\n{\n\tint a[2] = { 0 };\n\n\treturn a[2];\n}\n' "$spdx" >"$bad/kernel/analysis.c"
printf '%s\n#pragma once\n\nuint32_t f(void);\n' "$spdx" >"$bad/kernel/alone.h"
printf '%s\nint f(void);\n' "$spdx" >"$bad/kernel/once.h"
printf 'int f(void);\n' >"$bad/kernel/licence.c"
printf '%s\n#pragma once\n\nint f(void);\n' "$spdx" >"$bad/kernel/ignored.h"
{
	echo "$spdx"
	yes 'int f(void);' | head -n 300
} >"$bad/kernel/long.c"
{
	printf '%s\nvoid f(void)\n{\n' "$spdx"
	yes $'\tf();' | head -n 56
	echo '}'
} >"$bad/kernel/function.c"
printf '%s\n/* Called by nobody_here(). */\n' "$spdx" >"$bad/kernel/mention.c"
printf '#!/bin/bash\n# SPDX-License-Identifier: BSD-2-Clause\n# Called by nowhere.sh.\n' >"$bad/tools/mention.sh"
printf '%s\nint f(int *p);\nint f(int *p)\n{\n\treturn !p;\n}\n' "$spdx" >"$bad/kernel/pointer.c"
# In each folder that the rule looks at; and a name that two files have.
for folder in kernel seccomp policy tools; do
	printf '%s\nstatic int find(void);\n' "$spdx" >"$bad/$folder/static.c"
done
printf '%s\nstatic int find_twin(void);\n' "$spdx" | tee "$bad/kernel/static_1.c" >"$bad/seccomp/static_2.c"
printf '%s\n/* %0101d */\n' "$spdx" 0 >"$bad/kernel/wide.c"
# shellcheck disable=SC2016
printf '#!/bin/bash\n# SPDX-License-Identifier: BSD-2-Clause\nfor f in $(ls *.c); do rm $f; done; cd $1\n' >"$bad/tools/shell.sh"
printf '/* see ..%s */\n' /shared/x >"$bad/kernel/outside.h"
(cd "$bad" && GIT_CEILING_DIRECTORIES=$tmp O=build tools/lint.sh) >"$tmp/lint" 2>&1
# What a rule says must name its fault.
awk '/^ok / && !/# SKIP/ { print "not noticed: " $0 }
	/^not ok / { if (rule != "") print rule " says nothing of what was planted"; rule = $0 }
	/^# .*(architecture|layout|analysis|alone|once|licence|ignored|long|function|mention|pointer|static|wide|outside|shell)\.(c|h|sh|svg)/ || /^# In (tools|kernel)/ { rule = "" }
	END { if (rule != "") print rule " says nothing of what was planted" }' "$tmp/lint" >"$tmp/said"
for file in {kernel,seccomp,policy,tools}/static.c seccomp/static_2.c; do
	grep -q "^# $file: " "$tmp/lint" || echo "not noticed: the name in $file"
done >>"$tmp/said"
for file in kernel/mention.c tools/mention.sh; do
	grep -q "^# $file:[0-9]*: there is no " "$tmp/lint" || echo "not noticed: what $file mentions"
done >>"$tmp/said"
n=$(grep -c '^not ok ' "$tmp/lint")
nothing && ((n >= 9))
ok "each rule of lint.sh notices a fault against it ($n rules)"

# ---- clang ----

if command -v clang-14 >/dev/null; then
	make -s -j 2 O="$O/clang" KCC=clang "$O/clang/portcullis.elf" >"$tmp/said" 2>&1 && ! grep -q 'warning:' "$tmp/said"
	ok "clang builds the kernel without a warning"
	tests/fuzz/run.sh check >"$tmp/said" 2>&1
	ok "clang takes portcullis, the verdict library and the fuzzers without a warning"
else
	skip "clang builds the kernel without a warning" "no clang-14 here (tools/setup.sh fuzz installs it)"
	skip "clang takes portcullis, the verdict library and the fuzzers without a warning" "no clang-14 here"
fi
tap_end

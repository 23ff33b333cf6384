#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# kernel.sh [PATTERN] - does a program of tests/guest notice each mutant of the kernel's gate, and
# of what carries filters and memory across clone, exec, exit, signals, faults and tracing? `make
# mutation-kernel`. PATTERN: a regular expression of file names, only these. Prints TAP: one line
# for each file, and under it what nobody noticed. What is known already is kept in
# $O/mutation-kernel/results: a run that was stopped goes on there; `make clean` forgets it.
#
#   O=DIR       where the build is (build)           JOBS=N   QEMUs at a time (all processors)
#   UNTIL=T     starts nothing new after T seconds   EACH=N   only every N-th mutant
#   TRY=N       programs tried on each mutant (all that meet it)
#   PROGRAMS=P  only programs that match P       WITHIN=S   that take at most S seconds
#   PATIENCE=S  seconds that each may take longer than six times that: more on a busy machine (15)
#   SCRIPTS=S   only these tests beside them
#   ALL=1       tries what is known to be equivalent, too
#   SAMPLE=F    only the mutants of the file F, each with the program beside it, in an image of
#               their files' mutants: mutation-kernel.t
#
# All mutants are in one image (kernel/rewrite.pl), chosen by a word on the command line.
# What is equivalent, or only makes the kernel slower, stands in kernel/equivalent with the reason.

set -u
cd "${BASH_SOURCE[0]%/*}/../.." || exit 2
pattern=${1:-.}
export O=${O:-build}
dir=$O/mutation-kernel${SAMPLE:+.sample}
mkdir -p "$dir" || exit 2
dir=$(cd "$dir" && pwd)
here=tests/mutation/kernel
export JOBS=${JOBS:-$(nproc)}
# shellcheck source=tests/objects.sh
. tests/objects.sh

mapfile -t files < <({ ls kernel/{gate,linux/jit,linux/notify,linux/trace,core/memory,core/signal}/*.c
	find kernel -name sys_clone.c -o -name sys_exec.c -o -name exec.c -o -name exit.c -o -name cred.c -o \
		-name sched.c -o -name task.c -o -name trap.c; } | sort -u)
[[ -z ${SAMPLE-} ]] || mapfile -t files < <(cut -f1 "$SAMPLE" | grep -v '^#' | sort -u)

# One copy of the sources, in which these files hold their mutants; constants that do
# not compile so stay as they are.
make_image() {
	local f tree=$dir/tree
	rm -rf "$tree" "$dir"/{list,skip,met,scripts,results}
	mkdir -p "$tree"
	cp -a Makefile mk boot include kernel seccomp policy tools user "$tree" || return
	copy_objects "$dir/build" || return
	# Mutants are not what warnings are for.
	# shellcheck disable=SC2016 # for make
	printf '$O/%s.o: SPEED += -w\n' "${files[@]%.c}" kernel/core/machine/mutants >>"$tree/Makefile"
	echo : >"$tree/tools/layers.sh" # mutants tell of themselves across all layers
	sed -i 's/\(symbols_room = \).*/\10x10000;/' "$tree/boot/kernel.lds" # with them fewer functions are inlined
	: >"$dir/skip"
	for _ in 1 2 3; do
		rm -f "$dir/list"
		for f in "${files[@]}"; do cp "$f" "$tree/$f" || return; done
		(cd "$tree" && perl "$OLDPWD/$here/rewrite.pl" "$dir/list" "$dir/skip" "${files[@]}") || return
		cp $here/mutants.[ch] "$tree/kernel/core/machine/" || return
		sed -e '0,/#include/s//#include "mutants.h"\n&/' -e '/^_Noreturn void power_off/,/^}/s/^{$/{\n\tmutants_tell();/' \
			kernel/core/machine/power.c >"$tree/kernel/core/machine/power.c" || return
		sed -e '0,/#include/s//#include "mutants.h"\n&/' -e '/machine.bootargs = /s/$/\n\tmutants_choose(machine.bootargs);/' \
			kernel/core/machine/rows.c >"$tree/kernel/core/machine/rows.c" || return
		make -C "$tree" -k -j"$JOBS" CURDIR="$PWD" O="$dir/build" "$dir/build/portcullis.Image" >"$dir/log" 2>&1 && return
		sed -n 's/^\([a-z][^: ]*:[0-9]*\):[0-9]*: error:.*/\1/p' "$dir/log" | sort -u >>"$dir/skip"
	done
	echo "# the kernel with its mutants does not compile: $dir/log" >&2
	return 1
}

newest=$(find Makefile mk boot include kernel seccomp user $here/{rewrite.pl,mutants.[ch]} -newer "$dir/build/portcullis.Image" -print -quit 2>&1)
if [[ -n $newest ]]; then
	make_image || exit 2
fi
if [[ -n ${SAMPLE-} ]]; then
	PORTCULLIS_BUILT=1 perl $here/try.pl "$dir" "$dir/build/portcullis.Image" >"$dir/sample"
	status=$?
	nl -w 1 -s ' ' "$dir/sample" | sed 's/^\([0-9]*\) \(ok\|not ok\) /\2 \1 - /; s/^[0-9]* #/#/'
	echo "1..$(grep -c ok "$dir/sample")"
	exit $status
fi
touch "$dir/results"
mapfile -t numbers < <(awk -F'\t' -v each="${EACH:-1}" -v pattern="$pattern" '$2 ~ pattern && NR % each == 0 { print $1 }' "$dir/list")
mapfile -t left < <(printf '%s\n' "${numbers[@]}" | grep -vxFf <(
	sed -n '/untried$/!s/^\([0-9]*\) .*/\1/p' "$dir/results"
	[[ -n ${ALL-} ]] || printf '%s\n' "${numbers[@]}" | perl $here/tell.pl "$dir/list" "$dir/results" $here/equivalent equal
))
if ((${#left[@]})); then
	PORTCULLIS_BUILT=1 perl $here/try.pl "$dir" "$dir/build/portcullis.Image" "${left[@]}" >>"$dir/results" || exit 2
fi
printf '%s\n' "${numbers[@]}" | perl $here/tell.pl "$dir/list" "$dir/results" $here/equivalent

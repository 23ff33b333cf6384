#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh - `make fuzz T=seconds`: five fuzzers side by side for T seconds (60), under ASan and
# UBSan. libFuzzer on the verdict library (verdict.c), on the code made of filters (code.c), on
# portcullis' readers of policies and its compiler (policy.c) and on its subcommands, whole
# (commands.c); AFL++ on the kernel's readers of ELF files, archives and device trees (readers.c).
#
# Each starts from NAME.corpus, an input a line in base64; what it finds stays in the build folder.
# A line of figures each; status 1 and the log's path when something was found. ONLY=NAME runs one.
# KEEP=1 writes what was found, minimised, to NAME.corpus.
#
# `run.sh check` only has clang look at what would be compiled, which `make lint` does.

set -eu
cd "${BASH_SOURCE[0]%/*}/../.."
tools/setup.sh fuzz
out=${O:-build}/fuzz
seconds=${T:-60}
mkdir -p "$out"
out=$(cd "$out" && pwd)
flags='-std=gnu11 -O1 -g -Wall -Wextra -Werror -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all
	-fdouble-square-bracket-attributes -D_GNU_SOURCE -Iinclude -Iseccomp -Ipolicy'
# For the kernel's files alone, which has a limits.h of its own.
kernel='-DKASSERTS=0 '$(find kernel -type d -printf '-I%p ')

rm -f "$out/portcullis.a"
# shellcheck disable=SC2016 # for make
read -ra libs < <(make -s --no-print-directory --eval 'libs: ; @echo $(POLICY_LIBS)' libs)

# compile NAME COMPILER PROGRAM [FLAGS...]
compile() {
	local compiler=$2 program=$3
	local files=(tests/fuzz/"$1".c)
	# shellcheck disable=SC2206 # a list
	case $1 in
	readers) files+=($kernel kernel/core/program/elf.c kernel/core/files/newc.c kernel/core/machine/fdt.c) ;;
	*) # what is not asked for is not linked
		[[ -e $out/portcullis.a ]] || archive_portcullis
		files+=("$out/portcullis.a" "${libs[@]}")
		;;
	esac
	shift 3
	# shellcheck disable=SC2086 # a list
	AFL_CC=clang-14 AFL_QUIET=1 "$compiler" $flags "$@" "${files[@]}" -o "$program"
}

# portcullis and the verdict library as one archive, compiled for libFuzzer and for counting lines.
archive_portcullis() {
	local f
	rm -rf "$out/portcullis.o" && mkdir "$out/portcullis.o"
	for f in policy/*.c seccomp/*.c; do
		# shellcheck disable=SC2086 # a list
		clang-14 ${flags/=fuzzer/=fuzzer-no-link} -Dmain=portcullis_main -fprofile-instr-generate -fcoverage-mapping \
			-c "$f" -o "$out/portcullis.o/${f//\//_}.o"
	done
	ar rcs "$out/portcullis.a" "$out"/portcullis.o/*.o
}

# Lines that the inputs of NAME reach in the files under test.
reached() {
	compile "$1" clang-14 "$out/$1.lines" -fprofile-instr-generate -fcoverage-mapping
	LLVM_PROFILE_FILE=$out/$1.profraw "$out/$1.lines" -runs=0 "$out/$1.d" >"$out/$1.lines.log" 2>&1
	llvm-profdata-14 merge "$out/$1.profraw" -o "$out/$1.profdata"
	llvm-cov-14 report -instr-profile "$out/$1.profdata" -ignore-filename-regex='tests/|\.h$' "$out/$1.lines" |
		awk '/^TOTAL/ { print $8 - $9 " of " $8 " lines" }'
}

found() {
	tail -n 40 "$2" >&2
	echo "fuzz: $1: found something: see $2" >&2
	return 1
}

unpack() {
	local line n=0
	mkdir -p "$out/$1.d"
	while IFS= read -r line; do
		n=$((n + 1))
		[[ $line == '#'* ]] || base64 -d <<<"$line" >"$out/$1.d/given$n"
	done <"tests/fuzz/$1.corpus"
}

with_libfuzzer() {
	local log=$out/$1.log
	"$out/$1.test" "$out/$1.d" -max_total_time="$seconds" -max_len=4096 -len_control=20 -timeout=60 \
		-artifact_prefix="$out/$1-" -print_final_stats=1 >"$log" 2>&1 || found "$1" "$log" || return 1
	echo "fuzz: $1: libFuzzer, $seconds s, $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs," \
		"$(reached "$1"), nothing found"
}

with_afl() {
	local log=$out/$1.log state=$out/$1.afl
	rm -rf "$state"
	AFL_SKIP_CPUFREQ=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 AFL_BENCH_UNTIL_CRASH=1 \
		AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
		afl-fuzz -i "$out/$1.d" -o "$state" -V "$seconds" -m none -t 5000 -- "$out/$1.test" >"$log" 2>&1 ||
		found "$1" "$log" || return 1
	[[ -z $(find "$state/default/crashes" "$state/default/hangs" -name 'id*') ]] || found "$1" "$log" || return 1
	cp -n "$state/default/queue"/id* "$out/$1.d"
	echo "fuzz: $1: AFL++, $seconds s, $(sed -n 's/^execs_done *: //p' "$state/default/fuzzer_stats") inputs," \
		"$(reached "$1"), nothing found"
}

# The fewest short inputs that reach what all reach.
keep() {
	local f corpus=tests/fuzz/$1.corpus
	rm -rf "$out/kept" && mkdir "$out/kept"
	compile "$1" clang-14 "$out/$1.min"
	"$out/$1.min" -set_cover_merge=1 -max_len=1100 "$out/kept" "$out/$1.d" >>"$out/$1.log" 2>&1
	head -n 1 "$corpus" >"$out/new"
	for f in "$out/kept"/*; do
		base64 -w 0 "$f" && echo
	done >>"$out/new"
	mv "$out/new" "$corpus"
}

# is_younger STAMP: than this script, and what the file was compiled from.
is_younger() {
	local word words
	[[ $1 -nt tests/fuzz/run.sh && -e $1.d ]] || return
	read -r -d '' -a words <"$1.d" || true
	for word in "${words[@]:1}"; do
		[[ $word == \\ || $1 -nt $word && -e $word ]] || return
	done
}

if [[ ${1:-} == check ]]; then
	mkdir -p "$out/check"
	for file in tests/fuzz/*.c policy/*.c seccomp/*.c; do
		[[ $file == tests/fuzz/readers.c ]] && more=$kernel || more=
		stamp=$out/check/${file//\//_}
		if ! is_younger "$stamp"; then
			# shellcheck disable=SC2086 # lists
			clang-14 $flags $more -fsyntax-only -MMD -MF "$stamp.d" "$file"
			: >"$stamp"
		fi
	done
	compile readers clang-14 "$out/readers.check" # its model of the kernel has what the readers ask for
	exit
fi

set -m # each has a process group, which ends with us
fuzzers=()
trap 'kill -- "${fuzzers[@]/#/-}" 2>/dev/null || true' EXIT
for name in ${ONLY:-verdict code policy commands readers}; do
	unpack "$name"
	if [[ $name == readers ]]; then
		compile "$name" afl-clang-fast "$out/$name.test"
		with_afl "$name" &
	else
		compile "$name" clang-14 "$out/$name.test"
		with_libfuzzer "$name" &
	fi
	fuzzers+=($!)
done
status=0
for pid in "${fuzzers[@]}"; do
	wait "$pid" || status=1
done
if [[ $status == 0 && -n ${KEEP:-} ]]; then
	for name in ${ONLY:-verdict code policy commands readers}; do
		keep "$name"
	done
fi
exit "$status"

#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh [lines] - does a unit row notice each line of seccomp/ that is deleted, each operator
# and constant that is changed? Prints TAP: one line for each file, and under it every mutant
# that passed all rows. `lines`: only deleted lines. Status 1 when a mutant passed. Called by
# `make mutation` and mutation.t. A run that was stopped goes on where it was, if seccomp/ and
# the rows are as they were.
#
#   O=DIR      where mutants and objects go (build)      JOBS=N  how many at a time (all processors)
#   FILES='NAME ...'   which files of seccomp/ (all; with `lines` those that decide, but for gate.c)
#
# A mutant that the compiler makes the same code of as of the original, or that the
# build's own warnings refuse, is none. What else is equivalent stands in the file
# `equivalent`, with the reason.

set -u
cd "${BASH_SOURCE[0]%/*}/../.." || exit 2
kinds=${1-}
export dir=${O:-build}/mutation${kinds:+-$kinds}
deciding='check run decide stack answers way'
files=${FILES:-${kinds:+$deciding}}
[[ -n $files ]] || files=$(for f in seccomp/*.c; do f=${f##*/}; echo "${f%.c}"; done)
rows='way check run decide stack seed gate range specialise build disasm explain search validate rv64'
export COMPARISONS=${COMPARISONS:-1000000} # of the rows of rv64
export CMOCKA_TEST_ABORT=1                 # the first row that fails is enough

if [[ -n $(find seccomp include/abi tests/unit tests/mutation/{run.sh,mutate.pl} -newer "$dir/begun" -print -quit 2>&1) ]]; then
	rm -rf "$dir"
	mkdir -p "$dir/killed" && touch "$dir/begun" || exit 2
fi
rm -rf "$dir"/{asan,mutants}
mkdir -p "$dir"/{asan,mutants} || exit 2
dir=$(cd "$dir" && pwd)

export CC=${CC:-gcc}
export flags='-std=c11 -ffreestanding -fPIC -Iinclude -Iseccomp'
export warnings='-Wall -Wextra -Werror -Wshadow -Wundef -Wvla -Wconversion'
export sanitize='-fsanitize=address,undefined -fno-sanitize-recover=all'

# The rows are linked with the library as it is; a mutant is preloaded over it. How long each takes
# stands in ROWS.seconds.
build_rows() {
	local f t
	for f in seccomp/*.c; do
		f=${f##*/}
		# shellcheck disable=SC2086
		$CC $flags -O0 -c "seccomp/$f" -o "$dir/${f%.c}.o" || return
	done
	$CC -shared "$dir"/*.o -o "$dir/libverdict.so" || return
	for t in $rows; do
		$CC -std=gnu11 -O1 -Iinclude -Iseccomp "tests/unit/$t.c" -L"$dir" -lverdict -lcmocka \
			-Wl,-rpath,"$dir" -o "$dir/$t" || return
		(TIMEFORMAT=%3U && time "$dir/$t" >/dev/null 2>&1) 2>"$dir/$t.seconds" ||
			{ echo "# the rows of $t fail without any mutant"; return 1; }
	done
	for f in $files; do # for comparison: as the compiler sees the original
		# shellcheck disable=SC2086
		$CC $flags -O2 -w -c -x c - -o "$dir/$f.same" <"seccomp/$f.c" || return
	done
}

# Which lines the rows get to: a list for ROWS and FILE is reach/ROWS.FILE.
note_lines() {
	local f t
	mkdir -p "$dir"/{reach,gcov} || return
	for f in seccomp/*.c; do
		f=${f##*/}
		# shellcheck disable=SC2086
		$CC $flags -O0 --coverage -c "seccomp/$f" -o "$dir/gcov/${f%.c}.o" || return
	done
	$CC --coverage -shared "$dir"/gcov/*.o -o "$dir/gcov/libverdict.so" || return
	for t in $rows; do
		rm -f "$dir"/gcov/*.gcda
		LD_LIBRARY_PATH=$dir/gcov "$dir/$t" >/dev/null 2>&1
		for f in $files; do
			gcov -t "$dir/gcov/$f.gcda" 2>/dev/null | sed -n 's/^ *\([^ :]*\)\*\{0,1\}: *\([0-9]*\):.*/\2 \1/p' >"$dir/reach/$t.$f"
		done
	done
}

# The same with sanitizers, for mutants that no row notices.
build_sanitized() {
	local f t
	for f in seccomp/*.c; do
		f=${f##*/}
		# shellcheck disable=SC2086
		$CC $flags -O0 $sanitize -c "seccomp/$f" -o "$dir/asan/${f%.c}.o" || return
	done
	for t in $rows; do
		# shellcheck disable=SC2086
		$CC -std=gnu11 -O1 $sanitize -Iinclude -Iseccomp -c "tests/unit/$t.c" -o "$dir/asan/$t.rows" || return
	done
}

# notices SECONDS PROGRAM: fails when the rows pass. The time is the processor's: a mutant that
# loops is noticed as soon on a busy machine as on an idle one.
# shellcheck disable=SC2317 # xargs calls it, and what follows
notices() { { ! (ulimit -c 0 -t "$1" && exec "$2"); } >/dev/null 2>&1; }

# patience ROWS: seconds, more than they take by far.
# shellcheck disable=SC2317
patience() {
	local ms
	ms=$(<"$dir/$1.seconds")
	echo $((2 + 10#${ms/./} / 200))
}

# reaches ROWS FILE LINE: do they get to LINE, or near it? A line that is left out may make the next
# one another's.
# shellcheck disable=SC2317
reaches() { [[ ! -e $dir/reach/$1.$2 ]] || awk -v line="$3" '$1 >= line - 5 && $1 <= line + 5 && $2 !~ /^[#=]/ { found = 1 } END { exit !found }' "$dir/reach/$1.$2"; }

# is_none MUTANT NOTE SAME: notes why it is no mutant, or fails. Leaves its object behind.
# shellcheck disable=SC2317
is_none() {
	# shellcheck disable=SC2086
	if $CC $flags -O2 -w -c -x c - -o "$1.o" <"$1" && cmp -s "$1.o" "$3"; then
		echo same >"$2"
	elif ! $CC $flags $warnings -O2 -c "$1" -o "$1.o" 2>/dev/null; then
		echo warning >"$2"
	else
		return 1
	fi
}

# try MUTANT: notes in killed/ who noticed it. The rows of its own file are quicker than to see
# whether it is a mutant at all; all others are not. Of these, who noticed the last one of this file
# is asked first.
# shellcheck disable=SC2317
try() {
	local mutant=$1 name=${1##*/} t line
	local note=$dir/killed/${name%.c} file=${name%%.*}

	[[ ! -s $note ]] || return
	line=${name#*.} line=$((10#${line%%.*}))
	# shellcheck disable=SC2086
	$CC $flags -O0 -w -shared "$mutant" -o "$mutant.so" 2>/dev/null || { echo compiler >"$note"; return; }
	if [[ -e $dir/$file ]] && LD_PRELOAD=$mutant.so notices "$(patience "$file")" "$dir/$file"; then
		echo "$file" >"$note"
	elif ! is_none "$mutant" "$note" "$dir/$file.same"; then
		for t in $(cat "$dir/last.$file" 2>/dev/null) $order; do
			[[ $t != "$file" ]] && reaches "$t" "$file" "$line" || continue
			LD_PRELOAD=$mutant.so notices "$(patience "$t")" "$dir/$t" && { echo "$t" | tee "$dir/last.$file" >"$note"; break; }
		done
	fi
	rm -f "$mutant.so" "$mutant.o"
}

# try_sanitized MUTANT: notes who notices what is only seen reading or writing where it must not, or
# that nobody does.
# shellcheck disable=SC2317
try_sanitized() {
	local mutant=$1 name=${1##*/} t noticed=nobody line
	local file=${name%%.*}
	line=${name#*.} line=$((10#${line%%.*}))

	# shellcheck disable=SC2086
	$CC $flags $sanitize -O0 -w -c "$mutant" -o "$mutant.o" || return
	for t in $file $order; do
		[[ -e $dir/asan/$t.rows ]] && reaches "$t" "$file" "$line" || continue
		# shellcheck disable=SC2046,SC2086
		$CC $sanitize -x none "$mutant.o" $(printf '%s\n' "$dir"/asan/*.o | grep -v "/$file\.o$") \
			"$dir/asan/$t.rows" -lcmocka -o "$mutant.test" &&
			notices 60 "$mutant.test" && { noticed="$t with sanitizers"; break; }
	done
	rm -f "$mutant.test" "$mutant.o"
	echo "$noticed" >"$dir/killed/${name%.c}"
}
export -f notices patience reaches is_none try try_sanitized

# tally FILE: judges the mutants of FILE.
tally() {
	local mutant name note change line all=0 none=0 killed=0 equal=0 passed=()
	for mutant in "$dir/mutants/$1".*.c; do
		name=${mutant##*/}
		name=${name%.c}
		note=
		[[ ! -e $dir/killed/$name ]] || read -r note <"$dir/killed/$name"
		all=$((all + 1))
		case $note in
		compiler | warning | same) none=$((none + 1)) ;;
		nobody | '')
			read -r change <"$mutant"
			change=${change#'/* '}
			change=${change%' */'}
			if cut -f1,2 tests/mutation/equivalent | grep -qxF "$1.c	$change"; then
				equal=$((equal + 1))
			else
				line=${name#*.}
				passed+=("seccomp/$1.c:$((10#${line%%.*})): $change")
			fi
			;;
		*) killed=$((killed + 1)) ;;
		esac
	done
	number=$((number + 1))
	line="$1.c: $killed of $((all - none - equal)) mutants noticed ($none are none, $equal equivalent)"
	if ((${#passed[@]})); then
		failed=1
		echo "not ok $number - $line"
		printf '# %s\n' "${passed[@]}"
	else
		echo "ok $number - $line"
	fi
}

read -ra list <<<"$files"
echo "1..${#list[@]}"
build_rows || exit 2
[[ -n $kinds ]] || note_lines || exit 2
for f in $files; do
	perl tests/mutation/mutate.pl "seccomp/$f.c" "$dir/mutants" ${kinds:+lines} || exit 2
done
order=$(for t in $rows; do echo "$(<"$dir/$t.seconds") $t"; done | sort -n | cut -d' ' -f2 | xargs)
export order # the quickest first
# each_of FUNCTION MUTANT...: calls it for each, JOBS at a time.
each_of() {
	# shellcheck disable=SC2016
	printf '%s\0' "${@:2}" | xargs -0 -n 16 -P "${JOBS:-$(nproc)}" bash -c 'for m; do '"$1"' "$m"; done' "$1"
}
each_of try "$dir"/mutants/*.c
mapfile -t left < <(for m in "$dir"/mutants/*.c; do n=${m##*/}; [[ -s $dir/killed/${n%.c} ]] || echo "$m"; done)
if ((${#left[@]})); then
	build_sanitized || exit 2
	each_of try_sanitized "${left[@]}"
fi

number=0
failed=0
for f in $files; do
	tally "$f"
done
exit $failed

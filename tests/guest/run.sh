#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh [NAME...] - runs the programs of this folder on Portcullis, as TAP: one line for each,
# whose name is the claim. Judges the exit status and the serial log by NAME.expect (expect.sh says
# how). They share a few boots (qemu.sh run --each): the kernel begins anew for each of them.
#
#   O=DIR     where the build is (build); built first unless PORTCULLIS_BUILT is set
#   JOBS=N    how many at a time (as many as there are processors)
#
# After each, nothing may have leaked. With `budget=1000` the kernel panics when it had interrupts
# off for longer than a millisecond. The programs' clock counts instructions, so that what a program
# sees of time is the same however busy this machine is.

cd "${BASH_SOURCE[0]%/*}/../.." || exit 1
folder=tests/guest
export O=${O:-build}
jobs=${JOBS:-$(nproc)}
# shellcheck source=tests/guest/expect.sh
. "$folder/expect.sh"

[[ ${PORTCULLIS_BUILT-} ]] || make -s O="$O" run guest >&2 || exit 1
export PORTCULLIS_BUILT=1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

(($#)) || mapfile -t all < <(all_names)
names=("${@:-${all[@]}}")

# Job J has every jobs-th program from the Jth on, but for those whose modules this image lacks.
counts=() rows=()
for i in "${!names[@]}"; do
	name=${names[i]}
	read_expectation "$name"
	if [[ -n $absent ]]; then
		echo "needs $absent" >"$work/$name.skip"
		continue
	fi
	if [[ ! -e $O/tests/guest/$name ]]; then
		echo "$O/tests/guest/$name is not there" >"$work/$name"
		continue
	fi
	job=$((i % jobs))
	echo "$options $O/tests/guest/$name => status $wanted" >>"$work/list.$job"
	counts[job]=$((${counts[job]-0} + 1))
	rows[${counts[job]} * jobs + job]=$name
done

# run_job J: leaves what is wrong with NAME in the file NAME: nothing, when all is well.
run_job() {
	local line row name
	while IFS= read -r line; do
		if [[ $line =~ ^(not )?ok\ ([0-9]+) ]]; then
			row=${BASH_REMATCH[2]} name=${rows[row * jobs + $1]}
			[[ -n ${BASH_REMATCH[1]} ]] || log_fits "$name" "$work/log.$1/$row.log" >"$work/$name"
		elif [[ $line == '# '* ]]; then
			echo "${line#\# }" >>"$work/$name"
		fi
	done < <(./qemu.sh run --icount --tty --append leakcheck --append budget=1000 --timeout $PATIENCE \
		--log "$work/log.$1" --each "$work/list.$1")
}

echo "1..${#names[@]}"
for list in "$work"/list.*; do
	[[ ! -e $list ]] || run_job "${list##*.}" &
done
wait
failed=0
for i in "${!names[@]}"; do
	name=${names[i]}
	if [[ -e $work/$name.skip ]]; then
		echo "ok $((i + 1)) - $name # SKIP $(<"$work/$name.skip")"
	elif [[ -e $work/$name && ! -s $work/$name ]]; then
		echo "ok $((i + 1)) - $name"
	else
		failed=1
		echo "not ok $((i + 1)) - $name"
		sed 's/^/# /' "$work/$name" 2>/dev/null || echo '# there was no answer'
	fi
done
exit $failed

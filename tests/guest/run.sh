#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh [NAME...] - runs the programs of this folder on Portcullis, as TAP: one line for each,
# whose name is the claim. Judges the exit status and the serial log by NAME.expect (expect.sh says
# how). They share a few boots (qemu.sh run --each): the kernel begins anew for each of them.
#
#   O=DIR     where the build is (build); built as they are run unless PORTCULLIS_BUILT is set
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
# shellcheck source=tests/build.sh
. tests/build.sh

build run || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# judge NAME: prints its row; what is wrong with it is in the file NAME, nothing when all is well.
judge() {
	if [[ -s $work/$1 ]]; then
		printf 'not ok - %s\n%s\n' "$1" "$(sed 's/^/# /' "$work/$1")"
	else
		echo "ok - $1"
	fi
}

# run_job J: the programs of list J, each judged when it has ended. The rows have no numbers, since
# other jobs have rows, too.
run_job() {
	local line name='' row
	while IFS= read -r line; do
		if [[ $line =~ ^(not )?ok\ ([0-9]+) ]]; then
			[[ -z $name ]] || judge "$name"
			row=${BASH_REMATCH[2]} name=${rows[row * jobs + $1]}
			if [[ -n ${BASH_REMATCH[1]} ]]; then # comments follow
				echo "$line" >"$work/$name"
				continue
			fi
			log_fits "$name" "$work/log.$1/$row.log" >"$work/$name"
			judge "$name"
			name=''
		elif [[ $line == '# '* ]]; then
			echo "${line#\# }" >>"$work/$name"
		fi
	done < <(PORTCULLIS_BUILT=1 ./qemu.sh run --icount --tty --append leakcheck --append budget=1000 --timeout $PATIENCE \
		--log "$work/log.$1" --each "$work/list.$1")
	[[ -z $name ]] || judge "$name"
}

# run_batch NAME...: job J has every jobs-th program from the Jth on, but for those whose modules
# this image lacks.
run_batch() {
	local i job name list failed=0 counts=() rows=()
	rm -rf "$work"/{list,log}.*
	for ((i = 1; i <= $#; i++)); do
		name=${!i} job=$((i % jobs))
		read_expectation "$name"
		if [[ -n $absent ]]; then
			: >"$work/$name"
			echo "ok - $name # SKIP needs $absent"
		elif [[ -e $O/tests/guest/$name ]]; then
			echo "$options $O/tests/guest/$name => status $wanted" >>"$work/list.$job"
			counts[job]=$((${counts[job]-0} + 1))
			rows[${counts[job]} * jobs + job]=$name
		fi
	done
	for list in "$work"/list.*; do
		[[ ! -e $list ]] || run_job "${list##*.}" &
	done
	wait
	for name; do
		[[ -e $work/$name ]] || { echo "there is no $O/tests/guest/$name, or it gave no answer" >"$work/$name" && judge "$name"; }
		[[ ! -s $work/$name ]] || failed=1
	done
	return $failed
}

(($#)) || mapfile -t all < <(all_names)
names=("${@:-${all[@]}}")
echo "1..${#names[@]}"
in_batches tests/guest run_batch "${names[@]}"

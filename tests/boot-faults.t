#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# boot-faults.t - each allocation of the start fails once: the run ends with one line and the status
# of what did not begin, and never without the filter that was asked for.
#
# The program would be killed by its filter, so that any other end but these two is wrong. Many
# boots are rows of one (--each); a few are boots of their own, which unpack an initrd. ROWS=N does
# more of them. A kernel that goes on where it has no memory for the filter must be noticed.
#
# needs: run

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/planted.sh
. tests/planted.sh
export O=${O:-build} PORTCULLIS_BUILT=1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
evidence=("$tmp/wrong")
readonly KILLED=159 REFUSED=251

printf '\6\0\0\0\0\0\0\x80' >"$tmp/kill.bpf"

# judge STATUS LOG: prints what is wrong with a start in which an allocation fails.
judge() {
	local lines
	case $1 in
	"$KILLED") return ;;
	"$REFUSED")
		mapfile -t lines <"$2"
		if ((${#lines[@]} != 1)) || [[ ${lines[0]} != *': nothing runs'* ]]; then
			echo "not one line: $(<"$2")"
		elif [[ ${lines[0]} == *malformed* || ${lines[0]} == *': no such'* ]]; then
			echo "memory is not to blame: ${lines[0]}"
		fi
		;;
	*) echo "status $1: $(head -n 3 "$2")" ;;
	esac
}

# fail_each ROWS OPTION...: fails each allocation from the first on, up to ROWS. Leaves what is
# wrong in $tmp/wrong, how many stopped the start in `refused`, and the last of them in `last`.
fail_each() {
	local rows=$1 k line status=()
	refused=0 last=0
	shift
	for ((k = 1; k <= rows; k++)); do
		echo "--append faults=boot:$k $* -f $tmp/kill.bpf hello => status $REFUSED"
	done >"$tmp/list"
	./qemu.sh run --icount --tty --timeout 120 --log "$tmp/logs" --each "$tmp/list" >"$tmp/answers" 2>&1
	while IFS= read -r line; do
		case $line in
		'ok '*) k=${line#ok } k=${k%% *} status[k]=$REFUSED refused=$((refused + 1)) last=$k ;;
		'not ok '*) k=${line#not ok } k=${k%% *} ;;
		'# the status is '*) line=${line#'# the status is '} status[k]=${status[k]-${line%%,*}} ;;
		esac
	done <"$tmp/answers"
	for ((k = 1; k <= rows; k++)); do
		line=$(judge "${status[k]-?}" "$tmp/logs/$k.log")
		[[ -z $line ]] || echo "allocation $k: $line"
	done >"$tmp/wrong"
}

# sweep NAME ROWS OPTION...: all allocations of the start are among the first ROWS when the last of
# these run their program.
sweep() {
	fail_each "${@:2}"
	[[ ! -s $tmp/wrong ]] && ((refused > 0 && last < $2 - 10))
	ok "$1: of the first $2 allocations $refused stop the start, the last the ${last}th"
}

sweep "a program" "${ROWS:-320}" --at start
[[ -z ${ROWS-} ]] || sweep "with its launcher" "$ROWS"
rm -f "$tmp/wrong"
for k in 1 5 23 60 140 220 300; do
	./qemu.sh run --icount --timeout 60 --append "faults=boot:$k" --at start -f "$tmp/kill.bpf" hello \
		</dev/null >"$tmp/log" 2>&1
	judge $? "$tmp/log" | sed "s/^/allocation $k: /" >>"$tmp/wrong"
done
[[ ! -s $tmp/wrong ]]
ok "seven boots of their own"

evidence=("$tmp/image/said" "$tmp/wrong")
plant "$tmp/image" kernel/gate/bootfilter.c \
	'/if (err != 0)$/,/filter_attach(f);/c if (err != 0) { filter_discard(f); return; } filter_attach(f);' &&
	O=$tmp/image fail_each 320 --at start && grep -q 'status 0:' "$tmp/wrong"
ok "a kernel that leaves out a filter it has no memory for is noticed"
tap_end

# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
#
# expect.sh - what run.sh and host.sh share: reading NAME.expect, and running many programs, two at
# a time, with their TAP lines in order.
#
# NAME.expect: the first line is the exit status. Further lines are extended regular expressions
# that must match lines of the serial log, in that order; after a `!` they must match none. Three
# kinds of line are not about the log: `options: ...` for qemu.sh, `needs: MODULE ...`, without
# which an image of the kernel cannot run the program, and `linux: no` when the claim is not
# Linux's, or `linux: alone` when it may be tried only on a Linux that nobody else uses: not on the
# build machine, but on the one that `make peer` starts.

# The caller has set `folder`.
# shellcheck disable=SC2154

# Seconds of this machine's time that a program may take before it is said to
# hang, which none needs by far.
# shellcheck disable=SC2034
PATIENCE=300

# wanted_status NAME
wanted_status() {
	local wanted
	read -r wanted <"$folder/$1.expect"
	echo "$wanted"
}

# wanted_options NAME: the words after `options:`, if any.
wanted_options() { sed -n 's/^options: //p' "$folder/$1.expect"; }

# read_expectation NAME: both at once, and without a process: sets wanted and options; and absent,
# the modules that NAME needs and the image under $O does not have. $O/modules has those that it
# has.
read_expectation() {
	local line lines module modules
	read -ra modules <"$O/modules"
	mapfile -t lines <"$folder/$1.expect"
	wanted=${lines[0]} options='' absent=''
	for line in "${lines[@]:1}"; do
		case $line in
		'options: '*) options=${line#options: } ;;
		'needs: '*)
			for module in ${line#needs: }; do
				[[ " ${modules[*]} " == *" $module "* ]] || absent+=${absent:+ }$module
			done
			;;
		esac
	done
}

# expects NAME LINE: whether LINE is one of the expectation's.
expects() {
	local lines text
	mapfile -t lines <"$folder/$1.expect"
	printf -v text '\n%s' "${lines[@]}"
	[[ $text$'\n' == *$'\n'"$2"$'\n'* ]]
}

# is_linuxs NAME: whether Linux makes the claim, too.
is_linuxs() { ! expects "$1" 'linux: no'; }

# is_alone NAME: whether it changes what the whole system shares.
is_alone() { expects "$1" 'linux: alone'; }

# log_fits NAME LOG: prints the first expectation that LOG disappoints, and fails.
log_fits() {
	local LC_ALL=C line lines wanted expected at=0
	mapfile -t expected <"$folder/$1.expect"
	mapfile -t lines <"$2"
	lines=("${lines[@]//$'\r'/}")
	for wanted in "${expected[@]:1}"; do
		case $wanted in
		'' | 'options: '* | 'needs: '* | 'linux: '*) continue ;;
		'!'*)
			for line in "${lines[@]}"; do
				[[ $line =~ ${wanted#!} ]] || continue
				echo "the log has: $line"
				return 1
			done
			;;
		*)
			until ((at == ${#lines[@]})) || [[ ${lines[at]} =~ $wanted ]]; do at=$((at + 1)); done
			if ((at == ${#lines[@]})); then
				echo "the log lacks: $wanted"
				return 1
			fi
			at=$((at + 1))
			;;
		esac
	done
}

# all_names: every program of the folder.
all_names() {
	local f
	for f in "$folder"/*.expect; do
		f=${f##*/}
		echo "${f%.expect}"
	done
}

# run_some FUNCTION NAME...: calls FUNCTION NAME for each, which prints what is wrong, or nothing;
# its status 77 is a skip with what it prints as the reason. Prints TAP; fails if one failed.
run_some() {
	local function=$1 failed=0 name status work running=0 most=${JOBS:-$(nproc)}
	shift
	work=$(mktemp -d) || return 1
	for name; do
		if ((running == most)); then
			wait -n
			running=$((running - 1))
		fi
		running=$((running + 1))
		(
			"$function" "$name" >"$work/$name" 2>&1
			echo $? >"$work/$name.status"
		) &
	done
	wait
	for name; do
		tap_count=$((${tap_count-0} + 1))
		read -r status <"$work/$name.status"
		case $status in
		0) echo "ok $tap_count - $name" ;;
		77) echo "ok $tap_count - $name # SKIP $(<"$work/$name")" ;;
		*)
			failed=1
			echo "not ok $tap_count - $name"
			sed 's/^/# /' "$work/$name" | tail -n 20
			;;
		esac
	done
	rm -rf "$work"
	return $failed
}

# run_all FUNCTION NAME...: the same with the plan.
run_all() {
	echo "1..$(($# - 1))"
	run_some "$@"
}

#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh [--scale | --peer] - the table of docs/performance.md: what calls, filters, processes and
# starting cost, in instructions that QEMU counts, beside the goals and Linux's figures of
# bench/goals. The programs run twice, and must say the same twice.
#
#   --scale    runs scale.c instead: what grows with filters and processes, and what does not
#   --peer     runs bench.c on Linux 6.1, too (tests/peer/boot.sh); prints both columns, and ratios
#   O=DIR      where the build is (build); the kernel that is measured, which checks no invariants
#              (KASSERTS=0), is built in O/measured
#   PROFILE=F  a policy in Docker's format (Docker's default, from Debian's package)

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
dir=${O:-build}/bench
export O=${O:-build}/measured
profile=${PROFILE-}
peer=''
[[ ${1-} != --peer ]] || peer=1

die() {
	printf 'bench: %s\n' "$1" >&2
	exit 2
}

# --- what is measured ---------------------------------------------------------------------

# as_array NAME <raw filter: a C array of its instructions
as_array() {
	printf 'static const struct sock_filter profile_%s[] = {\n' "$1"
	od -An -v -w8 -t x8 | awk '{ printf "\t{ 0x%s, 0x%s, 0x%s, 0x%s },\n",
		substr($1, 13, 4), substr($1, 11, 2), substr($1, 9, 2), substr($1, 1, 8) }'
	echo '};'
}

build() {
	local program entry
	tools/setup.sh bench || exit 2
	mkdir -p "$dir"
	make -s O="$O" KASSERTS=0 run >&2 || die "the build failed"
	export PORTCULLIS_BUILT=1
	[[ -n ${PROFILE-} ]] || profile=$(tools/docker-profile.sh) || exit 2
	cc -O2 -o "$dir/oci2bpf" tests/programs/oci2bpf.c -lseccomp -ljansson || die "oci2bpf.c does not compile"
	"$dir/oci2bpf" "$profile" >"$dir/linear.bpf" || die "the profile is refused"
	"$dir/oci2bpf" -t "$profile" >"$dir/tree.bpf" || die "the profile is refused"
	{ as_array linear <"$dir/linear.bpf" && as_array tree <"$dir/tree.bpf"; } >"$dir/profile.h"
	for program in bench large asked plain grow many scale nothing boot; do
		[[ $program == boot ]] && entry=stamp || entry=_start
		riscv64-linux-gnu-gcc -std=gnu11 -O2 -Wall -Wextra -static -Wl,-e,$entry -I"$dir" -o "$dir/$program" "bench/$program.c" ||
			die "bench/$program.c does not compile"
	done
	# What a machine without a kernel costs: three instructions that tell QEMU to end.
	printf '\x37\x05\x10\x00\xb7\x55\x00\x00\x9b\x85\x55\x55\x0c\xc1' >"$dir/poweroff.bin"
}

# --- counting -----------------------------------------------------------------------------

# Instructions from the kernel's first to the first of PROGRAM ($1) with $2 of memory: QEMU writes a
# line for each instruction that it runs, and nothing in the kernel knows of it.
boot_cost() {
	local entry line=() log=$dir/trace.$$
	entry=$(riscv64-linux-gnu-readelf -h "$1" | sed -n 's/.*Entry point address: *0x//p')
	entry=$(printf '%016x' "0x$entry")
	eval "line=($(./qemu.sh run --icount --dry-run -m "$2" "$1"))"
	mkfifo "$log" || exit 2
	# The firmware's are left out: programs, the kernel where it is loaded, and where it runs.
	"${line[@]}" -singlestep -d exec,nochain -D "$log" </dev/null >/dev/null 2>&1 \
		-dfilter 0x10000+0x1000000,0x80200000+0x400000,0xffffffff80000000+0x400000 &
	mawk -F/ -v entry="$entry" '$2 == "0000000080200000" { on = 1 } on && $2 == entry { print n; exit } on && /^Trace/ { n++ }' "$log"
	kill $! 2>/dev/null
	wait $! 2>/dev/null
	rm -f "$log"
}

measure() {
	local program
	for program in bench large asked plain grow many; do
		./qemu.sh run --timeout 300 -m 512M --icount "$dir/$program" || die "$program.c failed with status $?"
	done
	# The same call once more, with a line for each that is refused.
	./qemu.sh run --timeout 300 --icount --explain "$dir/bench" 'personality, profile x1' | sed -n 's/^personality, profile x1\t/personality, profile, --explain\t/p'
	printf 'boot to the first instruction, 64 MB\t%s\n' "$(boot_cost "$dir/boot" 64M)"
	printf 'boot to the first instruction, 8 GB\t%s\n' "$(boot_cost "$dir/boot" 8G)"
	printf 'kernel image, bytes\t%s\n' "$(stat -c %s "$O/portcullis.Image")"
}

# Linux's numbers for the same cases. Its start is too long for a trace: the clock says
# when boot.c began, there and here, and here it is known how much of that was the
# kernel's; what is left is the firmware's.
peer_boot() {
	local here theirs ours
	here=$(sed -n "s/^boot to the first instruction, $1 MB\t//p; s/^boot to the first instruction, $1 GB\t//p" "$dir/first")
	theirs=$(PEER_OPTIONS="--icount -m $2" tests/peer/boot.sh '' --init "$dir/boot" | sed -n 's/^started at //p')
	ours=$(./qemu.sh run --icount -m "$2" "$dir/boot" 2>/dev/null | sed -n 's/^started at //p')
	[[ $theirs && $ours ]] || die "boot.c failed on Linux, or here"
	echo $((theirs - ours + here))
}

measure_peer() {
	local program
	for program in bench large asked plain grow many; do
		PEER_OPTIONS='--icount -m 512M' tests/peer/boot.sh "" "$dir/$program" | tr -d "\r"
	done >"$dir/linux"
	grep -q "^getppid" "$dir/linux" || die "bench.c failed on Linux"
	{
		printf 'boot to the first instruction, 64 MB\t%s\n' "$(peer_boot 64 64M)"
		printf 'boot to the first instruction, 8 GB\t%s\n' "$(peer_boot 8 8G)"
		printf 'kernel image, bytes\t%s\n' "$(stat -c %s .cache/linux/arch/riscv/boot/Image)"
	} >>"$dir/linux"
}

# --- the table ----------------------------------------------------------------------------

# table HEADING LINUX: the lines of the file LINUX, if there are any, stand for those of
# bench/goals. A case that ends in "n" was measured for several n: those, and the verdict on the
# largest.
table() {
	awk -F'\t' -v heading="$1" -v us="$dir/first" '
		FILENAME == us { got[$1] = $2; next }
		FILENAME != "bench/goals" { linux[$1] = $2; next }
		/^#/ { next }
		!shown++ { printf "%-38s %10s %10s  %-6s %12s %8s\n", "case", "here", "goal", "", heading, "ratio" }
		{
			them = $1 in linux ? linux[$1] : $3
			if (!($1 in got) && $1 !~ /, n$/) { printf "%-38s %10s\n", $1, "none"; next }
			if (sub(/, n$/, "", $1)) {
				grows[++rows] = $1; goal[rows] = $2; last = $1 ", 10000"; if (!(last in got)) last = $1 ", 1000"
				them = last in linux ? linux[last] : $3
				line[rows] = sprintf("%10d  %-6s %12d %8.1f", $2, got[last] <= $2 ? "pass" : "MISSED", them, them / got[last])
				next
			}
			verdict = got[$1] <= $2 + 0 ? "pass" : "MISSED"
			printf "%-38s %10d %10d  %-6s %12d %8.1f\n", $1, got[$1], $2, verdict, them, them / got[$1]
		}
		END {
			if (rows) printf "\n%-32s %8s %8s %8s %8s %10s  %-6s %12s %8s\n", "among n, n =", 10, 100, 1000, 10000, "goal", "", heading, "ratio"
			for (i = 1; i <= rows; i++) {
				printf "%-32s", grows[i]
				for (n = 10; n <= 10000; n *= 10) printf " %8s", grows[i] ", " n in got ? got[grows[i] ", " n] : "-"
				print " " line[i]
			}
		}' "$dir/first" "$2" bench/goals
}

# The shortest of ten runs of a command, in milliseconds.
shortest() {
	local best=999999 begin took
	for _ in 0 1 2 3 4 5 6 7 8 9; do
		begin=${EPOCHREALTIME/./}
		"$@" </dev/null >/dev/null 2>&1
		took=$(((${EPOCHREALTIME/./} - begin) / 1000))
		((took >= best)) || best=$took
	done
	echo "$best"
}

wall_time() {
	local alone run
	alone=$(shortest qemu-system-riscv64 -machine virt -m 128M -bios default -nodefaults -display none -no-reboot \
		-kernel "$dir/poweroff.bin")
	run=$(shortest ./qemu.sh run "$dir/nothing")
	printf 'wall time on this machine, the shortest of ten: QEMU with OpenSBI alone %d ms, ./qemu.sh run of a trivial program %d ms: x%d.%d, goal x2: %s\n' \
		"$alone" "$run" $((run / alone)) $((run * 10 / alone % 10)) "$( ((run > 2 * alone)) && echo MISSED || echo pass)"
}

build
export PORTCULLIS_BUILT=1 # the same kernel for all that follows
[[ ${1-} != --scale ]] || exec ./qemu.sh run --timeout 300 -m 512M --icount "$dir/scale"
measure >"$dir/first"
measure >"$dir/second"
if cmp -s "$dir/first" "$dir/second"; then
	same="two runs gave the same numbers"
else
	same="TWO RUNS DIFFER: $(diff "$dir/first" "$dir/second" | tr '\n' ' ')"
fi
printf 'QEMU-icount instructions; profile: %s, %d instructions, %d as a tree\n' "${PROFILE:-Docker, as Debian has it}" \
	$(($(stat -c %s "$dir/linear.bpf") / 8)) $(($(stat -c %s "$dir/tree.bpf") / 8))
if [[ -n $peer ]]; then
	measure_peer
	table "Linux, now" "$dir/linux"
else
	table "Linux 6.1" /dev/null
fi
echo "$same"
wall_time
[[ $same == two* ]]

#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
#
# qemu.sh - runs, tests, debugs and packs Portcullis; the only place where a QEMU command line is
# written. Builds first what is not built, and installs first what the build needs and the machine
# lacks (tools/setup.sh). Exit status: the program's; 128 + signal when it was killed; 124 when its
# time was up; 251 when the kernel could not begin it as it was asked to; 253 when the kernel
# panicked; 2 for a mistake on this command line.

set -u

usage() {
	cat <<'USAGE'
usage: ./qemu.sh run  [OPTION...] [PROGRAM [ARG...]]   run it (alone: the tour)
       ./qemu.sh run  [OPTION...] --each=LIST          run many in one boot
       ./qemu.sh pack -o FILE [OPTION...] PROGRAM [ARG...]  make a bootable file
       ./qemu.sh gdb  [OPTION...] PROGRAM [ARG...]     start it, waiting for gdb
       ./qemu.sh test [NAME...]                        run all or some tests
       ./qemu.sh policy SUBCOMMAND ...                 questions about policies

PROGRAM is a name from user/ or tests/guest/, or the path of any static riscv64
ELF file. Its exit status is this command's: 128 + signal when it was killed,
124 when its time was up, 251 when the program did not begin (a line says why),
253 when the kernel panicked, 2 for a bad command.
Or it is sh: a shell with the usual programs, from Debian's sources, which are
fetched and built the first time.
USAGE
	load_options
	printf '\noptions:\n' && help_rows BOTH
	echo 'of pack:' && help_rows PACK
	echo 'of run and gdb:' && help_rows RUN
	printf '\nOn a terminal, Ctrl-A X ends QEMU.\n'
}

version() {
	local line
	if [[ -n $installed ]]; then
		exec "$out/portcullis" --version
	fi
	while read -r line; do
		[[ $line != *_VERSION* ]] || { line=${line%\"} && echo "portcullis ${line##*\"}"; }
	done <"$root/include/portcullis/version.h"
}

die() {
	printf 'qemu.sh: %s%s\n' "${place:+$place: }" "$1" >&2
	exit 2
}

# A tool has said what is wrong; in a list of programs, this says where.
bad() {
	[[ -z $place ]] || die 'so nothing runs'
	exit 2
}

# The clone that this file is in, also when a link leads to it; or the folder where make install has
# put what it needs.
self=${BASH_SOURCE[0]}
while [[ -L $self ]]; do
	link=$(readlink -- "$self") || exit 2
	[[ $link == /* || $self != */* ]] || link=${self%/*}/$link
	self=$link
done
root=${self%/*}
[[ $root != "$self" ]] || root=.
installed='' tool_built='' O=${O:-build}
[[ -e $root/Makefile ]] || installed=1 O=.
out=$O
[[ $out == /* ]] || out=$root/$O
[[ -z $installed ]] || out=$root
# shellcheck source=tools/archive.sh
. "$root/tools/archive.sh"

declare -A prepared=()
command='' policies=() compiled='' base='' scratch='' scratch_folder='' place='' row='' remark='' feed='' streams='' input=/dev/null
# shellcheck source=tools/options.sh
. "$root/tools/options.sh"

# --- building -----------------------------------------------------------------------------

# Asks make only when a source is younger than the last time it was asked:
# make takes longer than a boot.
build() {
	local dirs=(Makefile mk boot include kernel seccomp tools user) stamp=$out/run.stamp
	[[ -z ${PORTCULLIS_BUILT:-} ]] || return 0
	if [[ -n $installed ]]; then
		command -v qemu-system-riscv64 >/dev/null || "$root/tools/setup.sh" boot || exit 2
		return 0
	fi
	command -v qemu-system-riscv64 >/dev/null &&
		[[ -f $stamp && -f $out/portcullis.Image && -f $out/initrd.cpio ]] &&
		[[ -x $out/tools/newer ]] && ! "$out/tools/newer" "$stamp" "${dirs[@]/#/$root/}" && return 0
	"$root/tools/setup.sh" boot run || exit 2
	begin_stamp "$stamp"
	make_target run
	mv "$stamp.$$" "$stamp"
}

# A stamp ($1) of when the build began, under a name of its own until the build is good.
begin_stamp() {
	mkdir -p "$out" 2>/dev/null
	{ : >"$1.$$"; } 2>/dev/null ||
		die "$out is not to be written, and what is built there is older than the sources, or missing; O=FOLDER in the environment builds elsewhere"
}

# The policy tool is for this machine: it needs neither QEMU nor the cross-compiler.
build_tool() {
	local dirs=(Makefile mk include seccomp policy tools/run.def) stamp=$out/policy.stamp
	[[ -z ${PORTCULLIS_BUILT:-}$installed$tool_built ]] || return 0
	if [[ ! -f $stamp || ! -x $out/portcullis || $(find "${dirs[@]/#/$root/}" -newer "$stamp" -print -quit) ]]; then
		"$root/tools/setup.sh" policy || return
		begin_stamp "$stamp"
		make_target policy
		mv "$stamp.$$" "$stamp"
	fi
	tool_built=1
}

# On stderr, because stdout is the program's; one at a time in one folder. What make says is in
# build.log.
make_target() {
	local line ready=0 steps log=$out/build.log
	# shellcheck source=tools/progress.sh
	. "$root/tools/progress.sh"
	mkdir -p "$out"
	steps=$(make -n -C "$root" O="$O" "$1" 2>/dev/null | grep -c "printf '  %-4s")
	progress_begin 'qemu.sh: building'
	flock "$root/Makefile" make -s -j"$(nproc)" -C "$root" O="$O" "$1" </dev/null 2>&1 | while IFS= read -r line; do
		printf '%s\n' "$line"
		[[ $line != '  '[A-Z]* ]] || ready=$((ready + 1))
		((steps < 20)) || progress_show "$ready" "$steps" $((100 * ready / steps)) >&2
	done >"$log"
	((PIPESTATUS[0] == 0)) || {
		progress_end
		tail -n 30 "$log" >&2
		die "the build failed; all that make said is in $log"
	}
	progress_end
}

# --- the program and its initrd -----------------------------------------------------------

# Finds PROGRAM ($1): sets `init`, its name in the kernel, and `file`, the
# ELF to add to the initrd, if any.
find_program() {
	local name=${1##*/}
	init=/bin/${name//[^A-Za-z0-9._+-]/_} file=''
	if [[ $1 != */* && (-f $root/user/$1.c || (-n $installed && -f $root/user/$1)) ]]; then
		symbols=$O/user/$1
		[[ -n ${PORTCULLIS_BUILT:-}$installed || -e $out/user/$1 ]] || make_target "$symbols"
	elif [[ $1 != */* && -f $root/tests/guest/$1.c ]]; then
		symbols=$O/tests/guest/$1 file=$out/tests/guest/$1
		[[ -n ${PORTCULLIS_BUILT:-} ]] || make_target "$symbols"
	elif [[ -e $1 ]]; then
		symbols=$1 file=$1
		if [[ -n $sysroot ]]; then
			libraries=$("$out/tools/closure" "$sysroot" "$1") || bad
		else
			"$out/tools/elfcheck" "$1" || bad
		fi
	elif [[ $1 == */* ]]; then
		die "$1: no such file"
	else
		die "$1: no such ${installed:+example}${installed:-program in user/ or tests/guest/}, and no such file; there are: $(list_programs)"
	fi
}

# The tree with a shell in it, which tests/programs makes; the shell is
# busybox's, since that one edits lines.
make_shell() {
	[[ -z $installed ]] || die "sh: a clone makes it: ./qemu.sh run sh there; or name a root with a shell: --root DIR"
	tree=$root/.cache/programs/root
	arguments[0]=ash
	[[ ! -d $tree ]] || return 0
	echo "qemu.sh: making a shell and the usual programs in $tree, once; this takes some minutes; see $out/shell.log" >&2
	mkdir -p "$out" && { "$root/tests/programs/build.sh" busybox dash lua bzip2 && "$root/tests/programs/root.sh"; } >"$out/shell.log" 2>&1 || {
		tail -n 20 "$out/shell.log" >&2
		die "the shell could not be made; all that was said is in $out/shell.log"
	}
}

# The same for a program of the tree that --root names. A link in there leads to what is in the
# tree.
find_in_tree() {
	local dir name=${1#/}
	if [[ $1 != */* ]]; then
		for dir in bin usr/bin; do
			[[ ! -e $tree/$dir/$1 && ! -L $tree/$dir/$1 ]] || name=$dir/$1
		done
	fi
	# A path of this machine, with the folder in front, will do, too.
	if [[ ! -e $tree/$name && ! -L $tree/$name && $1 == "${tree%/}"/* ]]; then
		name=${1#"${tree%/}"/}
	fi
	[[ -e $tree/$name || -L $tree/$name ]] || die "$1: no such program in $tree"
	[[ $name != *[[:cntrl:]\"]* ]] || die "$1: the path of a program has no quote and no line's end"
	"$out/tools/elfcheck" "$tree" "/$name" || bad
	init=/$name symbols=$tree/$name file=''
}

list_programs() {
	local p names=()
	for p in "$root"/user/*; do
		if [[ -f $p && ($p == *.c || -n $installed) ]]; then
			p=${p##*/}
			names+=("${p%.c}")
		fi
	done
	echo "${names[*]}"
}

# A policy on standard input (-f -), or on a pipe, is read again when the run is over. Sets `input`,
# a file with it.
keep_input() {
	local i
	for i in "${!filters[@]}"; do
		[[ ${filters[i]} == - || -p ${filters[i]} ]] || continue
		if [[ $input == /dev/null ]]; then
			input=$scratch.input
			cat -- "${filters[i]}" >"$input" || die "${filters[i]}: cannot be read"
		elif [[ ${filters[i]} != - ]]; then
			die "${filters[i]}: one policy may come from a pipe; make it a file"
		fi
		filters[i]=-
	done
}

# --expect and --explain name calls, or the run does not begin.
check_calls() {
	[[ -n $expect$explained ]] || return 0
	build_tool || exit 2
	"$out/portcullis" prepare ${expect:+--expect="$expect"} ${explained:+--explain="$explained"} || bad
}

# Makes every policy a raw filter. Those that are one already do without the policy tool, which not
# every machine can build; then there is no summary.
check_filters() {
	local summary=() list told=2 key
	check_calls
	((${#filters[@]})) || return 0
	[[ " ${words[*]} " != *' explain '* ]] || summary=(--summary)
	keep_input
	key="${filters[*]@Q} ${reading[*]@Q} ${summary[*]}"
	[[ -z ${prepared[$key]-} ]] || { eval "${prepared[$key]}" && return 0; }
	if ((${#reading[@]} == 0)) && "$out/tools/bpfcheck" "${filters[@]}" 2>/dev/null &&
		{ ((${#summary[@]} == 0)) || ! build_tool; }; then
		prepared[$key]=:
		return 0
	fi
	build_tool || { "$out/tools/bpfcheck" "${filters[@]}"; bad; }
	compiled=$scratch${row:+.each/$row}.filter policies=("${filters[@]/#/--file=}")
	[[ -z $row ]] || exec {told}>"$work/$row.told"
	list=$("$out/portcullis" prepare "${reading[@]}" "${summary[@]}" --into="$compiled" "${policies[@]}" <"$input" 2>&"$told") || {
		[[ -z $row ]] || cat "$work/$row.told" >&2
		bad
	}
	[[ -z $row ]] || exec {told}>&-
	mapfile -t filters <<<"$list"
	# Another row with the same policies, of which nothing was told, has the same.
	[[ -z $row || -s $work/$row.told ]] ||
		prepared[$key]="filters=(${filters[*]@Q}) policies=(${policies[*]@Q}) compiled=${compiled@Q}"
}

# at_word: adds the word of the kernel command line for --at. For main, the way there from the entry
# point: where a program is that may lie anywhere, only the kernel knows.
at_word() {
	local elf=$symbols main entry
	if [[ $at != main ]] || ((${#filters[@]} == 0)); then
		which+=" at=${at/main/exec}"
		return
	fi
	[[ -e $elf ]] || elf=$root/$symbols
	"$root/tools/setup.sh" main || exit 2
	main=$(riscv64-unknown-elf-nm "$elf" 2>/dev/null | awk '$3 == "main" && $2 ~ /[Tt]/ { print $1; exit }')
	entry=$(riscv64-unknown-elf-readelf -h "$elf" 2>/dev/null | awk '/Entry point/ { print $4 }')
	[[ -n $main && -n $entry ]] || die "--at main: $elf has no symbol main (stripped?)"
	which+=" at=main:$((0x$main - entry))"
}

# Do FILES ($1) MiB go into a memory of $2? They are behind the first half of it, or behind 128 MiB,
# where QEMU puts them, or where they are mapped; the device tree is behind them.
fits() {
	local before=$(($2 / 2 < 128 ? $2 / 2 : 128))
	[[ -z $mapped ]] || before=$tree_at
	(($1 <= $2 - before - 4))
}

# check_room BYTES: of files. QEMU puts the device tree below the first GiB's end.
check_room() {
	local mib=${memory%?} enough=32 needed=$((($1 >> 20) + 1))
	[[ $memory != *[Gg] ]] || mib=$((mib * 1024))
	((mib <= 1024)) || mib=1024
	! fits "$needed" "$mib" || return 0
	fits "$needed" 1024 || die "the files take $needed MiB: too much for this machine, which holds less than a GiB of them"
	until fits "$needed" "$enough"; do enough=$((2 * enough)); done
	die "the files take $needed MiB: too much for a memory of $memory; -m ${enough}M would be enough"
}

# --- running ------------------------------------------------------------------------------

# Sets `line`, the kernel's command line for this program; `which` says which filters, and when.
kernel_words() {
	line="init=\"$init\" newline=bare $which${words[*]:+ ${words[*]}}"
}

command_line() {
	local rows columns which line
	filters_word && at_word || exit 2
	stream_words
	if [[ $feed == tty ]] && read -r rows columns < <(stty size 2>/dev/null); then
		words+=("rows=$rows" "columns=$columns")
	fi
	kernel_words
	qemu_line "$1" "$line"
	if [[ $feed == tty ]]; then qemu+=(-serial mon:stdio); else qemu+=(-serial stdio); fi
}

# qemu_line INITRD WORDS: sets `qemu` to QEMU's command line, but for its console. Where the files
# of --root are mapped, INITRD is loaded behind them.
qemu_line() {
	local kind=virt files=(-initrd "$1")
	if [[ -n $mapped ]]; then
		kind=virt,memory-backend=ram
		files=(-object "memory-backend-file,id=ram,size=$memory,mem-path=${cached//,/,,},share=off"
			-device "loader,file=${1//,/,,},addr=$mapped,force-raw=on")
	fi
	qemu=(qemu-system-riscv64 -machine "$kind" -cpu "$cpu" -smp "$harts" -m "$memory" -bios default
		-nodefaults -display none -no-reboot -kernel "$out/portcullis.Image" "${files[@]}"
		-append "$2")
	# Nothing that differs from run to run may reach the kernel:
	# neither time, nor seed, nor input.
	[[ -z $icount ]] || qemu+=(-icount "shift=0,sleep=off" -seed 1 -rtc "base=2000-01-01,clock=vm")
	if [[ -n $records ]]; then
		qemu+=(-global "virtio-mmio.force-legacy=false" -device virtio-serial-device
			-chardev "file,id=events,path=$records" -device "virtconsole,chardev=events")
	fi
}

# Sends descriptor 4 through a process, `folds`, that gives the kernel's verdict lines names in the
# place of numbers, and folds them for the terminal.
begin_lines() {
	[[ -n ${COLUMNS:-} ]] || read -r _ COLUMNS < <(stty size <&4 2>/dev/null)
	exec 4> >(trap '' INT TERM HUP && exec "$out/portcullis" lines --columns="$((COLUMNS >= 20 ? COLUMNS : 80))")
	folds=$!
}

# Starts QEMU by tools/boot, in the place of this shell where that has nothing to do afterwards.
# Who stops the run by a signal to this shell keeps what it recorded.
boot() {
	local start=("$out/tools/boot" -n "${init#/bin/}" -t "$limit" -i "$feed") folds='' pid='' stopped='' status signal
	start+=(${streams:+-s} ${log:+-l "$log"} ${verbose:+-v} ${records:+-e} -- "${qemu[@]}")
	exec 4>&1
	if [[ -t 1 && -z $streams && " ${words[*]} " == *' explain '* && -x $out/portcullis ]]; then
		begin_lines
	elif [[ -n $1 ]]; then
		exec "${start[@]}" 4>&-
	fi
	for signal in INT TERM HUP; do
		# shellcheck disable=SC2064 # the signal of now
		trap "stopped=1 signal=$signal; [[ -z \$pid ]] || kill \"\$pid\" 2>/dev/null" "$signal"
	done
	signal=TERM
	"${start[@]}" <&0 >&4 4>&- &
	pid=$!
	exec 4>&-
	[[ -z $stopped ]] || kill "$pid"
	until wait "$pid"; status=$? && [[ -z $stopped ]]; do stopped=''; done
	pid=''
	# Of a child that ends while a trap runs, bash may have forgotten how: -1.
	((status != 143 && status != -1)) || status=$((128 + $(kill -l "$signal")))
	[[ -z $folds ]] || wait "$folds"
	return "$status"
}

# --- the commands -------------------------------------------------------------------------

# Sets `scratch`, with which the names of this run's files begin. They are in the build folder, or
# in a folder of their own in TMPDIR where that is not to be written; --dry-run leaves them there,
# because the command line that it prints names them.
begin_scratch() {
	scratch=$out/run.$$
	[[ -z $dry ]] || scratch=$out/dry-run
	if [[ -n $installed || ! -w $out ]]; then
		scratch_folder=$(mktemp -d -- "${TMPDIR:-/tmp}/portcullis.XXXXXX") || exit 2
		scratch=$scratch_folder/run
	fi
	[[ -n $dry ]] || trap 'rm -rf -- "$scratch".* ${scratch_folder:+"$scratch_folder"}' EXIT
}

# What `parse` has taken is looked for: the program, and its policies.
find_all() {
	[[ -z $count || (${#arguments[@]} -gt 0 && " ${words[*]} " != *' private=on '*) ]] ||
		die "--count is for a PROGRAM, without --private"
	((${#filters[@]} || !${#reading[@]})) || die "${reading[0]%%=*} says how to read the FILE of -f, and there is none"
	[[ -n $tree || ${arguments[0]:-} != sh ]] || make_shell
	if [[ -n $tree ]]; then
		((${#arguments[@]})) || die "--root needs a PROGRAM (try --help)"
		find_in_tree "${arguments[0]}"
	else
		((${#arguments[@]} || !${#filters[@]})) || [[ $command == pack ]] ||
			die "-f FILE is for a PROGRAM; the tour, which run alone is, brings its own filters (try --help)"
		find_program "${arguments[0]-tour}"
	fi
	check_filters
}

prepare() {
	[[ -e /dev/fd/1 ]] || die "standard output is closed"
	parse "$@"
	build
	begin_scratch
	[[ -n $list ]] || find_all
}

# The files that are there in every run: those of user/, or those of --root.
base_archive() {
	if [[ -z $tree ]]; then
		cat "${base:-$out/initrd.cpio}"
	elif cached_tree; then
		print_cached
	else
		pack_tree
	fi
}

# Has QEMU map the files of --root, and load those of this run, which are in INITRD, at `mapped`.
map_tree() {
	local from=$((0x80000000 + (tree_at << 20))) behind=$(((cached_size + 4095) & ~4095)) size word
	size=$((behind + $(stat -c %s "$initrd")))
	mapped=$((from + behind))
	check_room "$size"
	truncate -s ">${memory^^}" -- "$cached" || die "cannot write $cached"
	printf -v word 'initrdmem=0x%x,0x%x' "$from" "$size"
	words+=("$word")
}

# The files of this run, in a file of their own where they are not those of every run.
find_files() {
	if [[ -n $tree ]] && cached_tree; then
		initrd=$scratch.cpio
		run_archive >"$initrd" || die "cannot write $initrd"
		map_tree
	elif [[ -n $file$terminal$tree$stdin_file ]] ||
		((${#arguments[@]} > 1 || ${#filters[@]} || ${#environment[@]})); then
		initrd=$scratch.cpio
		{ base_archive && run_archive; } >"$initrd" || die "cannot write $initrd"
		check_room "$(stat -c %s "$initrd")"
	elif [[ $memory != ???* ]]; then
		check_room "$(stat -c %s "$initrd")"
	fi
}

run_command() {
	local initrd=$out/initrd.cpio status alone=''
	check_outputs
	find_files
	[[ -n $limit || -n $terminal ]] || limit=60
	limit=${limit:-0}
	[[ -z $log ]] || begin_file "$log"
	[[ -z $events$report$deny$compiled$explained$count || -n $dry && -z $events ]] || start_events
	command_line "$initrd"
	if [[ $command == gdb ]]; then
		limit=0
		qemu+=(-gdb "unix:$scratch.gdb,server=on,wait=off" -S)
	fi
	if [[ -n $dry ]]; then
		print_quoted "${qemu[@]}" || exit 2
		return 0
	fi
	[[ $command != gdb ]] || attach >&2
	[[ $initrd != "$out/initrd.cpio" || -n $records$compiled$scratch_folder || $command == gdb ]] || alone=1
	boot "$alone"
	status=$?
	[[ -z $records ]] || {
		end_events "$status"
		status=$?
	}
	return "$status"
}

# The kernel's records go into a file first, so that nothing on this machine can hold the kernel up
# for long. Where only refusals matter, what is allowed goes its usual way.
start_events() {
	[[ -z $events ]] || begin_file "$events"
	[[ -z $report ]] || "$root/tools/setup.sh" draw || exit 2
	[[ -z $report ]] || begin_file "$report"
	event_words
	records=$scratch.records
	begin_file "$records"
}

# Each of the files that are to be written is another one, and none that is read. In --each they
# are folders.
check_outputs() {
	local a b
	for a in events report log packed; do
		for b in "${filters[@]}" "${policies[@]#--file=}" "$file" "$stdin_file"; do
			[[ ! (-f $b && ${!a} -ef $b) ]] || die "${!a} cannot be written: it is read, too"
		done
	done
	for a in events report log; do
		for b in events report log; do
			[[ $a < $b && -n ${!a} && -n ${!b} ]] || continue
			[[ ${!a} != "${!b}" && ! (-f ${!a} && ${!a} -ef ${!b}) ]] || die "--$a and --$b name one file, ${!a}"
		done
	done
}

begin_file() {
	local why
	[[ -z $dry ]] || return 0
	why=$({ : >"$1"; } 2>&1) || die "cannot write $1: ${why##*: }"
}

event_words() {
	build_tool || exit 2
	if [[ -n $events$report$explained ]]; then
		words+=(events=all events=results)
	elif [[ -z $count || -n $deny$compiled ]]; then
		words+=(events=refused)
	fi
	[[ -z $count ]] || words+=(events=count)
}

# Tells what was refused, and why. $1: the program's status. A record that is not what the filters
# give is a bug of the kernel's: 253, as a panic. What was asked for and cannot be written: 2.
end_events() {
	local checked=0 refused=0 kept='' path from where=(--programs="$out/user")
	if [[ ! -s $records ]]; then
		echo 'qemu.sh: the run was stopped before the kernel had reported anything' >&2
		return "$1"
	fi
	[[ -z $tree ]] || where=(--root="$tree")
	((${#policies[@]})) || policies=("${filters[@]/#/--file=}")
	[[ -z $compiled ]] || where+=(--proved)
	[[ -z $file ]] || where+=(--program="$init=$file")
	[[ -z $libraries ]] || while IFS=$'\t' read -r path from; do
		where+=(--program="$path=$from")
	done <<<"$libraries"
	[[ ! -e $out/vdso.so ]] || where+=(--program="[vdso]=$out/vdso.so")
	if [[ -n $events ]]; then
		"$out/portcullis" events -o "$events" "$records" || checked=$?
	fi
	if ((checked != 3)); then
		"$out/portcullis" refusals -q "${reading[@]}" "${policies[@]}" "${where[@]}" ${expect:+--expect="$expect"} ${explained:+--explain="$explained"} "$records" <"$input" >&2 ||
			refused=$?
	fi
	[[ -z $count ]] || "$out/portcullis" count "$records" >&2
	if [[ -n $report ]]; then
		"$out/portcullis" report -q "${reading[@]}" "${policies[@]}" "${where[@]}" ${icount:+--instructions} \
			--command="$(print_quoted "${typed[@]}")$remark" -o "$report" "$records" <"$input" || kept=$report
	fi
	((checked != 2)) || kept=$events
	((checked != 3 && refused != 3)) || return 253
	[[ -z $kept ]] || die "the program ended with status $1, but $kept could not be written"
	[[ -z $deny || $refused != 1 ]] || return 3
	return "$1"
}

# The arguments as one line that a shell reads back the same.
print_quoted() {
	local word line=''
	for word; do
		[[ $word =~ ^[A-Za-z0-9_./:=,+@%-]+$ ]] || word=${word@Q}
		line+=" $word"
	done
	echo "${line# }"
}

attach() {
	local word=''
	echo "qemu.sh: stopped before the first instruction; in another terminal:"
	[[ $symbols == /* || $symbols == "$O"/* ]] || symbols=$PWD/$symbols
	printf '  cd %s && ' "$(cd "$root" && print_quoted "$PWD")"
	# gdb splits words, too, and cannot be told of a file whose name has a line's end.
	while [[ -n $symbols ]]; do
		[[ $symbols != [[:blank:]\"\'\\]* ]] || word+=\\
		word+=${symbols:0:1} symbols=${symbols:1}
	done
	print_quoted gdb-multiarch -q "$O/portcullis.elf" -x tools/gdbinit -ex "program $word" -ex "target remote ${scratch#"$root"/}.gdb"
}

pack_command() {
	local cpio=$scratch.cpio which
	[[ -n $packed ]] || die "pack needs -o FILE (try --help)"
	check_outputs
	((${#arguments[@]})) || die "pack needs a PROGRAM (try --help)"
	# The tour starts other programs of user/; any other one is packed alone.
	[[ -n $tree || $init == /bin/tour ]] || base=/dev/null file=${file:-$out/root$init}
	filters_word && at_word || exit 2
	{ base_archive && run_archive; } >"$cpio" || die "cannot write $cpio"
	[[ -z $stdin ]] || words+=("stdin=$stdin")
	"$out/tools/pack" "$out/portcullis.Image" "init=\"$init\" $which ${words[*]}" "$cpio" "$packed" || exit 2
	echo "$packed: $(stat -c %s "$packed") bytes; it starts with: qemu-system-riscv64 -machine virt -nographic -kernel ${packed@Q}"
}

# Is $1 the name of a unit test, of tests/NAME.t, of a guest program, lint or guards?
is_test() {
	[[ $1 == lint || $1 == guards || ($1 != */* && (-e $root/tests/unit/$1.c || -e $root/tests/unit/$1/main.c ||
		-e $root/tests/$1.t || -e $root/tests/guest/$1.c)) ]]
}

# One of these that is closed would be the next file that is opened.
[[ -e /dev/fd/0 ]] || exec </dev/null
[[ -e /dev/fd/2 ]] || exec 2>/dev/null

typed=("$0" "$@")
[[ $0 == */* ]] || typed[0]=./$0
[[ -z $installed ]] || typed[0]=portcullis
command=${1:-}
(($# == 0)) || shift
terminal=''
[[ ! -t 1 || $command == pack ]] || terminal=1
case $command in
run)
	prepare "$@"
	if [[ -n $list ]]; then
		((${#arguments[@]} == 0)) || die "--each: the programs stand in the list (try --help)"
		[[ -z $dry$verbose ]] || die "--dry-run and -v are not for --each (try --help)"
		# shellcheck source=tools/each.sh
		. "$root/tools/each.sh"
		each_command
		exit
	fi
	if ((${#arguments[@]} == 0)); then # the tour shows both, in order, where the image can explain
		[[ -e $out/modules && " $(<"$out/modules") " != *' words '* ]] || words+=(explain)
		words+=(private=on) tty=1
	fi
	run_command
	;;
gdb)
	prepare "$@"
	[[ -z $list ]] || die "--each is no option of gdb (try --help)"
	((${#arguments[@]})) || die "gdb needs a PROGRAM (try --help)"
	"$root/tools/setup.sh" gdb || exit 2
	run_command
	;;
pack)
	prepare "$@"
	pack_command
	;;
test)
	[[ -z $installed ]] || die "test: the tests are in a clone"
	for name; do is_test "$name" || die "$name: no such test in tests/unit/, tests/ or tests/guest/"; done
	"$root/tools/setup.sh" boot run test || exit 2
	exec make --no-print-directory -j"$(nproc)" -C "$root" O="$O" test T="$*"
	;;
policy)
	build_tool || exit 2
	[[ ! ${1:-} =~ ^(draw|report)$ ]] || "$root/tools/setup.sh" draw || exit 2
	PORTCULLIS_RUN=$(cd "$root" && pwd)/qemu.sh
	export PORTCULLIS_RUN
	exec "$out/portcullis" "$@"
	;;
-h | --help | help) usage ;;
-V | --version) version ;;
'')
	usage >&2
	exit 2
	;;
*) die "no such command: $command (try --help)" ;;
esac

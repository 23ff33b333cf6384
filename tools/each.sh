# shellcheck shell=bash disable=SC2034,SC2154 # variables and functions are shared with qemu.sh
# SPDX-License-Identifier: BSD-2-Clause
#
# each.sh - `qemu.sh run --each LIST`: one boot, many programs, an answer for each as TAP. Sourced
# by qemu.sh. The kernel begins anew for every row (kernel/core/machine/rows.c), so that nothing is
# there of the row before. Rows that want another machine (-m, --smp, --cpu, --icount) have a boot
# of their own. A row that panics, or whose time is up, ends its boot; those behind it are booted
# again.

each_form='a line is: [OPTION...] PROGRAM [ARG...] => status N'

# By a row's number, from 1 on: what the line says, the wanted status, what report_row needs to know
# (if there are records of the row), and what is printed of it.
row_text=() row_wanted=() row_state=() row_answer=()
# By a machine's number, from 0 on: how many rows it has, and the options that make it; the numbers
# by these options.
machine_rows=() machine_options=()
declare -A machines=() trees=()

# --- reading the list ---------------------------------------------------------------------

# each_split TEXT: its words into `split`; '...' and "..." hold words together.
each_split() {
	local rest=$1 part word='' open=''
	read -ra split <<<"$1"
	[[ $1 == *[\'\"]* ]] || return 0
	split=()
	while [[ -n $rest ]]; do
		[[ $rest =~ ^([^\'\"[:blank:]]+|\'[^\']*\'|\"[^\"]*\"|[[:blank:]]+) ]] || die 'a quote has no end'
		part=${BASH_REMATCH[1]} rest=${rest:${#BASH_REMATCH[1]}}
		case $part in
		[[:blank:]]*)
			[[ -z $open ]] || split+=("$word")
			word='' open=''
			continue
			;;
		[\'\"]*) part=${part:1:-1} ;;
		esac
		word+=$part open=1
	done
	[[ -z $open ]] || split+=("$word")
}

# What the command line says holds for every row that does not say otherwise.
keep_defaults() {
	all_at=$at all_memory=$memory all_harts=$harts all_cpu=$cpu all_limit=${limit:-60}
	all_icount=$icount all_deny=$deny all_expect=$expect all_tree=$tree
	all_sysroot=$sysroot all_explained=$explained all_count=$count
	all_environment=("${environment[@]}") all_clear_env=$clear_env all_stdin=$stdin
	all_stdin_file=$stdin_file all_tty=$tty
	all_filters=("${filters[@]}") all_words=("${words[@]}") all_reading=("${reading[@]}")
}

take_defaults() {
	at=$all_at memory=$all_memory harts=$all_harts cpu=$all_cpu limit=$all_limit
	icount=$all_icount deny=$all_deny expect=$all_expect tree=$all_tree
	sysroot=$all_sysroot explained=$all_explained count=$all_count
	environment=("${all_environment[@]}") clear_env=$all_clear_env stdin=$all_stdin
	stdin_file=$all_stdin_file tty=$all_tty
	filters=("${all_filters[@]}") words=("${all_words[@]}") reading=("${all_reading[@]}")
	policies=() compiled='' libraries=''
}

# Sets `machine` to the number of the one that the options ask for.
find_machine() {
	local kind="memory=$memory harts=$harts cpu=$cpu icount=$icount"
	machine=${machines[$kind]-}
	if [[ -z $machine ]]; then
		machine=${#machine_rows[@]}
		machines[$kind]=$machine machine_options[machine]=$kind machine_rows[machine]=0
	fi
	machine_rows[machine]=$((machine_rows[machine] + 1))
}

# Sets `archive` to the files that every row of this --root has, or to those of user/, with the
# libraries of --sysroot.
find_archive() {
	archive=$out/initrd.cpio
	[[ -n $tree$libraries ]] || return 0
	archive=${trees[$tree:$libraries]-}
	if [[ -z $archive ]]; then
		archive=$work/tree.${#trees[@]} trees[$tree:$libraries]=$archive
		{ base_archive && { [[ -z $libraries ]] || { add_libraries && cpio_end; }; }; } >"$archive" ||
			die "cannot write $archive"
	fi
}

# read_row N WORD...: row N as rowpack reads it goes behind the others of its machine.
read_row() {
	local n=$1 row=$1 which fields line
	shift
	take_defaults
	parse "$@"
	((${#arguments[@]})) || die "no PROGRAM; $each_form"
	find_all
	filters_word && at_word || exit 2
	[[ -n $icount ]] || words+=(input=none)
	[[ $stdin != pipe ]] || die "--stdin: a FILE or null is for --each"
	[[ -n $tty ]] || words+=(stdout=pipe stderr=pipe)
	[[ -n $tty$stdin ]] || stdin=null
	[[ -z $stdin ]] || words+=("stdin=$stdin")
	add_default_env
	if [[ -n $events$report$deny$compiled$explained$count ]]; then
		event_words
		row_state[n]="${filters[*]@A}"$'\n'"${policies[*]@A}"$'\n'"${reading[*]@A}"$'\n'
		row_state[n]+="local ${init@A} ${file@A} ${tree@A} ${libraries@A} ${expect@A} ${deny@A} ${explained@A} ${count@A} ${compiled@A}"
	fi
	find_machine
	find_archive
	kernel_words
	fields=("n$n" "s$limit" "w$line" "b$archive" ${file:+"p${init#/}=$file"} ${stdin_file:+"i$stdin_file"})
	fields+=("${environment[@]/#/e}")
	arguments[0]=$init
	fields+=("${arguments[@]/#/a}" "${filters[@]/#/f}" .)
	printf '%s\0' "${fields[@]}" >>"$work/$machine.rows" || die "cannot write $work/$machine.rows"
}

read_list() {
	local line number=0 n=0 lines most=$((16 << 20))
	head -c "$((most + 1))" -- "$list" >"$work/list" || die "cannot read $list"
	(($(stat -c %s "$work/list") <= most)) || die "$list is longer than 16 MiB"
	mapfile -t lines <"$work/list"
	for line in "${lines[@]}"; do
		number=$((number + 1)) line=${line%$'\r'}
		place=$list:$number
		[[ ! $line =~ ^[[:blank:]]*(#|$) ]] || continue
		[[ $line =~ ^[[:blank:]]*(.*[^[:blank:]])[[:blank:]]+'=> status '([0-9]{1,3})[[:blank:]]*$ ]] ||
			die "$each_form"
		n=$((n + 1))
		row_text[n]=${BASH_REMATCH[1]} row_wanted[n]=$((10#${BASH_REMATCH[2]}))
		((row_wanted[n] < 256)) || die "a status is at most 255"
		each_split "${row_text[n]}"
		read_row "$n" "${split[@]}"
	done
	place=''
	((n > 0)) || die "$list: no line of it names a program"
}

# --- answers ------------------------------------------------------------------------------

# report_row N STATUS TOLD: end_events for a row, with its variables as they were. Says what was
# refused, if anything was (TOLD: told).
report_row() {
	local filters=() policies=() reading=()
	local remark="  # $1: ${row_text[$1]}" records=$work/records.$1 events=${events:+$events/$1.jsonl} report=${report:+$report/$1.html}
	eval "${row_state[$1]}"
	: >"$work/told"
	[[ $3 == told || -n $events$report$explained$count ]] || return "$2"
	end_events "$2" >"$work/told" 2>&1
}

# tell LINE: on standard output. An answer that nobody gets is no success.
tell() {
	printf '%s\n' "$1" 2>/dev/null && return
	[[ -z $runner ]] || kill "$runner" 2>/dev/null
	die 'the answers cannot be written'
}

# answer N STATUS TOLD HOW: the row has ended by itself, or is `late` or `stopped`; prints the
# answers whose turn it is.
answer() {
	local n=$1 status=$2 text=${row_text[$1]//\#/\\#} verdict=ok said='' wrote='' files=("$work/$1.told") part
	if [[ -n ${row_state[n]-} ]]; then
		report_row "$n" "$status" "$3"
		status=$?
		files+=("$work/told")
	fi
	if ((status != row_wanted[n])); then
		verdict='not ok' failed=1
		wrote=$(tail -n 20 "$logs/$n.log" | cat -v | sed 's/^/#   /')
		[[ $4 != late ]] || said="# its time was up"$'\n'
		said+="# the status is $status, not ${row_wanted[n]}; "
		said+=${wrote:+"the end of what it wrote:"$'\n'}${wrote:-"it wrote nothing"}$'\n'
	fi
	for part in "${files[@]}"; do
		[[ ! -s $part ]] || said+=$(sed 's/^/# /' "$part")$'\n'
	done
	said=${said%$'\n'}
	row_answer[n]="$verdict $n - $text${said:+$'\n'$said}"
	while [[ -n ${row_answer[next]-} ]]; do
		tell "${row_answer[next]}"
		next=$((next + 1))
	done
}

# run_machine NUMBER: boots it until each of its rows has ended.
run_machine() {
	local initrd=$work/$1.initrd done=0 before number status told how rows
	eval "${machine_options[$1]}"
	"$out/tools/rowpack" "$initrd" <"$work/$1.rows" || exit 2
	check_room "$(stat -c %s "$initrd")"
	records=''
	((${#row_state[@]} == 0)) || records=$work/records
	while ((done < machine_rows[$1])); do
		[[ -z $records ]] || : >"$records" || die "cannot write $records"
		before=$done
		qemu_line "$initrd" "rows=$done"
		qemu+=(-serial stdio)
		exec {rows}< <(exec "$out/tools/rowrun" "$initrd" "$done" "$logs" "$records" "${qemu[@]}" </dev/null)
		runner=$!
		while read -r -u "$rows" number status _ told how; do
			answer "$number" "$status" "$told" "$how"
			done=$((done + 1))
		done
		exec {rows}<&-
		[[ -z $stopped ]] || { echo 'Bail out! stopped' && exit "$((128 + stopped))"; }
		((done > before)) || die "the kernel did not start"
	done
	rm -f "$initrd"
}

each_command() {
	local work logs next=1 failed=0 machine split archive runner='' stopped='' signal
	[[ -r $list ]] || die "--each $list: no such file"
	work=$scratch.each
	logs=${log:-$work}
	mkdir -p "$work" ${log:+"$log"} ${events:+"$events"} ${report:+"$report"} || exit 2
	[[ -z $report ]] || "$root/tools/setup.sh" draw || exit 2
	keep_defaults
	read_list
	for signal in INT TERM HUP; do
		# shellcheck disable=SC2064 # the signal is this one
		trap "stopped=$(kill -l "$signal")"'; [[ -z $runner ]] || kill "$runner" 2>/dev/null' "$signal"
	done
	tell "1..${#row_text[@]}"
	for machine in "${!machine_rows[@]}"; do
		run_machine "$machine"
	done
	return "$failed"
}

# shellcheck shell=bash disable=SC2034,SC2154 # words, command ... are variables of qemu.sh
# SPDX-License-Identifier: BSD-2-Clause
#
# surroundings.sh - what the program finds: environment, ids, rights, limits, directory, the host's
# name, standard input, output and error. Sourced by options.sh. The kernel is told by words of its
# command line (kernel/linux/ids/surroundings.c), and by files in the archive: `environment` and
# `stdin_file`.

environment=() clear_env='' stdin='' stdin_file='' tty=''

# The numbers are the places. [linux/capability.h, asm-generic/resource.h]
capabilities=(chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap
	linux_immutable net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module
	sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time
	sys_tty_config mknod lease audit_write audit_control setfcap mac_override mac_admin syslog
	wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore)
limits=(cpu fsize data stack core rss nproc nofile memlock as locks sigpending msgqueue nice rtprio
	rttime)

# find_item NAME ITEM...: sets `found` to where NAME stands among the items, from 0; fails if it
# does not.
find_item() {
	local name=$1
	shift
	for ((found = 0; $# > 0; found++)); do
		[[ $1 != "$name" ]] || return 0
		shift
	done
	return 1
}

# id OPTION NUMBER: dies unless it can be a user's or a group's.
check_id() {
	[[ $2 =~ ^(0|[1-9][0-9]{0,9})$ ]] && (($2 < 4294967295)) || die "$1 $2: a number from 0 to 4294967294 is wanted (names of users are the host's)"
}

take_caps() {
	local item mask=0
	local IFS=,
	[[ -n $1 ]] || die "--cap: names with commas between them, or none, or all"
	for item in $1; do
		item=${item,,} item=${item#cap_}
		if [[ $item == none ]]; then
			mask=0
		elif [[ $item == all ]]; then
			mask=$(((1 << ${#capabilities[@]}) - 1))
		elif find_item "${item#-}" "${capabilities[@]}"; then
			[[ $item == -* ]] && mask=$((mask & ~(1 << found))) || mask=$((mask | 1 << found))
		else
			die "--cap $item: no such capability; there are all, none, ${capabilities[*]}"
		fi
	done
	printf -v item %x "$mask"
	words+=("caps=$item")
}

take_rlimit() {
	local name=${1%%=*} value=${1#*=} soft hard
	[[ $1 == *=* ]] || die "--rlimit $1: NAME=SOFT or NAME=SOFT:HARD is wanted"
	name=${name,,}
	find_item "${name#rlimit_}" "${limits[@]}" || die "--rlimit $name: no such limit; there are ${limits[*]}"
	soft=${value%%:*} hard=${value#*:}
	[[ $soft != @(unlimited|infinity) ]] || soft=18446744073709551615
	[[ $hard != @(unlimited|infinity) ]] || hard=18446744073709551615
	[[ $soft =~ ^(0|[1-9][0-9]{0,19})$ && $hard =~ ^(0|[1-9][0-9]{0,19})$ ]] ||
		die "--rlimit $1: a limit is a whole number or unlimited"
	# Both may be beyond what the shell can count, so they are compared as text.
	# shellcheck disable=SC2071
	if ((${#soft} > ${#hard})) || [[ ${#soft} == "${#hard}" && $soft > $hard ]]; then
		die "--rlimit $1: the first, soft, limit is above the second, hard, one"
	fi
	words+=("rlimit=$found:$soft:$hard")
}

# take_surroundings NAME VALUE: fails if it is another option.
take_surroundings() {
	local group
	case $1 in
	env)
		[[ $2 == [!=]*=* ]] || die "--env $2: NAME=VALUE is wanted"
		environment+=("$2")
		;;
	clear-env) clear_env=1 ;;
	uid | gid)
		check_id "--$1" "$2"
		words+=("$1=$2")
		;;
	groups)
		[[ $2 != *,,* && $2 != *, && $2 != ,* ]] || die "--groups $2: numbers with commas between them"
		for group in ${2//,/ }; do check_id --groups "$group"; done
		words+=("groups=$2")
		;;
	cap) take_caps "$2" ;;
	cwd)
		[[ $2 == /* && $2 != *[[:cntrl:]\"]* ]] || die "--cwd $2: a path in the program's root is wanted, which begins with /"
		words+=("cwd=\"$2\"")
		;;
	hostname)
		[[ $2 =~ ^[A-Za-z0-9._-]{1,64}$ ]] || die "--hostname $2: 1 to 64 letters, digits, dots and dashes"
		words+=("hostname=$2")
		;;
	rlimit) take_rlimit "$2" ;;
	stdin)
		stdin=$2
		[[ ! $2 -ef /dev/null ]] || stdin=null
		case $stdin in
		null) ;;
		pipe) [[ $command != pack ]] || die "--stdin pipe: a packed image has nobody to read from" ;;
		*)
			[[ -f $2 && -r $2 ]] || die "--stdin $2: no such file, and neither pipe nor null"
			stdin=file stdin_file=$2
			;;
		esac
		;;
	tty) tty=1 ;;
	*) return 1 ;;
	esac
}

# Adds the words for descriptors 0, 1 and 2, each of which is a terminal if it is one here. Sets
# `feed` to what tools/boot does with standard input.
stream_words() {
	feed=none
	if [[ -z $stdin && -z $tty ]]; then
		if [[ -n $icount || /dev/stdin -ef /dev/null ]]; then
			stdin=null
		elif [[ ! -t 0 ]]; then
			stdin=pipe
		fi
	fi
	[[ -z $stdin ]] || words+=("stdin=$stdin")
	[[ $stdin != pipe ]] || feed=pipe
	[[ -n $stdin$icount || ! -t 0 ]] || feed='tty'
	[[ -z $tty ]] || return 0
	[[ -t 1 ]] || words+=(stdout=pipe)
	[[ -t 2 ]] || words+=(stderr=pipe)
	[[ -t 1 && -t 2 ]] || streams=1
}

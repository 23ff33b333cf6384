# shellcheck shell=bash disable=SC2034,SC2154 # what is set here and there are variables of qemu.sh
# SPDX-License-Identifier: BSD-2-Clause
#
# options.sh - the options of run, gdb and pack, by the rows of run.def: -fFILE, --file=FILE, --fi
# FILE, -- and the help. Sourced by qemu.sh. What was typed is in the variables below, and PROGRAM
# ARG... in `arguments`.

at=exec filters=() words=() memory=128M harts=1 cpu=rv64 limit='' icount='' log='' events='' report='' records='' deny='' expect='' explained='' count='' dry='' verbose='' packed='' tree='' mapped='' sysroot='' libraries='' list=''
reading=()
# shellcheck source=tools/surroundings.sh
. "$root/tools/surroundings.sh"

option_names=()
declare -A option_value option_where option_help option_letter long_name

# Reads the rows, once.
load_options() {
	local line all='' row="^(BOTH|RUN|ALONE|PACK)\((0|'(.)'), \"([a-z-]+)\", (NULL|\"(.*)\"), \"(.*)\"\)$"
	((${#option_names[@]} == 0)) || return 0
	while IFS= read -r line; do
		[[ $line == [ABRP$'\t']* ]] || continue # a row, or more of its help
		all+=$line
		[[ $line == *')' ]] || continue
		all=${all//\"$'\t'\"/}
		[[ ${all//,$'\t'/, } =~ $row ]] || die "tools/run.def: $all"
		all=''
		option_names+=("${BASH_REMATCH[4]}")
		option_where[${BASH_REMATCH[4]}]=${BASH_REMATCH[1]}
		option_letter[${BASH_REMATCH[4]}]=${BASH_REMATCH[3]}
		option_value[${BASH_REMATCH[4]}]=${BASH_REMATCH[6]}
		option_help[${BASH_REMATCH[4]}]=${BASH_REMATCH[7]}
		[[ -z ${BASH_REMATCH[3]} ]] || long_name[${BASH_REMATCH[3]}]=${BASH_REMATCH[4]}
	done <"$root/tools/run.def"
}

# help_rows WHERE: the options that are WHERE (BOTH, RUN, PACK), in 80 columns; RUN: and ALONE.
help_rows() {
	local name left line word
	for name in "${option_names[@]}"; do
		[[ ${option_where[$name]/ALONE/RUN} == "$1" ]] || continue
		left=${option_letter[$name]:+-${option_letter[$name]}, }
		[[ -n $left ]] || left='    '
		left+=--$name${option_value[$name]:+=${option_value[$name]}}
		left=${left/=\[=/[=}
		((${#left} <= 22)) || { echo "  $left" && left=''; }
		printf -v line '  %-22s' "$left"
		for word in ${option_help[$name]}; do
			((${#line} + 1 + ${#word} <= 79)) || { echo "$line" && printf -v line '%24s' ''; }
			line+=" $word"
		done
		echo "$line"
	done
}

# find_option NAME: sets `name` to the option that NAME (without dashes) is, or begins alone.
find_option() {
	local candidate found=()
	name=$1
	[[ -z ${option_where[$1]:-} ]] || return 0
	for candidate in "${option_names[@]}"; do
		[[ -z $1 || $candidate != "$1"* ]] || found+=("$candidate")
	done
	((${#found[@]} > 0)) || die "no such option: --$1 (try --help)"
	((${#found[@]} == 1)) || die "--$1 can be --${found[0]} or --${found[1]} (try --help)"
	name=${found[0]}
}

# Takes the options up to the program; what follows them stays in `arguments`.
parse() {
	local name given letters
	while (($#)); do
		[[ $1 == -?* ]] || break
		load_options
		given=$1
		shift
		case $given in
		--) break ;;
		--*=*)
			given=${given#--}
			find_option "${given%%=*}"
			[[ -n ${option_value[$name]} ]] || die "--$name takes no value (try --help)"
			[[ ${option_value[$name]} != "["* || -n ${given#*=} ]] || die "--$name= names nothing (try --help)"
			take_option "$name" "${given#*=}" "--$name"
			;;
		--*)
			find_option "${given#--}"
			if [[ -z ${option_value[$name]} || ${option_value[$name]} == "["* ]]; then
				take_option "$name" '' "--$name"
			else
				(($# > 0)) || die "$given needs a value (try --help)"
				take_option "$name" "$1" "--$name"
				shift
			fi
			;;
		*)
			for ((letters = 1; letters < ${#given}; letters++)); do
				name=${long_name[${given:letters:1}]:-}
				[[ -n $name ]] || die "no such option: -${given:letters:1} (try --help)"
				if [[ -z ${option_value[$name]} ]]; then
					take_option "$name" '' "-${given:letters:1}"
					continue
				elif ((letters + 1 < ${#given})); then
					take_option "$name" "${given:letters+1}" "-${given:letters:1}"
				else
					(($# > 0)) || die "-${given:letters:1} needs a value (try --help)"
					take_option "$name" "$1" "-${given:letters:1}"
					shift
				fi
				break
			done
			;;
		esac
	done
	arguments=("$@")
}

# take_option NAME VALUE TYPED: TYPED is what messages call it.
take_option() {
	case ${option_where[$1]} in
	RUN | ALONE) [[ $command != pack ]] || die "$3 is no option of pack (try --help)" ;;
	PACK) [[ $command == pack ]] || die "$3 is an option of pack (try --help)" ;;
	esac
	[[ -z $place || ! $1 =~ ^(each|log|events|report|dry-run|verbose)$ ]] ||
		die "$3 is no option of a row (try --help)"
	case $1 in
	file) filters+=("$2") ;;
	from | select | runtime | caps | kernel | systemd) reading+=("--$1=$2") ;;
	at)
		[[ $2 =~ ^(exec|start|main)$ ]] || die "--at $2: exec, start or main (try --help)"
		at=$2
		;;
	explain)
		words+=(explain)
		[[ -z $2 || $command != pack ]] || die "$3=$2 is no option of pack (try --help)"
		explained=$2
		;;
	private) words+=(private=on) ;;
	root)
		[[ -d $2 ]] || die "--root $2: no such folder"
		tree=$2
		;;
	sysroot)
		[[ -d $2 ]] || die "--sysroot $2: no such folder"
		sysroot=$2
		;;
	rw) words+=(rw) ;;
	append) words+=("$2") ;;
	output) packed=$2 ;;
	memory)
		[[ $2 =~ ^[1-9][0-9]*[MmGg]$ ]] || die "-m $2: a size is like 64M or 1G"
		memory=$2
		;;
	smp)
		[[ $2 =~ ^[1-8]$ ]] || die "--smp $2: 1 to 8 harts"
		harts=$2
		;;
	timeout)
		[[ $2 =~ ^[0-9]{1,6}$ ]] || die "--timeout $2: a whole number of seconds"
		limit=$2
		;;
	icount) icount=1 ;;
	events | report | log)
		[[ -n $2 && $2 != - ]] || die "$3 '$2': the name of a file is wanted; standard output is the program's"
		[[ -z ${!1} ]] || die "$3 is given twice: ${!1} and $2"
		printf -v "$1" %s "$2"
		;;
	count) count=1 ;;
	deny-is-failure) deny=1 ;;
	expect)
		[[ -n $2 ]] || die "$3 names no call (try --help)"
		expect=$2
		;;
	each) list=$2 ;;
	dry-run) dry=1 ;;
	verbose) verbose=1 ;;
	cpu)
		[[ ! ,$2, =~ ,[imacg]=(off|false|no), ]] || die "--cpu $2: the firmware and the kernel are made for RV64GC"
		cpu=$2
		;;
	help) usage && exit 0 ;;
	version) version && exit 0 ;;
	*) take_surroundings "$1" "$2" || die "--$1 is in run.def, but nothing takes it" ;;
	esac
}

# shellcheck shell=bash disable=SC2034,SC2154 # which, init, file, filters ... are variables of qemu.sh
# SPDX-License-Identifier: BSD-2-Clause
#
# archive.sh - what one run adds to the kernel's files: the program's arguments, its filters, and
# the program itself when it is not one of user/. Sourced by qemu.sh. A newc cpio archive, written
# with nothing but the shell, so that starting a program costs no archiver and no folder;
# reproducible: no dates, all root's.

cpio_inode=0
cpio_at=0 # how many bytes of the archive have been printed

# cpio_entry NAME MODE SIZE: the header of one member, whose SIZE bytes the caller prints next. They
# begin at a multiple of eight, from where the kernel copies fastest: before a header there may be
# zeroes.
cpio_entry() {
	local LC_ALL=C header=$((110 + ${#1} + 1))
	(((cpio_at + header + 3 & 4) == 0)) || cpio_zeros 4
	cpio_inode=$((cpio_inode + 1))
	printf '070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%s\0' \
		"$cpio_inode" "$2" 0 0 1 0 "$3" 0 0 0 0 $((${#1} + 1)) 0 "$1"
	cpio_pad "$header"
}

# cpio_pad N: N bytes have been printed; the zero bytes after them, up to a multiple of four.
cpio_pad() {
	cpio_at=$((cpio_at + $1))
	cpio_zeros $((-$1 & 3))
}

cpio_zeros() {
	local zeros=$1
	cpio_at=$((cpio_at + zeros))
	while ((zeros-- > 0)); do printf '\0'; done
}

# cpio_file NAME MODE FILE: a regular file with the contents of FILE on this machine.
cpio_file() {
	local size
	size=$(stat -L -c %s -- "$3") || return
	cpio_entry "$1" $((0100000 | $2)) "$size"
	cat -- "$3" || return
	cpio_pad "$size"
}

# cpio_strings NAME [STRING...]: a file of NUL-terminated strings.
cpio_strings() {
	local LC_ALL=C name=$1 size=0 s
	shift
	for s; do size=$((size + ${#s} + 1)); done
	cpio_entry "$name" $((0100444)) "$size"
	for s; do printf '%s\0' "$s"; done
	cpio_pad "$size"
}

cpio_folder() { cpio_entry "$1" $((040755)) 0; }

cpio_end() {
	cpio_entry 'TRAILER!!!' 0 0
}

pack_tree() {
	(cd "$tree" && find . -mindepth 1 -print0 | LC_ALL=C sort -z |
		cpio -o -0 -H newc --reproducible -R 0:0 --quiet)
}

# Sets `cached` to a file that has the archive of the folder `tree`, and `cached_size`: how many
# bytes it has. It is made only when a file of the folder has another name, size, mode, time or
# inode than when it was made last. Four are kept. Fails where nothing can be kept.
#
# The file is an image of the machine's memory: the archive lies where it will lie there, and the
# rest is a hole. So QEMU maps it, and nothing is copied.
cached_tree() {
	local folder=$root/.cache/roots key old files
	[[ -z $installed && -w $root ]] || folder=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/portcullis
	mkdir -p -- "$folder" 2>/dev/null && [[ -w $folder ]] || return
	key=$(set -o pipefail && find "$tree" -mindepth 1 -printf '%P\0%y%m %s %T@ %C@ %i %l\0' | sha256sum) || return
	files=("$folder/${key%% *}".*.ram)
	if [[ ! -e ${files[0]} ]]; then
		cached=$folder/${key%% *}
		truncate -s "${tree_at}M" "$cached.$$" && pack_tree >>"$cached.$$" || { rm -f "$cached.$$" && return 1; }
		files=("$cached.$(($(stat -c %s "$cached.$$") - (tree_at << 20))).ram")
		mv "$cached.$$" "${files[0]}"
		while read -r _ old; do
			rm -f -- "$old"
		done < <(find "$folder" -type f -printf '%A@ %p\n' | sort -rn | tail -n +5)
	fi
	cached=${files[0]} cached_size=${files[0]%.ram}
	cached_size=${cached_size##*.}
}
tree_at=4 # MiB, behind the kernel, which has 2 MiB from the second on

# The archive alone.
print_cached() {
	tail -c "+$(((tree_at << 20) + 1))" -- "$cached" | head -c "$cached_size"
}

# Sets `which` to the word of the kernel's command line that says which filters there are: their
# number, and the SHA-256 of a list of their SHA-256. The kernel runs nothing unless exactly these
# are in the archive. Not the names, which sha256sum would print, too. What was found for the same
# files is kept: of a list of programs (--each) many have the same policy.
declare -A hashed=()
filters_word() {
	local list key=${filters[*]@Q}
	if ((${#filters[@]} == 0)); then
		which=filters=0
		return
	fi
	which=${hashed[$key]-}
	[[ -z $which ]] || return 0
	list=$(set -o pipefail && sha256sum -z -- "${filters[@]}" | tr '\n\0' ' \n' | cut -c -64) || return
	list=$(sha256sum <<<"$list") || return
	which=filters=${#filters[@]}:${list%% *} hashed[$key]=$which
}

# Puts what --env does not set in front of what it sets; of two for one name, the last one counts.
add_default_env() {
	local given=("${environment[@]}") all=() variable
	if [[ -z $clear_env && -n $tree ]]; then
		all=(PATH=/bin:/usr/bin HOME=/tmp "TERM=${TERM:-dumb}")
	elif [[ -z $clear_env && -n $terminal ]]; then
		all=(PATH=/bin "TERM=${TERM:-dumb}")
	fi
	environment=()
	for variable in "${all[@]}" "${given[@]}"; do
		set_variable "$variable"
	done
}

set_variable() {
	local i
	for i in "${!environment[@]}"; do
		[[ ${environment[i]%%=*} != "${1%%=*}" ]] || { environment[i]=$1 && return; }
	done
	environment+=("$1")
}

# add_folders PATH: PATH and the folders above it, those that `made` has not yet.
add_folders() {
	[[ -n $1 && -z ${made[$1]-} ]] || return 0
	add_folders "${1%/*}"
	made[$1]=1
	cpio_folder "${1#/}"
}

# The loader and the libraries that tools/closure has found, at their places.
add_libraries() {
	local path from
	local -A made=([/bin]=1)
	while IFS=$'\t' read -r path from; do
		add_folders "${path%/*}"
		cpio_file "${path#/}" 0755 "$from"
	done <<<"$libraries"
}

# Everything about this one run that is a file in the kernel, as a cpio archive on stdout.
run_archive() {
	local i
	cpio_folder .portcullis
	[[ -n $tree ]] || cpio_folder bin
	cpio_strings .portcullis/argv "$init" "${arguments[@]:1}"
	add_default_env
	((${#environment[@]} == 0)) || cpio_strings .portcullis/env "${environment[@]}"
	[[ -z $stdin_file ]] || cpio_file .portcullis/stdin 0444 "$stdin_file"
	for i in "${!filters[@]}"; do
		cpio_file ".portcullis/filter.$i" 0444 "${filters[i]}"
	done
	[[ -z $file ]] || cpio_file "${init#/}" 0755 "$file"
	[[ -z $libraries ]] || add_libraries
	cpio_end
}

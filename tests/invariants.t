#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# invariants.t - do the kernel's checks of its own invariants (KASSERT), and of memory that was
# freed, notice a kernel that breaks them? Builds one kernel for each violation, a file of it
# changed, and runs a program that gets there.
#
# needs: run tests/guest/descriptors-are-shared-by-fork-and-closed-by-exec
# needs: tests/guest/pipe-carries-bytes-in-order tests/guest/mmap-gives-zeroed-pages-of-its-own
# needs: tests/guest/eventfd-counts tests/guest/timers-fire-while-a-dead-task-idles

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/planted.sh
. tests/planted.sh
export O=${O:-build} PORTCULLIS_BUILT=1
tmp=$(mktemp -d) || exit 1
guest=$PWD/$O/tests/guest
trap 'rm -rf "$tmp"' EXIT

# violation WHAT FILE CHANGE PROGRAM WORDS: the kernel whose FILE was changed by the sed script
# CHANGE, so that it breaks an invariant, panics in PROGRAM with WORDS; or is said by the leak check
# to leave behind what WORDS tell.
violation() {
	plant "$tmp/image" "$2" "$3" || {
		cp "$tmp/image/said" "$tmp/out"
		ok "$1: there is such a kernel"
		return
	}
	O=$tmp/image ./qemu.sh run --icount --append leakcheck --timeout 60 "$guest/$4" </dev/null >"$tmp/out" 2>&1
	status=$?
	if [[ $5 == LEAK* ]]; then
		((status == 252)) && grep -q "^leakcheck: $5" "$tmp/out"
	else
		((status == 253)) && grep -q "^panic: $5" "$tmp/out"
	fi
	ok "$1"
}
evidence=("$tmp/out")

violation "a page is shared by fork and not counted" kernel/core/memory/mm.c \
	'/^static void copy_pages/,/^}/s/page_meta(pte_page(new\[i\]))->refs++;//' \
	descriptors-are-shared-by-fork-and-closed-by-exec '[a-z]*.c:.*page_meta(page)->refs != 0'
violation "a task that runs is put on the run queue" kernel/core/task/sleep.c \
	'/^static void wake_sleeper/,/^}/{ s/if (.*)/t->state = TASK_SLEEPING;/ }' \
	pipe-carries-bytes-in-order 'runqueue.*list_empty(&'
violation "two mappings lie over one another" kernel/calls/sys_memory.c \
	's/err = vma_remove(mm, addr, len);/err = 0;/' \
	mmap-gives-zeroed-pages-of-its-own 'vma.c:'
free='kfree(f->data);'
violation "an object is written to after it was freed" kernel/linux/wait/eventfd.c \
	"s/$free/$free ((volatile struct eventfd *)f->data)->changed.waiters.next = NULL;/" \
	eventfd-counts '[a-z]* of [0-9]* bytes: .* was written to after it was freed'
violation "an object's second word is written to after it was freed" kernel/linux/wait/eventfd.c \
	"s/$free/$free ((volatile struct eventfd *)f->data)->semaphore = true;/" \
	eventfd-counts '[a-z]* of [0-9]* bytes: .* was written to after it was freed'
violation "a page is written to after it was freed" kernel/core/files/ring.c \
	'/^static void drop/,/^}/s/page_free(\(.*\), 0);/page_free(\1, 0), (\1)[100] = 1;/' \
	pipe-carries-bytes-in-order 'pages of [0-9]* bytes: .* was written to after it was freed'
violation "an object is freed twice" kernel/linux/wait/eventfd.c "s/$free/$free $free/" \
	eventfd-counts '.*: .* is freed twice'
violation "what lies inside an object is freed" kernel/linux/wait/eventfd.c \
	"s/$free/kfree((char *)f->data + 16);/" eventfd-counts 'kfree: .* was not given out'
violation "a timer's signal names who is current" kernel/linux/timer/posix_timer.c \
	's/signal_info(p->sig, SI_TIMER)/signal_info_user(p->sig, SI_TIMER)/' \
	timers-fire-while-a-dead-task-idles 'signal.c:'
violation "timers outlive their process" kernel/linux/timer/module.c \
	'/^static void end_timers/,/^}/s/posix_timers_drop(g);//' \
	timers-fire-while-a-dead-task-idles ''
violation "an object is not freed" kernel/linux/wait/eventfd.c "s/$free/(void)f;/" eventfd-counts 'LEAK: .*objects of 32 bytes'
tap_end

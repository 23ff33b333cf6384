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
# needs: tests/guest/fork-inherits-the-filters tests/guest/tsync-binds-every-thread
# needs: tests/guest/arguments-decide-alike-at-every-depth
# needs: tests/guest/notify-answer-outlives-its-listener tests/guest/pidfd-stays-with-its-process
# needs: tests/guest/poll-waits-for-the-first-of-many

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
		false
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
violation "page tables that the hart uses are freed" kernel/core/signal/exit.c 's/^\t\tmm_activate(NULL);//' \
	fork-inherits-the-filters 'mm.c:.*csr_read(satp) != mm->satp'
violation "a task is not counted among those of its filter" kernel/gate/filter.c 's/^\tf->tasks++;//' \
	fork-inherits-the-filters 'filter.c:.*f->tasks != 0'
violation "a task does not hold its gate" kernel/gate/filter_gate.c 's/t->gate = gate_get(g);/t->gate = g;/' \
	fork-inherits-the-filters 'gate.c:.*current->gate != g'
violation "two pieces of code share their memory" kernel/linux/jit/code.c 's/^\tcode_mark(c, false);//' \
	arguments-decide-alike-at-every-depth 'code.c:'
violation "a thread does not hold its signal handlers" kernel/calls/sys_clone.c \
	's/sighand_get(current->sighand)/current->sighand/' tsync-binds-every-thread 'sigqueue.c:.*s->refs != 0'
violation "a forked process does not hold its open files" kernel/core/files/fdtable.c \
	's/file_get(to->slot\[fd\].file)/(void)0/' descriptors-are-shared-by-fork-and-closed-by-exec ''
violation "a name does not hold its directory" kernel/core/files/inode.c 's/^\ti->refs++;//' \
	eventfd-counts 'inode.c:.*tree_is_empty(i)'
violation "a listener is freed while calls wait for it" kernel/linux/notify/listener.c \
	's/if (--l->refs != 0)/if (--l->refs > 1)/' notify-answer-outlives-its-listener 'listener.c:.*list_empty(&l->notifs)'
violation "a pidfd stands for another process" kernel/linux/ids/pidfd.c 's/group = g;/group = g->parent;/' \
	pidfd-stays-with-its-process 'pidfd.c:.*group == g'
violation "who waits no more is left on the queue" kernel/core/files/poll.c 's/wait_end(&e->waiter);/;/' \
	poll-waits-for-the-first-of-many ''
free='kfree(f->data);'
violation "an object is written to after it was freed" kernel/linux/wait/eventfd.c \
	"s/$free/$free ((volatile struct eventfd *)f->data)->changed.waiters.next = NULL;/" \
	eventfd-counts '[a-z]* of [0-9]* bytes: .* was written to after it was freed'
violation "an object's second word is written to after it was freed" kernel/linux/wait/eventfd.c \
	"s/$free/$free ((volatile struct eventfd *)f->data)->id++;/" \
	eventfd-counts '[a-z]* of [0-9]* bytes: .* was written to after it was freed'
violation "a page is written to after it was freed" kernel/core/files/ring.c \
	'/^static void drop/,/^}/s/page_free(\(.*\), 0);/page_free(\1, 0), (\1)[100] = 1;/' \
	pipe-carries-bytes-in-order 'pages of [0-9]* bytes: .* was written to after it was freed'
violation "a page is freed twice" kernel/core/files/ring.c \
	'/^static void drop/,/^}/s/page_free(\(.*\), 0);/page_free(\1, 0), page_free(\1, 0);/' \
	pipe-carries-bytes-in-order 'page: .* is freed twice'
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

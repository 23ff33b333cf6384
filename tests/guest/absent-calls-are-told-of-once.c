/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * absent-calls-are-told-of-once - each call that this kernel lacks has one line in its log, however
 * often it is made, and whatever its neighbours are.
 */
#include "guest.h"

#ifndef SYS_memfd_secret
#define SYS_memfd_secret 447
#endif

int main(void)
{
	static const int numbers[] = {
		SYS_io_setup,
		SYS_io_destroy,
		SYS_io_submit,
		SYS_io_cancel,
		SYS_io_getevents,
		SYS_acct,
		SYS_kexec_load,
		SYS_init_module,
		SYS_delete_module,

		SYS_quotactl,
		SYS_ioprio_set,
		SYS_ioprio_get,
		SYS_add_key,
		SYS_request_key,
		SYS_keyctl,
		SYS_swapon,
		SYS_swapoff,
		SYS_mbind,
		SYS_get_mempolicy,
		SYS_set_mempolicy,
		SYS_migrate_pages,
		SYS_move_pages,
		SYS_perf_event_open,
		SYS_fanotify_init,
		SYS_fanotify_mark,
		SYS_name_to_handle_at,
		SYS_open_by_handle_at,
		SYS_finit_module,
		SYS_bpf,
		SYS_userfaultfd,
		SYS_pkey_mprotect,
		SYS_pkey_alloc,
		SYS_pkey_free,
		SYS_io_pgetevents,
		SYS_kexec_file_load,
		SYS_io_uring_setup,
		SYS_io_uring_enter,
		SYS_io_uring_register,
		SYS_open_tree,
		SYS_move_mount,
		SYS_fsopen,
		SYS_fsconfig,
		SYS_fsmount,
		SYS_fspick,
		SYS_mount_setattr,
		SYS_quotactl_fd,
		SYS_landlock_create_ruleset,
		SYS_memfd_secret,
		SYS_process_mrelease,
	};
	const int n = sizeof(numbers) / sizeof(numbers[0]);
	static char text[1 << 17];
	int lines = 0;
	long size;

	for (int times = 0; times < 2; times++)
		for (int i = 0; i < n; i++)
			CHECK(raw0(numbers[i]) == -ENOSYS);
	size = syscall(SYS_syslog, 3, text, sizeof(text) - 1);
	CHECK(size > 0);
	text[size] = '\0';
	for (const char *at = text; (at = strstr(at, ") does not exist here: ENOSYS to ")) != NULL; at++)
		lines++;
	CHECK(lines == n);
	return 0;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names-may-be-of-any-bytes - threads and files can be called by what is markup elsewhere, and by
 * bytes that are no UTF-8.
 */
#include "files.h"

#include <sys/prctl.h>

int main(void)
{
	static const char name[] = "/tmp/<img src=x onerror=alert(1)>&\"'\xff";
	char comm[16];

	CHECK(prctl(PR_SET_NAME, "<b>\xe9'\"&</script>") == 0);
	CHECK(prctl(PR_GET_NAME, comm) == 0 && strcmp(comm, "<b>\xe9'\"&</script") == 0);
	CHECK(open(name, O_CREAT | O_EXCL | O_WRONLY, 0600) >= 0);
	CHECK(open(name, O_CREAT | O_EXCL | O_WRONLY, 0600) == -1 && errno == EEXIST);
	CHECK(unlink(name) == 0);
	return 0;
}

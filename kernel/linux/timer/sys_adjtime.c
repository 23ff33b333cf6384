/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_adjtime.c - adjtimex and clock_adjtime: what is known of the clock's exactness, and setting
 * it by a distance. The clock is made neither faster nor slower. [kernel/time/ntp.c,
 * kernel/time/timekeeping.c]
 */
#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/time.h>
#include <abi/timex.h>

#include "absent.h"
#include "clock.h"
#include "posix_timer.h"
#include "sys.h"
#include "task.h"
#include "time.h"
#include "timespec.h"
#include "usercopy.h"

#define ERROR_MAX 16000000 /* us [NTP_PHASE_LIMIT] */
#define CONSTANT_MAX 10	   /* [MAXTC] */
#define TOLERANCE 32768000 /* [MAXFREQ_SCALED / PPM_SCALE] */
#define TICK 10000	   /* us: there are 100 in a second [tick_usec] */
#define SPEED_MODES (ADJ_OFFSET | ADJ_FREQUENCY | ADJ_TICK | ADJ_TAI)

/* What CAP_SYS_TIME has said of the clock. */
static struct {
	int64_t maxerror, esterror, constant;
	int32_t status;
} known = { ERROR_MAX, ERROR_MAX, 2, STA_UNSYNC };

static int64_t adjtime_clamp(int64_t value, int64_t max)
{
	return value < 0 ? 0 : value > max ? max : value;
}

/* ADJ_SETOFFSET: sets the clock by the time in T. [timekeeping_inject_offset] */
static int set_by_offset(const struct __kernel_timex *t)
{
	const int64_t unit = t->modes & ADJ_NANO ? 1 : (int64_t)NSEC_PER_USEC;
	const uint64_t now = time_realtime();
	int64_t sec = t->time.tv_sec + (int64_t)(now / NSEC_PER_SEC);
	int64_t nsec = t->time.tv_usec * unit + (int64_t)(now % NSEC_PER_SEC);

	if (nsec >= (int64_t)NSEC_PER_SEC) {
		nsec -= (int64_t)NSEC_PER_SEC;
		sec++;
	}
	return clock_set(sec, nsec);
}

static bool reads_only(const struct __kernel_timex *t)
{
	return t->modes == 0 || (t->modes & (ADJ_ADJTIME | ADJ_OFFSET_READONLY)) == (ADJ_ADJTIME | ADJ_OFFSET_READONLY);
}

/*
 * May the current task change what T's modes say, and is it possible? 0 or -errno.
 * [ntp_validate_timex]
 */
static int check_modes(const struct __kernel_timex *t)
{
	const int64_t part = t->modes & ADJ_NANO ? (int64_t)NSEC_PER_SEC : (int64_t)USEC_PER_SEC;

	if (t->modes & ADJ_ADJTIME && (t->modes & ADJ_OFFSET) == 0)
		return -EINVAL;
	if (reads_only(t))
		return 0;
	if (!task_capable(CAP_SYS_TIME))
		return -EPERM;
	if ((t->modes & ADJ_SETOFFSET) != 0 && (t->time.tv_usec < 0 || t->time.tv_usec >= part))
		return -EINVAL;
	if ((t->modes & SPEED_MODES) != 0) {
		absent_say("adjtimex", "mode", t->modes & SPEED_MODES, "EINVAL");
		return -EINVAL;
	}
	return 0;
}

/* Keeps what T says, as its modes tell. [process_adjtimex_modes] */
static void keep_modes(const struct __kernel_timex *t)
{
	if (t->modes & ADJ_STATUS)
		known.status = (known.status & STA_RONLY) | (t->status & ~STA_RONLY);
	if (t->modes & ADJ_NANO)
		known.status |= STA_NANO;
	if (t->modes & ADJ_MICRO)
		known.status &= ~STA_NANO;
	if (t->modes & ADJ_MAXERROR)
		known.maxerror = adjtime_clamp(t->maxerror, ERROR_MAX);
	if (t->modes & ADJ_ESTERROR)
		known.esterror = adjtime_clamp(t->esterror, ERROR_MAX);
	if (t->modes & ADJ_TIMECONST)
		known.constant = adjtime_clamp(t->constant + (known.status & STA_NANO ? 0 : 4), CONSTANT_MAX);
}

long sys_adjtimex(uint64_t to)
{
	struct __kernel_timex t;
	uint64_t now;
	int err;

	if (copy_from_user(&t, to, sizeof(t)) != 0)
		return -EFAULT;
	err = check_modes(&t);
	if (err == 0 && !reads_only(&t) && (t.modes & ADJ_SETOFFSET) != 0)
		err = set_by_offset(&t);
	if (err != 0)
		return err;
	if (!reads_only(&t))
		keep_modes(&t);
	now = time_realtime();
	t = (struct __kernel_timex){
		.modes = t.modes,
		.maxerror = known.maxerror,
		.esterror = known.esterror,
		.status = known.status,
		.constant = known.constant,
		.precision = 1,
		.tolerance = TOLERANCE,
		.time = { (int64_t)(now / NSEC_PER_SEC), (int64_t)(now % NSEC_PER_SEC) },
		.tick = TICK,
	};
	if ((t.status & STA_NANO) == 0)
		t.time.tv_usec /= (int64_t)NSEC_PER_USEC;
	err = (t.status & (STA_UNSYNC | STA_CLOCKERR)) != 0 ? TIME_ERROR : TIME_OK;
	return copy_to_user(to, &t, sizeof(t)) != 0 ? -EFAULT : err;
}

long sys_clock_adjtime(uint64_t clock, uint64_t to)
{
	struct __kernel_timex t;
	uint64_t now;

	if (copy_from_user(&t, to, sizeof(t)) != 0)
		return -EFAULT;
	if ((int)clock == CLOCK_REALTIME)
		return sys_adjtimex(to);
	return clock_read((int)clock, &now) == 0 ? -EOPNOTSUPP : -EINVAL;
}

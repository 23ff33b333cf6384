/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * values.c - choices, and arguments that are numbers, descriptors and pointers.
 */
#include "calls.h"

void fuzz_seed(struct fuzz *f, uint64_t seed)
{
	f->state = seed * 0x9e3779b97f4a7c15UL + 0x1234567;
	f->room = DATA;
	f->last = 3;
	f->held = -1;
	for (int i = 0; i < 4; i++)
		(void)any(f, 2);
}

/* splitmix64 */
uint32_t any(struct fuzz *f, uint32_t n)
{
	uint64_t z = f->state += 0x9e3779b97f4a7c15UL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9UL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebUL;
	return (uint32_t)((z ^ z >> 31) >> 16) % n;
}

bool once_in(struct fuzz *f, uint32_t n)
{
	return any(f, n) == 0;
}

static long any_64(struct fuzz *f)
{
	const uint64_t high = any(f, 0xffffffff);

	return (long)(high << 32 | any(f, 0xffffffff));
}

long pointer(struct fuzz *f)
{
	switch (any(f, 32)) {
	case 0:
		return 0;
	case 1:
		/* its end, and what is not there behind */
		return DATA + DATA_SIZE - 8 * (long)any(f, 20);
	case 2:
		return DATA + DATA_SIZE - (long)any(f, 5000);
	case 3:
		return SHARED + 8 * any(f, SHARED_SIZE / 8);
	case 4:
		return READ_ONLY + any(f, 4096);
	case 5:
		return NO_ACCESS + any(f, 4096);
	case 6:
		return FILE_BACKED + 4096 - 8 + any(f, 16); /* the file ends there */
	case 7:
		return PLACES + any(f, PLACES_SIZE);
	case 8:
		return once_in(f, 2) ? (long)KERNEL_ADDRESS : any_64(f);
	case 9:
		return (long)(uintptr_t)&f->state & ~7L; /* its own stack */
	default:
		return DATA + 8 * (long)any(f, DATA_SIZE / 8);
	}
}

static long fd(struct fuzz *f)
{
	if (f->held >= 0 && any(f, 6))
		return f->held;
	if (once_in(f, 3))
		return f->last;
	switch (any(f, 24)) {
	case 0:
		return -1;
	case 1:
		return AT_FDCWD;
	case 2:
		return any(f, 3);
	case 3:
		return once_in(f, 4) ? any_64(f) : 1000 + (long)any(f, 100);
	default:
		return 3 + (long)any(f, 40);
	}
}

/* Of something in memory. */
long size_of_any(struct fuzz *f)
{
	static const uint64_t odd[] = { 0,
					4095,
					4096,
					4097,
					65536,
					131072,
					0x7fffffff,
					0x80000000,
					0xffffffff,
					0x100000000,
					0x7ffff000,
					1UL << 40,
					0x7fffffffffffffff,
					~0UL };

	return any(f, 5) ? (long)any(f, once_in(f, 4) ? 9000 : 300) : (long)odd[any(f, COUNT_OF(odd))];
}

long word(struct fuzz *f)
{
	switch (any(f, 8)) {
	case 0:
		return pointer(f);
	case 1:
		return fd(f);
	case 2:
		return size_of_any(f);
	case 3:
		return 1L << any(f, 64);
	case 4:
		return once_in(f, 4) ? any_64(f) : 0;
	default:
		return any(f, 16);
	}
}

void *room(struct fuzz *f, size_t size)
{
	unsigned long at;

	size = (size + 15) & ~15UL;
	f->room += 512;
	if (f->room + size > DATA + DATA_SIZE)
		f->room = DATA;
	at = once_in(f, 12) ? DATA + DATA_SIZE - size : f->room; /* sometimes at the end */
	for (size_t i = 0; i < size; i += 8)
		*(volatile long *)(at + i) = word(f);
	return (void *)at;
}

static long pid(struct fuzz *f)
{
	switch (any(f, 12)) {
	case 0:
		return 0;
	case 1:
		return -1;
	case 2:
		return -(long)any(f, 30);
	case 3:
		return raw0(SYS_getpid);
	case 4:
		return raw0(SYS_getppid);
	default:
		return 2 + (long)any(f, 1 + (uint32_t)control()->tasks % 60);
	}
}

static long place(struct fuzz *f)
{
	if (once_in(f, 8))
		return pointer(f) & ~4095L;
	return PLACES + (long)any(f, PLACES_SIZE / 4096) * 4096;
}

long value(struct fuzz *f, enum kind kind)
{
	long v;

	if (once_in(f, 80))
		return word(f);
	if (listed(f, kind, &v) || shaped(f, kind, &v))
		return v;
	switch (kind) {
	case ANY:
		return word(f);
	case SMALL:
		return any(f, 10);
	case FD:
		return fd(f);
	case FOLDER:
		return any(f, 4) ? AT_FDCWD : fd(f);
	case PATH:
		return path(f);
	case SPECIAL_FILE:
		return special_file(f);
	case PLACE_OF_MOUNT:
		return place_of_mount(f);
	case BUFFER:
		return pointer(f);
	case SIZE:
		return size_of_any(f);
	case OFFSET:
		return any(f, 4) ? (long)any(f, 9000) : word(f);
	case PID:
		return pid(f);
	case SIGNAL:
		return any(f, 10) ? (long)any(f, 66) : 0;
	case USER:
		return (long[]){ 0, 1000, 65534, -1, 1, 65535 }[any(f, 6)];
	case MODE:
		return once_in(f, 3)
			       ? 0777
			       : (long)any(f, 010000) | (long)(S_IFREG & -any(f, 2)) | (long)(S_IFIFO & -any(f, 2));
	case WORD_AT:
		return any(f, 8) ? (long)(SHARED + 4 * any(f, 4)) : pointer(f);
	case PLACE:
		return place(f);
	case LENGTH:
		return any(f, 10) ? 4096 * (long)(1 + any(f, 16)) : size_of_any(f);
	case EIGHT:
		return 8;
	case TEXT_SIZE:
		return 1 + any(f, 20);
	case KEY: /* IPC_PRIVATE, too */
		return any(f, 4);
	case OBJECT:
		return any(f, 4) + (once_in(f, 4) ? 32768 * (long)any(f, 4) : 0);
	default:
		return 0;
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pack.c - one bootable file out of a kernel Image and a cpio archive.
 *
 * `pack IMAGE WORDS CPIO OUT`: OUT is IMAGE padded with zeros to the size that its header claims in
 * memory (so that its .bss stays its own), then, at the next page, WORDS for the kernel's command
 * line and the archive. Nothing that the archive holds can add to the words or take from them. The
 * kernel finds both through the payload record that lies behind the 64 bytes of the header;
 * image_size in the header grows to cover the archive, so that a boot loader keeps clear of it.
 * Called by `qemu.sh pack`. Status 2 and one line on any fault; then OUT is not made. [Linux
 * Documentation/riscv/boot-image-header.rst]
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE 4096U

/* All fields little endian, as is every machine that this tool is built for. */
struct image_header {
	uint32_t code[2];
	uint64_t text_offset;
	uint64_t image_size;
	uint64_t flags;
	uint32_t version;
	uint32_t reserved[3];
	char magic[8];
	char magic2[4];
	uint32_t reserved2;
};
_Static_assert(sizeof(struct image_header) == 64, "the payload record starts at offset 64");

struct payload {
	char magic[8];
	uint64_t offset; /* from the image's start; 0: none */
	uint64_t size;	 /* of words and archive */
	uint64_t words;	 /* of the words: a multiple of 8, filled up with spaces */
};

static void fail_file(const char *file, const char *what)
{
	fprintf(stderr, "pack: %s: %s\n", file, what);
	exit(2);
}

/* The whole of FILE in memory that is never freed; its size goes to *SIZE. */
static uint8_t *read_whole(const char *file, size_t *size)
{
	uint8_t *bytes = NULL;
	size_t room = 0;
	FILE *f = fopen(file, "rb");

	if (f == NULL)
		fail_file(file, strerror(errno));
	*size = 0;
	do {
		if (*size == room) {
			room = room ? 2 * room : 1U << 20;
			bytes = realloc(bytes, room);
			if (bytes == NULL)
				fail_file(file, "out of memory");
		}
		errno = 0;
		*size += fread(bytes + *size, 1, room - *size, f);
	} while (*size == room);
	if (ferror(f))
		fail_file(file, strerror(errno));
	fclose(f);
	return bytes;
}

static void pad_file(FILE *f, uint64_t n)
{
	while (n-- > 0)
		putc(0, f);
}

int main(int argc, char **argv)
{
	struct image_header header;
	struct payload payload;
	size_t image_bytes, cpio_bytes, words;
	uint8_t *image, *cpio;
	FILE *out;

	if (argc != 5) {
		fprintf(stderr, "usage: pack IMAGE WORDS CPIO OUT\n");
		return 2;
	}
	image = read_whole(argv[1], &image_bytes);
	words = (strlen(argv[2]) + 7) / 8 * 8;
	cpio = read_whole(argv[3], &cpio_bytes);
	if (image_bytes < sizeof(header) + sizeof(payload))
		fail_file(argv[1], "is too short for a kernel");
	memcpy(&header, image, sizeof(header));
	memcpy(&payload, image + sizeof(header), sizeof(payload));
	if (memcmp(header.magic, "RISCV\0\0", 8) != 0 || memcmp(header.magic2, "RSC\x05", 4) != 0)
		fail_file(argv[1], "is not a RISC-V Image");
	if (memcmp(payload.magic, "PORTCULL", 8) != 0)
		fail_file(argv[1], "is not a Portcullis kernel: no payload record");
	if (header.image_size < image_bytes || header.image_size > 1U << 30)
		fail_file(argv[1], "has a wrong image_size");

	payload.offset = (header.image_size + PAGE - 1) / PAGE * PAGE;
	payload.size = words + cpio_bytes;
	payload.words = words;
	header.image_size = (payload.offset + payload.size + PAGE - 1) / PAGE * PAGE;
	memcpy(image, &header, sizeof(header));
	memcpy(image + sizeof(header), &payload, sizeof(payload));

	out = fopen(argv[4], "wb");
	if (out == NULL)
		fail_file(argv[4], strerror(errno));
	fwrite(image, 1, image_bytes, out);
	pad_file(out, payload.offset - image_bytes);
	fprintf(out, "%-*s", (int)words, argv[2]);
	fwrite(cpio, 1, cpio_bytes, out);
	pad_file(out, header.image_size - payload.offset - payload.size);
	if (ferror(out) | fclose(out)) {
		remove(argv[4]);
		fail_file(argv[4], "could not be written");
	}
	return 0;
}

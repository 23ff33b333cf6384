// SPDX-License-Identifier: BSD-2-Clause
//
// browser.js - what browser.sh adds to a page to look at it as it is drawn: a line for each picture
// with its size, and for each fault: a picture without a size, text that leaves its box, boxes of
// one picture that overlap, a table that leaves the window, reasons in a narrow column.
const lines = [];
const inside = (a, b) => a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
for (const details of document.querySelectorAll('details'))
	details.open = true;
for (const picture of document.querySelectorAll('svg')) {
	const size = picture.getBoundingClientRect();
	const frames = [...picture.querySelectorAll('.node > .frame')];
	lines.push(`picture ${Math.round(size.width)}x${Math.round(size.height)}`);
	if (!(size.width > 50 && size.height > 20))
		lines.push('fault: a picture without a size');
	for (const text of picture.querySelectorAll('text'))
		if (!inside(text.getBoundingClientRect(), size))
			lines.push(`fault: text outside its picture: ${text.textContent}`);
	for (const frame of frames)
		for (const text of frame.parentNode.querySelectorAll('text'))
			if (!inside(text.getBoundingClientRect(), frame.getBoundingClientRect()))
				lines.push(`fault: text outside its box: ${text.textContent}`);
	frames.forEach((one, i) => frames.slice(i + 1).forEach((other) => {
		if (!apart(one.getBoundingClientRect(), other.getBoundingClientRect()))
			lines.push(`fault: two boxes overlap: ${one.parentNode.textContent}`);
	}));
	for (const cells of picture.querySelectorAll('.cells'))
		lines.push(`cells ${cells.querySelectorAll(':scope > g > title').length}`);
}
for (const reason of document.querySelectorAll('td.reason'))
	if (innerWidth > 720 && reason.clientWidth < 180)
		lines.push(`fault: a column is too narrow to read: ${reason.textContent}`);
for (const table of document.querySelectorAll('.wide'))
	if (table.scrollWidth > table.clientWidth)
		lines.push('fault: a table is wider than the window');
if (document.documentElement.scrollWidth > innerWidth)
	lines.push('fault: the page is wider than the window');
const seen = document.createElement('pre');
seen.textContent = `[looked at]\n${lines.join('\n')}\n[text]\n${document.body.innerText}`;
document.body.replaceChildren(seen);

// SPDX-License-Identifier: BSD-2-Clause
function greeting(name) {
	const message = "hello, " + name + "!";
	return message.split("").reverse().join("");
}
export const result = [1, 2, 3].map((number) => number * 2 + greeting("x").length);

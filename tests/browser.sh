# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# browser.sh - looks at a page in chromium, without a window: for tests, which source it behind
# tap.sh.

# browse PAGE [WIDTH]: what tests/browser.js sees of it, and then its text, into $tmp/seen; what the
# browser complains about into $tmp/console. Fails if the page would fetch or run anything, if the
# browser does not answer or complains, or if anything is faulty. The script that looks is added to
# a copy.
browse() {
	! grep -vF 'xmlns="http://www.w3.org/2000/svg"' "$1" | grep -E 'https?:|url\(|@import|<script|<link' || return
	cat "$1" - "$top/tests/browser.js" >"$tmp/looked.html" <<<'<script>'
	echo '</script>' >>"$tmp/looked.html"
	timeout 300 chromium --headless=new --no-sandbox --disable-gpu --user-data-dir="$tmp/chromium" --window-size="${2:-1400},1000" \
		--enable-logging=stderr --v=0 --dump-dom "file://$tmp/looked.html" >"$tmp/dom" 2>"$tmp/log"
	grep 'CONSOLE' "$tmp/log" >"$tmp/console"
	sed -n '/\[looked at\]/,/<\/pre>/p' "$tmp/dom" >"$tmp/seen"
	grep -q '\[text\]' "$tmp/seen" && [[ ! -s $tmp/console ]] && ! grep '^fault' "$tmp/seen"
}

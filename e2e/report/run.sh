#!/bin/sh
# Looks at a report the way people do: a real browser, without a window, opens the page in light and
# in dark and prints it. Needs Chromium (on Debian: apt-get install chromium); without it there is
# nothing to look with, and the script says so and ends with 77.
#
#   e2e/report/run.sh [DIRECTORY]   the pictures and the page go there, target/report otherwise
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
out=${1:-$here/target/report}
browser=
for name in ${BROWSER_COMMAND:-} chromium chromium-browser google-chrome; do
  if command -v "$name" > /dev/null 2>&1; then
    browser=$name
    break
  fi
done
if [ -z "$browser" ]; then
  echo "skipped: no Chromium on this machine (Debian: apt-get install chromium)"
  exit 77
fi

# Chromium will not put root into its sandbox; the page is our own.
if [ "$(id -u)" -eq 0 ]; then
  set_sandbox=--no-sandbox
else
  set_sandbox=--disable-extensions
fi

mkdir -p "$out"
out=$(cd "$out" && pwd)
state=$(mktemp -d)
profile=$(mktemp -d)
trap 'rm -rf "$state" "$profile"' EXIT
cp -R "$here/samples/claude-code-project/governor/." "$state/"
GOVERNOR_HOME=$state "$here/bin/governor" report --html "$out/report.html"

open_page() {
  page=$1
  shift
  "$browser" --headless "$set_sandbox" --disable-gpu --user-data-dir="$profile" --enable-logging=stderr \
    --window-size=1200,1800 "$@" "file://$page" > "$out/browser.log" 2>&1
}

# Whatever the page tries to load, or to run, is said on the console as a violation of its policy.
complains() {
  grep -q 'CONSOLE' "$out/browser.log"
}

look() {
  open_page "$out/report.html" "$@"
  if complains; then
    grep 'CONSOLE' "$out/browser.log"
    echo "failed: the page made the browser complain"
    exit 1
  fi
}

# A page that does what it must not is complained about, or the silence above says nothing.
must_complain() {
  sed "s|</main>|$2</main>|" "$out/report.html" > "$state/spoilt.html"
  open_page "$state/spoilt.html" --screenshot="$state/spoilt.png"
  if ! complains; then
    echo "failed: the browser says nothing about a page with $1"
    exit 1
  fi
  echo "ok      the browser complains about $1"
}

written() {
  if [ ! -s "$1" ]; then
    echo "failed: $1 was not made"
    exit 1
  fi
  echo "ok      $1"
}

look --screenshot="$out/light.png"
written "$out/light.png"
look --force-dark-mode --screenshot="$out/dark.png"
written "$out/dark.png"
if cmp -s "$out/light.png" "$out/dark.png"; then
  echo "failed: light and dark look the same"
  exit 1
fi
look --print-to-pdf="$out/paper.pdf"
written "$out/paper.pdf"
must_complain "a script" '<script>document.title = "ran"</script>'
must_complain "something to load" '<img src="elsewhere.png" alt=""/>'

#!/bin/sh
# Installs, with apt, what some tests need beside Python: Chromium, the poppler tools and a Chinese
# font. Never fails: where something cannot be had the tests that need it say so (and fail in CI).
set -eu

missing=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing="$missing chromium"
{ command -v pdftotext && command -v pdftoppm; } >/dev/null || missing="$missing poppler-utils"
[ -n "$(fc-list :lang=zh-cn 2>/dev/null)" ] || missing="$missing fonts-noto-cjk"
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "Missing, and there is no apt-get to install it:$missing. The tests that need it are skipped."
    exit 0
fi
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    echo "Missing, and only root can install it:$missing. The tests that need it are skipped."
    exit 0
fi

echo "Installing for the tests:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
$as_root apt-get update -qq >"$log" 2>&1 || true
for package in $missing; do
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$package" >"$log" 2>&1 ||
        echo "apt-get could not install $package: $(tail -n 1 "$log")"
done

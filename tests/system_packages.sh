#!/usr/bin/env bash
# What the tests need besides Python: a browser, LibreOffice Calc and a font that knows Vietnamese.
# Installs what is missing as root or by sudo without a password; else names it and stops.
set -eu

missing=()
command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || missing+=(chromium-headless-shell)
command -v soffice >/dev/null || missing+=(libreoffice-calc)
[ -e /usr/share/fonts/truetype/croscore ] || missing+=(fonts-croscore)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ]; then
    as_root=()
elif sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
else
    as_root=(false)
fi
if ! command -v apt-get >/dev/null || [ "${as_root[*]}" = false ]; then
    echo "Cần cài thêm (please install): ${missing[*]}" >&2
    exit 2
fi
echo "Cài (installing): ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null

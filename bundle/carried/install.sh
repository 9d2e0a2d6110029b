#!/bin/sh
# Linux: sh install.sh [FOLDER] [--notebooks]   (no network is used)
here=$(cd "$(dirname "$0")" && pwd)
wanted=$(sed -n 's/.*"python": "\([^"]*\)".*/\1/p' "$here/bundle.json")
python=$(command -v "python$wanted" || command -v python3) || {
    echo "Cần Python $wanted (Python $wanted is needed)." >&2
    exit 2
}
PYTHONDONTWRITEBYTECODE=1 exec "$python" "$here/install.py" "$@"

#!/bin/sh
# Usage: install.sh FOLDER LOCK
# Makes the virtual environment when it is not there and installs the lock file into it, hashes checked.
set -eu
venv=$1 lock=$2

fits() { "$1" -c 'import sys; sys.exit(not (3, 12) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; }

if command -v uv >/dev/null 2>&1; then
    [ -x "$venv/bin/python" ] || uv venv --quiet --python '>=3.12,<3.15' "$venv"
    exec uv pip install --quiet --python "$venv/bin/python" --require-hashes -r "$lock"
fi

if [ ! -x "$venv/bin/python" ]; then
    for python in python3.13 python3.14 python3.12 python3; do
        if command -v "$python" >/dev/null 2>&1 && fits "$python"; then
            "$python" -m venv "$venv"
            break
        fi
    done
fi
if [ ! -x "$venv/bin/python" ]; then
    echo "Puente needs Python 3.12 or newer, or uv. Install one of them and try again." >&2
    echo "Puente necesita Python 3.12 o posterior, o bien uv. Instale uno de ellos e intente de nuevo." >&2
    exit 1
fi
exec "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"

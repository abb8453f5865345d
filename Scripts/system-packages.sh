#!/usr/bin/env bash
# Installs the Debian packages that are missing.  Usage: system-packages.sh build|bench
# Asks apt only when something is missing, and uses sudo when it isn't run as root.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# A package is named here beside the thing that we really need from it: what is there already, from wherever, is fine.
missing=()
need() { # need PACKAGE COMMAND…: the package is missing when the command fails
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || missing+=("$package")
}

has_library() { [[ $(uname) == Darwin ]] || PATH="$PATH:/usr/sbin:/sbin" ldconfig -p | grep -q "$1"; }

case ${1:-} in
    build)
        # What Swift itself links with: some ways of installing Swift bring none of it.
        need libc6-dev test -e /usr/include/stdlib.h -o "$(uname)" = Darwin
        need libstdc++-12-dev compgen -G "/usr/include/c++/*/vector"
        need binutils command -v ld
        need git command -v git
        need pkg-config command -v pkg-config
        need libsqlite3-dev test -e /usr/include/sqlite3.h -o -e /usr/local/include/sqlite3.h -o "$(uname)" = Darwin
        # LAPACK, for the landscape of opinions.
        need libopenblas-dev sh -c "pkg-config --exists openblas || test \"$(uname)\" = Darwin"
        need python3 command -v python3
        need python3-venv python3 -c "import venv, ensurepip"
        # llama.cpp's threads.
        need libgomp1 has_library libgomp.so.1
        ;;
    bench)
        need nginx env PATH="$PATH:/usr/sbin:/usr/local/sbin" sh -c "command -v nginx"
        need wrk command -v wrk
        ;;
    *) fail "system-packages.sh needs to know for what: build or bench." ;;
esac

if ((${#missing[@]} == 0)); then
    say "system packages: all here"
    exit 0
fi

command -v apt-get >/dev/null ||
    fail "please install ${missing[*]} (names as in Debian) with your system's package manager, then run this again."

as_root=()
if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "please run as root: apt-get install -y ${missing[*]}; then run this again."
    as_root=(sudo)
fi

say "installing ${missing[*]} with apt"
log="$home/apt.log"
mkdir -p "$home"
install() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" \
        >"$log" 2>&1 </dev/null
}
# Package lists that are missing or old make the first try fail; fresh ones are worth the one retry.
if ! install; then
    "${as_root[@]}" apt-get update >"$log" 2>&1 </dev/null || true
    install || fail "apt couldn't install ${missing[*]} ($home/apt.log says why): please install them, then run this again."
fi

# Debian starts nginx as soon as it is installed. We only want the program, so what we brought up we put down again.
if [[ " ${missing[*]} " == *" nginx "* && -d /run/systemd/system ]]; then
    "${as_root[@]}" systemctl disable --now nginx >>"$log" 2>&1 || true
fi

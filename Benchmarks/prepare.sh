# Sourced by run.sh and soak.sh: what a measurement needs before it starts.

fail() { echo "bench: $*" >&2; exit 1; }

# The load generator and the peer, from Debian.
need_tools() {
    local missing=()
    command -v wrk >/dev/null || missing+=(wrk)
    [[ -n $(command -v nginx || ls /usr/sbin/nginx 2>/dev/null) ]] || missing+=(nginx-light)
    ((${#missing[@]})) || return 0
    [[ $(id -u) == 0 ]] || fail "please run: sudo apt-get install -y ${missing[*]}"
    echo "bench: installing ${missing[*]} from Debian"
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 \
        || fail "could not install ${missing[*]}; try: apt-get update && apt-get install -y ${missing[*]}"
}

build_release() {
    echo "bench: building $1 for release (the first time takes some minutes)"
    swift build -c release --product "$1" >&2 || fail "the release build of $1 failed; see above"
}

products() { swift build -c release --show-bin-path; }

LITELLM_VERSION=1.109.1

# LiteLLM in an environment of its own; a second call does nothing.
prepare_litellm() {
    local home=.trellis/python-peers
    [[ -x $home/bin/litellm && $(cat "$home/version" 2>/dev/null) == "$LITELLM_VERSION" ]] && return 0
    echo "bench: installing litellm[proxy] $LITELLM_VERSION from PyPI into $home"
    python3 -m venv "$home" && "$home/bin/pip" install -q --disable-pip-version-check "litellm[proxy]==$LITELLM_VERSION" \
        || fail "could not install litellm; leave PEERS unset to measure without it"
    echo "$LITELLM_VERSION" >"$home/version"
}

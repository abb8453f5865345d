#!/usr/bin/env bash
# Every shell script parses, and every Python file compiles.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

status=0
while IFS= read -r script; do
    bash -n "$script" || status=1
done < <(git ls-files --cached --others --exclude-standard -- '*.sh' '.ci/run')
while IFS= read -r program; do
    python3 -c 'import sys; compile(open(sys.argv[1], encoding="utf-8").read(), sys.argv[1], "exec")' "$program" || status=1
done < <(git ls-files --cached --others --exclude-standard -- '*.py')
exit "$status"

#!/usr/bin/env bash
# Builds once, then runs the Swift tests and the end-to-end suite. With words in FILTER, only the tests that match.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

Scripts/python-environment.sh "$home/python-tests" Scripts/requirements/end-to-end.txt "the end-to-end suite"
Scripts/python-environment.sh "$home/inspect" Scripts/requirements/inspect.txt "reading logs with Inspect"
swift build --build-tests

# Both suites run even when the first one fails, so that one run shows everything.
status=0
account=$(mktemp)
trap 'rm -f "$account"' EXIT
# Sixteen tests at a time. All at once keep each other waiting for minutes, and what has a limit in time then fails; and they
# hold more than a thousand files open, with which Foundation's Process, by which some start programs, now and then crashes.
swift test --skip-build --experimental-maximum-parallelization-width 16 ${FILTER:+--filter "$FILTER"} 2>&1 | tee "$account" || status=$?
swift_status=$status
if [[ -d Tests/EndToEnd ]]; then
    TRELLIS_BINARY="$PWD/.build/debug/trellis" PYTHONDONTWRITEBYTECODE=1 \
        "$home/python-tests/bin/python" -m pytest Tests/EndToEnd -p no:cacheprovider ${FILTER:+-k "$FILTER"} || {
        code=$?
        # 5: nothing matched the filter, which is no failure of the suite.
        [[ $code == 5 && -n ${FILTER:-} ]] || status=$code
    }
fi
# Said once more at the end, where somebody who reads only the last lines finds it.
if ((swift_status != 0)); then
    echo
    echo "Swift tests failed ($swift_status):"
    grep -aE '^✘|^error:|: error:|[Ff]atal error|unexpected signal' "$account" | tail -n 40 || tail -n 40 "$account"
fi
exit "$status"

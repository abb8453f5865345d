#!/usr/bin/env bash
# Builds once, then runs the Swift tests and the end-to-end suite. With words in FILTER, only the tests that match.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

Scripts/python-environment.sh "$home/python-tests" Scripts/requirements/end-to-end.txt "the end-to-end suite"
swift build --build-tests

# Both suites run even when the first one fails, so that one run shows everything.
status=0
swift test --skip-build ${FILTER:+--filter "$FILTER"} || status=$?
if [[ -d Tests/EndToEnd ]]; then
    TRELLIS_BINARY="$PWD/.build/debug/trellis" PYTHONDONTWRITEBYTECODE=1 \
        "$home/python-tests/bin/python" -m pytest Tests/EndToEnd -p no:cacheprovider ${FILTER:+-k "$FILTER"} || {
        code=$?
        # 5: nothing matched the filter, which is no failure of the suite.
        [[ $code == 5 && -n ${FILTER:-} ]] || status=$code
    }
fi
exit "$status"

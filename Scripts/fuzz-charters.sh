#!/usr/bin/env bash
# Searches with libFuzzer and AddressSanitizer for bytes that break reading a charter: a crash, a hang, or memory over
# 100 times the input. Runs for TRELLIS_FUZZ_SECONDS (600 unless told otherwise) with one worker: three quarters of the
# time over small inputs, which are quick to read, starting from single sections of the starter charters, and the rest
# over inputs of up to 16 KiB, starting from whole ones. What it found stays in .build/fuzz-charters/.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

seconds="${TRELLIS_FUZZ_SECONDS:-600}"
package="${TRELLIS_FUZZ_PACKAGE:-$PWD}" # a package that builds the target Charters
out=".build/fuzz-charters"
mkdir -p "$out/corpus-small" "$out/corpus" "$out/found" "$out/sections"
rm -f "$out/found"/* "$out/sections"/*

mapfile -t flourishing < <(find Sources/Values/Flourishing -name '*.swift' | sort)
mapfile -t charters < <(find Sources/Values/Charters -name '*.swift' -o -path '*/Charters/Commons/*.yaml' | sort)
mapfile -t harness < <(find Tests/Fuzzing/Charters -maxdepth 1 -type f | sort)
sources=$(fingerprint "${flourishing[@]}" "${charters[@]}" "${harness[@]}" "${BASH_SOURCE[0]}")
is_stamped "$out/stamp" "$sources" || {
    echo "Building Charters for fuzzing."
    (cd "$package" && swift build --quiet --target Charters)
    bin="$(cd "$package" && swift build --show-bin-path)"
    # Optimised, because what ships is.
    flags=(-O -wmo -parse-as-library -swift-version 6 -sanitize=fuzzer,address -I "$bin/Modules" -I "$out"
        -enable-upcoming-feature InternalImportsByDefault -enable-upcoming-feature ExistentialAny
        -enable-upcoming-feature MemberImportVisibility)
    while read -r map; do flags+=(-Xcc "-fmodule-map-file=$map"); done < <(
        find "$package/.build/checkouts/swift-crypto/Sources" -name module.modulemap)
    room() { # room NAME FILES...: one module with coverage
        swiftc "${flags[@]}" -c -emit-module -emit-module-path "$out/$1.swiftmodule" -module-name "$1" -o "$out/$1.o" "${@:2}"
    }
    room Flourishing "${flourishing[@]}"
    mapfile -t swift < <(printf '%s\n' "${charters[@]}" | grep 'swift$')
    room Charters "${swift[@]}" "$bin/Charters.build/DerivedSources/embedded_resources.swift"
    clang -O1 -c Tests/Fuzzing/Charters/PeakMemory.c -o "$out/PeakMemory.o"
    mapfile -t crypto < <(find "$bin"/Crypto.build "$bin"/CryptoBoringWrapper.build "$bin"/CCrypto*.build \
        "$bin"/CXKCP*.build -name '*.o')
    swiftc "${flags[@]}" -module-name FuzzCharters -o "$out/fuzz" Tests/Fuzzing/Charters/FuzzCharters.swift \
        -use-ld=lld "$out/Flourishing.o" "$out/Charters.o" "$out/PeakMemory.o" "${crypto[@]}" -lstdc++
    stamp "$out/stamp" "$sources"
}

# Every word of the language, as a key and alone.
grep -ohE '"[a-z][a-z/-]+"' Sources/Values/Charters/Grammar/*.swift Sources/Values/Charters/Clauses/*.swift \
    Sources/Values/Charters/KnownTopics.swift | sort -u | sed -E 's/^"(.*)"$/"\1"\n"\1: "/' > "$out/dictionary"

# Each section of each seed on its own, under a heading: a mutation in a small file is read a hundred times while one in a
# whole charter is read once.
for seed in Sources/Values/Charters/Commons/*.yaml Tests/Fuzzing/Charters/seeds/*.yaml; do
    heading='charter: a/b\nversion: 1.0.0\nextends: [a/c]\n'
    if grep -q '^wishes:' "$seed"; then heading='wishes: 1\n'; fi
    awk -v name="$out/sections/$(basename "$seed" .yaml)" -v heading="$heading" '
        /^[a-z-]+:/ { file = name "-" substr($1, 1, length($1) - 1); printf heading > file }
        file && !/^(charter|version|wishes|extends):/ { print > file }' "$seed"
done

echo "Fuzzing for $seconds seconds."
started="$(date -u +%Y-%m-%dT%H:%M:%SZ)"
status=0
export SWIFT_BACKTRACE=enable=no       # the fuzzer shows its own, and waits for nothing
# The harness counts for itself what is never let go. What was found is told with whole stacks when it is run again.
export ASAN_OPTIONS=detect_leaks=0:malloc_context_size=1:quarantine_size_mb=8
phase() { # phase NAME SECONDS LENGTH CORPUS...
    local TIMEFORMAT="processor time: %U s"
    {
        time nice "$out/fuzz" "${@:4}" -dict="$out/dictionary" -max_total_time="$2" -max_len="$3" -timeout=5 \
            -rss_limit_mb=1024 -malloc_limit_mb=64 -detect_leaks=0 -print_final_stats=1 \
            -artifact_prefix="$out/found/" > "$out/log-$1" 2>&1 || status=$?
    } 2> "$out/time-$1"
}
phase small $((seconds * 3 / 4 + 1)) 1024 "$out/corpus-small" "$out/sections"
phase large $((seconds / 4 + 1)) 16384 "$out/corpus" Tests/Fuzzing/Charters/seeds Sources/Values/Charters/Commons
{
    echo "Fuzzing the reading of charters: libFuzzer with AddressSanitizer, one worker, $seconds seconds from $started."
    echo "Each input is read (at most 100 times its size in memory, and 128 KiB); over 5 s is a hang. For some inputs, always"
    echo "the same: canonical form read again, composed, checked, compiled (1 in 4), problems shown (1 in 8), nothing may stay"
    echo "allocated (1 in 32)."
    for name in small large; do
        echo
        echo "$name inputs, up to $([[ $name == small ]] && echo 1 || echo 16) KiB:"
        grep -E '^(Done|stat::)|SUMMARY|ERROR|^#[0-9]+.*DONE' "$out/log-$name" || true
        cat "$out/time-$name"
    done
    echo
    echo "found: $(find "$out/found" -type f | wc -l) input(s) that break it; exit status $status"
} | tee "$out/summary"
[[ $status -eq 0 ]] || {
    tail -n 40 "$out"/log-*
    exit "$status"
}

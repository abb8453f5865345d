#!/usr/bin/env bash
# The repository speaks for itself: nothing in it refers to a folder outside it, and no file holds a merge's leftovers.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

outside="shared/" # written apart below, so that this file doesn't complain about itself
if git grep --untracked -nE "(^|[^A-Za-z_-])\.?\.?/?${outside}" -- . ':!Scripts/lint-words.sh'; then
    fail "a text refers to a folder outside the repository (above): say it here in full instead."
fi
if git grep --untracked -nE '^(<{7} |>{7} |={7}$)' -- .; then
    fail "a merge left its marks (above): resolve them."
fi

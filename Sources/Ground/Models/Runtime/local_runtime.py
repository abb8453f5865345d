"""One local model, served by llama.cpp on loopback with OpenAI-compatible routes.

Trellis starts one of these for each model and holds the other end of its standard input. When that end closes, for
whatever reason (also `kill -9` of Trellis), this process exits at once, so no orphan stays behind.

Once it listens it prints one line of JSON on standard output: {"ready": true, "host": …, "port": …, "pid": …}.
Until then, what llama.cpp has to complain about goes to standard error. After that standard error goes nowhere,
because llama.cpp repeats pieces of a malformed request there, and people's words don't belong in logs.

    python local_runtime.py --model FILE.gguf --kind chat --port 0

Exit codes: 0 told to stop, 2 wrong arguments, 3 the package xllamacpp is missing, 4 the model could not be loaded or
the port is taken.
"""

import argparse
import json
import os
import signal
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit


def exit_when_the_parent_lets_go():
    """Read standard input to its end, then leave without a goodbye."""
    while os.read(0, 4096):
        pass
    os._exit(0)


def arguments():
    options = argparse.ArgumentParser(description="Serves one local model on loopback.")
    options.add_argument("--model", type=Path, required=True, help="a GGUF file")
    options.add_argument("--kind", choices=["chat", "embedding"], required=True)
    options.add_argument("--name", help="the model's name in replies (default: the file's name)")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=0, help="0 takes a free one")
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--context", type=int, default=4096, help="tokens for each request")
    options.add_argument("--parallel", type=int, default=2, help="requests answered at the same time; others wait")
    options.add_argument("--cache-mib", type=int, default=64, help="memory for prompts read before")
    chosen = options.parse_args()
    if not chosen.model.is_file():
        options.error(f"there is no model file at {chosen.model}; run `make setup`")
    return chosen


def parameters(xllamacpp, chosen):
    """llama.cpp's settings. Whatever shows one client's words to another, or serves a page, is off."""
    settings = xllamacpp.CommonParams()
    settings.model.path = str(chosen.model)
    settings.model_alias = {chosen.name or chosen.model.stem}
    settings.hostnames = [chosen.host]
    settings.port = chosen.port
    settings.reuse_port = True  # Trellis keeps the port reserved with a socket of its own
    settings.n_parallel = chosen.parallel
    settings.cpuparams.n_threads = chosen.threads
    settings.cpuparams_batch.n_threads = chosen.threads
    settings.cache_ram_mib = chosen.cache_mib
    settings.verbosity = 1  # errors only
    settings.ui = False
    settings.endpoint_slots = False
    settings.endpoint_metrics = False
    settings.endpoint_props = False
    settings.cors_origins = ""  # no web page may read an answer
    settings.cors_origins_explicit = True
    settings.offline = True
    if chosen.kind == "embedding":
        settings.embedding = True
        settings.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
        # A text is read in one piece, so a piece must hold a whole text.
        settings.n_ctx = chosen.context * chosen.parallel
        settings.n_batch = chosen.context * chosen.parallel
        settings.n_ubatch = chosen.context * chosen.parallel
    else:
        settings.n_ctx = chosen.context * chosen.parallel  # llama.cpp divides it among the parallel requests
        # Defaults for requests that say nothing else. Left alone, a model this small repeats itself until its context
        # is full, minutes later.
        settings.n_predict = 512
        settings.sampling.temp = 0.3
        settings.sampling.penalty_repeat = 1.15
        settings.sampling.penalty_last_n = 256
    return settings


def main():
    # Ctrl-C in a terminal reaches the whole group; Trellis lets its streams finish first and then lets us go.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=exit_when_the_parent_lets_go, daemon=True).start()
    chosen = arguments()
    try:
        import xllamacpp
    except ImportError as problem:
        print(f"The Python package xllamacpp can't be imported ({problem}). Run `make setup`.", file=sys.stderr)
        os._exit(3)
    try:
        server = xllamacpp.Server(parameters(xllamacpp, chosen))
    except Exception as problem:
        print(f"llama.cpp could not serve {chosen.model} on port {chosen.port}: {problem}", file=sys.stderr)
        os._exit(4)
    address = urlsplit(server.listening_address)
    ready = {"ready": True, "host": address.hostname, "port": address.port, "pid": os.getpid()}
    print(json.dumps(ready), flush=True)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    # llama.cpp serves on threads of its own. The one thing left to do here is to be told to stop.
    signal.sigwait({signal.SIGTERM})
    os._exit(0)


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    main()

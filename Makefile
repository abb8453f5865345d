# The commands of this repository. Each line calls one script in Scripts/, which says at its top what it does.
.DEFAULT_GOAL := help
.PHONY: help setup run test lint bench soak fuzz clean
.NOTPARALLEL:

help: ## this text
	@echo "Trellis stands between an application and a language model, and helps it help people flourish."
	@echo
	@echo "  make run      set up what is missing, build, and serve on http://127.0.0.1:8080"
	@echo "                  (ARGS='…' goes to \`trellis serve\`: make run ARGS='--port 9000')"
	@echo "  make test     build once; run every Swift test and the end-to-end suite  (FILTER=word for some)"
	@echo "  make lint     formatting, scripts, house rules"
	@echo "  make bench    measure beside nginx; with PEERS=1 also beside LiteLLM"
	@echo "  make soak     measure memory over ten minutes under load"
	@echo "  make fuzz     run the fuzz tests, and libFuzzer over charters, for ten minutes each  (TRELLIS_FUZZ_SECONDS=60 for one)"
	@echo "  make setup    only the set-up: system packages, a private Python, the local models"
	@echo "  make clean    remove what was built and set up; your data stays"
	@echo
	@echo "New here? README.md is the way in, CONTRIBUTING.md the way to change things."

setup:
	@Scripts/setup.sh

run: setup
	@Scripts/run.sh $(ARGS)

test: setup
	@Scripts/test.sh

lint:
	@Scripts/lint.sh

bench: setup
	@Benchmarks/run.sh $(ARGS)
	@Benchmarks/recall.sh
	@Benchmarks/memory.sh
	@Benchmarks/social-choice.sh
	@Benchmarks/landscape.sh
	@Benchmarks/conversations.sh
	@Benchmarks/evaluation.sh
	@Benchmarks/evaluation-report.sh
	@Benchmarks/judges.sh

soak: setup
	@Benchmarks/soak.sh $(ARGS)

fuzz: setup
	@Scripts/fuzz.sh

clean:
	@Scripts/clean.sh

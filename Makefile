# The course, its tests and its class tools. Needs Python 3.11 or later, make and git.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## set everything up in .venv, once

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "gmmlearn needs Python 3.11 or later; set PYTHON=..., for example: make setup PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

learn: $(READY) ## open chapter 1 in JupyterLab
	$(BIN)/jupyter lab $(ROOT) --ServerApp.root_dir='$(CURDIR)' --LabApp.default_url=/lab/tree/course/01_mixtures.ipynb \
	  --ServerApp.jpserver_extensions=gmmlearn.explore.server=True

test: export OMP_NUM_THREADS = 1
test: export OPENBLAS_NUM_THREADS = 1
test: $(READY) ## run all tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

bench: $(READY) ## measure the reference against scikit-learn, as a ratio in one run
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.em

bench-checks: $(READY) ## measure what a public check adds to the student's own function
	$(BIN)/python -m benchmarks.checks

bench-judge: $(READY) ## measure the CPU time of judging one complete submission
	$(BIN)/python -m benchmarks.judge

bench-class: $(READY) ## measure a class of thirty against stock nbgrader (takes minutes)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m benchmarks.classroom

bench-frames: $(READY) ## measure the explorations in Chromium (takes minutes)
	$(BIN)/python -m benchmarks.frames
	$(BIN)/python -m benchmarks.frames --nodelay "em, 500 points, kernel" "responsibilities, kernel"

SEEDS ?= 200
fairness: $(READY) ## right and wrong answers, known mistakes and mutants against checks and judge (hours; SEEDS=3: half an hour)
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.fairness --seeds $(SEEDS)

demo: $(READY) ## a class of three from creation to feedback, in a temporary folder
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/gmmlearn class demo

answers: $(READY) ## rebuild the answer key of the public checks from solutions and hidden tests
	$(BIN)/gmmlearn dev answers

explorations: $(READY) ## write the explorations as one page that needs no kernel
	$(BIN)/python -m gmmlearn.explore.page explorations.html

lock: $(READY) ## renew requirements.lock from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --extra test --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --no-header --output-file requirements.lock pyproject.toml

.PHONY: help setup learn test bench bench-checks bench-judge bench-class bench-frames fairness demo answers explorations lock

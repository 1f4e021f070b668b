# The course, its tests and its class tools. Needs Python 3.11 or later, make and git; takes uv where it is installed.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
UV := $(shell command -v uv)
READY := .venv/.ready
LEARNER := $(if $(wildcard $(READY)),$(READY),.venv/.learner)
# The scripts in .venv name the folder in which they were made.
MOVED := $(shell test ! -e .venv/bin/activate || grep -qF "$$(pwd -P)/.venv" .venv/bin/activate || echo moved)

define install
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
  { echo "gmmlearn needs Python 3.11 or later; set PYTHON=..., for example: make $@ PYTHON=python3.12"; exit 2; }
$(PYTHON) -m venv .venv
$(BIN)/python -m pip install --quiet --require-hashes --requirement $(1)
$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
endef

define install_with_uv
uv venv --quiet --seed --allow-existing --python $(if $(filter file,$(origin PYTHON)),'>=3.11',$(PYTHON)) .venv
uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes --requirement $(1)
uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
endef

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## set everything up in .venv, once

$(READY): requirements.lock pyproject.toml $(MOVED)
	$(call $(if $(UV),install_with_uv,install),$<)
	@touch $@

.venv/.learner: requirements-learner.lock pyproject.toml $(MOVED)
	$(call $(if $(UV),install_with_uv,install),$<)
	@touch $@

moved:
	@echo "This folder has another name than when .venv was made; it is made anew."
	rm -r .venv

learn: $(LEARNER) ## open chapter 1 in JupyterLab
	$(BIN)/gmmlearn lab

test: export OMP_NUM_THREADS = 1
test: export OPENBLAS_NUM_THREADS = 1
test: $(READY) ## run all tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

bench: $(READY) ## measure the reference against scikit-learn, as a ratio in one run
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.em

bench-scale: $(READY) ## measure the estimator for data of any length against scikit-learn and others (an hour)
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.scale --largest 1e6
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.peers

bench-checks: $(READY) ## measure what a public check adds to the student's own function
	$(BIN)/python -m benchmarks.checks

bench-judge: $(READY) ## measure the CPU time of judging one complete submission
	$(BIN)/python -m benchmarks.judge

bench-class: $(READY) ## measure a class of thirty against stock nbgrader (takes minutes)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m benchmarks.classroom

bench-frames: $(READY) ## measure the explorations in Chromium (takes minutes)
	$(BIN)/python -m benchmarks.frames
	$(BIN)/python -m benchmarks.frames --nodelay "em, 500 points, kernel" "responsibilities, kernel" \
	  "em, 5000 points, kernel" "em, 5000 points, own code"

HOSTS ?=
hosts: $(READY) ## try every exploration in every host, in Chromium and Firefox (minutes; HOSTS: Pythons of other versions)
	$(BIN)/python -m benchmarks.hosts $(if $(HOSTS),--python $(BIN)/python $(HOSTS))

SEEDS ?= 200
fairness: $(READY) ## right and wrong answers, known mistakes and mutants against checks and judge (hours; SEEDS=3: half an hour)
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.fairness --seeds $(SEEDS)

points: $(READY) ## the points of right and wrong functions at 200 seeds each, exercise by exercise (half an hour)
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.points --seconds 120

trust: $(READY) ## attack the judge, fuzz its readers, calibrate the samplers' tests (half an hour)
	$(BIN)/python -m benchmarks.trust

demo: $(READY) ## a class of three from creation to feedback, in a temporary folder
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/gmmlearn class demo

answers: $(READY) ## rebuild the answer key of the public checks from solutions and hidden tests
	$(BIN)/gmmlearn dev answers

explorations: $(READY) ## write the explorations as one page that needs no kernel
	$(BIN)/python -m gmmlearn.explore.page explorations.html

pictures: $(READY) ## take the pictures of the README anew (minutes; needs Chromium)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m web.pictures

PACKAGES ?=
lite: $(READY) ## build the course for a browser tab in build/lite (needs npm; PACKAGES: address or folder of NumPy)
	$(BIN)/python -m web.tab build/lite $(if $(PACKAGES),--packages $(PACKAGES))

site: $(READY) ## build the course as a site to read in build/site, with the browser tab in it (minutes; needs npm)
	$(BIN)/python -m web.pages build/site
	$(BIN)/python -m web.tab build/site/tab $(if $(PACKAGES),--packages $(PACKAGES))

LOCK := $(BIN)/uv pip compile --quiet --group lock --universal --python-version 3.11 --generate-hashes \
  --no-annotate --no-header --no-emit-package gmmlearn
lock: $(READY) ## renew the two lock files from pyproject.toml
	$(LOCK) --extra test --output-file requirements.lock pyproject.toml
	$(LOCK) --constraint requirements.lock --output-file requirements-learner.lock pyproject.toml

platforms: $(READY) ## resolve the lock files for every system and Python, and measure the set-up (minutes)
	$(BIN)/python -m benchmarks.platforms

.PHONY: help setup moved learn test bench bench-scale bench-checks bench-judge bench-class bench-frames hosts fairness \
  points trust demo answers explorations pictures lite site lock platforms

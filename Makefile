# Needs Python 3.11 or later, make and a package index (or a mirror set for pip); all else is fetched.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
OUTPUT ?= output
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help demo test lint score speed bench-graph bench-explorer bench-linking faults notebook train clean

help:
	@echo "make demo      build the example graph and look at it"
	@echo "make test      lint, types and tests"
	@echo "make score     quality of the model and of the claims, where the data are present"
	@echo "make speed     speed beside spaCy"
	@echo "make bench-graph  the graph beside the engine under it; make faults: kills and damages"
	@echo "make bench-explorer  the explorer page beside pyvis, and with 20,000 names"
	@echo "make bench-linking  importing and looking up 500,000 names, and what linking costs"
	@echo "make notebook  open the notebooks in Jupyter"
	@echo "make train     make the language model anew: hours, and data sets as training/README.md says"
	@echo "make clean     remove the environment and what was built"

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: https://www.python.org/downloads/"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# One stamp for each set of extras; a change of pyproject.toml installs again.
$(VENV)/.installed-%: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[$*]'
	@touch $@

demo: $(VENV)/.installed-check
	$(BIN)/kg build examples --output $(OUTPUT)
	@echo; echo "== Who did what to whom, stated as fact (kg claims --status asserted)"
	@$(BIN)/kg claims --status asserted --output $(OUTPUT) | head -n 24
	@echo; echo "== What is denied, and by whom (kg query --name denied)"
	@$(BIN)/kg query --name denied --output $(OUTPUT)
	@echo; echo "The graph to click through: $(OUTPUT)/explorer.html (open it in a browser)"
	@echo "More: $(BIN)/kg --help, README.md, notebooks/tour.ipynb (make notebook)"

# The tests of the explorer install Debian's chromium where they may, else they are skipped with a word.
test: lint $(VENV)/.tried-ftm
	$(BIN)/python -m pytest

# Builds PyICU, which has no wheels: what needs it is skipped where that fails.
$(VENV)/.tried-ftm: $(VENV)/.installed-dev
	@$(BIN)/python -m pip install --quiet 'followthemoney>=4.0' || \
		echo "the tests of the FollowTheMoney export are skipped (Debian: apt-get install libicu-dev pkg-config)"
	@touch $@

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy

score: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/score_model.py --quick
	$(BIN)/python benchmarks/score_claims.py
	$(BIN)/python benchmarks/score_gold.py

# Speed beside spaCy's small English pipeline.
speed: $(VENV)/.installed-bench
	$(BIN)/python benchmarks/speed.py

# The graph beside raw pyoxigraph; more with make bench-graph ARGS="--sizes 1000 10000 100000"
bench-graph: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/graph.py $(ARGS)

# The explorer page in Chromium, beside pyvis
bench-explorer: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/explorer.py $(ARGS)

# Importing and looking up names, and the share of linking in the time of a build
bench-linking: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/linking.py $(ARGS)

# kill -9 at random moments, full disks, damaged files: make faults ARGS="--times 1000"
faults: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/faults.py $(ARGS)

notebook: $(VENV)/.installed-notebook
	$(BIN)/jupyter lab notebooks

# Goes on where it was stopped; ARGS may name other folders: make train ARGS="--data DIR --folder DIR"
train: $(VENV)/.installed-train
	nice -n 19 $(BIN)/python -m training all $(ARGS)

clean:
	rm -rf $(VENV) $(OUTPUT)/*

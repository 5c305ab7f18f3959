# Panding's everyday commands. Everything is installed into .venv and nowhere else.
#   make install [PYTHON=python3.12]   make run   make test   make format   make lock   make bench   make clean

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check
LOCKED := --require-hashes --no-deps
export PYTHONUTF8 := 1

# The first of these that is 3.11 or newer and can make environments with pip in them (PYTHON=... overrides).
CANDIDATES := $(or $(PYTHON),python3.11 python3.12 python3 python3.13 python3.14)
USABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
VERSION := import sys; print("%d.%d" % sys.version_info[:2])
FIND_PYTHON = python=; for candidate in $(CANDIDATES); do \
	  if "$$candidate" -c '$(USABLE)' >/dev/null 2>&1; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "需要 Python 3.11 或更高版本，并带有 venv 和 ensurepip（Debian/Ubuntu：apt install python3-venv）。已查找：$(CANDIDATES)" >&2; \
	  echo "Python 3.11 or newer with venv and ensurepip is needed (Debian/Ubuntu: apt install python3-venv). Looked for: $(CANDIDATES)" >&2; \
	  exit 2; \
	fi

.PHONY: install run test format lock bench clean FORCE

install: $(STAMP)

# A PYTHON of another version than the one in .venv asks for a new .venv.
ifdef PYTHON
ifneq ($(shell '$(PYTHON)' -c '$(VERSION)' 2>/dev/null),$(shell cat $(STAMP) 2>/dev/null))
$(STAMP): FORCE
endif
endif

$(STAMP): requirements.lock pyproject.toml
	@old=$$($(BIN)/python -c 'import pip; $(VERSION)' 2>/dev/null); wanted=$(if $(PYTHON),$$('$(PYTHON)' -c '$(VERSION)' 2>/dev/null),$$old); \
	if [ -z "$$old" ] || [ "$$old" != "$$wanted" ]; then \
	  $(FIND_PYTHON); \
	  "$$python" -m venv --clear $(VENV) || exit 2; \
	fi; \
	echo "正在安装到 $(VENV)，约需一两分钟 / installing into $(VENV) with $$($(BIN)/python --version), a minute or two"
	@awk '/^[^ #]/ {ours = /^durable-rules==/} !ours' requirements.lock > $(VENV)/core.lock
	@awk '/^[^ #]/ {ours = /^durable-rules==/} ours' requirements.lock > $(VENV)/durable.lock
	@$(PIP) install -qq $(LOCKED) -r $(VENV)/core.lock
	@$(PIP) install $(LOCKED) --no-build-isolation --use-pep517 -r $(VENV)/durable.lock > $(VENV)/durable-rules.log 2>&1; \
	$(BIN)/python -c 'import durable.engine' >> $(VENV)/durable-rules.log 2>&1 || \
	  echo "未装上 durable-rules（需要 C 编译器和低于 3.13 的 Python），只用参考求值器 / without durable-rules (needs a C compiler and Python < 3.13): reference evaluator alone; see $(VENV)/durable-rules.log"
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q kb ontology corpus engine ui  # a first start need not compile
	@$(BIN)/python -c '$(VERSION)' > $@

run: install
	$(BIN)/panding ui

test: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/panding check
	$(BIN)/python -m pytest

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Keeps every pin that still fits; `make lock LOCKFLAGS=--upgrade` moves them all.
lock:
	@$(FIND_PYTHON); "$$python" -m venv --clear build/lock
	build/lock/bin/python -m pip --disable-pip-version-check install -qq uv
	build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --extra test --extra dev $(LOCKFLAGS) --output-file requirements.lock pyproject.toml
	@if grep -nE '://|^-|[ (=]/' requirements.lock; then \
	  echo "requirements.lock names an address or a path (lines above)" >&2; exit 1; fi

bench: install
	@echo "各基准的运行方法见 bench/README.md；逐个运行：$(BIN)/python bench/<name>.py"
	@echo "How to run each benchmark: bench/README.md; one at a time: $(BIN)/python bench/<name>.py"

clean:
	rm -rf $(VENV) build dist kb/_build ontology/_build corpus/wordings/_build .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
	find kb engine ontology corpus ui tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

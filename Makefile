# Everything a newcomer needs; each target does its own set-up from a bare checkout.
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV_VERSION := 0.13.9
BIN := .venv/bin
BROWSER := chromium-headless-shell fonts-noto-core fonts-noto-color-emoji ffmpeg
APT := $(shell test "$$(id -u)" = 0 || echo sudo) env DEBIAN_FRONTEND=noninteractive \
	apt-get --quiet --yes --no-install-recommends
# The pure code is covered whole by its own tests; noting what the others run would slow them all.
OF_THE_PURE := tests/bot/dialogue tests/test_journeys.py tests/api/domain tests/common/contract \
	tests/common/words
# Tests wait for browsers and other processes: on two cores three took 5:43, four took 5:16.
WORKERS := $(shell echo $$(( $$(nproc) * 2 )))
STAMP := .venv/.stamp-$(shell cat requirements/dev.txt | sha256sum | cut -c1-12)

.PHONY: help install run chat test check browser gettext bench chaos step messages screenshots pictures lock assets clean

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(STAMP) ## Install everything, with hashes, into .venv

$(STAMP): requirements/dev.txt
	@$(PYTHON) -m ensurepip --version >/dev/null 2>&1 || $(MAKE) --no-print-directory venv-module
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip --disable-pip-version-check install --quiet uv==$(UV_VERSION)
	$(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes requirements/dev.txt
	@touch $@

# Debian ships the venv module apart from Python itself.
.PHONY: venv-module
venv-module:
	@$(MAKE) --no-print-directory debian PACKAGES=python3-venv

browser: ## Install the browser, the letters and the converter of sound that tests need
	@dpkg -s $(BROWSER) >/dev/null 2>&1 \
		|| $(MAKE) --no-print-directory debian PACKAGES="$(BROWSER)"

gettext: ## Install msgfmt, which tests let look at the words, when it is not there
	@command -v msgfmt >/dev/null 2>&1 || $(MAKE) --no-print-directory debian PACKAGES=gettext

# The list of packages may be missing or old: then it is fetched, and the rest is tried once more.
.PHONY: debian
debian:
	@$(APT) install $(PACKAGES) || { $(APT) update && $(APT) install $(PACKAGES); } || { \
		echo "Please install these Debian packages as root: $(PACKAGES)" >&2; exit 1; }

run: install ## Start Doorway with made-up staff, on this machine only
	@$(BIN)/python -m common.runtime.launch

chat: install ## Talk to Doorway in this terminal
	@$(BIN)/python -m common.runtime.launch chat

test: install gettext browser ## Run every check and every test
	@echo "Types, manners and the pure code, side by side: about a minute until the first is through."
	@# Tests start the bot and the api dozens of times, and Python may be told to keep nothing compiled.
	@$(BIN)/python -m compileall -q -j 0 api bot common tests/support
	@$(MAKE) --no-print-directory --jobs=3 --output-sync=target types manners pure
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(addprefix --ignore=,$(OF_THE_PURE) tests/architecture)

check: install gettext ## Lint, types, import rules, sizes, catalogues
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target types manners

# Side by side: types take as long as all the rest.
.PHONY: types manners pure
types:
	$(BIN)/mypy
manners:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/architecture
pure:
	$(BIN)/pytest --cov --cov-report=term-missing:skip-covered $(OF_THE_PURE)

chaos: install ## Let residents talk while all else fails: MINUTES=10 RESIDENTS=200 STORE=sqlite
	$(BIN)/python -m tests.chaos

step: install ## Draft the next step of a store's tables: SIDE=bot WHAT="Remember the weather"
	$(BIN)/python -m tests.support.new_step "$(SIDE)" "$(WHAT)"

messages: install ## Bring the catalogues up to date with the questions
	@mkdir -p var
	$(BIN)/pybabel -q extract -F locales/babel.cfg -k words:1c,2 -k counted:1c,2,3 \
		--add-location=file --omit-header -o var/messages.pot .
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-pot-creation-date --width=100 \
		-D messages -i var/messages.pot -d locales

screenshots: install browser ## Take the pictures of the README, in four languages
	$(BIN)/python -m tests.support.screenshots

pictures: install browser ## Take a picture of every staff page, to be looked at in var/pictures
	$(BIN)/python -m tests.support.pictures

bench: install ## Measure how fast it is beside others, and write docs/benchmarks.md
	$(BIN)/python -m benchmarks

lock: install ## Pin what requirements/*.in ask for, with hashes and no addresses
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --python-version 3.11 \
		requirements/run.in -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --python-version 3.11 \
		-c requirements/run.txt requirements/dev.in -o requirements/dev.txt

assets: install ## Make common/assets again from the npm packages pinned there (needs npm)
	$(BIN)/python -m common.assets.build

clean: ## Remove what was installed and built (var/ with its data stays)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# Every target only calls `python3 -m bootstrap`, which works without make as well.
PYTHON ?= python3
.DEFAULT_GOAL := help
.PHONY: help demo test drill lint check bench lock secrets

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

demo: ## start everything on this machine and print the address
	@$(PYTHON) -m bootstrap demo

test: ## run the tests on throw-away engines
	@$(PYTHON) -m bootstrap test

lint: ## ruff, mypy and the import contracts
	@$(PYTHON) -m bootstrap lint

drill: ## run races, faults, and every page and story in English, in about ten minutes
	@$(PYTHON) -m bootstrap drill

check: ## test and lint
	@$(PYTHON) -m bootstrap check

bench: ## measure speed beside a bare Django; see docs/speed.md
	@$(PYTHON) -m bootstrap bench

lock: ## write requirements/*.txt anew
	@$(PYTHON) -m bootstrap lock

secrets: ## write the secrets docker-compose.yml reads into var/secrets
	@$(PYTHON) -m bootstrap secrets

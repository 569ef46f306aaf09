# District 区智. `make` alone explains.
PYTHON ?= python3
VENV := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help up test check bench new reset lock docs setup setup-dev

help:
	@echo "区智 District"
	@echo ""
	@echo "  make up                     启动平台（首次会安装一切）   run the platform; the first time installs all"
	@echo "  make test [ARGS=…]          运行测试                     run the tests"
	@echo "  make check                  检查代码、类型、契约、迁移、文档   lint, types, contracts, migrations, docs"
	@echo "  make bench [NAME=gateway]   性能对比                     benches, each with its peer"
	@echo "  make new NAME=x CLAUSE=n    新建一个系统                 a new system that already passes"
	@echo "  make reset                  忘掉所有数据                 forget all data"
	@echo "  make docs                   生成文档中的表格             write the generated tables"
	@echo "  make lock                   重新锁定依赖版本             pin the dependencies anew"
	@echo ""
	@echo "  DISTRICT_HOME 数据目录 data · DISTRICT_PORT 网页端口 port (8000) · DATABASE_URL 外部数据库 other PostgreSQL"
	@echo "  只需要 Python 3.11 以上；可用 PYTHON=python3.12 指定。 Needs Python 3.11+ only."

setup:
	@$(PYTHON) tools/setup.py run

setup-dev:
	@$(PYTHON) tools/setup.py dev
	@$(PYTHON) tools/browser.py

up: setup
	@exec $(VENV)/python -m district up $(ARGS)

test: setup-dev
	@$(VENV)/python -m pytest -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

check: setup-dev
	@$(VENV)/python -m district check

bench: setup-dev
	@$(VENV)/python -m bench $(NAME)

new: setup-dev
	@$(VENV)/python -m district new "$(NAME)" "$(CLAUSE)"

reset: setup
	@$(VENV)/python -m district reset --yes

docs: setup
	@$(VENV)/python -m district docs

lock: setup-dev
	@sh tools/lock.sh

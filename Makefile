# `make run` and `make test` do everything themselves, from a bare Debian or Ubuntu with Python 3.11 or newer.
PORT ?= 8000
export PORT

.PHONY: run test setup lint lock messages screenshots bench

run:  ## .venv, pakker, demodata og server på http://127.0.0.1:8000 (PORT=… flytter den)
	@.ci/serve

test:  ## alt, der kan gå galt: stil, typer, lag, migrationer og alle test på SQLite og PostgreSQL
	@.ci/setup test
	@.ci/test

setup:  ## .venv, pakker og systembiblioteker; starter intet
	@.ci/setup run

bench:  ## målinger side om side på et stort eksempel; BENCH="--projects 1000 …" ændrer størrelsen
	@.ci/setup test
	@.ci/bench $(BENCH)

lint:  ## kun stil, typer og lag
	@.ci/setup test
	@.ci/test lint

lock:  ## låser requirements*.txt efter requirements*.in
	@.ci/setup test
	@.ci/lock

messages:  ## samler teksterne i koden til den danske oversættelse
	@.ci/setup test
	@.venv/bin/python manage.py makemessages --locale da --no-obsolete --no-location --ignore .venv --ignore staticfiles
	@.venv/bin/python manage.py compilemessages --locale da --ignore .venv --ignore staticfiles

screenshots:  ## tager billederne i README, mens `make run` viser friske demodata
	@.ci/setup test
	@.venv/bin/python .readme/screenshots.py

#!/bin/sh
# Pins every package in requirements.lock and requirements-dev.lock.
set -e
cd "$(dirname -- "$0")/.."
export CUSTOM_COMPILE_COMMAND="make lock"
options="--quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --allow-unsafe --no-annotate"
.venv/bin/pip-compile $options --output-file requirements.lock requirements.in
.venv/bin/pip-compile $options --constraint requirements.lock --output-file requirements-dev.lock requirements-dev.in

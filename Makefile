# The commands of this package; `make help` lists them.

SWIFT_SOURCES := Package.swift Sources Examples Tests Benchmarks
SWIFT_SOURCES := $(wildcard $(SWIFT_SOURCES))
DATA := Examples/data
# The directory that `make forecast` writes to.
OUTPUT := forecast-output
# The modules whose folders `make lint` checks for cycles.
# Options of `make bench`, `make bench-peers` and their like, such as --quick.
ARGUMENTS :=

# Runs a program of Benchmarks/peers with a Python that can install what it needs.
PEERS := python=$$(scripts/find-peer-python.sh) && "$$python" Benchmarks/peers

.DEFAULT_GOAL := help
.PHONY: help forecast bench bench-peers bench-recipe bench-epoch bench-prepare test dependencies test-server build check-consumer check-exhaustive check-fuzz lint format clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) | \
	  awk -F '\t' '{ printf "make %-18s %s\n", $$1, $$2 }'

forecast: dependencies ## Forecast the example data, print the scores, write a page
	swift build -c release --product foresight
	.build/release/foresight forecast $(DATA)/online-retail-daily.csv \
	  --names $(DATA)/online-retail-products.csv --output $(OUTPUT)
	@echo "The page to look at: $(CURDIR)/$(OUTPUT)/forecast.html"

bench: dependencies ## Time everything against plain Swift; ARGUMENTS="--filter lstm"
	swift build -c release --product Benchmarks
	.build/release/Benchmarks $(ARGUMENTS)

bench-peers: dependencies ## Time the same in PyTorch, TensorFlow, JAX …; ARGUMENTS="--quick"
	swift build -c release --product Benchmarks
	$(PEERS)/run.py $(ARGUMENTS)

bench-recipe: dependencies ## Time the recipe of Examples/SalesRecipe against Keras
	swift build -c release --product SalesRecipe
	$(PEERS)/compare_recipe.py $(ARGUMENTS)

bench-epoch: dependencies ## Time an epoch of the forecasting model against neuralforecast
	swift build -c release --product ForecastEpoch
	$(PEERS)/compare_epoch.py $(ARGUMENTS)

bench-prepare: dependencies ## Time foresight prepare against pandas; ARGUMENTS="--data DIRECTORY"
	swift build -c release --product foresight
	$(PEERS)/compare_prepare.py $(ARGUMENTS)

test: build check-consumer test-server ## Build, and run all tests in debug and in release
	@export FORESIGHT_PYTHON=$$(scripts/find-test-python.sh); set -ex; \
	  swift test; swift test -c release

dependencies: ## Install what is missing: pkg-config, OpenBLAS, LAPACKE, zlib, SQLite, libpq
	@scripts/install-dependencies.sh

test-server: # The PostgreSQL server that tests start for themselves
	@scripts/install-test-server.sh

build: dependencies ## Build everything in release
	swift build -c release

check-consumer: dependencies ## Build and run a package that depends on this one
	scripts/check-consumer.sh

check-exhaustive: dependencies ## Check the kernels at every single-precision number (minutes)
	FORESIGHT_EXHAUSTIVE=1 swift test -c release --filter KernelTests

check-fuzz: dependencies ## Read a million damaged tables (minutes)
	FORESIGHT_FUZZ_COUNT=200000 swift test -c release --filter ReaderFuzzTests

lint: ## Check the formatting, and that modules and folders refer to each other in one direction
	swift format lint --strict --recursive --parallel $(SWIFT_SOURCES)
	scripts/check-structure

format: ## Format all Swift files
	swift format --in-place --recursive --parallel $(SWIFT_SOURCES)

clean: ## Remove what was built and forecast
	rm -rf .build $(OUTPUT)

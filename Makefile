# The commands of this package; `make help` lists them.

SWIFT_SOURCES := Package.swift Sources Examples Tests Benchmarks
SWIFT_SOURCES := $(wildcard $(SWIFT_SOURCES))
DATA := Examples/data
# The directory that `make forecast` writes to.
OUTPUT := forecast-output
# Options of `make bench`, `make bench-peers` and their like, such as --quick.
ARGUMENTS :=

# Runs a program of Benchmarks/peers with a Python that can install its requirements.
PEERS := python=$$(scripts/find-peer-python.sh) && "$$python" Benchmarks/peers

.DEFAULT_GOAL := help
.PHONY: help forecast bench bench-peers bench-recipe bench-epoch bench-prepare bench-accuracy test dependencies d3 test-server build check-consumer check-exhaustive check-fuzz check-page lint format clean

help: ## Show this help
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) | \
	  awk -F '\t' '{ printf "make %-18s %s\n", $$1, $$2 }'

forecast: dependencies d3 ## Forecast the example data, print the scores, and write a page
	swift build -c release --product foresight
	.build/release/foresight forecast $(DATA)/online-retail-daily.csv \
	  --names $(DATA)/online-retail-products.csv --output $(OUTPUT)
	@echo "Open the page: $(CURDIR)/$(OUTPUT)/forecast.html"

bench: dependencies ## Compare all kernels and layers with plain Swift; ARGUMENTS="--filter lstm"
	swift build -c release --product Benchmarks
	.build/release/Benchmarks $(ARGUMENTS)

bench-peers: dependencies ## Compare with PyTorch, TensorFlow, JAX, and others; ARGUMENTS="--quick"
	swift build -c release --product Benchmarks
	$(PEERS)/run.py $(ARGUMENTS)

bench-recipe: dependencies ## Compare the recipe of Examples/SalesRecipe with Keras
	swift build -c release --product SalesRecipe
	$(PEERS)/compare_recipe.py $(ARGUMENTS)

bench-epoch: dependencies ## Compare an epoch of the forecasting model with neuralforecast
	swift build -c release --product ForecastEpoch
	$(PEERS)/compare_epoch.py $(ARGUMENTS)

bench-prepare: dependencies ## Compare foresight prepare with pandas; ARGUMENTS="--data DIRECTORY"
	swift build -c release --product foresight
	$(PEERS)/compare_prepare.py $(ARGUMENTS)

bench-accuracy: dependencies ## Compare forecasts with other libraries' (hours); ARGUMENTS="--quick"
	swift build -c release --product foresight
	$(PEERS)/compare_accuracy.py $(ARGUMENTS)

test: build check-consumer test-server d3 ## Build everything, and run all tests in debug and release
	@export FORESIGHT_PYTHON=$$(scripts/find-test-python.sh); set -ex; \
	  swift test; swift test -c release

dependencies: ## Install missing dependencies: pkg-config, OpenBLAS, LAPACKE, zlib, SQLite, libpq
	@scripts/install-dependencies.sh

d3: # Install D3, which draws the charts of pages
	@scripts/install-d3.sh

test-server: # Install the PostgreSQL server that the tests start
	@scripts/install-test-server.sh

build: dependencies ## Build everything in release
	swift build -c release

check-consumer: dependencies ## Build and run packages that depend on this one
	scripts/check-consumer.sh
	scripts/check-traits.sh

check-exhaustive: dependencies ## Check the kernels for every single-precision number (minutes)
	FORESIGHT_EXHAUSTIVE=1 swift test -c release --filter KernelTests

check-page: dependencies ## Check the page of a forecast in a headless Chromium
	scripts/check-page.sh $(ARGUMENTS)

check-fuzz: dependencies ## Read a million damaged tables (minutes)
	FORESIGHT_FUZZ_COUNT=200000 swift test -c release --filter ReaderFuzzTests

lint: ## Check the formatting and the references between modules and folders
	swift format lint --strict --recursive --parallel $(SWIFT_SOURCES)
	scripts/check-structure

format: ## Format all Swift files
	swift format --in-place --recursive --parallel $(SWIFT_SOURCES)

clean: ## Remove the build and the forecast output
	rm -rf .build $(OUTPUT)

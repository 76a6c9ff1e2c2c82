// swift-tools-version: 6.3
import PackageDescription

let realModule = Target.Dependency.product(name: "RealModule", package: "swift-numerics")

let package = Package(
  name: "foresight",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Tensor", targets: ["Tensor"]),
    .library(name: "NeuralNetwork", targets: ["NeuralNetwork"]),
    .library(name: "TensorBoard", targets: ["TensorBoard"]),
    .library(name: "SalesData", targets: ["SalesData"]),
    .library(name: "Forecasting", targets: ["Forecasting"]),
    .library(name: "Explanation", targets: ["Explanation"]),
    .library(name: "Tuning", targets: ["Tuning"]),
    .library(name: "Inventory", targets: ["Inventory"]),
    .library(name: "Scenarios", targets: ["Scenarios"]),
    .library(name: "Seasons", targets: ["Seasons"]),
    .library(name: "FactorizationMachines", targets: ["FactorizationMachines"]),
    .library(name: "GradientBoosting", targets: ["GradientBoosting"]),
    .library(name: "Segments", targets: ["Segments"]),
    .library(name: "Reporting", targets: ["Reporting"]),
    .library(name: "Spreadsheets", targets: ["Spreadsheets"]),
    .library(name: "SQLSources", targets: ["SQLSources"]),
    .executable(name: "foresight", targets: ["foresight"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CBLASShim",
      path: "CBLASShim",
      pkgConfig: "openblas",
      providers: [
        .apt(["libopenblas-dev", "liblapacke-dev"]),
        .brew(["openblas"]),
      ]
    ),
    .systemLibrary(
      name: "CZlibShim",
      path: "Sources/CShims/CZlibShim",
      pkgConfig: "zlib",
      providers: [
        .apt(["zlib1g-dev"]),
        .brew(["zlib"]),
      ]
    ),
    .systemLibrary(
      name: "CSQLiteShim",
      path: "Sources/CShims/CSQLiteShim",
      pkgConfig: "sqlite3",
      providers: [
        .apt(["libsqlite3-dev"]),
        .brew(["sqlite"]),
      ]
    ),
    .systemLibrary(
      name: "CPostgreSQLShim",
      path: "Sources/CShims/CPostgreSQLShim",
      pkgConfig: "libpq",
      providers: [
        .apt(["libpq-dev"]),
        .brew(["libpq"]),
      ]
    ),
    .target(name: "SIMDKernels"),
    .target(name: "ReferenceKernels", dependencies: [realModule]),
    .target(name: "Tensor", dependencies: ["CBLASShim", "SIMDKernels", realModule]),
    .target(name: "Safetensors", dependencies: ["Tensor"]),
    .target(
      name: "NeuralNetwork", dependencies: ["SIMDKernels", "Safetensors", "Tensor", realModule]),
    .target(name: "TensorBoard", dependencies: ["NeuralNetwork", "Safetensors", "Tensor"]),
    .target(name: "TimeSeries", dependencies: ["Safetensors", realModule]),
    .target(name: "Records", dependencies: ["CZlibShim", "Safetensors", "TimeSeries"]),
    .target(name: "SalesData", dependencies: ["Records", realModule]),
    .target(name: "Tabular", dependencies: ["Records", realModule]),
    .target(name: "GradientBoosting", dependencies: ["Tensor"]),
    .target(
      name: "FactorizationMachines",
      dependencies: ["SIMDKernels", "Safetensors", "SalesData", "Tabular"]),
    .target(
      name: "Forecasts", dependencies: ["NeuralNetwork", "SalesData", "Tabular", realModule]),
    .target(name: "Baselines", dependencies: ["Forecasts", "SIMDKernels", realModule]),
    .target(name: "Features", dependencies: ["SalesData", "Tensor", realModule]),
    .target(
      name: "Forecasting",
      dependencies: ["Baselines", "Features", "Forecasts", "GradientBoosting", realModule]),
    .target(name: "Explanation", dependencies: ["Forecasting", realModule]),
    .target(name: "Scenarios", dependencies: ["Forecasting", realModule]),
    .target(name: "Tuning", dependencies: ["Forecasting", realModule]),
    .target(name: "Inventory", dependencies: ["Forecasts"]),
    .target(name: "Seasons", dependencies: ["Baselines", "Forecasts"]),
    .target(name: "Segments", dependencies: ["FactorizationMachines", "Forecasts"]),
    .target(
      name: "Reporting", dependencies: ["Explanation", "Forecasts", "Inventory", "Seasons"],
      // A program that embeds them needs no files next to it.
      resources: [.embedInCode("Resources")]),
    .target(name: "Spreadsheets", dependencies: ["Records"]),
    .target(
      name: "SQLSources",
      dependencies: ["CPostgreSQLShim", "CSQLiteShim", "Records", "Safetensors"]),
    .executableTarget(
      name: "foresight",
      dependencies: [
        "CBLASShim", "CPostgreSQLShim", "CSQLiteShim", "CZlibShim", "SIMDKernels",
        "Explanation", "Forecasting", "Inventory", "NeuralNetwork", "Reporting", "Scenarios",
        "Seasons", "Segments", "Spreadsheets", "SQLSources", "TensorBoard",
        "Tuning",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .executableTarget(
      name: "FourProducts", dependencies: ["Forecasting"], path: "Examples/FourProducts"),
    .executableTarget(
      name: "SalesRecipe", dependencies: ["Forecasting", "Reporting"], path: "Examples/SalesRecipe"),
    .executableTarget(
      name: "StockOuts", dependencies: ["Forecasting"], path: "Examples/StockOuts"),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "FactorizationMachines", "Forecasting", "ReferenceKernels", "SIMDKernels",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks", exclude: ["peers", "README.md"]
    ),
    .executableTarget(
      name: "ForecastEpoch",
      dependencies: [
        "Forecasting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/peers/epoch/ForecastEpoch"
    ),
    .target(name: "TestSupport", dependencies: ["Tensor"], path: "Tests/TestSupport"),
    .target(
      name: "SalesTestSupport", dependencies: ["SalesData"], path: "Tests/SalesTestSupport"),
    .testTarget(name: "KernelTests", dependencies: ["SIMDKernels", "ReferenceKernels"]),
    .testTarget(name: "TensorTests", dependencies: ["Tensor", "TestSupport"]),
    .testTarget(
      name: "NeuralNetworkTests",
      dependencies: ["NeuralNetwork", "ReferenceKernels", "TestSupport"],
      resources: [.copy("Weights/Fixtures")]
    ),
    .testTarget(name: "TensorBoardTests", dependencies: ["TensorBoard", "TestSupport"]),
    .testTarget(
      name: "TimeSeriesTests", dependencies: ["SalesTestSupport", "TimeSeries", "TestSupport"]),
    .testTarget(
      name: "SalesDataTests",
      dependencies: ["CZlibShim", "SalesData", "SalesTestSupport", "Tabular", "TestSupport"]),
    .testTarget(
      name: "TabularTests", dependencies: ["Tabular", "TestSupport"]),
    .testTarget(
      name: "ForecastingTests", dependencies: ["Forecasting", "SalesTestSupport", "TestSupport"]),
    .testTarget(
      name: "FactorizationMachineTests",
      dependencies: ["FactorizationMachines", "ReferenceKernels", "TestSupport"]),
    .testTarget(
      name: "GradientBoostingTests", dependencies: ["GradientBoosting", "TestSupport"]),
    .testTarget(name: "ExampleTests", dependencies: ["FourProducts", "SalesRecipe"]),
    .testTarget(
      name: "DocumentationTests",
      dependencies: [
        "Explanation", "FactorizationMachines", "Forecasting", "GradientBoosting", "Inventory",
        "Reporting", "Scenarios", "Seasons", "Segments", "Spreadsheets", "SQLSources",
        "TensorBoard", "Tuning",
      ]),
    .testTarget(name: "ExplanationTests", dependencies: ["Explanation", "TestSupport"]),
    .testTarget(name: "ScenariosTests", dependencies: ["Scenarios"]),
    .testTarget(name: "TuningTests", dependencies: ["Tuning"]),
    .testTarget(name: "SegmentsTests", dependencies: ["Segments"]),
    .testTarget(name: "InventoryTests", dependencies: ["Forecasting", "Inventory"]),
    .testTarget(name: "SeasonsTests", dependencies: ["Forecasting", "Seasons"]),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Explanation", "Forecasting", "Inventory", "Reporting", "Seasons"]),
    .testTarget(
      name: "SpreadsheetsTests",
      dependencies: ["CZlibShim", "SalesData", "Spreadsheets"]),
    .testTarget(
      name: "SQLSourcesTests",
      dependencies: ["CPostgreSQLShim", "CSQLiteShim", "SalesData", "SQLSources", "TestSupport"]),
    .testTarget(
      name: "ForesightTests",
      dependencies: ["CSQLiteShim", "Forecasting", "Reporting", "TestSupport", "foresight"]),
    .testTarget(name: "BenchmarkTests", dependencies: ["Benchmarks"]),
  ],
  swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "foresight",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Tensor", targets: ["Tensor"]),
    .library(name: "NeuralNetwork", targets: ["NeuralNetwork"]),
    .library(name: "Forecasting", targets: ["Forecasting"]),
    .library(name: "Reporting", targets: ["Reporting"]),
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
    .target(name: "SIMDKernels"),
    .target(
      name: "ReferenceKernels",
      dependencies: [.product(name: "RealModule", package: "swift-numerics")]
    ),
    .target(
      name: "Tensor",
      dependencies: [
        "CBLASShim", "SIMDKernels", .product(name: "RealModule", package: "swift-numerics"),
      ]
    ),
    .target(name: "NeuralNetwork", dependencies: ["Tensor"]),
    .target(name: "Forecasting", dependencies: ["NeuralNetwork"]),
    .target(name: "Reporting", dependencies: ["Forecasting"]),
    .executableTarget(
      name: "foresight",
      dependencies: [
        "Forecasting", "Reporting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .target(
      name: "TestSupport",
      dependencies: ["Tensor", "NeuralNetwork"],
      path: "Tests/TestSupport"
    ),
    .testTarget(
      name: "KernelTests",
      dependencies: ["SIMDKernels", "ReferenceKernels"]
    ),
    .testTarget(name: "TensorTests", dependencies: ["Tensor", "TestSupport", "ReferenceKernels"]),
    .testTarget(
      name: "NeuralNetworkTests",
      dependencies: ["NeuralNetwork", "TestSupport", "ReferenceKernels"]
    ),
    .testTarget(name: "ForecastingTests", dependencies: ["Forecasting", "TestSupport"]),
    .testTarget(name: "ReportingTests", dependencies: ["Reporting", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

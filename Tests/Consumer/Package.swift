// swift-tools-version: 6.3
import PackageDescription

// A package as a user would write it, with no settings: what it imports must build and link as it is.
let package = Package(
  name: "Consumer",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "foresight", path: "../..")],
  targets: [
    .executableTarget(
      name: "Consumer",
      dependencies: [
        .product(name: "Tensor", package: "foresight"),
        .product(name: "NeuralNetwork", package: "foresight"),
        .product(name: "Forecasting", package: "foresight"),
      ])
  ]
)

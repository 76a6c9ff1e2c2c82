// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "foresight",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Tensor", targets: ["Tensor"])
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
      name: "Tensor",
      dependencies: [
        "CBLASShim", "SIMDKernels", .product(name: "RealModule", package: "swift-numerics"),
      ]
    ),
    .target(
      name: "NeuralNetwork",
      dependencies: ["Tensor", .product(name: "RealModule", package: "swift-numerics")]
    ),
    .target(name: "TestSupport", dependencies: ["Tensor"], path: "Tests/TestSupport"),
    .testTarget(name: "TensorTests", dependencies: ["Tensor", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

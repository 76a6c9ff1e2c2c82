/// The package's folder.
public let packagePath = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

/// Daily sales among the package's examples.
public let examplePath = packagePath + "/Examples/data/online-retail-daily.csv"

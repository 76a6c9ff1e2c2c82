/// An element type of safetensors files. The raw values are the format's names.
///
/// Files can contain tensors of all types, but only those of ``isReadable`` types can be read.
public enum SafetensorsType: String, Sendable, Hashable, CaseIterable {
  // The order is that of the reference implementation, which writes the last types first, so that
  // every tensor is aligned.
  case bool = "BOOL"
  case float4 = "F4"
  case float6E2M3 = "F6_E2M3"
  case float6E3M2 = "F6_E3M2"
  case uint8 = "U8"
  case int8 = "I8"
  case float8E5M2 = "F8_E5M2"
  case float8E4M3 = "F8_E4M3"
  case float8E8M0 = "F8_E8M0"
  case float8E4M3FNUZ = "F8_E4M3FNUZ"
  case float8E5M2FNUZ = "F8_E5M2FNUZ"
  case int16 = "I16"
  case uint16 = "U16"
  case float16 = "F16"
  case bfloat16 = "BF16"
  case int32 = "I32"
  case uint32 = "U32"
  case float32 = "F32"
  case complex64 = "C64"
  case float64 = "F64"
  case int64 = "I64"
  case uint64 = "U64"

  /// Creates the type in which tensors of a scalar type are written.
  public init<Scalar: TensorScalar>(of scalar: Scalar.Type) {
    self = scalar == Float.self ? .float32 : .float64
  }

  /// A Boolean value that indicates whether tensors of this type can be read: floating-point
  /// numbers of 16, 32, and 64 bits, and integers of 64 bits, in which PyTorch stores counters.
  public var isReadable: Bool {
    switch self {
    case .float16, .bfloat16, .float32, .float64, .int64: true
    default: false
    }
  }

  /// The number of bits of an element.
  public var bitCount: Int {
    switch self {
    case .float4: 4
    case .float6E2M3, .float6E3M2: 6
    case .bool, .uint8, .int8, .float8E5M2, .float8E4M3, .float8E8M0, .float8E4M3FNUZ,
      .float8E5M2FNUZ:
      8
    case .int16, .uint16, .float16, .bfloat16: 16
    case .int32, .uint32, .float32: 32
    case .complex64, .float64, .int64, .uint64: 64
    }
  }

  /// The index of the type in the order by which files are sorted.
  var rank: Int { Self.ranks[self]! }

  private static let ranks = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

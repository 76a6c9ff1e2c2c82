/// Conversion of the elements of a safetensors file to another type.
enum FloatDecoding {
  /// Converts little-endian elements of a readable type.
  ///
  /// Values are rounded to the nearest `Scalar`. Values that are too large for `Scalar` become
  /// infinite.
  static func decode<Scalar: TensorScalar>(
    _ bytes: UnsafeRawBufferPointer, type: SafetensorsType,
    into target: UnsafeMutablePointer<Scalar>
  ) {
    switch type {
    case .float16: convert(bytes, UInt16.self, into: target) { Scalar(half(bits: $0)) }
    case .bfloat16:
      convert(bytes, UInt16.self, into: target) { Scalar(Float(bitPattern: UInt32($0) << 16)) }
    case .float32: convert(bytes, UInt32.self, into: target) { Scalar(Float(bitPattern: $0)) }
    case .float64: convert(bytes, UInt64.self, into: target) { Scalar(Double(bitPattern: $0)) }
    case .int64: convert(bytes, UInt64.self, into: target) { Scalar(Int64(bitPattern: $0)) }
    default: fatalError("FloatDecoding: expected a readable type, but got \(type)")
    }
  }

  /// Returns the IEEE 754 binary16 number with the given bits. (`Float16` is missing on Intel
  /// Macs.)
  static func half(bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10) & 0x1F
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0:  // zero and subnormal numbers
      let magnitude = Float(fraction) * 0x1p-24
      return sign == 0 ? magnitude : -magnitude
    case 31:  // infinity and NaN
      return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default:
      return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }

  private static func convert<Bits: FixedWidthInteger, Scalar: TensorScalar>(
    _ bytes: UnsafeRawBufferPointer, _ type: Bits.Type, into target: UnsafeMutablePointer<Scalar>,
    _ number: (Bits) -> Scalar
  ) {
    let width = MemoryLayout<Bits>.size
    for index in 0..<(bytes.count / width) {
      let bits = bytes.loadUnaligned(fromByteOffset: index * width, as: Bits.self)
      target[index] = number(Bits(littleEndian: bits))
    }
  }
}

/// Calls a closure with the address of a tensor's elements, or with nil if there is no tensor.
func withOptionalPointer<Scalar: TensorScalar, Result>(
  to tensor: Tensor<Scalar>?, _ body: (UnsafePointer<Scalar>?) -> Result
) -> Result {
  guard let tensor else { return body(nil) }
  return tensor.read { body($0) }
}

/// Calls a closure with the writable address of a tensor's elements, or with nil if there is no
/// tensor.
func withMutableOptionalPointer<Scalar: TensorScalar>(
  to tensor: inout Tensor<Scalar>?, _ body: (UnsafeMutablePointer<Scalar>?) -> Void
) {
  if tensor?.write({ body($0) }) == nil { body(nil) }
}

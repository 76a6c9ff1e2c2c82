internal import RealModule

/// Returns sign(x) · log(1 + |x|).
func signedLog(_ x: Float) -> Float { x < 0 ? -Float.log(onePlus: -x) : .log(onePlus: x) }

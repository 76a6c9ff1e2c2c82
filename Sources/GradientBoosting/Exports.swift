@_exported public import Tensor

@_exported public import Safetensors
@_exported public import Tensor

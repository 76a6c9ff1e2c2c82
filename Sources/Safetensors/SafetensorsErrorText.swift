extension SafetensorsError: CustomStringConvertible {
  public var description: String { "\(file): \(fault.explanation)" }
}

extension SafetensorsError.Fault {
  fileprivate var explanation: String {
    switch self {
    case .noSuchFile: "there is no such file"
    case .noSuchDirectory(let directory):
      "there is no directory \(directory.debugDescription); create it first"
    case .isDirectory: "is a directory; name a file in it"
    case .notRegularFile: "is not a regular file; name a regular file or a new one"
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .notWritable(let reason): "cannot be written: \(reason)"
    case .conflict(let conflict): conflict.reason
    case .headerNotWritable(let count):
      "cannot be written: its header would have \(count) bytes, but at most "
        + "\(SafetensorsHeader.maximumByteCount) are allowed; give it less metadata"
    case .changedWhileReading: "became shorter while it was read; read it again"
    case .foreignFormat(let format): format.explanation
    case .tooShort(let count):
      "has \(count) bytes, but a safetensors file has at least 10; copy or download it again"
    case .headerTooLong(let count):
      "says that its header has \(count) bytes, but at most \(SafetensorsHeader.maximumByteCount) "
        + "are allowed; it is not a safetensors file, or it is damaged"
    case .headerBeyondEnd(let count, let available):
      "says that its header has \(count) bytes, but only \(available) follow; it is cut short, so "
        + "copy or download it again"
    case .headerNotAnObject:
      "its header does not start with {; it is not a safetensors file, or it is damaged"
    case .notUTF8(let position):
      "its header is not UTF-8 in the string at byte \(position); write it again as UTF-8"
    case .invalidJSON(let position, let expected):
      "its header is not the JSON of a safetensors file: expected \(expected) at byte \(position)"
    case .invalidMetadata(let position):
      "its __metadata__ must map strings to strings, but does not at byte \(position)"
    case .duplicateMetadata(let key):
      "its __metadata__ has the key \(quoted(key)) twice; write it with one of them"
    case .duplicateTensor(let name):
      "has two tensors named \(quoted(name)); write it with names that differ"
    case .duplicateField(let name, let field):
      "tensor \(quoted(name)) has the field \(quoted(field)) twice"
    case .unknownField(let name, let field):
      "tensor \(quoted(name)) has a field \(quoted(field)), but only dtype, shape and data_offsets "
        + "are known"
    case .missingField(let name, let field):
      "tensor \(quoted(name)) has no field \(quoted(field))"
    case .unknownType(let name, let type):
      "tensor \(quoted(name)) has the unknown dtype \(quoted(type)); save it as F32 or F64"
    case .invalidNumber(let name, let field, let text):
      "tensor \(quoted(name)) has \(text) in its \(field), but numbers there must be integers from 0 to "
        + "\(Int.max)"
    case .invalidOffsetCount(let name, let count):
      "tensor \(quoted(name)) has \(count) data_offsets, but must have two, begin and end"
    case .tooManyAxes(let name, let count):
      "tensor \(quoted(name)) has \(count) axes, but at most \(Shape.maximumRank) can be read; "
        + "reshape it before saving"
    case .tooLarge(let name, let shape):
      "tensor \(quoted(name)) has the shape \(shape), which is too large: an axis has at most "
        + "\(Int32.max) elements, a tensor at most \(Int.max) bits"
    case .offsetsReversed(let name, let begin, let end):
      "tensor \(quoted(name)) ends at offset \(end), before its start at \(begin)"
    case .sizeMismatch(let name, let type, let shape, let count):
      "tensor \(quoted(name)) has \(count) bytes of data, which is not the size of "
        + "\(type.rawValue) of shape \(shape)"
    case .overlap(let name, let other):
      "the data of tensors \(quoted(other)) and \(quoted(name)) overlap"
    case .hole(let name, let begin, let expected):
      "tensor \(quoted(name)) begins at offset \(begin), but the data before it ends at \(expected)"
    case .truncated(let name, let end, let available):
      "tensor \(quoted(name)) ends at offset \(end), but there are only \(available) bytes of "
        + "data; the file is cut short, so copy or download it again"
    case .trailingBytes(let count):
      "has \(count) bytes after its last tensor; it is damaged, so copy or download it again"
    case .noSuchTensor(let name): "has no tensor \(quoted(name))"
    case .unreadableType(let name, let type):
      "tensor \(quoted(name)) holds \(type.rawValue), which cannot be read as floating-point numbers; "
        + "save it as F32, F64, F16 or BF16"
    }
  }

  private func quoted(_ text: String) -> String { text.debugDescription }
}

extension SafetensorsError.ForeignFormat {
  fileprivate var explanation: String {
    switch self {
    case .pyTorchZip, .pickle:
      "is a PyTorch file (\(self == .pickle ? "pickle" : "zip")), which can run code when it is "
        + "loaded and is not read here; save it with safetensors.torch.save_file instead"
    case .hdf5:
      "is an HDF5 file, as Keras writes; save its weights with safetensors.numpy.save_file instead"
    case .gitLFSPointer:
      "is a Git LFS pointer, not the file itself; fetch the file with git lfs pull"
    }
  }
}

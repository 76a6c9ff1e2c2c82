/// The kind of the numbers that a format shows.
enum NumberKind: Equatable {
  case number
  /// A date, with or without a time of day.
  case date
  /// A time of day.
  case time

  /// Creates the kind of a format that is known by its number (ECMA-376, part 1, 18.8.30).
  init(builtIn id: Int) {
    switch id {
    case 14...17, 22, 27...31, 34...36, 50...58: self = .date
    case 18...21, 32, 33, 45...47: self = .time
    default: self = .number
    }
  }

  /// Creates the kind of a format with a code such as `dd.mm.yyyy` or `#,##0.00 "kg"`.
  init(code: String) {
    var letters = ""
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
    // Of several sections, the first one is that of positive numbers.
    for character in code.lowercased() {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch character {
      case "\"": isQuoted.toggle()
      case _ where isQuoted: break
      case "\\", "_", "*": isEscaped = true
      case "[": isBracketed = true
      case "]": isBracketed = false
      case _ where isBracketed: break
      case ";":
        self.init(letters: letters)
        return
      default: letters.append(character)
      }
    }
    self.init(letters: letters)
  }

  private init(letters: String) {
    let isGeneral = letters.contains("general")
    if !isGeneral, letters.contains(where: { "yd".contains($0) }) || letters.contains("mmm") {
      self = .date
    } else if !isGeneral, letters.contains(where: { "hs".contains($0) }) {
      self = .time
    } else {
      self = .number
    }
  }
}

import Foundation
import Records

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A reader of a part of a workbook, which follows its elements.
class PartReader: NSObject, XMLParserDelegate {
  /// Handles the start of an element.
  func start(_ element: String, _ attributes: [String: String]) {}
  /// Handles the end of an element, with the text since the last start or end.
  func end(_ element: String, _ text: String) {}

  private var text = ""
  private var openCount = 0
  /// A Boolean value that indicates whether all elements that started have ended.
  final var isComplete: Bool { openCount == 0 }

  final func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    text = ""
    openCount += 1
    start(elementName.localName, attributes)
  }

  final func parser(
    _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
    qualifiedName: String?
  ) {
    openCount -= 1
    end(elementName.localName, text)
    text = ""
  }

  final func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}

extension String {
  /// The name of an element without its prefix.
  fileprivate var localName: String { split(separator: ":").last.map(String.init) ?? self }
}

extension ZipArchive {
  /// Lets a reader follow the elements of a part.
  ///
  /// - Throws: A `TableError` if there is no such part, or if it is damaged.
  func parse(_ path: String, by reader: PartReader) throws(TableError) {
    guard let entry = entry(path) else { throw damaged("\(path) is missing") }
    let parser = XMLParser(data: Data(try source(of: entry).readAll()))
    parser.delegate = reader
    guard parser.parse(), reader.isComplete else {
      throw damaged("\(path), line \(parser.lineNumber)")
    }
  }

  func damaged(_ reason: String) -> TableError {
    TableError(
      file: name,
      fault: .notText(
        kind: "a damaged Excel workbook (\(reason))",
        fix: "open it in a spreadsheet program and save it again"))
  }
}

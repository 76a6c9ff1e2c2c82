import FactorizationMachines
import TestSupport
import Testing

@Suite struct SparseRowsTests {
  @Test func rowsAreOrderedByColumn() {
    var rows = SparseRows(columnCount: 5)
    rows.append([.init(column: 3, value: 2), .init(column: 0)])
    rows.append([])
    #expect(rows.count == 2 && rows.entryCount == 2)
    #expect(rows[0].map(\.column) == [0, 3])
    #expect(rows.gathered([1, 0, 0]).count == 3)
    #expect(rows.gathered([0, 1]) == rows)
  }

  @Test func normalizedRowsHaveALengthOfOne() {
    var rows = SparseRows(columnCount: 5)
    rows.append([.init(column: 1, value: 3), .init(column: 4, value: -4)])
    rows.append([.init(column: 1, value: 0)])
    let values = rows.normalized()
    #expect(values[0].map(\.value) == [0.6, -0.8])
    #expect(values[1].map(\.value) == [0])
  }

  @Test func gatheredRowsKeepTheirLabels() {
    let data = LabeledRows.small().gathered([2, 0])
    #expect(data.labels == [1, 1] && data.weights == [0.5, 1])
    #expect(data.rows[0] == LabeledRows.small().rows[2])
  }

  @Test func stopsAtInvalidEntries() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var rows = SparseRows(columnCount: 5)
      rows.append([.init(column: 2), .init(column: 2)])
    }
    expectStopped(
      result, "SparseRows.append: expected columns in 0..<5, each at most once, fields in 0..<1")
    let other = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let model = FactorizationMachine(
        loss: .logistic, bias: 0, linear: .zeros([2]), factors: .zeros([2, 3]))
      _ = model.scores(of: SparseRows(columnCount: 3))
    }
    expectStopped(other, "FactorizationMachine: expected rows of at most 2 columns")
  }
}

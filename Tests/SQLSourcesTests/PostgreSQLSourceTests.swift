import SalesData
import SQLSources
import Testing

extension PostgreSQLTests {
  /// What is read where all is well.
  @Suite struct Sources {
    let server = PostgreSQLServer.shared.connectionString

    /// The settings of a server, of a user or in the connection string change nothing.
    @Test(arguments: [
      "", " options='-c datestyle=German -c timezone=Asia/Kolkata -c extra_float_digits=0'",
    ]) func fieldsAreWhatTheValuesRead(settings: String) throws {
      let source = try PostgreSQLSource(
        server + settings,
        .query(
          """
          SELECT 9223372036854775807 AS whole, 1234.50::numeric AS exact, 0.1::float8 + 0.2 AS double,
            0.1::real AS single, 'NaN'::float8 AS nan, date '2024-02-29' AS day,
            timestamp '2024-02-29 23:30:00.25' AS stamp,
            timestamptz '2024-02-29 23:30:00-05:00' AS moment, true AS yes, false AS no,
            E'Grüße, "tea"\\n\\t\\\\' AS text, '' AS empty, NULL AS nothing, NULL::boolean AS unknown
          """))
      #expect(source.name == "postgresql:///postgres, query")
      #expect(source.columns.prefix(3) == ["whole", "exact", "double"])
      #expect(
        try rows(of: source) == [
          [
            "9223372036854775807", "1234.50", "0.30000000000000004", "0.1", "NaN", "2024-02-29",
            "2024-02-29 23:30:00.25", "2024-03-01 04:30:00+00", "1", "0", "Grüße, \"tea\"\n\t\\",
            "",
            "", "",
          ]
        ])
      // Not anew from the start.
      #expect(try rows(of: source).isEmpty)
    }

    @Test func namesAreTakenAsTheyAre() throws {
      let session = try PostgreSQLSession()
      try session.execute(
        """
        CREATE SCHEMA "The shop"; CREATE TABLE "The shop"."Order ""lines""; --" ("select" int);
        INSERT INTO "The shop"."Order ""lines""; --" VALUES (3), (4)
        """)
      let source = try PostgreSQLSource(server, .table("Order \"lines\"; --", schema: "The shop"))
      #expect(source.columns == ["select"])
      #expect(
        source.name == "postgresql:///postgres, table \"The shop.Order \\\"lines\\\"; --\"")
      #expect(try rows(of: source) == [["3"], ["4"]])
    }

    @Test func queriesFeedReaders() throws {
      let session = try PostgreSQLSession()
      try session.execute(
        """
        CREATE TABLE sales (sku text, at timestamptz, units int, promoted boolean);
        INSERT INTO sales VALUES ('tea', '2024-01-01 09:00+01', 2, true),
          ('tea', '2024-01-01 23:30Z', 3, false), ('cup', '2024-01-02 09:00Z', 1, NULL)
        """)
      let source = try PostgreSQLSource(
        server,
        .query(
          """
          SELECT sku AS unique_id, at::date AS ds, sum(units) AS y, bool_or(promoted) AS promoted
          FROM sales GROUP BY 1, 2 ORDER BY 1 DESC -- by day; in UTC
          """))
      var schema = TableSchema.longTable
      schema.covariates = [CovariateColumn("promoted", role: .known, kind: .numeric)]
      let table = try LongTableReader(schema).read(source)
      #expect(table.panel.ids == ["cup", "tea"])
      #expect(Array(table.panel.series(at: 1).values) == [5, 0])
      let promoted = try table.panel.knownCovariate("promoted").numberWindow(of: 1, over: 0..<2)
      #expect(promoted.values == [1, 0])
      #expect(promoted.missing == [false, true])

      // The same stamps, on the days of a shop whose clocks are ahead.
      schema = TableSchema(identity: "sku", time: "at")
      schema.quantity = "units"
      schema.calendarTimeZone = "Europe/Berlin"
      var days: [CalendarDate] = []
      _ = try OrderLineReader(schema).read(PostgreSQLSource(server, .table("sales"))) {
        days.append($0.date)
      }
      #expect(days.map(\.day) == [1, 2, 2])
    }

    /// What a server stores in another encoding comes in UTF-8.
    @Test func textOfAnotherEncodingBecomesUTF8() throws {
      let session = try PostgreSQLSession()
      try session.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'")
      let source = try PostgreSQLSource(
        server + " dbname=latin client_encoding=LATIN1",
        .query("SELECT convert_from('\\xe9', 'LATIN1') AS text"))
      #expect(source.name == "postgresql:///latin, query")
      #expect(try rows(of: source) == [["é"]])
    }

    /// Once all has been read, the server holds nothing for the source.
    @Test func aSourceThatIsReadKeepsNoLock() throws {
      let session = try PostgreSQLSession()
      try session.execute("CREATE TABLE brief (a int); INSERT INTO brief VALUES (1)")
      let source = try PostgreSQLSource(server, .table("brief"))
      #expect(try rows(of: source) == [["1"]])
      try session.execute("SET lock_timeout = '2s'; DROP TABLE brief")
      withExtendedLifetime(source) {}
    }

    /// A source that is read no more is no trouble either.
    @Test func aSourceCanBeLeft() throws {
      do {
        let source = try PostgreSQLSource(server, .query("SELECT generate_series(1, 1000000) AS i"))
        var record = Record()
        #expect(try source.next(&record))
        #expect(record.line == 1)
      }
      #expect(try PostgreSQLSession().execute("SELECT 7") == "7")
    }
  }
}

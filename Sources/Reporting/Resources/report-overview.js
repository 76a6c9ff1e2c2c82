// The figures at the top, and the chart of the total or the chosen group.
{
  const { data, t, element } = report;

  const { tile } = report;

  report.drawHeadline = () => {
    const { headline } = data;
    if (!headline) return;
    const section = report.section("headline", t("headline"));
    const tiles = element("div", { class: "tiles" });
    section.append(tiles);
    const isKnown = value => value !== null && value !== undefined;
    const amount = value => `${report.quantity(Math.round(value))}`;
    if (isKnown(headline.total)) {
      tiles.append(tile(t("total"), amount(headline.total),
        isKnown(headline.low) ? t("totalNote", amount(headline.low), amount(headline.high)) : null));
      const growth = isKnown(headline.lastYear) && headline.lastYear > 0
        ? headline.total / headline.lastYear - 1 : null;
      tiles.append(growth === null ? tile(t("growth"), "–", t("growthNone"))
        : tile(t("growth"), `${growth >= 0 ? "+" : ""}${report.percent(growth, 1)}`,
          t(growth >= 0 ? "growthUp" : "growthDown", report.percent(Math.abs(growth), 1)) + t("stop"),
          t("growthNote", amount(headline.lastYear))));
    }
    if (isKnown(headline.wape)) {
      const gain = isKnown(headline.baselineWape) && headline.baselineWape > 0
        ? 1 - headline.wape / headline.baselineWape : null;
      tiles.append(tile(t("accuracy"), report.percent(Math.max(0, 1 - headline.totalWape), 1),
        t("accuracyNote", report.percent(headline.totalWape, 1), report.percent(headline.wape, 1),
          report.unitName()),
        gain === null ? null : t(gain >= 0 ? "accuracyBest" : "accuracyWorse", data.baseline,
          report.percent(Math.abs(gain), 1))));
      tiles.append(tile(t("bias"), Math.abs(headline.bias) < 0.005 ? t("biasNone")
        : t(headline.bias > 0 ? "biasHigh" : "biasLow", report.percent(Math.abs(headline.bias), 1)),
      t("biasNote")));
    } else {
      tiles.append(tile(t("accuracy"), "–", t("accuracyNone")));
    }
  };

  // The lines, intervals, and events of a row.
  report.rowChart = (row, { range, setRange, withEvents }) => {
    const soldOut = (row.soldOut || []).map(step => ({ step, kind: "stockOut",
      name: t("stockOut"), count: 1 }));
    const bands = report.intervals(row).map(({ probability, low, high }) => ({
      name: t("interval", report.percent(probability)), percent: report.percent(probability),
      low, high, opacity: probability > 0.9 ? 0.12 : probability > 0.7 ? 0.17 : 0.22 }));
    const lines = [
      { key: "actual", name: t("actual"), style: "actual", values: report.history(row) },
      { key: "forecast", name: `${t("forecast")} (${data.model})`, style: "forecast",
        values: report.forecast(row) },
      { key: "past", name: t("past"), style: "past", values: report.past(row, 0) },
      { key: "last-year", name: t("lastYear"), style: "last-year", values: report.lastYear(row) },
    ].filter(line => line.values.some(value => value !== null));
    return { label: `${report.rowName(row)}: ${lines.map(line => line.name).join(", ")}`,
      lines, bands, range, setRange, events: withEvents ? data.events : soldOut,
      shades: data.horizon ? [[data.historyCount, data.stepCount - 1]] : data.windows.map(window =>
        [window.first, window.first + window.count - 1]) };
  };

  report.rowLegend = chart => report.legend([
    ...chart.lines.map(line => ({ style: line.style, name: line.name })),
    ...chart.bands.map(band => ({ style: `interval p${band.percent.replace(/\D/g, "")}`,
      name: band.name })),
    ...["holiday", "promotion", "stockOut"].filter(kind =>
      chart.events.some(event => event.kind === kind))
      .map(kind => ({ style: `event ${kind}`, name: t(kind) }))]);

  report.drawOverview = () => {
    if (!data.sums.length) return;
    const section = report.section("overview", t("overview"));
    const chart = () => report.rowChart(report.group(), { range: () => report.state.range,
      setRange: range => report.set({ range }), withEvents: true });
    const { body, heading, card } = report.card(section, { id: "overview-chart", title: "",
      note: t("zoomHelp"), csv: () => report.lineRows(chart()) });
    let redrawn = [];
    const draw = () => {
      const current = chart();
      heading.textContent = report.rowName(report.group());
      body.replaceChildren(report.rowLegend(current));
      const forecast = report.forecast(report.group());
      redrawn = [report.lineChart(body, current), report.slider(body, "overview",
        current.lines[0].values.map((value, step) => value ?? forecast[step]),
        () => report.state.range, range => report.set({ range }))];
    };
    draw();
    card.append(report.details(t("table"), () =>
      report.table(report.lineRows(chart()).map(row => row.map(cell =>
        (typeof cell === "number" || cell === null ? report.quantity(cell) : cell))), t("table"))));
    report.on(["group"], draw);
    report.on(["range"], () => redrawn.forEach(redraw => redraw()));
  };
}

// A season: its sales against last year, categories, items to stock up, and what was sold.
{
  const { data, t, element } = report;
  const { season } = data;
  const isKnown = value => value !== null && value !== undefined;
  const growthOf = (row, sum) => (isKnown(sum) && row.lastYear > 0 ? sum / row.lastYear - 1 : null);
  const growth = row => growthOf(row, row.forecast);
  const signedPercent = value => report.signedPercent(value, 1);
  const amount = value => report.quantity(isKnown(value) ? Math.round(value) : null);
  const range = row => `${amount(row.low)} – ${amount(row.high)}`;
  const dayText = text => report.dateText(new Date(`${text}T00:00:00Z`),
    { weekday: "short", day: "numeric", month: "short", year: "numeric" });

  report.seasonSummary = () => t("seasonSummary", { first: dayText(season.first),
    last: dayText(season.last), steps: t("units", season.count, report.unitName()),
    count: report.quantity(data.seriesCount), model: season.model });

  const drawTiles = () => {
    const { total, check } = season;
    const section = report.section("headline", t("headline"));
    const tiles = element("div", { class: "tiles" });
    section.append(tiles);
    tiles.append(report.tile(t("seasonTotal"), amount(total.forecast),
      t("seasonTotalNote", amount(total.low), amount(total.high), report.percent(season.share))));
    const change = growth(total);
    tiles.append(change === null ? report.tile(t("growth"), "–", t("growthNone"))
      : report.tile(t("growth"), signedPercent(change),
        `${t(change >= 0 ? "growthUp" : "growthDown", report.percent(Math.abs(change), 1))}${t("stop")}`,
        t("growthNote", amount(total.lastYear))));
    if (isKnown(total.actual)) {
      const sold = growthOf(total, total.actual);
      tiles.append(report.tile(t("sold"), amount(total.actual), sold === null ? null
        : `${t(sold >= 0 ? "growthUp" : "growthDown", report.percent(Math.abs(sold), 1))}${t("stop")}`,
      t(total.actual >= total.low && total.actual <= total.high ? "soldWithin" : "soldOutside",
        report.percent(season.share))));
    }
    if (check && isKnown(check.rows[0].bias)) {
      const { bias } = check.rows[0];
      tiles.append(report.tile(t("bias"), Math.abs(bias) < 0.005 ? t("biasNone")
        : t(bias > 0 ? "biasHigh" : "biasLow", report.percent(Math.abs(bias), 1)), t("seasonBias")));
    }
  };

  const columnsOf = (name, { withRecent, withGrowth }) => [
    { key: "name", name, isText: true, value: row => row.name,
      text: row => element("bdi", { title: row.name }, report.shortened(row.name, 48),
        ...(row.id === row.name ? [] : [" ", element("bdi", { class: "hint" },
          report.shortened(row.id, 24))])) },
    ...(withRecent ? [{ key: "recent", name: t("recent", t("units", season.count, report.unitName())),
      value: row => row.recent, text: row => amount(row.recent) }] : []),
    { key: "lastYear", name: t("lastYear"), value: row => row.lastYear, text: row => amount(row.lastYear) },
    { key: "forecast", name: t("forecast"), value: row => row.forecast, text: row => amount(row.forecast) },
    { key: "low", name: t("interval", report.percent(season.share)), value: row => row.low, text: range },
    ...(withGrowth ? [{ key: "growth", name: t("change"), value: growth,
      text: row => signedPercent(growth(row)) }] : []),
    ...(season.check ? [{ key: "actual", name: t("actual"), value: row => row.actual,
      text: row => amount(row.actual) },
    ...(withGrowth ? [{ key: "actualGrowth", name: t("actualChange"),
      value: row => growthOf(row, row.actual),
      text: row => signedPercent(growthOf(row, row.actual)) }] : [])] : [])];

  // The rows of the download, which has both bounds of the interval, and ids.
  const csvOf = (columns, rows) => () => [
    [t("id"), ...columns.flatMap(one => (one.key === "low"
      ? [t("lower", report.percent(season.share)), t("upper", report.percent(season.share))]
      : [one.name]))],
    ...rows.map(row => [row.id, ...columns.flatMap(one => (one.key === "low" ? [row.low, row.high]
      : [one.value(row) ?? null]))])];

  const drawLevel = (section, level, place) => {
    const grown = level.rows.filter(row => row.lastYear > 0);
    const name = report.shortened(level.name, 40);
    if (grown.length) {
      const rows = grown.map(row => ({ key: row.id, name: row.name, value: growth(row),
        low: growthOf(row, row.low), high: growthOf(row, row.high) }));
      const { body } = report.card(section, { id: `growth-${place}`, title: t("growthBy", name),
        note: t("growthHelp", report.percent(season.share)),
        csv: () => [[level.name, t("change"), t("lower", report.percent(season.share)),
          t("upper", report.percent(season.share))],
        ...rows.map(row => [row.name, row.value, row.low, row.high])] });
      report.rowBars(body, { label: t("growthBy", name), rows, format: signedPercent });
    }
    const columns = columnsOf(name, { withGrowth: true });
    report.tableCard(section, { id: `level-${place}`, title: t("salesBy", name), columns,
      rows: () => level.rows, csv: csvOf(columns, level.rows),
      sort: { key: "forecast", isDescending: true } });
  };

  const drawItems = () => {
    if (!season.items.length) return;
    const section = report.section("items", t("stockUp"));
    const columns = columnsOf(t("item"), { withRecent: true });
    report.tableCard(section, { id: "item-table", title: t("stockUpTable"), note: t("stockUpHelp"),
      columns, rows: () => season.items, csv: csvOf(columns, season.items) });
  };

  const drawHolidays = () => {
    if (!season.holidays.length) return;
    const section = report.section("holidays", t("seasonHolidays"));
    section.append(element("div", { class: "card" }, element("ul", { class: "plain" },
      ...season.holidays.map(one => element("li", {}, `${dayText(one.date)}${t("colon")}`,
        element("bdi", {}, one.name))))));
  };

  const drawCheck = () => {
    const { check } = season;
    if (!check) return;
    const section = report.section("check", t("seasonCheck"));
    const share = key => row => row[key];
    const columns = [
      { key: "name", name: t("model"), isText: true, value: row => row.name, text: row => row.name },
      { key: "step", name: t("wapeBy", report.unitName()), value: share("stepWape") },
      { key: "series", name: t("wapeItems"), value: share("seriesWape") },
      ...(check.rows.some(row => isKnown(row.categoryWape))
        ? [{ key: "category", name: t("wapeCategories"), value: share("categoryWape") }] : []),
      { key: "bias", name: t("errorOfTotal"), value: share("bias") }]
      .map(one => (one.text ? one : { ...one, text: row => (one.key === "bias"
        ? signedPercent(one.value(row) ?? null) : report.percent(one.value(row), 1)) }));
    const within = check.coverage.map(one =>
      `${t("levelNames")[one.level] || one.level} ${report.percent(one.share)}`).join(t("comma"));
    report.tableCard(section, { id: "check-table", title: t("seasonErrors"), columns,
      rows: () => check.rows, note: t("seasonCoverage", report.percent(season.share), within) });
    if (check.newSeries > 0) {
      section.append(element("p", { class: "hint" }, t("newItems", report.quantity(check.newSeries),
        amount(check.newSales))));
    }
  };

  report.drawSeason = () => {
    if (!season) return;
    drawTiles();
    report.drawOverview();
    if (season.levels.length) {
      const section = report.section("categories", t("categories"));
      season.levels.forEach((level, place) => drawLevel(section, level, place));
    }
    drawItems();
    drawHolidays();
    drawCheck();
  };
}

// The stock that is advised for each item.
{
  const { data, t, element } = report;
  const marks = { beforeArrival: "▲", withoutOrder: "●", covered: "✓" };
  const ranks = { beforeArrival: 2, withoutOrder: 1, covered: 0 };

  const drawTiles = (section, rows) => {
    const known = rows.filter(row => row.risk);
    if (!known.length) {
      section.append(element("p", { class: "lead" }, t("stockUnknown")));
      return;
    }
    const count = risk => known.filter(row => row.risk === risk).length;
    const ordered = known.filter(row => row.order > 0);
    const tiles = element("div", { class: "tiles" });
    section.append(tiles);
    tiles.append(
      report.tile(t("runOut"), report.quantity(count("beforeArrival")),
        t("runOutNote", report.quantity(known.length))),
      report.tile(t("runOutLater"), report.quantity(count("withoutOrder")), t("runOutLaterNote")),
      report.tile(t("toOrder"), report.quantity(Math.round(d3.sum(ordered, row => row.order))),
        t("toOrderNote", report.quantity(ordered.length))),
      report.tile(t("inStock"), report.quantity(Math.round(d3.sum(known, row => row.onHand))),
        t("inStockNote", report.quantity(Math.round(d3.sum(known, row => row.onOrder))))));
  };

  const policyText = policy => {
    const steps = count => t("units", count, report.unitName());
    return [t("policy", steps(policy.leadTime), steps(policy.reviewPeriod)),
      t(policy.isFillRate ? "policyFill" : "policyCycle", report.percent(policy.level, 1))]
      .join(t("gap"));
  };

  const riskMark = row => (row.risk
    ? element("span", { class: `risk ${row.risk}` },
      element("span", { "aria-hidden": "true" }, `${marks[row.risk]} `), t("risks")[row.risk])
    : "–");

  report.drawStock = () => {
    const { stock } = data;
    if (!stock) return;
    const section = report.section("stock", t("stock"));
    if (stock.policy) section.append(element("p", { class: "lead" }, policyText(stock.policy)));
    drawTiles(section, stock.rows);
    const places = new Map(data.series.map((row, index) => [row.id, index]));
    const hasStock = stock.rows.some(row => row.risk);
    const number = (key, name) => ({ key, name, value: row => row[key] });
    const columns = [
      { key: "name", name: t("item"), isText: true, value: row => row.name,
        text: row => report.seriesLink(row.name, places.get(row.id) ?? -1) },
      ...(hasStock ? [{ key: "risk", name: t("risk"), value: row => (row.risk ? ranks[row.risk] : null),
        text: riskMark, isMark: true, isStart: true }, number("order", t("order")),
      number("onHand", t("onHand")), number("onOrder", t("onOrder"))] : []),
      number("expected", t("expectedDemand")), number("orderUpTo", t("orderUpTo")),
      number("safety", t("safetyStock")), number("reorderPoint", t("reorderPoint"))];
    let filter = "all";
    const filters = { all: () => true, risk: row => row.risk && row.risk !== "covered",
      order: row => row.order > 0 };
    const rows = () => stock.rows.filter(filters[filter]);
    const { card, body, draw } = report.tableCard(section, { id: "stock-table", title: t("stockTable"),
      note: t("stockHelp"), columns, rows,
      sort: hasStock ? { key: "order", isDescending: true } : { key: "expected", isDescending: true },
      csv: () => [[t("id"), ...columns.map(one => one.name)], ...rows().map(row => [row.id,
        ...columns.map(one => (one.isMark ? (row.risk ? t("risks")[row.risk] : null)
          : one.value(row) ?? null))])] });
    if (hasStock) {
      card.insertBefore(element("div", { class: "controls" }, report.choice("stock-filter", t("by"),
        Object.keys(filters).map(key => [key, t("stockFilters")[key]]), filter, value => {
          filter = value;
          draw();
        })), body);
    }
  };
}

// How often customers buy, when they bought last, and what they spend.
{
  const { data, t } = report;

  report.drawCustomers = () => {
    const { customers } = data;
    if (!customers) return;
    const section = report.section("customers", t("customers"));
    const barName = bar => (bar.to === bar.from ? String(bar.from)
      : bar.to ? `${bar.from}–${bar.to}` : `${bar.from}+`);
    const { body } = report.card(section, { id: "frequencies", title: t("frequency"),
      note: customers.linesWithoutCustomer
        ? t("unknownLines", report.quantity(customers.linesWithoutCustomer)) : null,
      csv: () => [[t("orders"), t("customersUnit")],
        ...customers.frequencies.map(bar => [barName(bar), bar.count])] });
    report.columnBars(body, { label: t("frequency"), axisName: t("orders"),
      groups: customers.frequencies.map(bar => ({ key: barName(bar), name: barName(bar),
        fullName: `${barName(bar)} ${t("orders")}`,
        values: [{ value: bar.count, label: t("customersUnit") }] })) });
    const halves = report.element("div", { class: "halves" });
    section.append(halves);
    const bars = (id, title, value) => {
      const card = report.card(halves, { id, title, wide: false, csv: () => [[t("segment"), title],
        ...customers.segments.map(one => [t("segments")[one.key], value(one)])] });
      report.rowBars(card.body, { label: title, rows: customers.segments.map(one => ({ key: one.key,
        name: t("segments")[one.key], value: value(one) })) });
    };
    bars("recency", t("recency"), one => one.recency);
    bars("monetary", t("value"), one => one.value);
    const all = d3.sum(customers.segments, one => one.revenue);
    section.append(report.element("div", { class: "card" }, report.table([
      [t("segment"), t("customersUnit"), t("share"), t("recency"), t("meanOrders"), t("value"),
        t("revenueShare")],
      ...customers.segments.map(one => [t("segments")[one.key], report.quantity(one.customers),
        report.percent(one.customers / customers.count, 1), report.quantity(one.recency),
        report.quantity(one.orders), report.quantity(one.value),
        report.percent(all > 0 ? one.revenue / all : null, 1)])], t("segment")),
    report.element("p", { class: "hint" }, t("segmentHelp"))));
  };
}

// What the data contain, and what cleaning changed.
{
  const { data, t, element } = report;

  report.drawQuality = () => {
    const { quality } = data;
    if (!quality) return;
    const section = report.section("quality", t("quality"));
    const share = count => report.percent(quality.cells ? count / quality.cells : 0, 1);
    const line = (name, count) => [name, report.quantity(count), share(count)];
    const classes = Object.keys(t("classes")).filter(key => quality.classes[key]);
    const halves = element("div", { class: "halves" });
    section.append(halves);
    halves.append(element("div", { class: "card half" }, report.table([
      [t("cells"), t("count"), t("share")], line(t("observedCells"), quality.observed),
      line(t("zeros"), quality.zeros), line(t("negatives"), quality.negatives),
      line(t("gaps"), quality.gaps), line(t("stockOuts"), quality.stockOuts)], t("cells"))));
    halves.append(element("div", { class: "card half" }, report.table([
      [t("demand"), t("seriesCount"), t("share")],
      ...classes.map(key => [t("classes")[key], report.quantity(quality.classes[key]),
        report.percent(quality.classes[key] / quality.series, 1)]),
      [t("gapSeries"), report.quantity(quality.seriesWithGaps),
        report.percent(quality.seriesWithGaps / quality.series, 1)],
      [t("constant"), report.quantity(quality.constantSeries),
        report.percent(quality.constantSeries / quality.series, 1)]], t("demand"))));
    const title = t(quality.isCleaned ? "cleaned" : "wouldClean");
    section.append(element("div", { class: "card" }, element("h3", {}, title),
      quality.rules.length ? report.table([
        [t("rule"), t("seriesCount"), t("cellCount"), t("unitsBefore"), t("unitsAfter"), t("examples")],
        ...quality.rules.map(rule => [rule.name, report.quantity(rule.series),
          report.quantity(rule.cells), report.quantity(rule.unitsBefore),
          report.quantity(rule.unitsAfter),
          rule.examples.map(text => report.shortened(text, 60)).join("; ")])], title)
        : element("p", {}, t("noRules"))));
  };
}

// What drove the forecast: the importance of inputs, and the effects of single features.
{
  const { data, t, element } = report;
  const most = 12;

  // Points of a percentage, without their unit.
  const points = share => report.decimal(share * 100, 1, "exceptZero");
  const isClear = one => one.increase > 2 * one.standardError;
  report.featureName = name => t("feature", name);

  // Sentences about what matters most.
  const leadTexts = drivers => {
    const known = drivers.groups.filter(one => one.increase !== undefined && isClear(one));
    if (!known.length || drivers.error === undefined) return [t("driversNone")];
    const total = one => report.percent(drivers.error + one.increase, 1);
    const [first, second] = known.map(one => [report.featureName(one.name), total(one)]);
    return [t("driversFirst", ...first, report.percent(drivers.error, 1)),
      ...(second ? [t("driversSecond", ...second)] : [])];
  };

  const drawImportance = (section, drivers, { id, title, all }) => {
    const shown = all.filter(one => one.increase !== undefined).slice(0, most);
    if (!shown.length) return;
    const rows = shown.map(one => ({ key: one.name, name: report.featureName(one.name),
      value: one.increase, low: one.increase - 2 * one.standardError,
      high: one.increase + 2 * one.standardError, style: isClear(one) ? "" : "unclear",
      note: isClear(one) ? null : t("unclear") }));
    const { body } = report.card(section, { id, title, wide: false, note: t("importanceUnit"), csv: () => [
      [t("name"), t("importanceUnit"), t("lower", "95%"), t("upper", "95%")],
      ...rows.map(row => [row.name, row.value * 100, row.low * 100, row.high * 100])] });
    report.rowBars(body, { label: `${title}. ${t("importanceUnit")}`, rows, format: points,
      axis: share => report.signed(share * 100) });
  };

  const settingName = (effect, setting) => {
    if (setting.category !== undefined) return setting.category;
    if (setting.isFactor) return report.percent(setting.number);
    const isYesNo = effect.settings.length === 2
      && effect.settings.every((one, place) => one.number === place);
    return isYesNo ? t(setting.number ? "yes" : "no") : report.quantity(setting.number);
  };

  // A sentence about the smallest and the largest forecast, or about a yes against a no.
  const effectText = (effect, names) => {
    const { means, settings } = effect;
    const sales = mean => t("salesPer", report.quantity(mean), report.unitName());
    if (names[0] === t("no") && settings.length === 2) {
      return t("effectYesNo", sales(means[1]), sales(means[0]),
        means[0] > 0 ? report.signedPercent(means[1] / means[0] - 1) : null);
    }
    const [low, high] = [d3.scan(means), d3.scan(means, (a, b) => b - a)];
    const change = means[low] > 0 ? report.percent(means[high] / means[low] - 1, 0) : null;
    return t("effectText", sales(means[high]), names[high], sales(means[low]), names[low], change);
  };

  const drawEffect = (section, effect, place) => {
    const names = effect.settings.map(setting => settingName(effect, setting));
    const title = t("effectOf", report.shortened(effect.column, 60));
    const unit = effect.settings.some(one => one.isFactor) ? t("ofPlan") : "";
    const { body } = report.card(section, { id: `effect-${place}`, title, wide: false,
      note: effectText(effect, names),
      csv: () => [[effect.column, report.perStep()],
        ...names.map((name, index) => [name, effect.means[index]])] });
    report.columnBars(body, { label: `${title}. ${effectText(effect, names)}`, axisName: unit,
      groups: names.map((name, index) => ({ key: index, name: report.shortened(name, 16),
        fullName: `${effect.column}: ${name}`,
        values: [{ value: effect.means[index], label: report.perStep() }] })) });
  };

  const drawLinear = (section, linear) => {
    const name = one => t(one.isFlag ? "ifTrue" : "ifMore", report.featureName(one.feature));
    const rows = linear.features.map((one, place) => ({ key: place, name: name(one),
      value: one.change })).sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
    const { body } = report.card(section, { id: "linear", title: t("linear"),
      note: `${t("linearHelp")}${t("gap")}${fidelityText(linear.fidelity)}`,
      csv: () => [[t("name"), t("linear")], ...rows.map(row => [row.name, row.value])] });
    report.rowBars(body, { label: t("linear"), rows, format: value => report.signedPercent(value, 1),
      axis: value => report.signedPercent(value) });
  };

  const fidelityText = ({ r2, count }) => (r2 === undefined ? t("fidelityNone")
    : `${t("fidelity", report.percent(Math.max(0, r2)), r2.toFixed(2), report.quantity(count))}${
      r2 < 0.5 ? `${t("gap")}${t("fidelityLow")}` : ""}`);
  report.fidelityText = fidelityText;

  report.drawDrivers = () => {
    const { drivers } = data;
    if (!drivers) return;
    const section = report.section("drivers", t("drivers"));
    const { basis } = drivers;
    section.append(element("p", { class: "lead" }, leadTexts(drivers).join(t("gap"))),
      element("p", { class: "hint" }, t("driversBasis", { model: drivers.model,
        windows: report.quantity(basis.windows), series: report.quantity(basis.series),
        first: basis.first, last: basis.last }),
      `${t("gap")}${t(basis.areHeldOut ? "driversHeldOut" : "driversSeen")}`));
    const halves = element("div", { class: "halves" });
    section.append(halves);
    drawImportance(halves, drivers, { id: "driver-groups", title: t("importanceOfGroups"),
      all: drivers.groups });
    drawImportance(halves, drivers, { id: "driver-inputs", title: t("importanceOfInputs"),
      all: drivers.inputs });
    section.append(element("p", { class: "hint" }, t("importanceHelp"),
      ...(drivers.inputs.some(one => one.increase === undefined) ? [`${t("gap")}${t("unjudged",
        drivers.inputs.filter(one => one.increase === undefined)
          .map(one => report.featureName(one.name)).join(t("comma")))}`] : [])));
    if (drivers.effects.length) {
      section.append(element("p", { class: "lead" }, t("effects")));
      const effects = element("div", { class: "halves" });
      section.append(effects);
      drivers.effects.forEach((effect, place) => drawEffect(effects, effect, place));
    }
    if (drivers.tree) report.drawTree(section, drivers.tree);
    if (drivers.linear && drivers.linear.features.length) drawLinear(section, drivers.linear);
  };
}

// The decision tree that imitates the forecasts: an indented line for each answer, and a bar for each
// leaf.
{
  const { t } = report;

  // The answers of the tree, each with its depth, from top to bottom.
  const answers = nodes => {
    const found = [];
    const add = (place, text, path, depth) => {
      const { split, mean, count } = nodes[place];
      found.push({ text, path, depth, mean, count, isLeaf: !split, key: place });
      if (!split) return;
      const name = report.featureName(split.feature);
      const limit = Number.isInteger(split.threshold) ? report.quantity(split.threshold)
        : report.decimal(split.threshold, 2);
      const [upper, lower] = split.isFlag ? [t("isTrue", name), t("isFalse", name)]
        : [t("above", name, limit), t("upTo", name, limit)];
      add(split.upper, upper, [...path, upper], depth + 1);
      add(split.lower, lower, [...path, lower], depth + 1);
    };
    add(0, t("allForecasts"), [], 0);
    return found;
  };

  const times = mean => t("usual", report.decimal(mean, 2));

  report.drawTree = (section, tree) => {
    const rows = answers(tree.nodes);
    const leaves = rows.filter(row => row.isLeaf);
    const { body, card } = report.card(section, { id: "tree", title: t("tree"),
      note: `${t("treeHelp")}${t("gap")}${report.fidelityText(tree.fidelity)}`,
      csv: () => [[t("rule"), t("usualUnit"), t("forecasts")],
        ...leaves.map(row => [row.path.join("; ") || row.text, row.mean, row.count])] });
    const spoken = leaves.map(row => `${row.path.join(", ") || row.text}: ${times(row.mean)}`).join("; ");
    report.drawing(body, width => {
      body.replaceChildren();
      const indent = width < 500 ? 9 : 20;
      const values = d3.max(rows, row => report.textWidth(times(row.mean))) + 8;
      const deepest = d3.max(rows, row => row.depth) * indent;
      const texts = d3.max(rows, row => row.depth * indent + 14 + report.textWidth(row.text, 13));
      // On a narrow screen, the bar of a leaf is below its text.
      const isStacked = texts > width * 0.55;
      const left = isStacked ? deepest + 4 : texts + 12;
      const line = 26;
      const heightOf = row => (isStacked && row.isLeaf ? 2 * line - 4 : line);
      const tops = rows.map((_, place) => d3.sum(rows.slice(0, place), heightOf));
      const height = d3.sum(rows, heightOf) + 26;
      const x = d3.scaleLinear().domain([0, Math.max(1, d3.max(leaves, row => row.mean))])
        .range([left, width - values]);
      const svg = report.svg(body, width, height, `${t("tree")}. ${spoken}`);
      const middle = place => tops[place] + line / 2;
      // Lines at 0 and at the usual sales, which don't cross texts.
      const drawLine = (parent, style, value, bottom) => parent.append("line").attr("class", style)
        .attr("x1", x(value)).attr("x2", x(value)).attr("y1", 0).attr("y2", bottom);
      if (!isStacked) {
        drawLine(svg, "axis", 0, height - 24);
        drawLine(svg, "cursor", 1, height - 24);
      }
      svg.append("text").attr("class", "tick").attr("x", x(1)).attr("y", height - 8)
        .attr("text-anchor", "middle").text(t("usualSales"));
      // Lines from a question to its answers.
      rows.forEach((row, place) => {
        if (!row.depth) return;
        let parent = place - 1;
        while (rows[parent].depth >= row.depth) parent -= 1;
        const start = (row.depth - 1) * indent + 5;
        svg.append("path").attr("class", "branch")
          .attr("d", `M${start} ${middle(parent) + 8}V${middle(place)}h${indent - 4}`);
      });
      const items = svg.append("g").selectAll("g").data(rows).enter().append("g").attr("class", "answer")
        .attr("transform", (_, place) => `translate(0 ${tops[place]})`);
      items.append("text").attr("class", row => (row.isLeaf ? "row-name" : "row-name question"))
        .attr("x", row => row.depth * indent + (row.depth ? 4 : 0)).attr("y", line / 2 + 4)
        .text(row => report.fitted(row.text,
          (isStacked ? width : left - 12) - row.depth * indent - 6, 13));
      const ends = items.filter(row => row.isLeaf).append("g")
        .attr("transform", `translate(0 ${isStacked ? line - 4 : 0})`);
      if (isStacked) drawLine(ends, "axis", 0, line - 2);
      ends.append("rect").attr("class", "bar").attr("x", row => Math.min(x(0), x(row.mean)))
        .attr("y", 5)
        .attr("width", row => Math.max(1, Math.abs(x(row.mean) - x(0)))).attr("height", line - 10);
      if (isStacked) drawLine(ends, "cursor", 1, line - 2);
      ends.append("text").attr("class", "row-value").attr("x", row => x(Math.max(0, row.mean)) + 6)
        .attr("y", line / 2 + 4).text(row => times(row.mean));
      items.on("pointermove", row => report.showTip(d3.event.clientX, d3.event.clientY,
        `${row.path.join("; ") || row.text}: ${times(row.mean)}, ${t("forecastCount",
          report.quantity(row.count))}`));
      items.on("pointerleave", report.hideTip);
    });
    card.append(report.details(t("table"), () => report.table(
      [[t("rule"), t("usualUnit"), t("forecasts")], ...leaves.map(row =>
        [row.path.join("; ") || row.text, report.decimal(row.mean, 2), report.quantity(row.count)])],
      t("tree"))));
  };
}

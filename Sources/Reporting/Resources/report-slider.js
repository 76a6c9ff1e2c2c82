// A slider over all steps with two thumbs, buttons for usual ranges, and a small picture.
{
  const { data, t, element } = report;

  // The numbers of steps of the buttons, by frequency.
  const perYear = data.yearLength;
  const spans = [["weeks4", Math.round(perYear / 13)], ["quarter", Math.round(perYear / 4)],
    ["year", perYear]].filter(([, steps]) => steps >= 3 && steps < data.stepCount);

  // The range of a button: its steps before the forecast, and the forecast.
  const rangeOf = steps => [Math.max(0, data.historyCount - steps), data.stepCount - 1];
  report.defaultRange = () => {
    const quarter = spans.find(([name]) => name === "quarter");
    return quarter ? rangeOf(Math.max(quarter[1], 2 * data.horizon)) : [0, data.stepCount - 1];
  };

  report.slider = (body, id, values, range, setRange) => {
    const buttons = [...spans.map(([name, steps]) => [name, rangeOf(steps)]),
      ["all", [0, data.stepCount - 1]]].map(([name, wanted]) => element("button",
      { type: "button", "data-range": name, onclick: () => setRange(wanted) }, t(name)));
    const picture = element("div", { class: "slider-picture" });
    const thumb = (name, place) => element("input", { type: "range", id: `${id}-${name}`, min: 0,
      max: data.stepCount - 1, step: 1, "aria-label": t(name), oninput: event => {
        const wanted = range().slice();
        wanted[place] = Number(event.target.value);
        if (wanted[1] - wanted[0] >= 2) setRange(wanted);
        else event.target.value = range()[place];
      } });
    const thumbs = [thumb("from", 0), thumb("to", 1)];
    const track = element("div", { class: "slider" }, picture, ...thumbs);
    body.append(element("div", { class: "ranges", role: "group", "aria-label": t("range") },
      ...buttons), track);

    const draw = width => {
      picture.replaceChildren();
      const height = 44;
      const svg = report.svg(picture, width, height, t("range")).attr("aria-hidden", "true")
        .attr("role", null);
      const x = d3.scaleLinear().domain([0, data.stepCount - 1]).range([0, width]);
      // One point for each pixel is enough.
      const stride = Math.max(1, Math.floor(data.stepCount / width));
      const steps = d3.range(0, data.stepCount, stride);
      const highest = steps.map(step => d3.max(values.slice(step, step + stride)) || 0);
      const y = d3.scaleLinear().domain([0, d3.max(highest) || 1]).range([height - 2, 4]);
      svg.append("path").datum(steps).attr("class", "slider-area").attr("d", d3.area()
        .x(step => x(step)).y0(height).y1((_, place) => y(highest[place])));
      const [first, last] = range();
      svg.append("rect").attr("class", "outside").attr("width", x(first)).attr("height", height);
      svg.append("rect").attr("class", "outside").attr("x", x(last))
        .attr("width", width - x(last)).attr("height", height);
      const window = svg.append("rect").attr("class", "inside").attr("x", x(first))
        .attr("width", Math.max(4, x(last) - x(first))).attr("height", height);
      let moved = 0;
      window.call(d3.drag().on("start", () => { moved = 0; }).on("drag", () => {
        moved += d3.event.dx;
        const shift = Math.round(moved / width * (data.stepCount - 1));
        const [low, high] = range();
        const bounded = Math.max(-low, Math.min(data.stepCount - 1 - high, shift));
        if (bounded) {
          moved -= bounded / (data.stepCount - 1) * width;
          setRange([low + bounded, high + bounded]);
        }
      }).container(() => picture));
      thumbs.forEach((one, place) => {
        one.value = range()[place];
        one.setAttribute("aria-valuetext", report.stepName(range()[place]));
      });
      buttons.forEach((button, place) => {
        const wanted = place < spans.length ? rangeOf(spans[place][1]) : [0, data.stepCount - 1];
        button.setAttribute("aria-pressed", String(wanted.every((step, end) =>
          step === range()[end])));
      });
    };
    return report.drawing(picture, draw);
  };
}

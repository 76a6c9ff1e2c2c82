// A chart of lines and intervals over steps, with a cursor, keys, and zoom.
{
  const { data, t } = report;
  const canvasLimit = 5000;
  const day = time => Math.floor(time / 864e5);

  // The units of the time axis, from short to long: a key that changes at ticks, and texts.
  const units = [
    { key: time => Math.floor(time / 216e5), text: time =>
      (time.getUTCHours() ? report.dateText(time, { hour: "2-digit", minute: "2-digit" })
        : report.dateText(time, { day: "numeric", month: "short" })) },
    { key: day, text: time => report.dateText(time, { day: "numeric", month: "short" }) },
    { key: time => Math.floor((day(time) + 3) / 7),
      text: time => report.dateText(time, { day: "numeric", month: "short" }) },
    { key: time => time.getUTCFullYear() * 12 + time.getUTCMonth(),
      text: time => report.dateText(time, { month: "short" }) },
    { key: time => time.getUTCFullYear() * 4 + Math.floor(time.getUTCMonth() / 3),
      text: time => report.dateText(time, { month: "short" }) },
    { key: time => time.getUTCFullYear(), text: () => "" },
  ];

  // The steps between two that have a tick, with a text and, where it changes, the year.
  report.timeTicks = (first, last, width) => {
    const most = Math.max(2, Math.floor(width / 62));
    let ticks = [];
    for (const unit of units) {
      ticks = d3.range(first, last + 1).filter(step => step > 0
        && unit.key(data.times[step]) !== unit.key(data.times[step - 1]));
      if (ticks.length <= most) {
        let year = null;
        return ticks.map(step => {
          const time = data.times[step];
          const isNew = time.getUTCFullYear() !== year;
          year = time.getUTCFullYear();
          return { step, text: unit.text(time), year: isNew ? String(year) : "" };
        });
      }
    }
    const stride = Math.ceil(ticks.length / most);
    return ticks.filter((_, place) => place % stride === 0).map(step =>
      ({ step, text: "", year: String(data.times[step].getUTCFullYear()) }));
  };

  report.valueText = value => (Math.abs(value) >= 1e5 ? report.compact(value)
    : report.quantity(value));

  const drawMarks = (root, canvas, chart, visible, x, y, size) => {
    const line = d3.line().defined(point => point.value !== null)
      .x(point => x(point.step)).y(point => y(point.value));
    const points = chart.lines.map(one => visible.map(step => ({ step, value: one.values[step] })));
    const count = d3.sum(points, one => d3.sum(one, point => (point.value === null ? 0 : 1)));
    chart.bands.forEach(band => {
      const known = visible.filter(step => band.low[step] !== null)
        .map(step => ({ step, low: band.low[step], high: band.high[step] }));
      root.append("path").datum(known).attr("class", "fan").attr("data-band", band.name)
        .style("fill-opacity", band.opacity)
        .attr("d", d3.area().x(point => x(point.step)).y0(point => y(point.low))
          .y1(point => y(point.high)));
    });
    if (count <= canvasLimit) {
      chart.lines.slice().reverse().forEach((one, place) => {
        const values = points[chart.lines.length - 1 - place];
        root.append("path").datum(values).attr("class", `line ${one.style}`)
          .attr("data-line", one.key).attr("d", line);
        // A value between two gaps would be invisible as a line.
        const lone = values.filter((point, index) => point.value !== null
          && (index === 0 || values[index - 1].value === null)
          && (index === values.length - 1 || values[index + 1].value === null));
        root.selectAll(null).data(lone).enter().append("circle").attr("class", `dot ${one.style}`)
          .attr("r", 2.5).attr("cx", point => x(point.step)).attr("cy", point => y(point.value));
      });
      return;
    }
    const scale = devicePixelRatio || 1;
    const layer = d3.select(canvas).append("canvas").attr("aria-hidden", "true")
      .attr("width", size.width * scale).attr("height", size.height * scale).node();
    const context = layer.getContext("2d");
    context.scale(scale, scale);
    line.context(context);
    chart.lines.slice().reverse().forEach((one, place) => {
      const probe = root.append("path").attr("class", `line ${one.style}`)
        .attr("data-line", one.key).datum(points[chart.lines.length - 1 - place]);
      const style = getComputedStyle(probe.node());
      context.strokeStyle = style.stroke;
      context.lineWidth = 1;
      context.beginPath();
      line(probe.datum());
      context.stroke();
    });
  };

  const rowTicks = (y, area) => y.ticks(Math.max(3, Math.floor((area.bottom - area.top) / 48)));

  const drawAxes = (root, x, y, area, first, last, label) => {
    const rows = rowTicks(y, area);
    root.append("g").selectAll("line").data(rows).enter().append("line")
      .attr("class", tick => (tick === 0 ? "axis" : "grid"))
      .attr("x1", area.left).attr("x2", area.right)
      .attr("y1", tick => y(tick)).attr("y2", tick => y(tick));
    root.append("g").selectAll("text").data(rows).enter().append("text").attr("class", "tick")
      .attr("x", area.left - 8).attr("y", tick => y(tick) + 4).attr("text-anchor", "end")
      .text(report.valueText);
    root.append("text").attr("class", "note").attr("x", 2).attr("y", area.top - 9).text(label);
    const ticks = report.timeTicks(first, last, area.right - area.left);
    const columns = root.append("g").selectAll("g").data(ticks).enter().append("g")
      .attr("transform", tick => `translate(${x(tick.step)} ${area.bottom})`);
    columns.append("line").attr("class", "axis").attr("y2", 5);
    // A label at the end of the axis ends with it.
    const anchor = tick => (x(tick.step) > area.right - 16 ? "end" : "middle");
    columns.append("text").attr("class", "tick").attr("y", 19).attr("text-anchor", anchor)
      .attr("x", tick => (anchor(tick) === "end" ? area.right + 10 - x(tick.step) : 0))
      .text(tick => tick.text || tick.year);
    columns.append("text").attr("class", "tick year").attr("y", 34).attr("text-anchor", anchor)
      .attr("x", tick => (anchor(tick) === "end" ? area.right + 10 - x(tick.step) : 0))
      .text(tick => (tick.text ? tick.year : ""));
  };

  const marks = { holiday: "◆", promotion: "▲", stockOut: "●" };
  const eventText = event => event.name || (event.kind === "promotion"
    ? t("promoted", report.quantity(event.count)) : t("soldOutCount", report.quantity(event.count)));

  const drawEvents = (root, chart, x, area, first, last) => {
    const within = chart.events.filter(event => event.step >= first && event.step <= last);
    const lanes = ["holiday", "promotion", "stockOut"];
    // Where marks would form a line, those of few series are left out.
    const events = lanes.flatMap(kind => {
      const own = within.filter(event => event.kind === kind);
      const most = d3.max(own, event => event.count || 1);
      const isDense = own.length > (area.right - area.left) / 14;
      return own.filter(event => !isDense || (event.count || 1) * 2 > most);
    });
    root.append("g").selectAll("text").data(events).enter().append("text")
      .attr("class", event => `mark ${event.kind}`).attr("text-anchor", "middle")
      .attr("x", event => x(event.step))
      .attr("y", event => area.top + 6 + 10 * lanes.indexOf(event.kind)).text(event => marks[event.kind])
      .append("title").text(event => `${report.stepName(event.step)}: ${eventText(event)}`);
  };

  const tipContent = (chart, step) => {
    const { element } = report;
    const rows = chart.lines.filter(one => one.values[step] !== null).map(one =>
      element("li", { class: one.style }, element("span", { class: "swatch" }),
        element("span", {}, one.name), element("b", {}, report.quantity(one.values[step]))));
    const bands = chart.bands.filter(band => band.low[step] !== null).map(band =>
      element("li", { class: "interval" }, element("span", { class: "swatch" }),
        element("span", {}, band.name), element("b", {},
          `${report.quantity(band.low[step])} – ${report.quantity(band.high[step])}`)));
    const events = chart.events.filter(event => event.step === step).map(event =>
      element("li", { class: `event ${event.kind}` }, `${marks[event.kind]} ${eventText(event)}`));
    return [element("strong", {}, report.stepName(step)),
      element("ul", {}, ...rows, ...bands, ...events)];
  };

  const spoken = (chart, step) => [report.stepName(step),
    ...chart.lines.filter(one => one.values[step] !== null)
      .map(one => `${one.name} ${report.quantity(one.values[step])}`),
    ...chart.events.filter(event => event.step === step).map(eventText)].join(", ");

  // The pointer and the keys: a cursor that reads values, and zoom.
  const interact = (svg, chart, x, y, area, first, last) => {
    const cursor = svg.append("line").attr("class", "cursor").attr("y1", area.top)
      .attr("y2", area.bottom).attr("visibility", "hidden");
    const dots = chart.lines.map(one => svg.append("circle").attr("class", `dot ${one.style}`)
      .attr("r", 4).attr("visibility", "hidden"));
    const zone = svg.append("rect").attr("class", "zone").attr("visibility", "hidden")
      .attr("y", area.top).attr("height", area.bottom - area.top);
    let current = Math.min(last, Math.max(first, data.historyCount));
    const clamp = step => Math.max(first, Math.min(last, step));
    const hide = () => {
      cursor.attr("visibility", "hidden");
      dots.forEach(dot => dot.attr("visibility", "hidden"));
      report.hideTip();
    };
    const move = (step, place) => {
      current = clamp(step);
      cursor.attr("visibility", "visible").attr("x1", x(current)).attr("x2", x(current));
      dots.forEach((dot, line) => {
        const value = chart.lines[line].values[current];
        dot.attr("visibility", value === null ? "hidden" : "visible");
        if (value !== null) dot.attr("cx", x(current)).attr("cy", y(value));
      });
      const box = svg.node().getBoundingClientRect();
      report.showTip(place ? place.clientX : box.left + x(current),
        place ? place.clientY : box.top + area.top, ...tipContent(chart, current));
    };
    const stepAt = event => clamp(Math.round(
      x.invert(event.clientX - svg.node().getBoundingClientRect().left)));
    const zoom = (from, to) => {
      if (chart.setRange && to > from) chart.setRange([Math.max(0, from),
        Math.min(data.stepCount - 1, to)]);
    };
    let start = null;
    svg.on("pointermove", () => {
      const event = d3.event;
      move(stepAt(event), event);
      if (start === null) return;
      const [from, to] = [start, current].sort((a, b) => a - b);
      zone.attr("visibility", from < to ? "visible" : "hidden").attr("x", x(from))
        .attr("width", x(to) - x(from));
    });
    svg.on("pointerdown", () => {
      if (chart.setRange && d3.event.pointerType === "mouse") start = stepAt(d3.event);
    });
    svg.on("pointerup", () => {
      const from = start;
      start = null;
      zone.attr("visibility", "hidden");
      if (from !== null && Math.abs(current - from) > 1) {
        zoom(Math.min(from, current), Math.max(from, current));
      }
    });
    svg.on("pointerleave", () => { start = null; zone.attr("visibility", "hidden"); hide(); });
    svg.on("dblclick", () => zoom(0, data.stepCount - 1));
    svg.on("blur", hide);
    svg.on("keydown", () => {
      const event = d3.event;
      const span = last - first;
      const moves = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7, Home: -Infinity,
        End: Infinity };
      const zooms = { "+": -0.25, "=": -0.25, "-": 0.5 };
      if (event.key in moves) {
        move(current + moves[event.key]);
        report.say(spoken(chart, current));
      } else if (event.key in zooms) {
        const change = Math.max(1, Math.round(span * Math.abs(zooms[event.key])))
          * Math.sign(zooms[event.key]);
        zoom(first - change, last + change);
      } else if (event.key === "Escape") hide();
      else return;
      event.preventDefault();
    });
  };

  report.lineChart = (body, chart) => {
    const holder = report.element("div", { class: "plot" });
    body.append(holder);
    const draw = width => {
      const [first, last] = chart.range();
      const hadFocus = holder.contains(document.activeElement);
      holder.replaceChildren();
      const height = chart.height || (width < 500 ? 260 : 340);
      const area = { left: 0, right: width - 12, top: 30, bottom: height - 40 };
      const visible = d3.range(first, last + 1);
      const values = [...chart.lines.map(one => one.values),
        ...chart.bands.flatMap(band => [band.low, band.high])]
        .flatMap(one => visible.map(step => one[step])).filter(value => value !== null);
      const y = d3.scaleLinear()
        .domain([Math.min(0, d3.min(values) || 0), Math.max(0, d3.max(values) || 1)]).nice()
        .range([area.bottom, area.top]);
      area.left = report.leftMargin(rowTicks(y, area).map(report.valueText), width);
      const x = d3.scaleLinear().domain(first < last ? [first, last] : [first - 1, last + 1])
        .range([area.left, area.right]);
      const svg = report.svg(holder, width, height, `${chart.label}. ${t("chartHelp")}`)
        .attr("tabindex", 0).attr("class", "line-chart");
      chart.shades.forEach(([from, to]) => {
        const [left, right] = [Math.max(first, from - 0.5), Math.min(last, to + 0.5)];
        if (left < right) {
          svg.append("rect").attr("class", "forecast-days").attr("x", x(left)).attr("y", area.top)
            .attr("width", x(right) - x(left)).attr("height", area.bottom - area.top);
        }
      });
      drawAxes(svg, x, y, area, first, last, report.perStep());
      const clip = `clip-${body.closest(".card").id}`;
      svg.append("clipPath").attr("id", clip).append("rect").attr("x", area.left - 2)
        .attr("y", 0).attr("width", area.right - area.left + 4).attr("height", height);
      const root = svg.append("g").attr("clip-path", `url(#${clip})`);
      drawMarks(root, holder, chart, visible, x, y, { width, height });
      drawEvents(svg, chart, x, area, first, last);
      interact(svg, chart, x, y, area, first, last);
      if (hadFocus) svg.node().focus();
    };
    return report.drawing(holder, draw);
  };

  // The rows of the download: dates, lines, and bounds of intervals.
  report.lineRows = chart => [
    [t("date"), ...chart.lines.map(one => one.name), ...chart.bands.flatMap(band =>
      [t("lower", band.percent), t("upper", band.percent)])],
    ...d3.range(...chart.rows || [0, data.stepCount])
      .filter(step => chart.lines.some(one => one.values[step] !== null))
      .map(step => [data.dates[step], ...chart.lines.map(one => one.values[step]),
        ...chart.bands.flatMap(band => [band.low[step], band.high[step]])]),
  ];
}

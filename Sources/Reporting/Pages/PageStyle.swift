/// The style sheet of a page, with light and dark color schemes and a print layout.
let pageStyle: StaticString = """
  :root {
    color-scheme: light dark;
    --paper: #fbfaf8; --card: #ffffff; --ink: #1d2230; --faint: #626a7a; --rule: #e3e4e8;
    --shade: #f0f3fa; --actual: #1d2230; --forecast: #1f5fd0; --baseline: #c2570c;
    --baseline-2: #8a8f9c; --mark: #e5eefc;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --paper: #12151c; --card: #1a1e28; --ink: #e8eaf0; --faint: #9aa2b3; --rule: #2c3240;
      --shade: #202736; --actual: #e8eaf0; --forecast: #6ea8ff; --baseline: #f0965a;
      --baseline-2: #7d8596; --mark: #22345a;
    }
  }
  * { box-sizing: border-box; }
  body {
    margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 66rem;
    background: var(--paper); color: var(--ink);
    font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  }
  h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.01em;
    overflow-wrap: anywhere; }
  h2 { margin: 2rem 0 0.6rem; font-size: 1.1rem; }
  header p, .hint, footer { color: var(--faint); }
  header p { margin: 0.4rem 0 0; }
  p { margin: 0.6rem 0; }
  .scroll { overflow-x: auto; }
  figure.series {
    margin: 0.75rem 0 0; padding: 1.25rem; background: var(--card);
    border: 1px solid var(--rule); border-radius: 12px;
  }
  figure[hidden] { display: none; }
  figcaption { font-weight: 600; overflow-wrap: anywhere; }
  svg { display: block; width: 100%; min-width: 34rem; height: auto; }
  svg:focus-visible, select:focus-visible, summary:focus-visible {
    outline: 2px solid var(--forecast); outline-offset: 2px; border-radius: 4px;
  }
  svg text { fill: var(--faint); font-size: 13px; font-variant-numeric: tabular-nums; }
  .grid { stroke: var(--rule); }
  .axis { stroke: var(--baseline-2); }
  .cursor { stroke: var(--faint); stroke-dasharray: 2 3; }
  .forecast-days { fill: var(--shade); }
  .band { fill: var(--forecast); fill-opacity: 0.13; stroke: var(--forecast);
    stroke-opacity: 0.13; }
  .line { fill: none; stroke-width: 1.75; stroke-linejoin: round; stroke-linecap: round; }
  .line.actual { stroke: var(--actual); stroke-width: 1.5; }
  .line.forecast { stroke: var(--forecast); stroke-width: 2.75; }
  .line.baseline { stroke: var(--baseline); stroke-dasharray: 6 4; }
  .line.baseline-2 { stroke: var(--baseline-2); stroke-dasharray: 2 4; }
  .dot { stroke: var(--card); stroke-width: 1.5; }
  .dot.actual { fill: var(--actual); }
  .dot.forecast { fill: var(--forecast); }
  .dot.baseline { fill: var(--baseline); }
  .dot.baseline-2 { fill: var(--baseline-2); }
  .legend { display: flex; flex-wrap: wrap; gap: 0.15rem 1.4rem; margin: 0.35rem 0 0.6rem;
    padding: 0; list-style: none; font-size: 0.9rem; }
  .legend li { display: flex; align-items: center; gap: 0.45rem; min-height: 1.5rem; }
  .legend .step { min-width: 8.5rem; color: var(--faint); font-variant-numeric: tabular-nums; }
  .legend .value { min-width: 3.2rem; font-variant-numeric: tabular-nums; }
  .swatch { width: 1.4rem; border-top: 3px solid; }
  .actual .swatch { border-color: var(--actual); }
  .forecast .swatch { border-color: var(--forecast); }
  .interval .swatch { border-top-width: 0.8rem; border-color: var(--forecast); opacity: 0.2; }
  .baseline .swatch { border-color: var(--baseline); border-top-style: dashed; }
  .baseline-2 .swatch { border-color: var(--baseline-2); border-top-style: dotted; }
  table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
  .scores { width: 100%; }
  caption { padding: 0.3rem 0; text-align: left; color: var(--faint); }
  th, td { padding: 0.35rem 0.7rem; border-bottom: 1px solid var(--rule); text-align: right;
    white-space: nowrap; }
  thead th { font-weight: 600; color: var(--faint); }
  th:first-child { text-align: left; }
  tbody th { font-weight: 500; }
  .best { background: var(--mark); font-weight: 600; }
  figure .scores { margin-top: 0.9rem; }
  details { margin-top: 0.9rem; }
  summary { cursor: pointer; color: var(--faint); }
  .verdict { font-weight: 600; }
  .chooser { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; }
  html:not(.scripted) .chooser { display: none; }
  select { max-width: 100%; padding: 0.4rem 0.6rem; font: inherit; color: inherit;
    background: var(--card); border: 1px solid var(--baseline-2); border-radius: 8px; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; margin: 0.5rem 0;
    font-size: 0.9rem; }
  dt { font-weight: 600; color: var(--ink); }
  dd { margin: 0; }
  footer { margin-top: 2.5rem; border-top: 1px solid var(--rule); }
  footer h2 { margin-top: 1.2rem; }
  .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); white-space: nowrap; }
  @media print { .chooser, details { display: none; } body { background: none; } }
  """

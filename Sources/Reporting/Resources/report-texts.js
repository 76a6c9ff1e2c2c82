"use strict";
// The texts of the page. report-texts-zh.js has the same keys.
const report = { texts: {} };
report.texts.en = {
  language: "Language", theme: "Colors", auto: "Auto", light: "Light", dark: "Dark",
  print: "Print", skip: "Skip to the report", close: "Close",
  csv: "CSV", svg: "SVG", png: "PNG",
  exportAs: (kind, title) => `Download ${kind}: ${title}`,
  // Frequencies
  unitOf: { hour: "hour", day: "day", "business day": "business day", week: "week",
    month: "month", quarter: "quarter", year: "year" },
  units: (n, unit) => `${n} ${unit}${n === 1 || n === "1" ? "" : "s"}`,
  per: (unit, step) => `${unit} per ${step}`,
  weekOf: date => `week of ${date}`, quarterOf: (q, year) => `Q${q} ${year}`,
  summary: d => `${d.count} series. ${d.forecast} Sales are known from ${d.first} to ${d.last}.`,
  summaryForecast: (n, first, last) => `Forecast of ${n}: ${first} to ${last}.`,
  summaryPast: n => `Forecasts of ${n} past ${n === 1 ? "period" : "periods"} against actual sales.`,
  // Headline
  headline: "At a glance",
  total: "Forecast sales", totalNote: (low, high) =>
    `Most likely between ${low} and ${high} (8 times in 10).`,
  growth: "Against last year", growthUp: p => `${p} more than in the same period last year`,
  growthDown: p => `${p} less than in the same period last year`,
  growthNone: "There are no sales of the same period last year.",
  growthNote: value => `Last year: ${value}.`,
  accuracy: "Accuracy so far",
  accuracyNote: (total, item, step) => `In past tests, the forecast of one ${step} was off by `
    + `${total} of sales for all items together, and by ${item} for a single item.`,
  accuracyBest: (name, p) => `${p} less error than ${name}, the best of the other methods.`,
  accuracyWorse: (name, p) => `${p} more error than ${name}, the best of the other methods.`,
  accuracyNone: "No past forecast was compared with actual sales.",
  bias: "Tendency", biasHigh: p => `${p} too high`, biasLow: p => `${p} too low`,
  biasNone: "Neither too high nor too low",
  biasNote: "How far past forecasts were above or below actual sales, over all items.",
  // Overview
  overview: "Sales and forecast", allItems: "All items",
  actual: "Actual", forecast: "Forecast", lastYear: "Last year", past: "Past forecasts",
  baseline: "Baseline", interval: p => `${p} interval`, forecastFrom: "forecast",
  holiday: "Holiday", promotion: "Promotion", stockOut: "Sold out", event: "Event",
  promoted: n => `${n} items in promotion`, soldOutCount: n => `${n} items sold out`,
  range: "Time shown", from: "First step shown", to: "Last step shown",
  weeks4: "4 weeks", quarter: "Quarter", year: "Year", all: "All",
  short: "Forecast",
  chartHelp: "Arrow keys read the values, plus and minus zoom.",
  zoomHelp: "Drag over the chart to zoom in. Double-click to zoom out.",
  table: "Values as a table", date: "Date", lower: p => `${p} from`, upper: p => `${p} to`,
  // Bars
  bars: "Forecast by item and category", by: "Show", items: "Items", sortBy: "Sort by",
  sortForecast: "Forecast", sortGrowth: "Change against last year", sortName: "Name",
  sortError: "Past error", periodLabel: "Period", whole: "Whole forecast",
  more: n => `Show ${n} more`, back: "Back to all", selected: "Selected",
  barHelp: "Choose a category to see its items. Choose an item to see its sales below. "
    + "The whiskers show where 8 of 10 outcomes are expected.",
  byPeriod: name => `By period: ${name}`,
  name: "Name", id: "Id", change: "Change against last year",
  // Series
  series: "Any series", search: "Search by name or id", found: n => `${n} found`,
  shownOf: (n, all) => `The page has the ${n} series with the largest sales of ${all}.`,
  noneFound: "No series has this text in its name or id.",
  // Accuracy
  errors: "How good were past forecasts?", scores: "Scores of all models",
  model: "Model", windows: "Actual against predicted",
  windowsHelp: "Each shaded part is a period that was forecast from the days before it.",
  byStep: "Error by step of the horizon", stepsAhead: "steps ahead",
  bySeason: { weekday: "Error by weekday", month: "Error by month", hour: "Error by hour of day" },
  byGroup: name => `Error by ${name}`, calibration: "Do the intervals hold?",
  calibrationHelp: "On the diagonal, as many sales lie below a quantile as it promises.",
  calibrationNone: "The tested forecasts had no intervals. Run with --quantiles 0.1,0.5,0.9 to "
    + "test them.",
  promised: "promised share", observed: "observed share",
  wape: "Error, share of sales", best: "Most accurate series", worst: "Least accurate series",
  why: "Likely reasons", mase: "MASE", definitions: "What the scores mean",
  rankHelp: "By MASE: below 1 is better than repeating the last season.",
  reason: { smooth: "steady sales", erratic: "sales vary strongly",
    intermittent: "sells only now and then", lumpy: "rare sales of varying size",
    noSales: "hardly any sales", fallback: "too little history for the model",
    short: "short history", stockOut: "sold out during the test",
    levelUp: "sales rose suddenly", levelDown: "sales fell suddenly",
    spike: "an unusual peak" },
  // Customers
  customers: "Customers", frequency: "How often customers buy",
  orders: "orders", customersUnit: "Customers", recency: "Days since the last purchase (median)",
  value: "Revenue per customer", segment: "Segment", meanOrders: "Orders per customer",
  revenue: "Revenue", revenueShare: "Share of revenue",
  segments: { champions: "Champions", loyal: "Loyal", recent: "New and occasional",
    fading: "Fading regulars", lost: "Lost" },
  segmentHelp: "Champions and loyal customers bought recently and often. Fading regulars used to "
    + "buy often. Lost customers bought rarely and long ago.",
  unknownLines: n => `${n} order lines have no customer and are not included.`,
  // Drivers
  drivers: "What drove the forecast",
  driversFirst: (name, without, error) => `The forecast depends most on ${name}: without this, the `
    + `forecast of one item would be off by ${without} of sales instead of ${error}.`,
  driversSecond: (name, without) => `Next comes ${name} (${without} without this).`,
  driversNone: "No input stands out: the error hardly changes, whichever one is taken away.",
  driversBasis: d => `Tested with the network ${d.model} on ${d.windows} past forecasts of `
    + `${d.series} items, ${d.first === d.last ? `of ${d.first}` : `made from ${d.first} to ${d.last}`}.`,
  driversHeldOut: "The network had not seen these sales before.",
  driversSeen: "The network was trained on these sales, too: errors on new sales are larger.",
  driversSummary: model => `What the network ${model} bases its forecasts on.`,
  importanceOfGroups: "What matters most", importanceOfInputs: "In detail",
  importanceUnit: "Increase of the error without this, in points of sales",
  importanceHelp: "The longer the bar, the more the forecast relies on it. The whiskers show the "
    + "uncertainty; gray bars may be chance. Inputs that tell the same share their importance. What "
    + "the forecast relies on need not be what makes customers buy.",
  unclear: "may be chance", comma: ", ", stop: ".", colon: ": ", gap: " ",
  unjudged: names => `Not judged, since they were the same in all tests: ${names}.`,
  effects: "How the forecast would change if a plan were different, with all else the same:",
  effectOf: name => `Effect of ${name}`, ofPlan: "of the planned value", yes: "yes", no: "no",
  effectText: (high, atHigh, low, atLow, change) => `An item's forecast is highest at ${atHigh} `
    + `(${high}) and lowest at ${atLow} (${low}).${change === null ? "" : ` That is ${change} more.`}`,
  salesPer: (sales, step) => `${sales} per ${step}`,
  effectYesNo: (yes, no, change) => `An item's forecast is ${yes} with it and ${no} without it${
    change === null ? "" : ` (${change})`}.`,
  tree: "The forecast as a few rules", allForecasts: "All forecasts",
  isTrue: name => name, isFalse: name => `not ${name}`,
  above: (name, limit) => `${name} above ${limit}`, upTo: (name, limit) => `${name} up to ${limit}`,
  usual: value => `${value} ×`, usualSales: "usual sales", usualUnit: "Times the usual sales",
  forecasts: "Forecasts", forecastCount: n => `${n} forecasts`,
  treeHelp: "The rules imitate the network. Each bar is the mean forecast where all rules on the way "
    + "to it apply, as a multiple of the usual sales of an item.",
  fidelity: (share, r2, n) => `This reproduces ${share} of the differences between the network's `
    + `forecasts (R² ${r2}, on ${n} forecasts that were not used to find it).`,
  fidelityLow: "That is little: take it as a hint only.",
  fidelityNone: "The agreement with the network cannot be measured.",
  linear: "Effects of single features, in % of the usual sales",
  linearHelp: "The same by a formula that adds up effects: the change if a feature applies, or if it "
    + "is larger than usual by one standard deviation.",
  ifTrue: name => name, ifMore: name => `more: ${name}`,
  feature: name => {
    const names = { calendar: "the time (weekday, season)", series: "the kind of item",
      "last value": "last sales", "last season": "sales of the last season",
      "same step last season": "sales one season before",
      "same step on average": "usual sales of the same step",
      "share of zeros": "share of steps without sales", step: "steps ahead" };
    return names[name] || name.replace(/ against (\d+) before$/, (_, count) =>
      ` against its last ${report.t("units", count, report.unitName())}`);
  },
  contributions: name => `The forecast of ${name}`,
  nothingChanges: "If nothing changes",
  nothingChangesHelp: "The baseline is the forecast for a time in which nothing changes. The "
    + "contributions below are the difference from it.",
  contributionMeans: "What each input adds, mean of the forecast",
  contributionSteps: "When the contributions come from",
  contributionStepsHelp: "Blue adds to the forecast, orange takes away from it.",
  // Stock
  stock: "Stock advice", stockTable: "What to order", item: "Item", order: "Order",
  onHand: "On hand", onOrder: "On order", expectedDemand: "Expected demand",
  orderUpTo: "Order up to", safetyStock: "Safety stock", reorderPoint: "Reorder point", risk: "Risk",
  risks: { beforeArrival: "May run out before delivery", withoutOrder: "Runs out without an order",
    covered: "Enough" },
  stockHelp: "Order up to: the stock on hand and on order that should be there after ordering. "
    + "Safety stock: the part of it above the expected demand. Reorder point: with less than this, an "
    + "item may run out before an order arrives.",
  stockUnknown: "The stock on hand is not known, so there are no orders: give it with --stock.",
  stockFilters: { all: "All items", risk: "Items at risk", order: "Items to order" },
  runOut: "May run out before delivery", runOutNote: n => `Of ${n} items, even if ordered now.`,
  runOutLater: "Run out without an order", runOutLaterNote: "Before the order of the next review "
    + "arrives.",
  toOrder: "To order", toOrderNote: n => `Units of ${n} items.`,
  inStock: "On hand", inStockNote: n => `Units; ${n} more are on order.`,
  policy: (lead, review) => `An order arrives after ${lead}, and the next one is placed after `
    + `${review}.`,
  policyCycle: p => `In ${p} of these cycles, an item should not run out.`,
  policyFill: p => `${p} of the demand should be met from stock.`,
  // Season
  seasonSummary: d => `The season from ${d.first} to ${d.last}, ${d.steps}: ${d.count} items, `
    + `forecast by ${d.model}.`,
  seasonTotal: "Expected in the season",
  seasonTotalNote: (low, high, p) => `Between ${low} and ${high} with a probability of ${p}.`,
  sold: "Actually sold", soldWithin: p => `Within the range with a probability of ${p}.`,
  soldOutside: p => `Outside of the range with a probability of ${p}.`,
  seasonBias: "The forecast of the whole season against what was sold.",
  categories: "Categories", growthBy: name => `Growth over last year by ${name}`,
  growthHelp: p => `Against the same weeks of last year. The whiskers show the range with a `
    + `probability of ${p}.`,
  salesBy: name => `Sales by ${name}`, recent: steps => `Last ${steps}`,
  actualChange: "Actual change",
  stockUp: "Items to stock up", stockUpTable: "The largest rises",
  stockUpHelp: "The items whose sales rise most above those of the weeks before.",
  seasonHolidays: "Holidays in the season", seasonCheck: "The forecast and what was sold",
  seasonErrors: "Errors of the forecast and of simple rules",
  seasonCoverage: (p, list) => `Sums within their range with a probability of ${p}: ${list}.`,
  wapeBy: step => `Error by ${step}`, wapeItems: "Error of items", wapeCategories: "Error of categories",
  errorOfTotal: "Error of the total", levelNames: { Total: "total", Series: "items" },
  newItems: (n, units) => `${n} items were first sold in the season, ${units} units in all. They are `
    + "not part of the comparison.",
  // Quality
  quality: "Data quality", cells: "Values of all series",
  observedCells: "Observed", zeros: "of which 0", negatives: "of which below 0",
  gaps: "Missing", stockOuts: "Sold out (demand unknown)", gapSeries: "Series with missing values",
  constant: "Series that never change", demand: "Demand patterns",
  classes: { smooth: "smooth", erratic: "erratic", intermittent: "intermittent",
    lumpy: "lumpy", noSales: "without a sale", notObserved: "not observed" },
  cleaned: "What cleaning changed", wouldClean: "What cleaning rules would change",
  rule: "Rule", seriesCount: "Series", cellCount: "Values", unitsBefore: "Sum before",
  unitsAfter: "Sum after", examples: "Examples", noRules: "Nothing.",
  count: "Count", share: "Share", top: "Back to the top",
  drawn: "Drawn with D3.",
};

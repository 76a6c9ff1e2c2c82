"""The data sets of the accuracy benchmark: what is forecast, and how it is scored."""

from dataclasses import dataclass

#: The panel of order lines up to the last day of the history, which this package forecasts.
PANEL = "panel.safetensors"
#: The table that this package forecasts, and the known columns of the steps to come.
TABLE, PLAN = "train.csv", "plan.csv"
#: The directory of the raw files of M5 for `--quick`, which this package reads.
QUICK_DATA = "m5-quick"


@dataclass(frozen=True)
class DataSet:
    name: str
    title: str
    #: The files of the data directory that it is made from.
    files: tuple[str, ...]
    #: The frequency as pandas writes it: h, D, W-FRI, MS …
    frequency: str
    horizon: int
    #: The season of the models that have one.
    season: int
    #: The season of MASE, and of the seasonal naive forecast.
    naive_season: int
    #: The longest season, from which lags and input lengths are derived.
    longest_season: int
    #: The names of the scores, as in `scores.SCORES`. The first one ranks.
    scores: tuple[str, ...]
    #: Options of `foresight forecast` about the table.
    options: tuple[str, ...] = ()


AUS_RETAIL = DataSet(
    name="aus-retail",
    title="Australian retail, 148 series, 12 months",
    files=("retail_monthly/aus_retail.csv.gz",),
    frequency="MS",
    horizon=12,
    season=12,
    naive_season=12,
    longest_season=12,
    scores=("MASE",),
    options=("--static", "state,industry"),
)
M4_WEEKLY = DataSet(
    name="m4-weekly",
    title="M4 weekly, 359 series, 13 weeks",
    files=("m4/Weekly-train.csv.gz",),
    frequency="W-MON",
    horizon=13,
    season=52,
    naive_season=1,
    longest_season=52,
    scores=("MASE",),
)
M4_HOURLY = DataSet(
    name="m4-hourly",
    title="M4 hourly, 414 series, 48 hours",
    files=("m4/Hourly-train.csv.gz",),
    frequency="h",
    horizon=48,
    season=24,
    naive_season=24,
    longest_season=168,
    scores=("MASE",),
)
WALMART = DataSet(
    name="walmart",
    title="Walmart weekly, departments of 45 stores, 12 weeks",
    files=tuple(f"walmart_weekly/{name}" for name in ("train.csv.gz", "features.csv", "stores.csv")),
    frequency="W-FRI",
    horizon=12,
    season=52,
    naive_season=52,
    longest_season=52,
    scores=("WAPE",),
    options=(
        *("--known", "holiday,markdown1,markdown2,markdown3,markdown4,markdown5"),
        *("--static", "store:categorical,department:categorical,type,size"),
        *("--negative-values", "keep"),
    ),
)
ONLINE_RETAIL = DataSet(
    name="online-retail",
    title="Online Retail II, 4 weeks of days",
    files=("online_retail/online_retail_II.csv.gz",),
    frequency="D",
    horizon=28,
    season=7,
    naive_season=7,
    longest_season=7,
    scores=("WAPE", "RMSE"),
)
M5 = DataSet(
    name="m5",
    title="M5, 30,490 series",
    files=("m5/sales_d1495_d1941.csv.gz", "m5/calendar.csv", "m5/sell_prices.csv.gz"),
    frequency="D",
    horizon=28,
    season=7,
    naive_season=7,
    longest_season=7,
    scores=("WRMSSE",),
)

#: All sets, in order of the time that they take.
SETS = {one.name: one for one in (AUS_RETAIL, M4_WEEKLY, M4_HOURLY, WALMART, ONLINE_RETAIL, M5)}

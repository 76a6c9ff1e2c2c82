"""Makes the directory of a data set.

python -m accuracy.make SET DATA DIRECTORY [--quick] [--origin 1913]
"""

import argparse
from pathlib import Path

from accuracy.m5 import OFFICIAL, make_m5
from accuracy.orders import make_online_retail
from accuracy.sets import AUS_RETAIL, M4_HOURLY, M4_WEEKLY, M5, ONLINE_RETAIL, SETS, WALMART
from accuracy.tables import make_aus_retail, make_m4_hourly, make_m4_weekly, make_walmart

MAKERS = {
    AUS_RETAIL.name: make_aus_retail,
    M4_WEEKLY.name: make_m4_weekly,
    M4_HOURLY.name: make_m4_hourly,
    WALMART.name: make_walmart,
    ONLINE_RETAIL.name: make_online_retail,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("set", choices=SETS)
    parser.add_argument("data", type=Path)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--origin", type=int, default=OFFICIAL)
    options = parser.parse_args()
    if options.set == M5.name:
        make_m5(options.data, options.directory, options.quick, options.origin)
    else:
        MAKERS[options.set](options.data, options.directory, options.quick)


if __name__ == "__main__":
    main()

"""Synthetic sales, the same in every call, using only the standard library."""

import math
from datetime import date, timedelta
from pathlib import Path
from random import Random


def write_recipe_table(file: Path, rows: int, seed: int = 64) -> None:
    """Writes rows of products: the customers' purchase frequency, the price, and the sales.

    Sales increase with the frequency, decrease with the price, and vary like those of a shop.
    """
    random = Random(seed)
    with file.open("w") as output:
        output.write("product_id,user_purchase_frequency,product_price,sales_quantity\n")
        for row in range(rows):
            frequency = 1 + random.expovariate(2)
            price = math.exp(random.gauss(1, 0.8))
            mean = 400 * frequency**1.5 * price**-0.7
            sales = poisson(random, mean * math.exp(random.gauss(0, 0.4)))
            output.write(f"P{row:05},{frequency:.4f},{price:.4f},{sales}\n")


def write_daily_table(file: Path, series: int, days: int, seed: int = 730) -> None:
    """Writes daily sales of several series, as `unique_id,ds,y`, with one row per day.

    Sales are counts, many of them 0, with weekly and yearly seasons, a trend, and levels that
    differ by orders of magnitude.
    """
    random = Random(seed)
    dates = [(date(2023, 1, 2) + timedelta(day)).isoformat() for day in range(days)]
    with file.open("w") as output:
        output.write("unique_id,ds,y\n")
        for number in range(series):
            for day, sales in zip(dates, daily_sales(random, days), strict=True):
                output.write(f"product-{number:04},{day},{sales}\n")


def daily_sales(random: Random, days: int) -> list[int]:
    """Returns the sales of one series."""
    level = 4 * math.exp(random.gauss(0, 1.5))
    trend, phase = random.gauss(0, 0.1), random.random()
    weekdays = [math.exp(random.gauss(0, 0.4)) for _ in range(7)]

    def mean(day: int) -> float:
        years = day / 365.25
        season = 1 + 0.3 * math.sin(2 * math.pi * (years + phase))
        return level * abs(1 + trend * years) * season * weekdays[day % 7]

    return [poisson(random, mean(day)) for day in range(days)]


def poisson(random: Random, mean: float) -> int:
    """Returns a Poisson count: by Knuth's method for means below 30, else from a normal number."""
    if mean >= 30:
        return max(0, round(random.gauss(mean, math.sqrt(mean))))
    limit, product, count = math.exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count

#!/usr/bin/env python3
"""Computes the expected dates of the public holiday tests with Python's `holidays`.

    pip install holidays==0.109
    scripts/holiday-dates.py > Tests/TimeSeriesTests/Holidays/HolidayFixture.swift
    scripts/holiday-dates.py --digests   # the digests of HolidayCalendarTests.swift
"""

import sys
import textwrap

import holidays

YEARS = range(2015, 2031)
# Countries whose holidays follow rules, with the first year of their tables; the last is 2050.
FIRST_RULED = {
    "AU": 2001, "BR": 2001, "CA": 2001, "DE": 2001, "ES": 2009, "FR": 2001, "GB": 2001, "GR": 2001,
    "IT": 2001, "JP": 2008, "MX": 2007, "NL": 2001, "PL": 2001, "US": 2001,
}
# Countries with holidays that are announced each year.
ANNOUNCED = ["AE", "CN", "IN", "KR"]
# The holidays of the United Kingdom are those of England.
SUBDIVISION = {"GB": "ENG"}

HEADER = """\
/// The public holidays of 2015 to 2030 by the Python package holidays 0.109: after each year, its
/// days as month and day. Written by `scripts/holiday-dates.py`.
enum HolidayFixture {
  static let days = ["""


def days(country, years):
    return sorted(holidays.country_holidays(country, subdiv=SUBDIVISION.get(country), years=years))


def fnv(text):
    """Returns the 64-bit FNV-1a hash."""
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = (h ^ byte) * 0x100000001B3 % 2**64
    return h


def print_digests():
    for country, first in FIRST_RULED.items():
        print(country, hex(fnv(" ".join(map(str, days(country, range(first, 2051)))))))


def print_fixture():
    print(HEADER)
    for country in sorted([*FIRST_RULED, *ANNOUNCED]):
        words = []
        for year in YEARS:
            words += [f"{year}:", *(f"{day:%m%d}" for day in days(country, year))]
        print(f'    "{country}": """')
        print(textwrap.indent(textwrap.fill(" ".join(words), 92), " " * 4))
        print('    """,')
    print("  ]\n}")


if "--digests" in sys.argv:
    print_digests()
else:
    print_fixture()

#!/usr/bin/env python3
"""Computes the table of Sources/TimeSeries/Holidays/ChineseCalendar.swift.

The rules are those of the Chinese national standard GB/T 33661-2017: days are those of UTC+8, a month
begins on the day of a new moon, the month that holds the winter solstice is the eleventh, and of
thirteen months from one such month to the next the first without a principal term is a leap month.

    pip install ephem && scripts/chinese-calendar.py
"""

import datetime
import math

import ephem

FIRST, LAST = 1990, 2050
BEIJING = datetime.timedelta(hours=8)


def day(moment):
    return (moment.datetime() + BEIJING).date()


def solar_longitude(moment):
    sun = ephem.Sun(moment)
    return math.degrees(float(ephem.Ecliptic(sun, epoch=moment).lon)) % 360


def term(year, degrees):
    """Returns the day on which the Sun reaches a longitude in a year."""
    guess = ephem.Date(f"{year}/3/20") + (degrees if degrees < 285 else degrees - 360) / 360 * 365.2422
    for _ in range(30):
        error = (solar_longitude(ephem.Date(guess)) - degrees + 180) % 360 - 180
        guess -= error / 360 * 365.2422
    return day(ephem.Date(guess))


def months(year):
    """(number, is leap, first day) of the months from the eleventh of the year before."""
    def eleventh(y):
        solstice = term(y, 270)
        moment = ephem.Date(f"{y}/10/15")
        found = None
        while True:
            moment = ephem.next_new_moon(moment)
            if day(moment) > solstice:
                return found
            found = day(moment)

    start, end = eleventh(year - 1), eleventh(year)
    firsts = []
    moment = ephem.Date(datetime.datetime.combine(start, datetime.time()) - datetime.timedelta(days=5))
    while True:
        moment = ephem.next_new_moon(moment)
        firsts.append(day(moment))
        if firsts[-1] >= end:
            break
    principal = {term(y, d) for y in (year - 1, year) for d in range(0, 360, 30)}
    has_leap = len(firsts) - 1 == 13
    result, number = [], 11
    for first, next_first in zip(firsts, firsts[1:]):
        holds = any(first <= t < next_first for t in principal)
        if has_leap and not holds:
            result.append(((number - 2) % 12 + 1, True, first))
            has_leap = False
        else:
            result.append((number, False, first))
            number = number % 12 + 1
    return result


for year in range(FIRST, LAST + 1):
    both = months(year) + months(year + 1)
    begins = [place for place, (number, leap, _) in enumerate(both) if number == 1 and not leap]
    of_year = both[begins[0]:begins[1]]
    firsts = [first for _, _, first in both[begins[0]:begins[1] + 1]]
    lengths = 0
    for place, (first, next_first) in enumerate(zip(firsts, firsts[1:])):
        lengths |= ((next_first - first).days - 29) << place
    leap = next((number for number, is_leap, _ in of_year if is_leap), 0)
    offset = (firsts[0] - datetime.date(year, 1, 20)).days
    qingming = term(year, 15).day - 4
    code = lengths | leap << 13 | offset << 17 | qingming << 22
    ends = "\n" if (year - FIRST) % 8 == 7 or year == LAST else " "
    print(f"0x{code:06x},", end=ends)

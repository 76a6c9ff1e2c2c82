"""The types of option values. argparse reports invalid values before anything runs."""

import argparse
import os
import re


def positive(text: str) -> int:
    """Returns an integer of 1 or more."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 1 or more")
    return number


def thread_count(text: str) -> int:
    """Returns a thread count, at most the number of cores."""
    count, cores = positive(text), len(os.sched_getaffinity(0))
    if count > cores:
        raise argparse.ArgumentTypeError(f"{count} threads, but the machine has {cores} cores")
    return count


def thread_counts(text: str) -> list[int]:
    """Returns several distinct thread counts, such as 1,2."""
    return list(dict.fromkeys(thread_count(part) for part in text.split(",")))


def pattern(text: str) -> re.Pattern[str]:
    """Returns a regular expression."""
    try:
        return re.compile(text)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a valid pattern: {error}") from error

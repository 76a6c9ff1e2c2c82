"""The types of option values. argparse reports invalid values before anything runs."""

import argparse
import os
import re
from collections.abc import Callable, Collection


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


def positives(text: str) -> list[int]:
    """Returns several distinct numbers of 1 or more, such as 1885,1913."""
    return list(dict.fromkeys(positive(part) for part in text.split(",")))


def names_of(known: Collection[str]) -> Callable[[str], list[str]]:
    """Returns a type of several distinct names, such as a,b."""

    def names(text: str) -> list[str]:
        given = list(dict.fromkeys(text.split(",")))
        if unknown := [name for name in given if name not in known]:
            raise argparse.ArgumentTypeError(f"{unknown[0]!r} is not one of {', '.join(known)}")
        return given

    return names


def pattern(text: str) -> re.Pattern[str]:
    """Returns a regular expression."""
    try:
        return re.compile(text)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a valid pattern: {error}") from error

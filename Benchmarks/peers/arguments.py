"""What the values of options must be. What is not is said by argparse, before anything is run."""

import argparse
import os
import re


def positive(text: str) -> int:
    """A number of 1 or more."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 1 or more")
    return number


def thread_count(text: str) -> int:
    """As many threads as the machine has cores for, at most."""
    count, cores = positive(text), len(os.sched_getaffinity(0))
    if count > cores:
        raise argparse.ArgumentTypeError(f"{count} threads, but {cores} cores are there")
    return count


def thread_counts(text: str) -> list[int]:
    """Several of them, such as 1,2; none twice."""
    return list(dict.fromkeys(thread_count(part) for part in text.split(",")))


def pattern(text: str) -> re.Pattern[str]:
    """A regular expression."""
    try:
        return re.compile(text)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no regular expression: {error}") from error

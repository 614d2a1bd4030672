"""How dates, times of day and lengths look, as regular expressions over texts without accents."""

from __future__ import annotations

import re

from supervise.exchange.tracker.words import month_words

_ORDINAL = r"(?:st|nd|rd|th|er)?"
#: Times of day and lengths, which are no days.
TIME = re.compile(
    r"""
      (?<![\d/.-]) \d{1,2}:\d\d (:\d\d)? (\s?[ap]m)? (?!\d)
    | (?<![\d/]) \d{1,2} ([.:]\d\d)? \s?[-–]\s? \d{1,2} ([.:]\d\d)? \s?[ap]\.?m\b
    | (?<![\d/]) \d{1,2} ([.:]\d\d)? \s?[ap]\.?m\b
    | (?:@|\bat\b) \s? \d{1,2} ([.:]\d\d)? (?![\d/])
    | (?<=\s) \d{1,2} [.] (?:1[3-9]|[2-5]\d|00) \s? ([-–] \s? \d{1,2} ([.]\d\d)? )? (?![\d./])
    """,
    re.VERBOSE | re.IGNORECASE,
)
LENGTH = re.compile(
    r"""
      (?<![\d/.]) (?: \d{1,3} (?:[.,/]\d{1,2})? | \d?\s?[½¼¾] ) \s? (?:h|hr|hrs|hour|hours|m|min|mins|minute|minutes)
          (?: \s?\d{1,2} (?:\s?(?:m|min|mins))? )? (?![A-Za-z0-9])
    | (?<=\s) \d\.(?:5|25|75) (?![\d./])
    """,
    re.VERBOSE | re.IGNORECASE,
)
ONE = re.compile(
    rf"""
    (?<!\d) (?<!\d[/.:,]) (?<![A-Za-z])
    (?: (?P<y0>\d{{4}}) (?P<s0>[-/.]) (?P<m0>\d{{1,2}}) (?P=s0) (?P<d0>\d{{1,2}})
      | (?P<d1>\d{{1,2}}) (?P<s1>\s?[/.\-]\s?) (?P<m1>\d{{1,2}}) (?P=s1) (?P<y1>\d{{4}}|\d{{2}})
      | (?P<d2>\d{{1,2}}) {_ORDINAL} \s? (?:of\s)? [-/. ]? \s? (?P<w2>{month_words()}) (?![A-Za-z])
            (?: [.,]? [-/. ]? \s? '? (?P<y2>\d{{4}}|\d{{2}}) (?![\d:/.]) )?
      | (?P<w3>{month_words()}) \.? \s (?P<d3>\d{{1,2}}) {_ORDINAL} (?: ,? \s (?P<y3>\d{{4}}) )? (?![\d:])
      | (?P<d4>\d{{1,2}}) \s?[/.]\s? (?P<m4>\d{{1,2}}) (?! [/.]?\d)
      | (?P<d5>\d{{1,2}}) - (?P<m5>\d{{1,2}}) (?! [-\d/.])
      | (?P<d6>\d{{1,2}}) (?:st|nd|rd|th)
      | (?: (?<=\band\ ) | (?<![A-Za-z]\ ) ) (?P<d7>\d{{1,2}}) (?= \s* (?: [,&+;(]|\band\b|$ ) )
      | (?P<serial>\d{{5}})
    )
    (?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)

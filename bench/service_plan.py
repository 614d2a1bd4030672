"""What happens to one made-up worker: posts, absences, and the days on which they are seen.

Days are `date.toordinal` numbers. Everything is drawn from the `Random` given, in a fixed order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

END = date(2019, 10, 31).toordinal()
"""The last day of the story, and the as-at date to ask about."""

_ROLES = (
    *("social_worker",) * 11, *("senior_social_worker",) * 3,
    *("family_support_worker",) * 3, *("personal_adviser",) * 2,
)  # fmt: skip

Managers = list[list[tuple[int, str]]]
"""For each team, the days on which its managers began, with their ids, in order."""


@dataclass(frozen=True, slots=True)
class Post:
    """Both ends included; a `last` after END is open."""

    first: int
    last: int
    role: str
    basis: str
    team: int
    supervisor: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    kind: str
    first: int
    last: int


@dataclass(slots=True)
class Career:
    """A worker's years here. Nothing is known of days before the story begins."""

    employed_from: int
    left_on: int | None = None
    posts: list[Post] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)


def career(rng: Random, team: int, managers: Managers, start: int) -> Career:
    """A career in that team from `start` or later: newly qualified, agency or settled."""
    luck = rng.random()
    if luck < 0.15:
        life = _newly_qualified(rng, team, start)
    elif luck < 0.27:
        life = _from_agency(rng, team, start)
    else:
        life = _settled(rng, team, start)
    if rng.random() < 0.12:
        _leave(rng, life, start)
    if rng.random() < 0.3:
        life.posts = _with_a_change(rng, life.posts, team=rng.randrange(len(managers)))
    life.posts = [part for post in life.posts for part in _by_manager(post, managers[post.team])]
    life.absences = sorted(_absences(rng, max(life.posts[0].first, start)), key=lambda a: a.first)
    return life


def _newly_qualified(rng: Random, team: int, start: int) -> Career:
    first = rng.randrange(start, max(start + 1, END - 150))
    qualified = first + 365
    return Career(
        employed_from=first,
        posts=[
            Post(first, qualified - 1, "nqsw", "permanent", team),
            Post(qualified, END + 1, "social_worker", "permanent", team),
        ],
    )


def _from_agency(rng: Random, team: int, start: int) -> Career:
    """Contracts with breaks of a weekend to some weeks between, and perhaps a permanent post after."""
    first = employed = rng.randrange(start, start + (END - start) // 3 + 1)
    role, posts = rng.choice(_ROLES), []
    for _ in range(rng.randint(2, 6)):
        last = _friday_from(first + rng.randint(90, 500))
        posts.append(Post(first, last, role, "agency", team))
        first = last + 3 + rng.choice((0, 0, 7, 14, 35))
    if rng.random() < 0.6:
        posts.append(Post(first, END + 1, role, "permanent", team))
    return Career(employed, posts=[post for post in posts if post.first <= END])


def _settled(rng: Random, team: int, start: int) -> Career:
    here_before = rng.random() < 0.75
    first = start if here_before else rng.randrange(start, start + (END - start) // 2 + 1)
    employed = start - rng.randrange(3000) if here_before else first
    posts = [Post(first, END + 1, rng.choice(_ROLES), "permanent", team)]
    if posts[0].role == "social_worker" and rng.random() < 0.25:
        posts = _with_a_change(rng, posts, role="senior_social_worker")
    return Career(employed, posts=posts)


def _friday_from(day: int) -> int:
    return day + (5 - day) % 7


def _leave(rng: Random, life: Career, start: int) -> None:
    first = max(life.posts[0].first, start + (END - start) // 2) + 1
    life.left_on = rng.randrange(first, max(first + 1, END))
    life.posts = [
        replace(post, last=min(post.last, life.left_on))
        for post in life.posts
        if post.first <= life.left_on
    ]


def _with_a_change(rng: Random, posts: list[Post], **change: object) -> list[Post]:
    """The posts with something else from some day on."""
    last = min(posts[-1].last, END)
    day = rng.randrange(posts[0].first, last + 1)
    before = [replace(post, last=min(post.last, day - 1)) for post in posts if post.first < day]
    after = [
        replace(post, first=max(post.first, day), **change)  # type: ignore[arg-type]
        for post in posts
        if post.last >= day
    ]
    return before + after


def _by_manager(post: Post, managers: list[tuple[int, str]]) -> Iterator[Post]:
    """The post in as many parts as it has supervisors."""
    days = [day for day, _ in managers]
    at = max(bisect_right(days, post.first) - 1, 0)
    for number in range(at, len(managers)):
        first = max(post.first, days[number]) if number > at else post.first
        last = min(post.last, days[number + 1] - 1) if number + 1 < len(days) else post.last
        if first <= last:
            yield replace(post, first=first, last=last, supervisor=managers[number][1])


#: kind, how many a year, the shortest and the longest in days
_AWAY = (
    ("annual_leave", 1.2, 3, 14), ("sickness", 0.5, 1, 9), ("sickness", 0.03, 29, 160),
    ("maternity", 0.02, 180, 300), ("secondment", 0.012, 20, 200), ("study", 0.06, 2, 10),
    ("suspension", 0.004, 10, 60), ("other", 0.05, 1, 3),
)  # fmt: skip


def _absences(rng: Random, start: int) -> Iterator[Absence]:
    years = (END - start + 1) / 365
    for kind, a_year, shortest, longest in _AWAY:
        expected = a_year * years
        for _ in range(int(expected) + (rng.random() < expected % 1)):
            first = rng.randint(start, END)
            yield Absence(kind, first, first + rng.randint(shortest, longest) - 1)


def seen(rng: Random, life: Career) -> Iterator[tuple[int, Post]]:
    """The days on which the worker is seen one to one, most of them in time, with the post of the day."""
    for spell in _spells(life.posts):
        post, day, first = spell[0], spell[0].first, True
        while True:
            wanted = day + _wait(rng, post, life.employed_from, day, first)
            wanted = _with_new_supervisor(rng, spell, post, wanted)
            day, first = _possible(rng, life, day, wanted), False
            if day > min(spell[-1].last, END):
                break
            post = [post for post in spell if post.first <= day][-1]
            yield day, post


def _spells(posts: list[Post]) -> list[list[Post]]:
    """Posts with no more than a weekend between them."""
    spells: list[list[Post]] = []
    for post in posts:
        if spells and post.first <= spells[-1][-1].last + 3:
            spells[-1].append(post)
        else:
            spells.append([post])
    return spells


def _wait(rng: Random, post: Post, employed: int, anchor: int, first: bool) -> int:
    """After how many days the next session is held: in time, or one in twelve late."""
    if post.role == "nqsw" and anchor < employed + 42:
        shortest, longest = 5, 7
    elif first or (post.role == "nqsw" and anchor < employed + 182):
        shortest, longest = 9, 14
    else:
        shortest, longest = 23, 31
    if rng.random() < 0.08:
        return longest + int(rng.triangular(5, 90, 8))
    return rng.randint(shortest, longest)


def _with_new_supervisor(rng: Random, spell: list[Post], post: Post, wanted: int) -> int:
    """Sooner, mostly, if a new supervisor comes before the day wanted."""
    later = next((each for each in spell if each.first > post.last), None)
    changes = later and later.first < wanted and later.supervisor != post.supervisor
    if later and changes and rng.random() < 0.9:
        return min(wanted, later.first + rng.randint(1, 11))
    return wanted


def _possible(rng: Random, life: Career, anchor: int, wanted: int) -> int:
    """The weekday on or before the day wanted, or one on which the worker is not away."""
    for away in life.absences:
        if away.first <= wanted <= away.last:
            before = away.first - rng.randint(1, 3)
            short = away.last - away.first < 28
            wanted = before if short and before > anchor else away.last + rng.randint(1, 5)
    weekday = (wanted - 1) % 7
    return max(wanted - max(weekday - 4, 0), anchor + 1)

"""The rounds. Imported at the first search, since numba takes its time to load.

Labels are kept by (rides, units walked, stop). Of two labels of a stop the one that is no later, with no more rides and no
more walking, rules the other out; so all trade-offs of the three are found at once, and, departures being searched from
the last to the first, those of departure too.
"""

from __future__ import annotations

from typing import Any

from .compiling import inner_loop

NEVER = 1 << 30
AT, WALKED_FROM, WALKED_BEFORE, RUN, OFF_AT, RIDE, ON, OFF, ON_STOP, RODE_RUN = range(10)
"""Of a label, first how one is soonest at the stop: when; the stop walked from, -1 when a ride brought here; the units before
that walk; the run (departure) that wrote it. Then the ride that brought here soonest, and may be walked on from: when, its
number, the places on and off, the stop of the place on; the run."""
FIELDS = 10
GOAL_AT, GOAL_STOP, GOAL_WALKED, GOAL_RUN = range(4)


@inner_loop
def accept(best: Any, rides: int, walked: int, stop: int, at: int) -> bool:
    """Whether an arrival is better than all that use no more; then it is what those that use no less must beat."""
    if at >= best[rides, walked, stop]:
        return False
    for more in range(rides, best.shape[0]):
        if best[more, walked, stop] <= at:
            break
        for farther in range(walked, best.shape[1]):
            if best[more, farther, stop] <= at:
                break
            best[more, farther, stop] = at
    return True


@inner_loop
def mark(labels: Any, field: int, lists: Any, counts: Any, rides: int, walked: int, stop: int, run: int) -> None:
    """Notes that a stop was reached in this round of this run, once."""
    if labels[rides, walked, stop, field] != run:
        labels[rides, walked, stop, field] = run
        lists[rides, walked, counts[rides, walked]] = stop
        counts[rides, walked] += 1


@inner_loop
def earliest_ride(departures: Any, row: Any, begin: int, end: int, place: int, at: int) -> int:
    """The first ride of a group that leaves a place no earlier than `at`; `end` when there is none."""
    while begin < end:
        middle = (begin + end) >> 1
        if departures[row[middle] + place] >= at:
            end = middle
        else:
            begin = middle + 1
    return begin


@inner_loop
def reach(best: Any, came: Any, labels: Any, lists: Any, counts: Any, rode: Any, rode_counts: Any, goal: Any, bound: Any,
          target: Any, rides: int, walked: int, stop: int, at: int, ride: int, on: int, on_stop: int, off: int,
          run: int) -> None:  # fmt: skip
    """A ride comes to a stop: its label, and the way on foot from there to where one wants to be."""
    if at >= bound[rides, walked, 0] or not accept(came, rides, walked, stop, at):
        return
    mark(labels, RODE_RUN, rode, rode_counts, rides, walked, stop, run)
    labels[rides, walked, stop, OFF_AT] = at
    labels[rides, walked, stop, RIDE] = ride
    labels[rides, walked, stop, ON] = on
    labels[rides, walked, stop, OFF] = off
    labels[rides, walked, stop, ON_STOP] = on_stop
    if accept(best, rides, walked, stop, at):
        mark(labels, RUN, lists, counts, rides, walked, stop, run)
        labels[rides, walked, stop, AT] = at
        labels[rides, walked, stop, WALKED_FROM] = -1
    if target[stop, 0] < 0:
        return
    farther, there = walked + target[stop, 1], at + target[stop, 0]
    if farther < best.shape[1] and accept(bound, rides, farther, 0, there):
        goal[rides, farther, GOAL_AT] = there
        goal[rides, farther, GOAL_STOP] = stop
        goal[rides, farther, GOAL_WALKED] = walked
        goal[rides, farther, GOAL_RUN] = run


@inner_loop
def ride_group(group_first: Any, group_stops: Any, group_rides: Any, row: Any, arrivals: Any, departures: Any, best: Any,
               came: Any, labels: Any, lists: Any, counts: Any, rode: Any, rode_counts: Any, goal: Any, bound: Any, target: Any,
               group: int, first: int, rides: int, walked: int, change_s: int, run: int) -> None:  # fmt: skip
    """Rides on from the places of a group that were reached in the round before."""
    begin, end = group_rides[group], group_rides[group + 1]
    at_first = group_first[group]
    ride, on = end, 0
    for place in range(first, group_first[group + 1] - at_first):
        stop = group_stops[at_first + place]
        if ride < end:
            reach(best, came, labels, lists, counts, rode, rode_counts, goal, bound, target, rides, walked, stop,
                  arrivals[row[ride] + place], ride, on, group_stops[at_first + on], place, run)  # fmt: skip
        if labels[rides - 1, walked, stop, RUN] == run:
            ready = labels[rides - 1, walked, stop, AT]
            # A label that another has ruled out since is not ridden on from.
            if ready <= best[rides - 1, walked, stop]:
                if rides > 1:
                    ready += change_s
                sooner = earliest_ride(departures, row, begin, ride, place, ready)
                if sooner < ride:
                    ride, on = sooner, place


@inner_loop
def walk_on(walk_first: Any, walk_to: Any, walk_s: Any, walk_units: Any, best: Any, labels: Any, lists: Any, counts: Any,
            rode: Any, rode_counts: Any, bound: Any, rides: int, run: int) -> None:  # fmt: skip
    """From where rides of this round brought one, to the stops around. Never two walks in a row."""
    for walked in range(best.shape[1]):
        for at_list in range(rode_counts[rides, walked]):
            stop = rode[rides, walked, at_list]
            off_at = labels[rides, walked, stop, OFF_AT]
            for walk in range(walk_first[stop], walk_first[stop + 1]):
                farther, at, other = walked + walk_units[walk], off_at + walk_s[walk], walk_to[walk]
                if farther >= best.shape[1] or at >= bound[rides, farther, 0]:
                    continue
                if accept(best, rides, farther, other, at):
                    mark(labels, RUN, lists, counts, rides, farther, other, run)
                    labels[rides, farther, other, AT] = at
                    labels[rides, farther, other, WALKED_FROM] = stop
                    labels[rides, farther, other, WALKED_BEFORE] = walked


@inner_loop
def collect(labels: Any, goal: Any, bound: Any, found: Any, count: int, leaves: int, run: int) -> int:
    """Writes down what this run reached and nothing else beats: leaves, arrives, rides, units, then (ride, on, off) of each."""
    for rides in range(1, bound.shape[0]):
        for walked in range(bound.shape[1]):
            at = goal[rides, walked, GOAL_AT]
            if goal[rides, walked, GOAL_RUN] != run or count == found.shape[0]:
                continue
            if bound[rides - 1, walked, 0] <= at or (walked > 0 and bound[rides, walked - 1, 0] <= at):
                continue
            found[count, 0], found[count, 1], found[count, 2], found[count, 3] = leaves, at, rides, walked
            stop, before = goal[rides, walked, GOAL_STOP], goal[rides, walked, GOAL_WALKED]
            for left in range(rides, 0, -1):
                column = 4 + 3 * (left - 1)
                found[count, column] = labels[left, before, stop, RIDE]
                found[count, column + 1] = labels[left, before, stop, ON]
                found[count, column + 2] = labels[left, before, stop, OFF]
                stop = labels[left, before, stop, ON_STOP]
                if left > 1 and labels[left - 1, before, stop, WALKED_FROM] >= 0:
                    earlier = labels[left - 1, before, stop, WALKED_BEFORE]
                    stop = labels[left - 1, before, stop, WALKED_FROM]
                    before = earlier
            count += 1
    return count


@inner_loop
def search(net: Any, walks: Any, room: Any, starts: Any, leavings: Any, target: Any, found: Any, change_s: int,
           runs_before: int) -> int:  # fmt: skip
    """Searches all departures, `leavings` from the last to the first; how many rows of `found` were written.

    net: group_first, group_stops, group_rides, row, arrivals, departures, at_first, at_group, at_place. walks: first, to,
    seconds, units. room: best, came, labels, lists, counts, rode, rode_counts, goal, bound, firsts, queue. starts (n, 3):
    stop, seconds and units to it. target (stops, 2): seconds (-1: none) and units from a stop to where one wants to be.
    """
    group_first, group_stops, group_rides, row, arrivals, departures, at_first, at_group, at_place = net
    walk_first, walk_to, walk_s, walk_units = walks
    best, came, labels, lists, counts, rode, rode_counts, goal, bound, firsts, queue = room
    written = 0
    for number in range(len(leavings)):
        run, leaves = runs_before + 1 + number, leavings[number]
        counts[:, :] = 0
        rode_counts[:, :] = 0
        for start in range(starts.shape[0]):
            stop, walked = starts[start, 0], starts[start, 2]
            if walked < best.shape[1] and accept(best, 0, walked, stop, leaves + starts[start, 1]):
                mark(labels, RUN, lists, counts, 0, walked, stop, run)
                labels[0, walked, stop, AT] = leaves + starts[start, 1]
        for rides in range(1, best.shape[0]):
            for walked in range(best.shape[1]):
                waiting = 0
                for at_list in range(counts[rides - 1, walked]):
                    stop = lists[rides - 1, walked, at_list]
                    for call in range(at_first[stop], at_first[stop + 1]):
                        group, place = at_group[call], at_place[call]
                        if firsts[group] < 0:
                            queue[waiting] = group
                            waiting += 1
                            firsts[group] = place
                        elif place < firsts[group]:
                            firsts[group] = place
                for at_queue in range(waiting):
                    group = queue[at_queue]
                    ride_group(group_first, group_stops, group_rides, row, arrivals, departures, best, came, labels, lists,
                               counts, rode, rode_counts, goal, bound, target, group, firsts[group], rides, walked, change_s,
                               run)  # fmt: skip
                    firsts[group] = -1
            if rides + 1 < best.shape[0]:
                walk_on(walk_first, walk_to, walk_s, walk_units, best, labels, lists, counts, rode, rode_counts, bound, rides,
                        run)  # fmt: skip
        written = collect(labels, goal, bound, found, written, leaves, run)
    return written

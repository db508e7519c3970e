"""Where the time of a build goes, and what limits it."""

from collections import defaultdict
from typing import Any

from tests.benchmarks.machine import cores
from tests.benchmarks.measured import Measured
from tests.benchmarks.timeline import JobTime, longest_chain

_FAMILIES = {
    "read": "`read.*`: reading, typing and judging the files",
    "stage": "`stage.*`: numbers in place of references",
    "staged": "`staged.*`: rejects, repeated keys, references",
    "facts": "`facts.*`",
    "marts": "`marts.*`",
    "checks": "`checks.*`",
}
_REST = "`meta.*`, `derived.*`, `private.*`"
_LONGEST = 12


def profile_section(each: Measured) -> list[str]:
    """One build with every job timed."""
    used = each.profile
    if used is None:
        return []
    jobs = [JobTime(**job) for job in used.result["jobs"]]
    lines = ["", f"## Where the time goes at scale {each.scale:g}", ""]
    lines += _bounds(used.wall, used.cpu, jobs)
    lines += ["", "| kind of job | jobs | CPU s | share |", "|---|---|---|---|"]
    lines += _families(jobs, used.cpu)
    lines += ["", "| longest jobs | from s | wall s | CPU s |", "|---|---|---|---|"]
    for job in sorted(jobs, key=lambda job: -job.cpu)[:_LONGEST]:
        lines.append(f"| {job.name} | {job.start:.2f} | {job.wall:.2f} | {job.cpu:.2f} |")
    return [*lines, "", *_memory(used.result["most"])]


def _bounds(wall: float, cpu: float, jobs: list[JobTime]) -> list[str]:
    chain = longest_chain(jobs)
    chained, shared = sum(job.cpu for job in chain), cpu / cores()
    starts, ends = min(job.start for job in jobs), max(job.start + job.wall for job in jobs)
    waited = sum(job.wall for job in jobs) - sum(job.cpu for job in jobs)
    limits = (
        "the amount of work: more cores, or less work, would shorten it"
        if shared >= chained
        else "that chain: more cores would not shorten it"
    )
    return [
        f"One build with all jobs timed: {wall:.2f} s wall, {cpu:.2f} s CPU, {cpu / wall:.1f} of {cores()} cores busy. "
        f"Two bounds that no order of the jobs can beat: the CPU time shared evenly among the cores, {shared:.2f} s, and "
        f"the longest chain of jobs that wait for one another, {chained:.2f} s "
        f"({' → '.join(job.name for job in chain if job.cpu >= 0.02 * chained)}). What limits the build is {limits}.",
        "",
        f"Before the first job {starts:.2f} s (finding and recognising the files), after the last one "
        f"{wall - ends:.2f} s (checkpoint, checksums, fsync, publish). Jobs waited {waited:.2f} s in sum for a core, a "
        "lock or the disk.",
    ]


def _families(jobs: list[JobTime], cpu: float) -> list[str]:
    families: defaultdict[str, list[float]] = defaultdict(list)
    for job in jobs:
        families[_FAMILIES.get(job.name.partition(".")[0], _REST)].append(job.cpu)
    lines = [
        f"| {family} | {len(used)} | {sum(used):.2f} | {sum(used) / cpu:.0%} |"
        for family, used in sorted(families.items(), key=lambda item: -sum(item[1]))
    ]
    outside = cpu - sum(job.cpu for job in jobs)
    return [*lines, f"| outside the jobs | | {outside:.2f} | {outside / cpu:.0%} |"]


def _memory(most: dict[str, Any]) -> list[str]:
    running = ", ".join(most["jobs"]) or "no job"
    return [
        f"The most memory, {most['bytes'] / 1e9:.2f} GB, was held after {most['at']:.2f} s, while these ran: {running}."
    ]

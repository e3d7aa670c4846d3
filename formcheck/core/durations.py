"""Lengths and points of time as people read them."""


def format_duration(seconds: float) -> str:
    """Return a length of time to the second: `under 1 s`, `95 s`, `2 min 35 s`."""
    whole = round(seconds)
    if seconds > 0 and whole == 0:
        return "under 1 s"
    return f"{whole} s" if whole < 120 else f"{whole // 60} min {whole % 60} s"


def format_minutes(seconds: float, *, from_s: float) -> str:
    """Return a length of time to the minute, where it is at least `from_s`, and to the second below: `95 s`, `3 min`."""
    return f"{seconds:.0f} s" if seconds < from_s else f"{seconds / 60:.0f} min"


def format_clip_time(time_s: float) -> str:
    """Return a point of time in a clip, to the second: `1:05`."""
    whole = round(time_s)
    return f"{whole // 60}:{whole % 60:02d}"

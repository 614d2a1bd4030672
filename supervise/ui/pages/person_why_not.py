"""Why nothing can be changed just now."""

from __future__ import annotations

from supervise.ui.desk import Desk


def why_not(desk: Desk) -> str:
    """Why facts cannot be entered, and what one can do; "" where they can."""
    if desk.workspace.is_service:
        return (
            "This is a service store: records come from the teams’ exports and are not written here. "
            "Have it done in the team’s own store, then bring in its next export."
        )
    if not desk.view.is_today:
        return "You are looking at another day. Go back to today (Ctrl+D) to change anything."
    return ""

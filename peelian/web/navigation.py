"""The order of the navigation. An entry appears when a page registers it, to those who hold what that page needs."""

MENU_ORDER = (
    "My work",
    "Unit",
    "To sign",
    "My reviews",
    "Second looks",
    "Matters",
    "Letters",
    "People",
    "Intake",
    "Look-back",
    "Retention",
    "Search",
    "Loads",
    "Law",
    "Journal",
    "Break-glass",
    "Alerts",
    "Delegates",
    "Jobs",
    "Users",
)

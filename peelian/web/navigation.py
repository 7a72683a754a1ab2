"""The order of the navigation: sections, and the pages within each.

An entry appears when a page registers it, to those who hold what that page needs. A section stands under its own name
where somebody has two of its pages or more, and under its page's name where they have one.
"""

SECTIONS = {
    "My work": ("My work", "Unit", "To sign", "My reviews", "Second looks", "My declarations", "My staff"),
    "Intake": ("Intake",),
    "Matters": ("Matters", "Search", "Evidence", "Letters", "Retention"),
    "People": ("People", "Vetting", "Without clearance", "Wash"),
    "Learning": ("Look-back", "Recommendations", "Disparity"),
    "Oversight": ("Returns", "Alerts", "Break-glass", "Delegates", "Journal", "Loads", "Jobs", "Users"),
    "Law": ("Law",),
}
MENU = tuple(words for entries in SECTIONS.values() for words in entries)

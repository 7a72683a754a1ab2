"""What leaves: exports (CSV, ODS), calendars; later notices, letters, returns and open data.

In: rows already narrowed by the walls. Out: bytes safe to open in a spreadsheet. Must never know: how to read a record.
"""

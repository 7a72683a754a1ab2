"""What leaves: letters and notices, exports (CSV, ODS), calendars; later returns and open data.

In: rows already narrowed by the walls, and templates of letters as files. Out: bytes safe to open in a spreadsheet;
letters as HTML, PDF and DOCX, with what was served kept. Must never know: how to read a record past its wall, what an
analytic says.
"""

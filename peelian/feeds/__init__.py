"""Outside exports read row by row through a column map; nothing is dropped in silence.

In: a file (CSV, compressed CSV, Parquet, XLSX, ODS) and a TOML map. Out: typed rows and refused rows, each with its
row number and reason. Must never know: Django, a case, a person's record.

Doors: `maps` (known_maps, load_map), `readers` (map_for, inspect, read), `guess` (propose) and `placeholders`
(propose).
"""

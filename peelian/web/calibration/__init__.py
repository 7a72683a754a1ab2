"""Pages of calibration: guidance on severity, test cases answered blind, where answers differ, drift."""

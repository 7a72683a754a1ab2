"""The page of disparity figures."""

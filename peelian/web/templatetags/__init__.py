"""Tags for the sign-in library's own templates, so that they stand in the frame of every other page."""

"""Pages of exhibits, files, storage and submissions."""

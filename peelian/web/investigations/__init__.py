"""Pages of an investigation: its lines of enquiry."""

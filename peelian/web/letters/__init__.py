"""Letters and notices of a matter: written, approved, issued, served."""

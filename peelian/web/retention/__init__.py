"""Retention pages: what is due for review, one record's retention, its acts, the certificate of a disposal."""
